"""The figures of an evaluation, on cases that can be reckoned by hand."""

import numpy as np
import pytest

from pmjobs.level.metrics import (
    calibration_by_chance,
    calibration_error,
    cluster_bootstrap,
    levels_of,
    macro_f1,
    measures,
    qwk,
    ranked_probability_score,
    sets_at,
)


def sure(*levels):
    return np.eye(7)[np.array(levels) - 1]


def test_agreement_is_one_and_a_constant_answer_is_zero():
    truth = np.array([1, 3, 5, 7])
    assert qwk(truth, truth) == 1.0
    assert qwk(truth, np.array([3, 3, 3, 3])) == 0.0


def test_a_wider_miss_costs_more():
    truth = np.array([1, 2, 3, 4, 5])
    assert qwk(truth, np.array([2, 2, 3, 4, 5])) > qwk(truth, np.array([4, 2, 3, 4, 5]))


def test_qwk_is_what_scikit_learn_says():
    from sklearn.metrics import cohen_kappa_score

    random = np.random.default_rng(1)
    truth, found = random.integers(1, 8, 80), random.integers(1, 8, 80)
    theirs = cohen_kappa_score(truth, found, weights="quadratic", labels=range(1, 8))
    assert qwk(truth, found) == pytest.approx(theirs)


def test_macro_f1_counts_rare_levels_as_much_as_common_ones():
    truth, found = np.array([3, 3, 3, 3, 7]), np.array([3, 3, 3, 3, 3])
    assert macro_f1(truth, found) == pytest.approx((8 / 9 + 0) / 2)


def test_ranked_probability_score_of_a_sure_miss_is_its_width():
    assert ranked_probability_score(np.array([3]), sure(3)) == 0
    assert ranked_probability_score(np.array([3]), sure(6)) == pytest.approx(3 / 6)


def test_sure_and_always_right_is_calibrated():
    truth = np.array([1, 2, 3, 4])
    assert calibration_error(truth, sure(1, 2, 3, 4)) == 0
    assert calibration_error(truth, sure(2, 3, 4, 5)) == 1


def test_right_probabilities_of_few_ads_show_an_error_by_chance_that_more_ads_take_away():
    even = np.full((40, 7), 1 / 7)
    few = calibration_by_chance(even, draws=50, seed=1)
    many = calibration_by_chance(np.repeat(even, 25, axis=0), draws=50, seed=1)
    assert 0.1 < few < 0.2
    assert many < few / 3
    assert calibration_by_chance(sure(1, 4, 7), draws=5, seed=1) == 0


def test_sets_hold_their_mass():
    even = np.tile([0.1, 0.2, 0.4, 0.2, 0.1, 0.0, 0.0], (2, 1))
    assert sets_at(np.array([2, 5]), even, 0.8) == (0.5, 3.0)


def test_all_measures_of_a_perfect_arm():
    told = measures(np.array([2, 3, 4]), sure(2, 3, 4))
    assert told["accuracy"] == told["within_1"] == told["qwk"] == told["macro_f1"] == 1.0
    assert told["mae"] == told["log_loss"] == 0.0
    assert list(levels_of(sure(2, 3, 4))) == [2, 3, 4]


def test_bootstrap_draws_whole_groups_and_is_repeatable():
    groups = np.array(["a", "a", "b"])
    drawn = []

    def statistic(indices):
        drawn.append(indices)
        return float(len(indices))

    first = cluster_bootstrap(statistic, groups, draws=20, seed=3)
    assert first == cluster_bootstrap(statistic, groups, draws=20, seed=3)
    assert all((indices == 0).sum() == (indices == 1).sum() for indices in drawn)
