"""Gradient descent: batches, epochs, the record, interruption, divergence."""

import re
import tracemalloc
import warnings

import numpy as np
import pytest

from bplib import (
    ErrorBelow,
    GradientNormBelow,
    MaximumEpochs,
    Network,
    NoImprovement,
    training,
)
from bplib.stopping import StoppingCriterion
from bplib.training import fit

RNG = np.random.default_rng(7)
X = RNG.standard_normal((10, 2))
Y = RNG.random((10, 2))


def make(**settings):
    return Network([2, 3, 2], ["tanh", "sigmoid"], seed=1, **settings)


def by_hand(net, X, Y, eta, epochs, batch_size, seed):
    """The algorithm of the lectures: two loops, and all parameters updated at once."""
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            chosen = order[start : start + batch_size]
            net.update(net.backward(net.forward(X[chosen]), Y[chosen]), eta)
    return net


# The updates.


@pytest.mark.parametrize(
    "batch_size", [1, 2, 3, 4, 7, 9, 10], ids=lambda size: f"batches of {size} from 10"
)
@pytest.mark.parametrize("train_biases", [True, False])
def test_fit_is_the_loop_written_by_hand_bit_for_bit(batch_size, train_biases):
    net = make(train_biases=train_biases)
    net.fit(X, Y, eta=0.3, epochs=5, batch_size=batch_size, seed=11)
    expected = by_hand(make(train_biases=train_biases), X, Y, 0.3, 5, batch_size, seed=11)
    np.testing.assert_array_equal(net.parameters, expected.parameters)


@pytest.mark.parametrize(
    ("error", "output"),
    [
        ("half_squared", "identity"),
        ("half_squared", "softmax"),
        ("half_squared", "relu"),
        ("binary_cross_entropy", "sigmoid"),
        ("cross_entropy", "softmax"),
    ],
)
@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_fit_is_the_loop_by_hand_for_every_error_and_dtype(error, output, biases, dtype):
    def network():
        return Network([2, 3, 2], ["relu", output], error, seed=3, biases=biases, dtype=dtype)

    x = X.astype(dtype)
    y = (Y / Y.sum(axis=1, keepdims=True)).astype(dtype)
    net = network()
    net.fit(x, y, eta=0.1, epochs=4, batch_size=4, seed=5)
    expected = by_hand(network(), x, y, 0.1, 4, 4, seed=5)
    np.testing.assert_array_equal(net.parameters, expected.parameters)
    assert net.parameters.dtype == dtype


def test_online_learning_is_the_rule_example_by_example_without_any_batch():
    net, expected = make(), make()
    net.fit(X, Y, eta=0.3, epochs=3, batch_size=1, seed=2)
    rng = np.random.default_rng(2)
    for _ in range(3):
        for n in rng.permutation(10):
            expected.update(expected.backward(expected.forward(X[n]), Y[n]), 0.3)
    np.testing.assert_allclose(net.parameters, expected.parameters, rtol=0, atol=1e-12)


def test_the_full_batch_is_gradient_descent_on_the_mean_error_whatever_the_order():
    net, expected = make(), make()
    net.fit(X, Y, eta=0.3, epochs=20, batch_size=None, seed=2)
    for _ in range(20):
        expected.update(expected.backward(expected.forward(X), Y), 0.3)
    np.testing.assert_allclose(net.parameters, expected.parameters, rtol=0, atol=1e-12)


def test_batch_size_none_means_all_examples():
    one, other = make(), make()
    one.fit(X, Y, epochs=3, batch_size=None)
    other.fit(X, Y, epochs=3, batch_size=10)
    np.testing.assert_array_equal(one.parameters, other.parameters)


@pytest.mark.parametrize(("batch_size", "updates"), [(1, 10), (3, 4), (5, 2), (9, 2), (10, 1)])
def test_an_epoch_has_as_many_updates_as_batches_and_shows_every_example_once(
    monkeypatch, batch_size, updates
):
    seen = []
    original = Network._backward

    def record(self, bp, fp, y):
        seen.append(fp._a[0].copy())
        original(self, bp, fp, y)

    monkeypatch.setattr(Network, "_backward", record)
    make().fit(X, Y, epochs=1, batch_size=batch_size)
    assert len(seen) == updates
    assert [len(batch) for batch in seen[:-1]] == [batch_size] * (updates - 1)
    shown = np.concatenate(seen)
    np.testing.assert_array_equal(np.sort(shown, axis=0), np.sort(X, axis=0))


