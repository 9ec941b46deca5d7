"""Whether an ad is project work, and of which family."""

import json

import numpy as np
import pytest

from pmjobs.errors import SettingsError
from pmjobs.ladder import IN_SCOPE, Family, Track
from pmjobs.level.background import SENSES, background_of
from pmjobs.level.corpus import CorpusAd, print_of, read_more
from pmjobs.level.kinds import KindLabel, fit_work
from pmjobs.level.reading import read
from pmjobs.level.scope import Nearness

PROJECT = "Duties:\nPlan the {} move from start to finish, keep its risks and hand it over."
SERVICE = "Duties:\nRun the {} desk day by day, answer its callers and roster its shifts."
FILLER = "\nKeep good order of papers, keys, rooms, stores, forms, lists and letters " * 3
THINGS = ["depot", "library", "payroll", "harbour", "records", "network", "clinic", "fleet"] * 3
ADS = [text.format(f"{thing} {n}") for n, thing in enumerate(THINGS) for text in (PROJECT, SERVICE)]
TITLES = ["Move Planner", "Desk Supervisor"] * len(THINGS)
FAMILIES = [Family.PROJECT_DELIVERY, Family.OPERATIONS_LINE] * len(THINGS)


@pytest.fixture(scope="module")
def background():
    readings = [read(text + FILLER) for text in ADS]
    return background_of(readings, TITLES, [str(n) for n in range(len(ADS))])


@pytest.fixture(scope="module")
def scorer(background):
    rows = [background.vocabulary.row(read(text)) for text in ADS]
    labels = [
        KindLabel(row, family, Track.PROJECT if family in IN_SCOPE else None, str(n))
        for n, (row, family) in enumerate(zip(rows, FAMILIES, strict=True))
    ]
    return fit_work(labels[:-8], labels[-8:], background, seed=1)


@pytest.mark.parametrize("family", [Family.PROJECT_DELIVERY, Family.OPERATIONS_LINE])
def test_work_is_told_by_its_words(scorer, background, family):
    text = (PROJECT if family in IN_SCOPE else SERVICE).format("bakery")
    found, inside, _ = scorer.decide(background.vocabulary.row(read(text)))
    assert found is family
    assert (inside > 0.7) == (family in IN_SCOPE)


def test_the_family_is_on_the_side_of_the_scope(scorer, background):
    for text in ADS:
        found, inside, _ = scorer.decide(background.vocabulary.row(read(text)))
        assert (found in IN_SCOPE) == (inside >= 0.5)


def test_senses_tell_apart_what_titles_tell_apart(background):
    weights, offsets = background.sense_directions()
    assert weights.shape == (len(background.vocabulary.terms), len(offsets))
    assert 0 < len(offsets) <= SENSES
    rows = [background.vocabulary.row(read(text)) for text in ADS]
    first = np.array([row.values @ weights[row.at, 0] + offsets[0] for row in rows])
    assert (first[::2] > 0).all() != (first[1::2] > 0).all()


def test_titles_too_rare_to_teach_give_no_senses():
    few = background_of([read(text + FILLER) for text in ADS[:4]], TITLES[:4], list("abcd"))
    weights, offsets = few.sense_directions()
    assert weights.shape[1] == len(offsets) == 0


def test_words_of_rank_are_none_of_the_senses():
    readings = [read(PROJECT.format("depot") + " keep order of papers" * 20)] * 20
    assert not background_of(readings, ["Senior, Sr, Junior"] * 20, list("ab" * 10)).titled.size


def nearness(**changes):
    known = np.array([[1.0, 0.0], [-1.0, 0.0]])
    settings = {"gamma": 1.0, "curve": (4.0, 0.0)} | changes
    return Nearness(np.zeros(2), np.ones(2), known, np.array([1.0, -1.0]), **settings)


def test_nearer_to_yes_is_likelier():
    found = [nearness().probability(np.array([x, 0.0])) for x in (-1.0, -0.2, 0.0, 0.2, 1.0)]
    assert found == sorted(found)
    assert found[2] == pytest.approx(0.5)
    assert found[-1] == pytest.approx(1 / (1 + np.exp(-4 * (1 - np.exp(-4)))))


def test_far_from_everything_the_curve_alone_speaks():
    far = np.array([100.0, 100.0])
    assert nearness(curve=(4.0, -1.0)).probability(far) == pytest.approx(1 / (1 + np.e))


def a_row(ad_id, text, **changes):
    return {"id": ad_id, "text_sha256": print_of(text), "family": "other", "level": None} | changes


def more(tmp_path, *rows):
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ad = CorpusAd("a", "Planner", "owner", None, "Plan the move.", None, None)
    return read_more(path, {"a": ad})


def test_further_labels_are_joined_with_their_ads(tmp_path):
    [label] = more(tmp_path, a_row("a", "Plan the move."), a_row("b", "Not at hand."))
    assert label.ad.id == "a"
    assert label.family is Family.OTHER
    assert not label.invented


def test_a_further_label_of_another_text_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="a has another text now"):
        more(tmp_path, a_row("a", "Plan another move."))


def test_a_further_label_outside_the_rubric_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="see the rubric's names"):
        more(tmp_path, a_row("a", "Plan the move.", family="projects"))
