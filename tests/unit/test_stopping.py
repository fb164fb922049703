"""Stopping criteria, one at a time and combined."""

import numpy as np
import pytest

from bplib import (
    ErrorBelow,
    GradientNormBelow,
    History,
    MaximumEpochs,
    Network,
    NoImprovement,
    stopping,
)
from bplib.stopping import StoppingCriterion, stopping_criterion

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([[0.0], [1.0], [1.0], [1.0]])


def train(stop=None, epochs=200, **settings):
    net = Network([2, 1], seed=0)
    settings = {"eta": 2.0, "batch_size": None, **settings}
    return net, net.fit(X, Y, epochs=epochs, stop=stop, **settings)


def history(error=(), validation=(), gradient=()):
    return History(1.0, list(error), list(validation), list(gradient))


def test_without_a_criterion_the_number_of_epochs_ends_it():
    _, h = train(epochs=7)
    assert h.epochs == 7
    assert h.stop_reason == "7 epochs"


def test_maximum_epochs():
    _, h = train(MaximumEpochs(3))
    assert h.epochs == 3
    assert h.stop_reason == "3 epochs"


def test_the_number_of_epochs_given_to_fit_is_always_a_limit():
    _, h = train(MaximumEpochs(30), epochs=4)
    assert h.epochs == 4
    assert h.stop_reason == "4 epochs"


def test_error_below_stops_at_the_first_epoch_that_is_below():
    _, h = train(ErrorBelow(0.05))
    assert h.error[-1] < 0.05 <= min(h.error[:-1])
    assert h.stop_reason == "error below 0.05"


def test_error_below_means_strictly_below():
    assert ErrorBelow(0.5).reason(history([0.5])) is None
    assert ErrorBelow(0.5).reason(history([0.5, 0.4999])) == "error below 0.5"


def test_gradient_norm_below_stops_at_the_first_epoch_that_is_below():
    net, h = train(GradientNormBelow(0.02))
    assert h.gradient_norm[-1] < 0.02 <= min(h.gradient_norm[:-1])
    assert h.stop_reason == "gradient norm below 0.02"
    gradient = net.backward(net.forward(X), Y).vector
    assert h.gradient_norm[-1] == pytest.approx(np.linalg.norm(gradient), rel=1e-14)


def test_gradient_norm_below_means_strictly_below():
    assert GradientNormBelow(0.5).reason(history([1], gradient=[0.5])) is None
    assert GradientNormBelow(0.5).reason(history([1], gradient=[0.4])) == "gradient norm below 0.5"


def test_the_gradient_norm_leaves_out_biases_that_are_not_trained():
    net = Network([2, 1], seed=0, train_biases=False)
    h = net.fit(X, Y, epochs=2, stop=GradientNormBelow(1e-9))
    weights_only = net.backward(net.forward(X), Y).grad_W[1]
    assert h.gradient_norm[-1] == pytest.approx(np.linalg.norm(weights_only), rel=1e-14)


def test_the_gradient_norm_is_measured_only_if_a_criterion_needs_it():
    assert train(epochs=2)[1].gradient_norm == []
    assert len(train(ErrorBelow(1e-9) | GradientNormBelow(1e-9), epochs=2)[1].gradient_norm) == 2


def test_no_improvement_counts_the_epochs_since_the_last_new_minimum():
    falling = [0.9, 0.8, 0.7]
    assert NoImprovement(2).reason(history(falling, falling)) is None
    assert NoImprovement(2).reason(history([0] * 4, [*falling, 0.7])) is None
    reason = NoImprovement(2).reason(history([0] * 5, [*falling, 0.7, 0.75]))
    assert reason == "no improvement on the validation set for 2 epochs"
    # An equal value is no improvement; a new minimum starts the count again.
    assert NoImprovement(2).reason(history([0] * 5, [*falling, 0.7, 0.6])) is None


# A validation set that says the opposite of the training set: every step makes it worse.
OPPOSITE = (X, 1 - Y)


def test_no_improvement_in_training():
    _, h = train(NoImprovement(3), validation=OPPOSITE)
    assert h.epochs == h.best_epoch + 3
    assert h.stop_reason == "no improvement on the validation set for 3 epochs"


def test_restore_best_puts_back_the_parameters_of_the_best_epoch():
    net, h = train(NoImprovement(3, restore_best=True), validation=OPPOSITE)
    assert net.mean_error(*OPPOSITE) == min(h.validation_error)
    expected, _ = train(epochs=h.best_epoch)
    np.testing.assert_array_equal(net.parameters, expected.parameters)


def test_restore_best_holds_whatever_ends_the_training():
    net, h = train([NoImprovement(100, restore_best=True)], epochs=9, validation=OPPOSITE)
    assert h.stop_reason == "9 epochs"
    assert h.best_epoch < 9
    assert net.mean_error(*OPPOSITE) == min(h.validation_error)


