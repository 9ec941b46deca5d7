"""LevelClassifier keeps scikit-learn's contract, on a few invented ads."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import DataConversionWarning, NotFittedError, SkipTestWarning
from sklearn.model_selection import GridSearchCV
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import check_estimator, parametrize_with_checks
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

from pmjobs.ladder import Dimension, Level
from pmjobs.level.background import background_of
from pmjobs.level.classifier import LevelClassifier
from pmjobs.level.corpus import levelled, read_invented
from pmjobs.level.model import central_level, level_set, spread
from pmjobs.level.ordinal import fit_ordinal
from pmjobs.level.reading import read
from pmjobs.level.seniority import sounding_level
from pmjobs.places import shipped

HELPS = "Duties:\nAssist the project manager with {}.\nTake minutes at {} meetings and file them."
LEADS = "Duties:\nLead the {} programme and manage its project managers.\nBrief the board on {}."
THINGS = ["depot", "library", "payroll", "harbour", "records", "network", "clinic", "fleet"]
ADS = [HELPS.format(t, t) for t in THINGS] + [LEADS.format(t, t) for t in THINGS]
LEVELS = [1] * len(THINGS) + [6] * len(THINGS)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Small matrices, on which threads of linear algebra only wait for each other."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def fitted():
    return LevelClassifier(n_folds=2).fit(ADS, LEVELS)


def test_learns_who_helps_and_who_leads(fitted):
    low, high = fitted.predict(
        ["Assist the project manager and take minutes.", "Lead the programme, brief the board."]
    )
    assert low < high


def test_probabilities_are_over_seven_levels(fitted):
    found = fitted.predict_proba(ADS[:3])
    assert found.shape == (3, 7)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert fitted.predict_proba([]).shape == (0, 7)
    assert list(fitted.classes_) == [1, 2, 3, 4, 5, 6, 7]


def test_same_ads_same_model():
    one, two = (LevelClassifier(n_folds=2).fit(ADS, LEVELS).predict_proba(ADS) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_readings_and_texts_give_the_same(fitted):
    np.testing.assert_array_equal(
        fitted.predict_proba(ADS[:2]), fitted.predict_proba([read(ad) for ad in ADS[:2]])
    )


def test_clones_pickles_and_goes_through_a_grid_search(fitted):
    assert clone(LevelClassifier(penalty=3.0)).get_params()["penalty"] == 3.0
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict_proba(ADS[:1]), fitted.predict_proba(ADS[:1]))
    search = GridSearchCV(LevelClassifier(n_folds=2), {"penalty": [0.5, 2.0]}, cv=2)
    assert search.fit(ADS, LEVELS).best_params_["penalty"] in (0.5, 2.0)


@pytest.mark.parametrize(
    ("ads", "levels", "said"),
    [
        (ADS, LEVELS[:-1], r"inconsistent numbers of samples: \[16, 15\]"),
        (ADS, [0] * len(ADS), "1 to 7"),
        (ADS, [8] * len(ADS), "1 to 7"),
        (ADS, [2.5] * len(ADS), "Unknown label type"),
        (ADS, [np.nan] * len(ADS), "NaN"),
        (ADS, ["senior"] * len(ADS), "levels are numbers from 1 to 7, not 'senior'"),
        (ADS, ["4"] * len(ADS), "levels are numbers from 1 to 7, not '4'"),
        (ADS, None, "the target y is None"),
        ([], [], "at least one"),
        (ADS[0], LEVELS, "list of ads"),
        ([None], [3], "texts or Readings, not NoneType"),
        ([7], [3], "texts or Readings, not int"),
        (np.array(ADS).reshape(-1, 1), LEVELS, "a table"),
    ],
)
def test_wrong_input_is_refused(ads, levels, said):
    with pytest.raises(ValueError, match=said):
        LevelClassifier().fit(ads, levels)


@pytest.mark.parametrize(
    "beside", [{"groups": ["a"]}, {"dimensions": [{}]}, {"sample_weight": [1.0]}]
)
def test_what_is_told_beside_the_levels_is_one_an_ad(beside):
    with pytest.raises(ValueError, match=r"inconsistent numbers of samples: \[16, 16, 1\]"):
        LevelClassifier(n_folds=2).fit(ADS, LEVELS, **beside)


def test_weights_below_zero_are_refused():
    with pytest.raises(ValueError, match="Negative values"):
        LevelClassifier(n_folds=2).fit(ADS, LEVELS, sample_weight=[-1.0] * len(ADS))


@pytest.mark.parametrize("ask", ["predict", "predict_proba"])
def test_asking_before_fitting_is_an_error(ask):
    with pytest.raises(NotFittedError):
        getattr(LevelClassifier(), ask)(ADS)


def test_ads_and_levels_come_in_any_kind_of_list(fitted):
    expected = fitted.predict_proba(ADS)
    for ads, levels in (
        (tuple(ADS), tuple(map(Level, LEVELS))),
        (np.array(ADS), np.array(LEVELS)),
        (np.array(ADS, dtype=object), np.array(LEVELS, dtype=object)),
        (pd.Series(ADS, index=range(50, 66)), pd.Series(LEVELS, dtype=float)),
    ):
        again = LevelClassifier(n_folds=2).fit(ads, levels)
        np.testing.assert_array_equal(again.predict_proba(ads), expected)


def test_a_column_of_levels_is_taken_with_a_warning():
    with pytest.warns(DataConversionWarning):
        LevelClassifier(n_folds=2).fit(ADS, np.array(LEVELS).reshape(-1, 1))


def test_tags_ask_for_texts(fitted):
    tags = get_tags(fitted)
    assert (tags.input_tags.string, tags.input_tags.two_d_array) == (True, False)
    assert tags.estimator_type == "classifier"
    assert tags.target_tags.required
    assert not hasattr(fitted, "n_features_in_")


def test_scikit_learn_has_nothing_against_an_estimator_of_texts():
    with pytest.warns(SkipTestWarning, match="requires input"):
        asked = check_estimator(LevelClassifier())
    assert [(one["check_name"], one["status"]) for one in asked] == [
        ("check_estimator_cloneable", "passed")
    ]


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def told_of(table):
    """One duty a number: its column and its size become a word."""
    sizes = (np.clip(2 * table, -12, 13) + 12).astype(int)
    return [
        "\n".join(["Duties:", *(f"Manage {LETTERS[j % 26]}{LETTERS[size]}." for j, size in row)])
        for row in map(enumerate, sizes)
    ]


class OfNumbers(LevelClassifier):
    """Tells tables of numbers as ads and classes as levels: scikit-learn's checks know no texts."""

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.string = tags.input_tags.one_d_array = False
        tags.input_tags.two_d_array = True
        tags.classifier_tags.poor_score = True  # the classes of the checks have no order
        return tags

    def fit(self, X, y, sample_weight=None):
        X, y = validate_data(self, X, y, ensure_min_samples=2)
        check_classification_targets(y)
        known, codes = np.unique(y, return_inverse=True)
        super().fit(told_of(X), codes + 1, sample_weight=sample_weight)
        self.classes_ = known
        return self

    def predict_proba(self, X):
        check_is_fitted(self)
        found = super().predict_proba(told_of(validate_data(self, X, reset=False)))
        found = found[:, : len(self.classes_)]
        return found / found.sum(axis=1, keepdims=True)

    def predict(self, X):
        check_is_fitted(self)
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


