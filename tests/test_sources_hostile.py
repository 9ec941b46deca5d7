"""Whatever a host sends, a source answers with ads, with FetchError or with ParseError.

Inputs are invented answers with values, tags or bytes made wrong; `python -m bench.fuzz` tries
many more of the same kind.
"""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzz import BOARDS, WRAPS, Tried, ads_of, damaged, parse, read, seeds_of, stored
from pmjobs import sources
from pmjobs.posting import Payload
from pmjobs.sources import SOURCES
from pmjobs.sources.details import DETAIL, with_detail
from tests.replay import MOMENT, document, split

# No examples are kept between runs: a failure names its random state, and bench.fuzz its file.
HOSTILE = settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_has_answers_to_damage(source):
    board = BOARDS.get(source, "acme")
    found = [one for seed in seeds_of(source) for one in split(source, seed, board=board).payloads]

    assert found, (
        f"{source} has no answer to damage: add a line to WRAPS in bench/fuzz.py (JSON), "
        f"or files to tests/payloads/{source}/answers/ (anything else)"
    )
    assert all(sources.parse(one).title for one in found if one.source_id != "9004")


@pytest.mark.parametrize("source", SOURCES)
@HOSTILE
@given(chance=st.randoms(use_true_random=False))
def test_a_damaged_answer_is_ads_or_a_clear_error(source, chance):
    body = damaged(chance.choice(seeds_of(source)), chance)

    read(source, body, chance, Tried())


@pytest.mark.parametrize("source", SOURCES)
@HOSTILE
@given(body=st.binary(max_size=300))
def test_bytes_that_are_no_answer_are_a_clear_error(source, body):
    read(source, body, random.Random(0), Tried())


@pytest.mark.parametrize("source", SOURCES)
@HOSTILE
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=20,
    )
)
def test_any_json_is_no_payload_or_a_clear_error(source, body):
    text = stored(json.dumps(body).encode())

    parse(source, Payload(source, "acme/1", None, MOMENT, text), Tried())
    parse(source, Payload(source, "", None, MOMENT, text), Tried())


# What once broke a parser, and what must not.


@pytest.mark.parametrize("source", WRAPS)
@pytest.mark.parametrize("depth", [500, 850, 900, 940, 960, 970, 980, 1000, 100_000])
def test_an_ad_that_is_nested_too_deep_is_left_out_or_its_board_is_refused(source, depth):
    ad = {**ads_of(source)[0], "deep": "@"}
    body = json.dumps(WRAPS[source](ad)).replace('"@"', "[" * depth + "]" * depth)
    tried = Tried()

    read(source, body.encode(), random.Random(0), tried)

    assert (tried.ads or tried.left_out, tried.refused) in ((1, 0), (0, 1))


@pytest.mark.parametrize("number", [10**400, -(10**400), 1e308, 10**4000])
def test_a_date_that_is_a_huge_number_names_its_field(number):
    ad = {"slug": "a", "title": "PM", "created_at": number}
    tried = Tried()

    parse("arbeitnow", Payload("arbeitnow", "a", None, MOMENT, json.dumps(ad)), tried)

    assert (tried.ads, tried.left_out) == (0, 1)


def test_an_id_with_half_a_character_is_no_id():
    ads = [
        {"referenznummer": "\ud800", "stellenangebotsTitel": "PM", "externeURL": "https://\udc00"}
    ]
    found = split("arbeitsagentur", {"ergebnisliste": ads})

    assert [(one.field, one.problem) for one in found.skipped] == [("id", "missing")]
    assert found.payloads == ()


@pytest.mark.parametrize("body", [b"", b"\xff", b"[1]", b'"text"', b"<html>", b"[" * 5_000])
def test_a_second_document_that_is_none_costs_its_ad_the_text_only(body):
    second = document(body, "acme/1")
    broken = type(second)(second.url, second.body, second.fetched_at, DETAIL)
    ad = {"title": "PM"}

    assert with_detail([broken], "here")("acme/1", ad) == ad