def test_without_restore_best_the_last_parameters_stay():
    net, h = train(NoImprovement(3), validation=OPPOSITE)
    assert net.mean_error(*OPPOSITE) == h.validation_error[-1] > min(h.validation_error)


def test_restore_best_puts_back_the_earlier_of_two_equal_epochs():
    net = Network([2, 1], seed=0)
    before = net.parameters.copy()
    h = net.fit(X, Y, eta=0, epochs=5, validation=(X, Y), stop=NoImprovement(2, restore_best=True))
    assert h.best_epoch == 1
    assert h.epochs == 3
    np.testing.assert_array_equal(net.parameters, before)


def test_or_stops_as_soon_as_one_of_them_would_and_says_which():
    _, alone = train(ErrorBelow(0.05))
    _, h = train(ErrorBelow(0.05) | MaximumEpochs(10_000))
    assert h.epochs == alone.epochs
    assert h.stop_reason == "error below 0.05"
    _, h = train(ErrorBelow(0.05) | MaximumEpochs(2))
    assert h.epochs == 2
    assert h.stop_reason == "2 epochs"


def test_a_list_or_a_tuple_means_or():
    for stop in ([ErrorBelow(1e-9), MaximumEpochs(2)], (ErrorBelow(1e-9), MaximumEpochs(2))):
        _, h = train(stop)
        assert h.epochs == 2


def test_an_empty_list_stops_nothing():
    assert train([], epochs=3)[1].stop_reason == "3 epochs"


def test_and_stops_once_both_would_in_the_same_epoch():
    _, first = train(ErrorBelow(0.05))
    later = first.epochs + 5
    _, h = train(ErrorBelow(0.05) & MaximumEpochs(later))
    assert h.epochs == later
    assert h.stop_reason == f"error below 0.05 and {later} epochs"
    _, h = train(MaximumEpochs(2) & ErrorBelow(0.05))
    assert h.epochs == first.epochs


def test_or_and_and_nest():
    stop = (ErrorBelow(1e-9) | MaximumEpochs(3)) & (ErrorBelow(1e-9) | MaximumEpochs(5))
    assert train(stop)[1].epochs == 5
    stop = (ErrorBelow(1e-9) & MaximumEpochs(3)) | (MaximumEpochs(4) & MaximumEpochs(2))
    assert train(stop)[1].epochs == 4


@pytest.mark.parametrize(
    "shown",
    [
        "MaximumEpochs(3)",
        "ErrorBelow(0.01)",
        "GradientNormBelow(1e-05)",
        "NoImprovement(3)",
        "NoImprovement(3, restore_best=True)",
        "ErrorBelow(0.01) | NoImprovement(3)",
        "ErrorBelow(0.01) & NoImprovement(3) | MaximumEpochs(3)",
        "(ErrorBelow(0.01) | NoImprovement(3)) & MaximumEpochs(3)",
        "MaximumEpochs(3) & (ErrorBelow(0.01) | NoImprovement(3))",
        "ErrorBelow(0.01) | NoImprovement(3) | MaximumEpochs(3)",
        "AnyOf([])",
    ],
)
def test_a_criterion_shows_itself_as_the_python_that_makes_it(shown):
    made = eval(shown, vars(stopping))
    assert repr(made) == shown


def test_a_criterion_of_ones_own_shows_its_name():
    class Never(StoppingCriterion):
        def reason(self, history):
            return None

    assert repr(Never() | MaximumEpochs(2)) == "Never() | MaximumEpochs(2)"


def test_a_combination_needs_what_its_parts_need():
    both = ErrorBelow(1) | (GradientNormBelow(1) & NoImprovement(1, restore_best=True))
    assert both.needs == {"gradient", "validation", "best"}
    assert stopping_criterion(None).needs == frozenset()


def test_a_criterion_of_ones_own():
    class Always(StoppingCriterion):
        def reason(self, history):
            return f"seen {history.epochs}"

    _, h = train(Always())
    assert h.stop_reason == "seen 1"


def test_a_criterion_can_be_used_for_several_trainings():
    stop = NoImprovement(3, restore_best=True)
    first, second = train(stop, validation=OPPOSITE), train(stop, validation=OPPOSITE)
    assert first[1] == second[1]
    np.testing.assert_array_equal(first[0].parameters, second[0].parameters)


def test_best_epoch_is_the_first_smallest_and_0_if_there_is_none():
    assert history().best_epoch == 0
    assert history([0] * 4, [3.0, 1.0, 2.0, 1.0]).best_epoch == 2
    nan = float("nan")
    assert history([0] * 3, [nan, 2.0, 1.0]).best_epoch == 3
    assert history([0], [nan]).best_epoch == 0
