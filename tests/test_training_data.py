"""The invented training ads are labelled by the rubric, with quotes that stand in the text."""

import json
from collections import Counter
from pathlib import Path

import pytest

from pmjobs.domain.rubric import read_codes
from pmjobs.ladder import Dimension, Level, Track

FILE = Path(__file__).parent.parent / "data" / "training" / "more_invented.jsonl"
ADS = [json.loads(line) for line in FILE.read_text().splitlines()]
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
