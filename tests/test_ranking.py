"""The ranking of stored ads: each text is read once, and anew whenever that could differ."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pmjobs import ranking
from pmjobs.compare import comparison_as_json, rank
from pmjobs.posting import Location
from pmjobs.ranking import rank_stored, reading_print
from pmjobs.store import Store
from tests.builders import TODAY, ad, estimated, reader
from tests.test_cli_compare import fill

ME = reader(3, skill=[{"name": "Risk management", "proof": "ran workshops"}])
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ONE = ad("Requirements\n- Risk management\n- Budgets of $2 million", key="a/1")
TWO = ad("Requirements\n- Six Sigma", key="a/2")


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        fill(store, [(ONE, estimated(4)), (TWO, estimated(3))], MONDAY)
        yield store


@pytest.fixture
def read(monkeypatch):
    """The keys of the ads whose text is read, as they are read."""
    seen = []

    def reading(posting, original=ranking.read_posting):
        seen.append(posting.source_id)
        return original(posting)

    monkeypatch.setattr("pmjobs.ranking.read_posting", reading)
    return seen


def test_a_kept_reading_ranks_as_a_fresh_one(store, read):
    fresh = rank_stored(store, ME, today=TODAY)
    kept = rank_stored(store, ME, today=TODAY)
    bare = rank([(ONE, estimated(4)), (TWO, estimated(3))], ME, today=TODAY)

    assert read == ["a/1", "a/2"]
    told = [list(map(comparison_as_json, found)) for found in (fresh.found, kept.found, bare)]
    assert told[0] == told[1] == told[2]
    assert kept.ids == {"test:a/1": 1, "test:a/2": 2}


def test_a_changed_text_is_read_anew_and_the_others_are_not(store, read):
    rank_stored(store, ME, today=TODAY)
    changed = replace(TWO, description="Requirements\n- Stakeholder management")
    fill(store, [(ONE, estimated(4)), (changed, estimated(3))], MONDAY + timedelta(days=1))
    found = rank_stored(store, ME, today=TODAY)

    assert read == ["a/1", "a/2", "a/2"]
    names = {judged.name for one in found.found for judged in one.judged}
    assert "Lean and Six Sigma" not in names


def test_another_country_means_another_dollar_and_the_text_is_read_anew(store, read):
    rank_stored(store, ME, today=TODAY)
    moved = replace(ONE, locations=(Location("Perth", country="AU"),))
    fill(store, [(moved, estimated(4)), (TWO, estimated(3))], MONDAY + timedelta(days=1))
    rank_stored(store, ME, today=TODAY)

    assert read == ["a/1", "a/2", "a/1"]


def test_another_reader_of_texts_reads_all_anew(store, read, monkeypatch):
    rank_stored(store, ME, today=TODAY)
    monkeypatch.setattr("pmjobs.ranking.reading_print", lambda: "newer")
    rank_stored(store, ME, today=TODAY)

    assert read == ["a/1", "a/2"] * 2


def test_a_damaged_reading_is_read_anew(store, read):
    rank_stored(store, ME, today=TODAY)
    content = store.readings([1], reader=reading_print())[1][0]
    store.save_readings([(1, content, {"requirements": 7})], reader=reading_print())
    found = rank_stored(store, ME, today=TODAY)

    assert read == ["a/1", "a/2", "a/1"]
    assert len(found.found) == 2


def test_a_reading_of_an_ad_that_is_gone_is_passed_by(store):
    store.save_readings([(99, "x", {})], reader="r")
    assert store.readings([99], reader="r") == {}


def test_only_what_is_wanted_is_ranked(store, read):
    found = rank_stored(store, ME, today=TODAY, wanted=lambda stored: stored.id == 2)
    assert [one.key for one in found.found] == ["test:a/2"]
    assert read == ["a/2"]