def test_inputs_and_targets_stay_together_when_shuffled(monkeypatch):
    # The target of each example is the example itself.
    original = Network._backward

    def check(self, bp, fp, y):
        np.testing.assert_array_equal(fp._a[0], y)
        original(self, bp, fp, y)

    monkeypatch.setattr(Network, "_backward", check)
    Network([2, 2], "identity").fit(X, X, epochs=3, batch_size=3)


def test_each_epoch_has_an_order_of_its_own(monkeypatch):
    orders = []
    original = training._Descent.epoch

    def record(self, order):
        orders.append(order.tolist())
        original(self, order)

    monkeypatch.setattr(training._Descent, "epoch", record)
    make().fit(X, Y, epochs=3)
    assert all(sorted(order) == list(range(10)) for order in orders)
    assert len({tuple(order) for order in orders}) == 3


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    def run(seed):
        net = make()
        return net.fit(X, Y, epochs=5, batch_size=3, seed=seed), net.parameters

    assert run(3)[0] == run(3)[0]
    np.testing.assert_array_equal(run(3)[1], run(3)[1])
    np.testing.assert_array_equal(run(3)[1], run(np.random.default_rng(3))[1])
    assert run(3)[0].error != run(4)[0].error


def test_the_default_seed_is_0_and_the_default_batch_one_example():
    one, other = make(), make()
    one.fit(X, Y)
    other.fit(X, Y, eta=0.5, epochs=100, batch_size=1, seed=0, stop=None, validation=None)
    np.testing.assert_array_equal(one.parameters, other.parameters)


def test_a_generator_moves_on_so_that_epochs_one_at_a_time_are_epochs_at_a_stretch():
    together, one_by_one = make(), make()
    history = together.fit(X, Y, epochs=4, batch_size=3, seed=np.random.default_rng(7))
    rng, errors = np.random.default_rng(7), []
    for _ in range(4):
        errors += one_by_one.fit(X, Y, epochs=1, batch_size=3, seed=rng).error
    np.testing.assert_array_equal(one_by_one.parameters, together.parameters)
    assert errors == history.error


def test_a_whole_number_as_seed_repeats_its_order_in_every_call(monkeypatch):
    orders = []

    class Recorded(training._Descent):
        def epoch(self, order):
            orders.append(order.tolist())
            super().epoch(order)

    monkeypatch.setattr(training, "_Descent", Recorded)
    net, rng = make(), np.random.default_rng(7)
    for seed in (7, 7, rng, rng):
        net.fit(X, Y, epochs=1, seed=seed)
    first, again, moved, on = orders
    assert first == again == moved
    assert on != moved


def test_training_leaves_numpys_global_generator_alone():
    before = np.random.get_state(legacy=False)["state"]["pos"]  # noqa: NPY002
    make().fit(X, Y, epochs=1, seed=None)
    assert np.random.get_state(legacy=False)["state"]["pos"] == before  # noqa: NPY002


def test_fit_changes_neither_examples_nor_targets_not_even_read_only_ones():
    x, y = X.copy(), Y.copy()
    x.flags.writeable = y.flags.writeable = False
    make().fit(x, y, epochs=2, batch_size=4, validation=(x, y))
    np.testing.assert_array_equal(x, X)
    np.testing.assert_array_equal(y, Y)


def test_fit_takes_lists_and_arrays_of_any_layout():
    one, other, third = make(), make(), make()
    one.fit(X, Y, epochs=2)
    other.fit(X.tolist(), Y.tolist(), epochs=2)
    third.fit(np.asfortranarray(X), np.repeat(Y, 2, axis=0)[::2], epochs=2)
    np.testing.assert_array_equal(one.parameters, other.parameters)
    np.testing.assert_array_equal(one.parameters, third.parameters)


def test_a_learning_rate_of_0_measures_and_learns_nothing():
    net = make()
    before = net.parameters.copy()
    history = net.fit(X, Y, eta=0, epochs=3)
    np.testing.assert_array_equal(net.parameters, before)
    assert history.error == [history.initial_error] * 3


def test_fit_as_a_function_is_fit_as_a_method():
    one, other = make(), make()
    assert one.fit(X, Y, epochs=2) == fit(other, X, Y, epochs=2)


