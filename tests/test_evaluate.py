"""The trials of an evaluation on a handful of invented ads: what they count, and on whom."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from pmjobs.evaluate import leaks, learning, rounds
from pmjobs.evaluate.faithful import RAISES, Faithfulness, blank, only
from pmjobs.evaluate.leaks import leak_figures
from pmjobs.evaluate.learning import SHARES, taught_by, twice_the_labels
from pmjobs.evaluate.rounds import BODY, Study, round_of
from pmjobs.evaluate.zones import zone_accuracy
from pmjobs.ladder import IN_SCOPE, Dimension
from pmjobs.level import training
from pmjobs.level.reading import read
from pmjobs.level.stated import Stated
from pmjobs.parsing.sections import Zone
from pmjobs.places import shipped
from tests import taught

FOLDS = 2


@pytest.fixture(scope="module")
def study():
    return Study(taught.material())


def test_blanks_leave_every_offset_and_line_where_it_was():
    text = "Plan it.\nDo it."
    assert blank(text, [(0, 8)]) == "        \nDo it."
    assert blank(text, [(3, 12)]) == "Pla     \n   it."
    assert blank(text, []) == text


def test_only_leaves_the_sentences_that_are_touched_and_what_is_no_sentence():
    text = "Heading\nPlan it.\nDo it."
    cut = [(8, 16), (17, 23)]

    assert only(text, [(8, 16)], cut) == "Heading\nPlan it.\n      "
    assert only(text, [(10, 12)], cut) == "Heading\nPlan it.\n      "
    assert only(text, [(16, 17)], cut) == "Heading\n        \n      "
    assert only(text, cut, cut) == text


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_blanks_never_change_a_length(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = blank(text, [(start, end)])
    assert len(found) == len(text)
    assert (found[:start], found[end:]) == (text[:start], text[end:])
    assert not found[start:end].strip()
    assert [c.isspace() for c in text[start:end] if c.isspace()] == [
        found[i].isspace() for i in range(start, end) if text[i].isspace()
    ]


def raised(name):
    return [read(f"Duties:\n{line}") for line in RAISES[name]]


def test_what_is_raised_stands_from_the_lower_to_the_higher():
    years = [reading.years.minimum for reading in raised("years")]
    budgets = [reading.budget.scaled for reading in raised("budget")]
    heads = [reading.facts[Stated.BOSS].value for reading in raised("reporting line")]
    people = [
        max((h.anchor for h in r.hits if h.cue.dimension is Dimension.PEOPLE), default=0.0)
        for r in raised("people")
    ]

    for steps in (years, budgets, heads, people):
        assert steps == sorted(set(steps)), steps


@pytest.mark.parametrize("name", RAISES)
def test_every_line_that_raises_is_counted(name):
    assert all(len(reading.sentences) == 1 for reading in raised(name))


def test_a_study_is_told_of_the_ads_that_have_a_level(study):
    assert len(study.told) == 7 * taught.ADS_A_LEVEL
    assert len(study.labels) == 7 * taught.ADS_A_LEVEL + taught.OTHER_ADS
    assert all(study.labels[i].family in IN_SCOPE for i in study.told)


class Remembering:
    """Stands for a fitted model: knows the ads that taught it, is sure of L3 of all others."""

    def __init__(self, material):
        self.material = material
        self.levels = {
            id(material.readings[label.ad.id]): int(label.level)
            for label in material.labels
            if label.level
        }

    def predict_proba(self, readings):
        return np.eye(7)[[self.levels.get(id(reading), 3) - 1 for reading in readings]]


@pytest.fixture
def taught_models(monkeypatch):
    """Every model that a trial fits, in order; fitting takes no time."""
    found = []

    def fit(material, *, seed):
        found.append(Remembering(material))
        return found[-1]

    for module in (training, learning):
        monkeypatch.setattr(module, "fit_level", fit)
    for module in (leaks, learning):
        monkeypatch.setattr(module, "N_FOLDS", FOLDS)
    return found


def test_a_learning_curve_learns_from_more_employers_at_every_step(study, taught_models):
    rows = [taught_by(study, 1, share) for share in SHARES]

    employers = [row["employers"] for row in rows]
    assert employers == sorted(set(employers))
    teachers = [{label.ad.id for label in one.material.labels} for one in taught_models]
    for fold in range(FOLDS):  # a larger share holds the smaller
        smaller_first = teachers[fold::FOLDS]
        assert all(a < b for a, b in pairwise(smaller_first))


def test_no_employer_teaches_a_model_that_is_asked_about_it(study, taught_models):
    rows = [taught_by(study, 1, share) for share in SHARES]

    # A model that had seen an ad would know its level; all that are asked are taken for L3.
    truth = np.array([int(study.labels[i].level) for i in study.told])
    assert [row["accuracy"] for row in rows] == [np.mean(truth == 3)] * len(SHARES)


def test_shuffled_levels_are_the_same_levels_on_other_ads(study, taught_models):
    found = leak_figures(study, 1)

    true = {study.labels[i].ad.id: study.labels[i].level for i in study.told}
    dealt = {x.ad.id: x.level for one in taught_models for x in one.material.labels}
    assert len(taught_models) == FOLDS
    assert dealt.keys() == true.keys()
    assert sorted(dealt.values()) == sorted(true.values())
    assert np.mean([dealt[i] == level for i, level in true.items()]) < 0.5
    assert found["shuffled_labels_qwk"] == 0.0  # of one answer for all


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("You will ask whoever the depot move manager names.", 1.0),  # the title as it stands
        ("Help a senior project officer with the plan of the depot.", 0.0),
        ("Plan moves as depot move managers do, and manage each.", 0.0),  # another word
    ],
)
def test_an_ad_names_itself_by_its_whole_title(study, monkeypatch, line, named):
    monkeypatch.setattr(leaks, "_shuffled", lambda study, seed: 0.0)
    label = study.labels[study.told[0]]
    ad = replace(label.ad, title="Depot Move Manager")
    reading = read(f"Duties:\n{line}")
    assert [s.zone for s in reading.sentences] == [Zone.DUTIES]
    alone = replace(study.material, labels=[replace(label, ad=ad)], readings={ad.id: reading})

    assert leak_figures(Study(alone), 1)["title_in_counted_text"] == named


def test_zones_are_counted_once_an_ad_and_headings_not_at_all(study):
    found = zone_accuracy(study.material, shipped)

    n_told = sum(len([s for s in row.sentences if s.zone != "h"]) for row in taught.annotated())
    assert 0.9 * n_told < found["n"] <= n_told
    assert 0.5 < found["accuracy"] < 1
    assert set(found) == {"n", "accuracy"} | {
        f"{zone}_{figure}" for zone in Zone for figure in ("recall", "precision")
    }
    assert all(0.2 < found[f"{zone}_recall"] <= 1 for zone in Zone)


def test_a_second_reading_of_an_ad_is_not_counted_again(study, tmp_path):
    once = tmp_path / "once.jsonl"
    rows = [
        line
        for line in shipped("data/training/readings.jsonl").read_text().splitlines()
        if f'"{study.labels[0].ad.id}"' in line
    ]
    once.write_text("\n".join(rows))
    twice = tmp_path / "twice.jsonl"
    twice.write_text("\n".join(rows + rows))

    found = [zone_accuracy(study.material, lambda _, path=path: path) for path in (once, twice)]

    assert found[0]["n"] > 10
    assert found[0] == found[1]


# mord hands scipy an option that is going away.
OLD_OPTION = pytest.mark.filterwarnings("ignore:scipy.optimize:DeprecationWarning")


@pytest.fixture(scope="module")
def one_round(study):
    pytest.importorskip("mord", reason="mord is not installed (the extra `train`)")
    faithfulness, asked = Faithfulness(study), []
    # Small matrices, on which threads of linear algebra only wait for each other.
    with pytest.MonkeyPatch.context() as patch, threadpool_limits(1):
        patch.setattr(rounds, "N_FOLDS", FOLDS)

        def watch(recipe, unseen):
            asked.extend(unseen)
            faithfulness.watch(recipe, unseen[:6])

        found = round_of(study, 1, watch)
    return found, faithfulness, asked


@OLD_OPTION
def test_every_arm_answers_for_every_levelled_ad(study, one_round):
    found, _, asked = one_round

    assert sorted(asked) == study.told
    assert {BODY, "majority", "title rules"} <= found.arms.keys()
    for name, probabilities in found.arms.items():
        assert probabilities.shape == (len(study.told), 7), name
        np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, err_msg=name)
    assert len(found.families) == len(found.inside) == len(study.labels)


@OLD_OPTION
def test_the_body_tells_ends_of_the_ladder_apart(study, one_round):
    means = one_round[0].arms[BODY] @ np.arange(1, 8)
    levels = np.array([int(study.labels[i].level) for i in study.told])
    assert means[levels <= 2].mean() + 1 < means[levels >= 6].mean()


@OLD_OPTION
def test_shares_add_up_in_every_fold_and_evidence_is_set_beside_random_sentences(one_round):
    found = one_round[1].evidence()

    assert found.pop("n") == 6 * FOLDS
    assert found.pop("sum_off_at_most") < 1e-9
    falls = {"comprehensiveness", "sufficiency"}
    assert found.keys() == falls | {f"{name}_random" for name in falls}
    assert all(-1 <= fall <= 1 for fall in found.values())
    assert found["comprehensiveness"] != found["comprehensiveness_random"]


@OLD_OPTION
def test_directions_are_counted_step_by_step(one_round):
    found = one_round[1].directions()

    assert found.keys() == RAISES.keys()
    for name, row in found.items():
        assert row["n"] == 6 * FOLDS * (len(RAISES[name]) - 1)
        assert 0 <= row["level_fell"] <= 1
    assert found["years"]["level_fell"] == 0
    assert found["budget"]["level_fell"] == 0


def test_twice_the_labels_go_on_along_the_curve():
    curve = [{"employers": float(2**n), "qwk": 0.5 + 0.05 * n} for n in range(2, 6)]
    assert twice_the_labels(curve) == pytest.approx({"employers": 64.0, "qwk": 0.8})
