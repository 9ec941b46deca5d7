"""The invented training ads are labelled by the rubric, with quotes that stand in the text."""

import json
from collections import Counter
from pathlib import Path

import pytest

from pmjobs.domain.rubric import read_codes
from pmjobs.ladder import IN_SCOPE, Dimension, Family, Level, Track
from pmjobs.level.corpus import print_of

DATA = Path(__file__).parent.parent / "data"


def rows_of(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


ADS = rows_of("training/more_invented.jsonl")
LEVELLED = [ad for ad in ADS if ad["level"] is not None]
CODES = ["acc", "scope", "people", "stake", "auto", "strat", "comm", "prog", "exp", "qual", "pay"]
NAMES = dict(zip(CODES, Dimension, strict=True))


def test_the_thin_levels_are_there():
    assert Counter(ad["level"] for ad in LEVELLED) == {1: 8, 2: 6, 5: 8, 6: 10, 7: 8}
    assert len({ad["employer"] for ad in ADS}) == len(ADS)
    assert len({ad["id"] for ad in ADS}) == len(ADS)


@pytest.mark.parametrize("ad", ADS, ids=lambda ad: ad["id"])
def test_every_quote_stands_in_the_text(ad: dict):
    assert 1 <= len(ad["ev"]) <= 3
    assert all(quote in ad["description"] for quote in ad["ev"])


@pytest.mark.parametrize("ad", LEVELLED, ids=lambda ad: ad["id"])
def test_codes_are_anchors_and_gates_hold(ad: dict):
    dims = ad["dims"]

    assert set(dims) <= set(CODES)
    assert all(value * 2 in range(9) for value in dims.values())
    assert len(set(dims) & set(CODES[:8])) >= 3
    assert ad["low"] <= ad["level"] <= ad["high"]
    if ad["level"] <= 2:
        assert dims["acc"] <= 1.5
    if ad["level"] >= 5:
        assert dims["people"] == 4 or (dims["prog"] >= 3 and dims["acc"] >= 3)
    if ad["level"] >= 6:
        assert dims["auto"] == 4
        assert ad["reports"] == "managers"
    assert (ad["level"] == 7) == (dims.get("strat") == 4 and dims.get("stake") == 4)


@pytest.mark.parametrize("ad", LEVELLED, ids=lambda ad: ad["id"])
def test_the_rubric_gives_the_labelled_level(ad: dict):
    codes = {NAMES[code]: value for code, value in ad["dims"].items()}

    reading = read_codes(codes, track=Track(ad["track"]), enterprise=ad["level"] == Level.EXECUTIVE)

    assert reading.level == ad["level"]


THIRD = rows_of("training/third_invented.jsonl")
THIRD_LEVELLED = [ad for ad in THIRD if ad["level"] is not None]
THIRD_OTHERS = [ad for ad in THIRD if ad["level"] is None]


def rubric_level(ad: dict) -> Level | None:
    codes = {NAMES[code]: value for code, value in ad["dims"].items()}
    enterprise = ad["level"] == Level.EXECUTIVE
    return read_codes(codes, track=Track(ad["track"]), enterprise=enterprise).level


def test_the_third_file_shows_every_level_and_other_work():
    n = Counter(ad["level"] for ad in THIRD_LEVELLED)
    assert n.keys() == set(Level)
    assert min(n.values()) >= 15
    assert len({ad["family"] for ad in THIRD_OTHERS}) >= 10


def test_no_id_stands_twice_in_all_three_files():
    ids = [ad["id"] for ad in [*rows_of("training/invented.jsonl"), *ADS, *THIRD]]
    assert len(ids) == len(set(ids))


def test_every_ad_of_the_third_file_has_an_employer_of_its_own():
    employers = Counter(ad["employer"].lower() for ad in THIRD)
    assert [name for name, n in employers.items() if n > 1] == []


def test_no_text_of_the_third_file_is_another_in_disguise():
    openings = Counter(" ".join(ad["description"].lower().split()[:30]) for ad in THIRD)
    assert [opening for opening, n in openings.items() if n > 1] == []


@pytest.mark.parametrize("ad", THIRD, ids=lambda ad: ad["id"])
def test_codes_of_the_third_file_are_anchors(ad: dict):
    assert set(ad["dims"]) <= set(CODES)
    assert all(value * 2 in range(9) for value in ad["dims"].values())
    assert ad["years"] is None or 0 <= ad["years"] <= 25


@pytest.mark.parametrize("ad", THIRD_LEVELLED, ids=lambda ad: ad["id"])
def test_a_levelled_ad_of_the_third_file_is_in_scope_and_coded(ad: dict):
    assert Family(ad["family"]) in IN_SCOPE
    assert ad["track"] in list(Track)
    assert len(set(ad["dims"]) & set(CODES[:8])) >= 3


def test_the_rubric_gives_nearly_every_level_of_the_third_file():
    steps = {ad["id"]: (rubric_level(ad) or 99) - ad["level"] for ad in THIRD_LEVELLED}
    far = [i for i, step in steps.items() if abs(step) > 1]
    exact = sum(step == 0 for step in steps.values()) / len(steps)

    assert len(far) <= 0.05 * len(steps), far
    assert exact > 0.95  # 208 of 210 as written


@pytest.mark.parametrize("ad", THIRD_OTHERS, ids=lambda ad: ad["id"])
def test_an_ad_of_other_work_has_neither_level_nor_track_nor_codes(ad: dict):
    assert Family(ad["family"]) not in IN_SCOPE
    assert ad["track"] is None
    assert ad["dims"] == {}


def test_every_ad_of_the_third_file_has_sentences_that_stand_in_its_text():
    read = {row["id"]: row for row in rows_of("training/readings.jsonl")}
    assert read.keys() >= {ad["id"] for ad in THIRD}

    for ad in THIRD:
        text, row = ad["description"], read[ad["id"]]
        assert row["text_sha256"] == print_of(text), ad["id"]
        spans = [tuple(map(int, s.split(" ")[0].split("-"))) for s in row["sentences"]]
        assert spans, ad["id"]
        assert all(0 <= start < end <= len(text) for start, end in spans), ad["id"]
        told = "".join(text[start:end] for start, end in spans)
        assert len(told) > 0.9 * len(text.strip()), ad["id"]


def test_codes_of_an_ad_and_of_its_sentences_speak_of_the_same_dimensions():
    read = {row["id"]: row for row in rows_of("training/readings.jsonl")}
    untold = Counter()
    for ad in THIRD_LEVELLED:
        said = " ".join(read[ad["id"]]["sentences"])
        untold.update(code for code in ad["dims"] if code != "pay" and f" {code}" not in said)
    assert untold.total() <= 0.05 * sum(len(ad["dims"]) for ad in THIRD_LEVELLED), untold