def test_learning_lowers_the_error():
    net = Network([2, 4, 1], "tanh", seed=0)
    corners, xor = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    history = net.fit(corners, xor, eta=0.3, epochs=500)
    assert history.error[-1] < 1e-2 < history.initial_error
    assert np.round(net.forward(corners).output).ravel().tolist() == [0, 1, 1, 0]


# The record.


@pytest.mark.parametrize("batch_size", [1, 4, None])
def test_error_e_minus_1_is_the_mean_error_after_epoch_e(batch_size):
    net = make()
    start = net.mean_error(X, Y)
    history = net.fit(X, Y, epochs=4, batch_size=batch_size, validation=(X[:3], Y[:3]))
    assert history.epochs == len(history.error) == len(history.validation_error) == 4
    assert history.initial_error == pytest.approx(start, rel=1e-14)
    for epochs in (1, 2, 3, 4):
        part = make()
        part.fit(X, Y, epochs=epochs, batch_size=batch_size)
        error, validation_error = part.mean_error(X, Y), part.mean_error(X[:3], Y[:3])
        assert history.error[epochs - 1] == pytest.approx(error, rel=1e-14)
        assert history.validation_error[epochs - 1] == pytest.approx(validation_error, rel=1e-14)


def test_without_a_validation_set_there_is_no_validation_error():
    assert make().fit(X, Y, epochs=2).validation_error == []


def test_the_validation_set_is_never_learned_from():
    one, other = make(), make()
    one.fit(X, Y, epochs=3)
    other.fit(X, Y, epochs=3, validation=(X[::-1] * 5, Y))
    np.testing.assert_array_equal(one.parameters, other.parameters)


@pytest.mark.parametrize("N", [1, 1023, 1024, 1025, 3000])
def test_the_error_of_a_large_set_is_measured_in_parts_that_add_up(N):
    rng = np.random.default_rng(N)
    x, y = rng.standard_normal((N, 2)), rng.random((N, 2))
    net = make()
    history = net.fit(x, y, eta=0.01, epochs=1, batch_size=N)
    assert history.error[0] == pytest.approx(net.mean_error(x, y), rel=1e-13)


def test_what_is_recorded_is_plain_python_floats():
    net = make(dtype=np.float32)
    x, y = X.astype(np.float32), Y.astype(np.float32)
    history = net.fit(x, y, epochs=2, stop=GradientNormBelow(1e-9), validation=(x, y))
    values = [history.initial_error, *history.error]
    values += [*history.validation_error, *history.gradient_norm]
    assert {type(value) for value in values} == {float}


def test_the_repr_of_a_history_tells_how_it_went():
    history = make().fit(X, Y, epochs=2)
    assert re.fullmatch(
        r"History\(2 epochs, error 0\.\d+ -> 0\.\d+, stopped: 2 epochs\)", repr(history)
    )


# Interruption.


class InterruptAfter(StoppingCriterion):
    """Ctrl-C, pressed while the criteria are asked after this epoch."""

    def __init__(self, epoch):
        self.epoch = epoch

    def reason(self, history):
        if history.epochs == self.epoch:
            raise KeyboardInterrupt


def interrupt_call(monkeypatch, owner, name, number):
    """Raise KeyboardInterrupt at this call, counted from 1, of a function."""
    original, calls = getattr(owner, name), 0

    def interrupted(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == number:
            raise KeyboardInterrupt
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, interrupted)


def test_an_interrupt_between_epochs_keeps_what_was_learned():
    net, expected = make(), make()
    history = net.fit(X, Y, epochs=100, stop=InterruptAfter(3))
    expected_history = expected.fit(X, Y, epochs=3)
    np.testing.assert_array_equal(net.parameters, expected.parameters)
    assert history.error == expected_history.error
    assert history.stop_reason == "interrupted"


def test_an_interrupt_in_the_middle_of_an_epoch_keeps_the_updates_made_so_far(monkeypatch):
    # One forward pass for the initial error; then an epoch is 10 updates and one measurement.
    interrupt_call(monkeypatch, Network, "_forward", 1 + 2 * (10 + 1) + 5)
    net = make()
    history = net.fit(X, Y, epochs=100)
    monkeypatch.undo()
    expected = make()
    rng = np.random.default_rng(0)
    orders = [rng.permutation(10) for _ in range(3)]
    for n in [*orders[0], *orders[1], *orders[2][:4]]:
        expected.update(expected.backward(expected.forward(X[[n]]), Y[[n]]), 0.5)
    np.testing.assert_array_equal(net.parameters, expected.parameters)
    assert history.epochs == 2
    assert history.stop_reason == "interrupted"


