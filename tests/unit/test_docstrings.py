"""What is public says what it is, and names its arguments."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest

import bplib

MODULES = ["bplib", *(f"bplib.{found.name}" for found in iter_modules(bplib.__path__))]
DEFINED = {
    f"{name}.{public}": value
    for name in MODULES
    for public, value in vars(import_module(name)).items()
    if not public.startswith("_") and getattr(value, "__module__", None) == name
}
# Of these the class says it once for all its subclasses.
SUBCLASSES = ("bplib.activations.", "bplib.errors.", "bplib.stopping.")


def members(cls):
    """The public functions and properties that the class itself defines."""
    return {
        name: value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        for name, value in vars(cls).items()
        if not name.startswith("_")
        and (isinstance(value, (property, classmethod)) or inspect.isfunction(value))
    }


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is(name):
    assert import_module(name).__doc__


@pytest.mark.parametrize("name", DEFINED)
def test_what_a_module_defines_says_what_it_is(name):
    value = DEFINED[name]
    if inspect.isclass(value):
        first = next(base for base in value.__mro__ if base.__doc__)
        assert first is value or name.startswith(SUBCLASSES)
        for member, function in members(value).items():
            inherited = any(hasattr(base, member) for base in value.__mro__[1:])
            assert function.__doc__ or inherited, member
    elif inspect.isfunction(value) and "<locals>" not in value.__qualname__:
        # One that another function made is described there.
        assert value.__doc__ or name.startswith("bplib.validation.")


USED_MOST = [
    bplib.Network,
    bplib.Network.from_parameters,
    bplib.Network.fit,
    bplib.training.fit,
    bplib.Network.update,
    bplib.Network.backward,
    bplib.Network.forward,
    bplib.Perceptron.fit,
    bplib.gradient_check,
    bplib.numerical_gradient,
    bplib.History.plot,
    import_module("bplib.graph").Graph,
    import_module("bplib.graph").Graph.update,
]


@pytest.mark.parametrize("function", USED_MOST, ids=lambda f: f.__qualname__)
def test_every_parameter_is_named(function):
    parameters = [name for name in inspect.signature(function).parameters if name != "self"]
    assert parameters
    missing = [name for name in parameters if name not in inspect.getdoc(function)]
    assert missing == []


def test_the_package_names_its_other_rooms():
    rooms = ["graph", "textbook", "tape", "symbolic", "codegen", "golden", "drawing", "figures"]
    for room in rooms:
        import_module(f"bplib.{room}")
        assert f"\nbplib.{room}" in bplib.__doc__
    assert len(bplib.__doc__.splitlines()) < 40
