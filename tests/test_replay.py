"""Every recorded answer of a real board is read: how many ads, with text, and what is left out.

`python -m bench.replay` prints the same as a table. No real ad is quoted here, only counted.
"""

from collections import Counter

import pytest

from bench.replay import Tally, replay

# source → (ads read, ads with text, ads left out). The 40,786 ads of 997 boards without text
# that are packed in one file are read by bench.replay only.
COUNTS = {
    "adzuna": (4, 4, 0),
    "arbeitnow": (6, 6, 1),
    "arbeitsagentur": (2, 0, 0),
    "ashby": (5, 3, 3),
    "ashby_graphql": (13, 0, 0),
    "bamboohr": (2, 0, 0),
    "greenhouse": (846, 721, 3),
    "himalayas": (3, 2, 0),
    "jobicy": (2, 0, 0),
    "jobtech": (614, 614, 0),
    "jooble": (1, 1, 0),
    "jsonld_page": (3, 3, 9),
    "lever": (164, 159, 2),
    "neogov": (7, 7, 0),
    "oracle": (2, 0, 0),
    "personio": (5, 5, 0),
    "pinpoint": (2, 2, 0),
    "recruitee": (6, 3, 0),
    "remoteok": (100, 100, 0),
    "remotive": (4, 4, 0),
    "rippling": (1, 0, 0),
    "smartrecruiters": (57, 0, 1),
    "teamtailor": (4, 2, 0),
    "themuse": (2, 2, 0),
    "usajobs": (2, 2, 0),
    "weworkremotely": (27, 27, 0),
    "workable": (4, 3, 0),
    "workday": (9, 0, 0),
}
# Hand-made recordings leave out ids, one has no title on purpose, closed pages have no data.
REASONS = {
    "id: missing",
    "title: missing",
    "JobPosting: no schema.org JobPosting in the page; the ad may be closed",
}


@pytest.fixture(scope="module")
def tallies(shared) -> dict[str, Tally]:
    return replay(shared / "payloads", archives=False)[0]


@pytest.mark.shared
@pytest.mark.parametrize("source", COUNTS)
def test_recorded_answers_are_read(source, tallies):
    tally = tallies[source]

    # A source may come to read more of an answer, never less.
    assert (tally.parsed, tally.with_text) >= COUNTS[source][:2]
    assert sum(tally.skipped.values()) <= COUNTS[source][2]


@pytest.mark.shared
def test_every_ad_left_out_says_why(tallies):
    reasons: Counter[str] = sum((tally.skipped for tally in tallies.values()), Counter())

    assert set(reasons) <= REASONS


@pytest.mark.shared
def test_every_recorded_answer_is_a_board(tallies):
    assert {source: tally.failed for source, tally in tallies.items() if tally.failed} == {}
