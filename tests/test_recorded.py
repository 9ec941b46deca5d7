"""Every recorded answer of a real board, as kept beside a checkout, is read."""

import pytest

from bench.replay import replay

pytestmark = pytest.mark.shared

# Boards recorded from real hosts, and how many ads each source reads in all of its recordings.
AT_LEAST = {
    "greenhouse": 41_600,
    "lever": 160,
    "ashby": 5,
    "ashby_graphql": 13,
    "workable": 4,
    "recruitee": 6,
    "personio": 5,
    "teamtailor": 4,
    "bamboohr": 2,
    "workday": 9,
    "oracle": 2,
    "smartrecruiters": 57,
    "jsonld_page": 3,
}


@pytest.fixture(scope="module")
def tallies(shared):
    return replay(shared / "payloads")[0]


@pytest.mark.parametrize("source", AT_LEAST)
def test_every_recorded_board_is_read(tallies, source):
    assert tallies[source].parsed >= AT_LEAST[source]


def test_an_ad_is_left_out_for_want_of_an_id_a_title_or_the_data_alone(tallies):
    """The recordings without ids are other projects' stand-ins, not answers of a host."""
    reasons = {why for tally in tallies.values() for why in tally.skipped}

    assert {why.split(";")[0] for why in reasons} <= {
        "id: missing",
        "title: missing",
        "JobPosting: no schema.org JobPosting in the page",
    }


def test_boards_that_are_recorded_with_text_give_text(tallies):
    assert tallies["greenhouse"].with_text >= 720
    assert tallies["lever"].with_text >= 158
