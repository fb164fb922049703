"""The figures' arithmetic, written by SymPy: JavaScript of derived rules.

`network` is for a figure that shows one network of given sizes, `general` for one that shows many;
`rules` gives single statements of a derivation as functions, for a figure that composes them, and
`shares` the rule for a unit that feeds any others, skip connections included.
"""

import json
import re

from sympy import Sum, Symbol

from ..codegen import general_javascript_source, javascript_source
from ..codegen.javascript import JavaScript
from ..codegen.program import code_name
from ..symbolic import skip_rule
from ..symbolic.notation import ActivationSlope, Templated, plain


def general():
    """A JavaScript expression: a function (sizes, activations, error) that makes such an object.

    See `bplib.codegen.general_javascript_source`. Its functions use loops, for any sizes. In a
    module of its own, with one name, it is loaded once for all the figures of a page.
    """
    text = re.sub(r"^export ", "", general_javascript_source(), flags=re.MULTILINE)
    return f"(() => {{\n{text}return network;\n}})()"


def network(derivation):
    """A JavaScript expression: an object with sizes, forward, backward and update.

    Parameters
    ----------
    derivation : Network or NetworkDerivation
        As for `bplib.codegen.javascript_source`, which says what the functions do.
    """
    text = re.sub(r"^export ", "", javascript_source(derivation), flags=re.MULTILINE)
    return f"(() => {{\n{text}return {{ sizes, forward, backward, update }};\n}})()"


def rules(derivation, functions):
    """A JavaScript expression: an object with one function for each statement that is named.

    Parameters
    ----------
    derivation : NetworkDerivation
    functions : dict
        Name in JavaScript -> (name of the step, names of its arguments in order), the latter in
        plain house notation: {"slope": ("da^1_1/dz^1_1", ["a^1_1"])}. In place of a step there
        may be an expression that was made of the derivation's.
    """
    return _object({name: _function(derivation, *rule) for name, rule in functions.items()})


def function(expression, arguments):
    """A JavaScript expression: a function of these symbols, in this order."""
    names = {symbol: Symbol(re.sub(r"\W", "", str(symbol))) for symbol in arguments}
    formula = JavaScript().formula(expression.xreplace(names))
    return f"({', '.join(map(str, names.values()))}) => {formula}"


def shares():
    """A JavaScript expression: an object with the two halves of the rule for a hidden unit.

    From `bplib.symbolic.skip_rule`, for a unit that feeds any units of any layers:
    `share(weight, delta)` is one term of its sum, and `hiddenDelta(slope, total)` is the error
    term, given the sum of all shares.
    """
    rule = skip_rule().rhs
    [total], [slope] = rule.atoms(Sum), rule.atoms(ActivationSlope)
    names = {
        symbol: Symbol("weight" if symbol.base.name.startswith("w") else "delta")
        for symbol in total.function.atoms(Templated)
    }
    share = total.function.xreplace(names)
    whole = rule.xreplace({total: Symbol("total"), slope: Symbol("slope")})
    language = JavaScript()
    return _object(
        {
            "share": f"(weight, delta) => {language.formula(share)}",
            "hiddenDelta": f"(slope, total) => {language.formula(whole)}",
        }
    )


def module(**constants):
    """An ES module that exports each expression under its name."""
    return "".join(f"export const {name} = {text};\n" for name, text in constants.items())


def data(value):
    """A JavaScript expression: numbers and texts, in lists and dictionaries, as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def table(expressions):
    """A JavaScript object of expressions, by name."""
    return _object(expressions)


def _function(derivation, step, arguments):
    language = JavaScript()
    expression = derivation[step].rhs if isinstance(step, str) else step
    symbols = {plain(s): code_name(s) for s in expression.free_symbols}
    missing = symbols.keys() - set(arguments)
    if missing:
        raise ValueError(f"{step}: expected arguments for {sorted(missing)}, got {arguments}")
    names = [symbols.get(a) or "_" + re.sub(r"\W", "_", a) for a in arguments]
    activation = re.fullmatch(r"a\^(\d+)_\d+", str(step))
    if activation:  # the formula that does not overflow
        layer = derivation.spec.activations[int(activation[1]) - 1]
        [(_, formula)] = language.activation(layer, names, ["a"])
    else:
        formula = language.formula(expression)
    return f"({', '.join(names)}) => {formula}"


def _object(entries):
    return "{\n" + "".join(f"{name}: {text},\n" for name, text in entries.items()) + "}"