def test_an_interrupt_while_measuring_leaves_no_half_record(monkeypatch):
    # The error of epoch 2 is measured, its validation error is not.
    interrupt_call(monkeypatch, training, "_error", 1 + 2 + 2)
    history = make().fit(X, Y, epochs=100, validation=(X, Y))
    assert len(history.error) == len(history.validation_error) == 1
    assert history.stop_reason == "interrupted"


def test_an_interrupt_restores_the_best_parameters_if_that_was_asked_for():
    net = make()
    validation = (X, 1 - Y)
    stop = [NoImprovement(100, restore_best=True), InterruptAfter(6)]
    history = net.fit(X, Y, epochs=100, stop=stop, validation=validation)
    assert history.stop_reason == "interrupted"
    assert history.best_epoch < history.epochs == 6
    best = min(history.validation_error)
    assert net.mean_error(*validation) == pytest.approx(best, rel=1e-14)


def test_training_can_go_on_after_an_interrupt():
    net = make()
    net.fit(X, Y, epochs=100, stop=InterruptAfter(3))
    history = net.fit(X, Y, epochs=2)
    assert history.epochs == 2
    assert history.initial_error == pytest.approx(make().fit(X, Y, epochs=3).error[-1])


def test_any_other_exception_is_passed_on():
    class Broken(StoppingCriterion):
        def reason(self, history):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make().fit(X, Y, stop=Broken())


# Divergence.


def diverging():
    return Network([2, 2, 1], "identity", seed=0), [[1.0, 2.0], [3.0, 4.0]], [[1.0], [-1.0]]


def test_a_diverging_run_warns_once_and_stops():
    net, x, y = diverging()
    with pytest.warns(RuntimeWarning, match=r"no longer finite; try a smaller eta than 50") as w:
        history = net.fit(x, y, eta=50, epochs=1000)
    assert len(w) == 1
    assert w[0].filename == __file__
    assert history.epochs < 1000
    assert not np.isfinite(history.error[-1])
    assert np.isfinite(history.error[:-1]).all()
    assert history.stop_reason == "the error is no longer finite"


def test_a_diverging_run_stops_whatever_the_criteria_say_and_can_restore_the_best():
    net, x, y = diverging()
    stop = NoImprovement(10_000, restore_best=True) & MaximumEpochs(10_000)
    with pytest.warns(RuntimeWarning, match="no longer finite"):
        history = net.fit(x, y, eta=50, epochs=10_000, stop=stop, validation=(x, y))
    assert np.isfinite(net.parameters).all()
    assert net.mean_error(x, y) == min(history.validation_error)


def test_a_run_that_diverges_within_one_epoch_warns_once_and_not_of_every_overflow():
    net, x, y = diverging()
    with pytest.warns(RuntimeWarning, match="no longer finite") as w:
        history = net.fit(x * 1000, y * 1000, eta=50, epochs=1000)
    assert len(w) == 1
    assert history.epochs == 1
    assert np.isnan(net.parameters).any()


DIVERGING = {
    # The sigmoid of an infinite number is 1: by the error alone all would be well.
    "the parameters are": ("sigmoid", [[10.0, 10.0]], [[1.0]], {"eta": 1.7e308}),
    "the error is": ("identity", [[1e200, 1.0]], [[1.0]], {"eta": 0}),
    "the validation error is": (
        "identity",
        [[1.0, 1.0]],
        [[1.0]],
        {"validation": ([[1e200, 1.0]], [[0.0]])},
    ),
    "the gradient norm is": (
        "identity",
        [[1e150, 1.0]],
        [[1.0]],
        {"eta": 0, "stop": GradientNormBelow(1)},
    ),
}