# The exceptions that LevelClassifier's docstring names.
EXPECTED = {
    "check_sample_weight_equivalence_on_dense_data": (
        "weights count in the heads only; regressions on words and folds take every ad alike"
    )
}


@parametrize_with_checks([OfNumbers(n_folds=2)], expected_failed_checks=lambda estimator: EXPECTED)
def test_scikit_learns_contract_is_kept(estimator, check):
    check(estimator)


def test_titles_of_other_ads_teach_rank_but_rank_words_are_not_read():
    titles = ["Project Assistant"] * len(THINGS) + ["Programme Director"] * len(THINGS)
    more = " The senior director is near." + " More of the same work follows." * 10
    ads = [ad + more for ad in ADS]
    background = background_of([read(ad) for ad in ads], titles, [str(i) for i in range(len(ads))])
    weights, _ = background.rank_direction()
    place = background.vocabulary.places

    assert weights[place["board"]] > weights[place["minutes"]]
    assert not {"senior", "director", "assistant"} & place.keys()


@pytest.mark.parametrize(
    ("title", "value"),
    [("Intern", 1.0), ("Senior Engineer", 4.0), ("VP Delivery", 6.3), ("Welder", 3.0)],
)
def test_sounding_level(title, value):
    assert sounding_level(title) == value


def test_ordinal_head_finds_direction_and_rising_cuts():
    random = np.random.default_rng(5)
    x = random.normal(size=(300, 2))
    levels = np.clip(np.round(4 + 1.5 * x[:, 0] + 0.3 * random.normal(size=300)), 1, 7)
    head, cuts = fit_ordinal(x, levels, penalty=0.1, weights=np.ones(300))

    assert head[0] > 5 * abs(head[1])
    assert (np.diff(cuts) > 0).all()
    right = [int(central_level(spread(float(row @ head), cuts))) for row in x] == levels
    assert right.mean() > 0.7


def test_level_sets_are_contiguous_and_hold_the_central_level():
    probabilities = np.array([0.02, 0.08, 0.4, 0.3, 0.15, 0.04, 0.01])
    assert level_set(probabilities, 0.6) == (Level(3), Level(4))
    assert level_set(probabilities, 0.8) == (Level(3), Level(5))
    assert level_set(probabilities, 1.0) == (Level(1), Level(7))
    assert level_set(probabilities, 0.8, within=(Level(2), Level(4))) == (Level(2), Level(4))
    assert level_set(probabilities, 0.2, within=(Level(2), Level(5))) == (Level(3), Level(3))


def test_invented_ads_show_the_rare_levels():
    labels = levelled(read_invented(shipped("data/training/invented.jsonl")))
    assert {label.level for label in labels} == set(Level)
    assert all(0 <= a <= 4 for label in labels for a in label.dimensions.values())
    assert all(Dimension.ACCOUNTABILITY in label.dimensions for label in labels)
