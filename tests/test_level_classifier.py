"""LevelClassifier keeps scikit-learn's contract, on a few invented ads."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV

from pmjobs.ladder import Dimension, Level
from pmjobs.level.background import background_of, sounding_level
from pmjobs.level.classifier import LevelClassifier
from pmjobs.level.corpus import levelled, read_invented
from pmjobs.level.model import central_level, level_set, spread
from pmjobs.level.ordinal import fit_ordinal
from pmjobs.level.reading import read
from pmjobs.places import shipped

HELPS = "Duties:\nAssist the project manager with {}.\nTake minutes at {} meetings and file them."
LEADS = "Duties:\nLead the {} programme and manage its project managers.\nBrief the board on {}."
THINGS = ["depot", "library", "payroll", "harbour", "records", "network", "clinic", "fleet"]
ADS = [HELPS.format(t, t) for t in THINGS] + [LEADS.format(t, t) for t in THINGS]
LEVELS = [1] * len(THINGS) + [6] * len(THINGS)


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
    [(ADS, LEVELS[:-1], "one level an ad"), (ADS, [0] * len(ADS), "1 to 7"), ([], [], "one level")],
)
def test_wrong_input_is_refused(ads, levels, said):
    with pytest.raises(ValueError, match=said):
        LevelClassifier().fit(ads, levels)


def test_asking_before_fitting_is_an_error():
    with pytest.raises(NotFittedError):
        LevelClassifier().predict(ADS)


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


def test_invented_ads_show_the_rare_levels():
    labels = levelled(read_invented(shipped("data/training/invented.jsonl")))
    assert {label.level for label in labels} == set(Level)
    assert all(0 <= a <= 4 for label in labels for a in label.dimensions.values())
    assert all(Dimension.ACCOUNTABILITY in label.dimensions for label in labels)