@pytest.mark.parametrize("what", DIVERGING)
def test_whatever_is_no_longer_finite_ends_the_training_and_is_named(what):
    activation, x, y, settings = DIVERGING[what]
    net = Network([2, 1], activation, seed=0)
    with pytest.warns(RuntimeWarning, match=f"{what} no longer finite; try .*smaller") as w:
        history = net.fit(x, y, epochs=50, **settings)
    assert len(w) == 1
    assert ("a smaller eta" in str(w[0].message)) == (settings.get("eta") != 0)
    assert history.epochs == 1
    assert history.stop_reason == f"{what} no longer finite"


def test_parameters_that_are_not_finite_are_never_the_best(monkeypatch):
    script = iter([[1.0, 0.0], [np.inf, 0.0]])

    class Scripted(training._Descent):
        def epoch(self, order):
            self.net.parameters[...] = next(script)

    monkeypatch.setattr(training, "_Descent", Scripted)
    net, x, y = Network([1, 1], seed=0), [[1.0]], [[1.0]]
    stop = NoImprovement(5, restore_best=True)
    with pytest.warns(RuntimeWarning, match="the parameters are no longer finite"):
        history = net.fit(x, y, stop=stop, validation=(x, y))
    assert history.validation_error[1] == 0 < history.validation_error[0]
    assert net.parameters.tolist() == [1.0, 0.0]


def test_underflow_in_saturated_units_is_ignored_even_if_every_float_flag_raises():
    net = Network([1, 1, 1], seed=0)
    net.b[1] = [-700]
    net.W[2] = [[1e-100]]
    with np.errstate(all="raise"):
        net.fit([[0.5]], [[0.25]], eta=0.1, epochs=2)
    assert np.isfinite(net.parameters).all()


def test_a_run_that_converges_warns_of_nothing_even_if_every_float_flag_raises():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        make().fit(X * 1000, Y, epochs=20, batch_size=3, stop=ErrorBelow(1e-9))


# Progress.


def test_progress_shows_a_bar_with_epochs_and_error(capfd):
    history = make().fit(X, Y, epochs=3, progress=True)
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "3/3" in shown.err
    assert "epoch" in shown.err
    assert f"error={history.error[-1]:.4g}" in shown.err


def test_no_progress_prints_nothing(capfd):
    make().fit(X, Y, epochs=3, stop=ErrorBelow(0.01), validation=(X, Y))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("stop", [None, [InterruptAfter(2)]], ids=["to the end", "interrupted"])
def test_the_bar_is_closed_however_training_ends(monkeypatch, stop):
    bars = []

    class Recorded(training.tqdm):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.closed = False
            bars.append(self)

        def close(self):
            super().close()
            self.closed = True

    monkeypatch.setattr(training, "tqdm", Recorded)
    make().fit(X, Y, epochs=3, progress=True, stop=stop)
    assert [bar.closed for bar in bars] == [True]


def test_progress_does_not_change_the_run():
    one, other = make(), make()
    assert one.fit(X, Y, epochs=3) == other.fit(X, Y, epochs=3, progress=True)
    np.testing.assert_array_equal(one.parameters, other.parameters)


# The hot loop.


def peak_of_an_epoch(net, N, batch_size):
    """Bytes that an epoch of N examples needs at most beyond what was there before it."""
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((N, net.sizes[0])), rng.random((N, net.sizes[-1]))
    descent = training._Descent(net, x, y, 0.1, batch_size)
    order = rng.permutation(N)
    descent.epoch(order)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        descent.epoch(order)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 2000
    return peak - before


def test_the_memory_of_an_epoch_is_small_and_does_not_depend_on_the_number_of_updates():
    few, many = peak_of_an_epoch(make(), 32, 1), peak_of_an_epoch(make(), 4096, 1)
    assert few < 20_000
    assert many < 20_000
    assert abs(many - few) < 2000


def test_the_passes_of_a_batch_write_into_arrays_that_are_reserved_once():
    # One weight matrix has 200 x 200 numbers, 320 kB; a batch's units 64 x 200 numbers, 102 kB.
    net = Network([200, 200, 200], "tanh", seed=0)
    # The update's own product has the size of a part; what backward needs is reserved.
    assert peak_of_an_epoch(net, 256, 64) < 100_000


def test_the_parameters_stay_where_they_are():
    net = make()
    W1, parameters = net.W[1], net.parameters
    net.fit(X, Y, epochs=2, stop=NoImprovement(1, restore_best=True), validation=(X, Y))
    assert net.W[1] is W1
    assert net.parameters is parameters
