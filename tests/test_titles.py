"""What titles claim: the longest words win, whatever the spelling."""

import pytest

from pmjobs.domain.titles import claim_of, plain_title, posts_of

# (title, level claimed)
CLAIMS = [
    ("Project Administrator", 1),
    ("Project Co-ordinator", 2),
    ("Junior Project Manager", 2),
    ("Assistant Construction Project Manager", 2),
    ("PMO Analyst", 2),
    ("Project Manager", 3),
    ("Project Manager III", 3),
    ("IT Project Manager (m/w/d)", 3),
    ("Scrum Master", 3),
    ("Project Manager, Senior", 4),
    ("Senior IT Infrastructure Project Manager", 4),
    ("Sr. Project Mgr", 4),
    ("Technical Program Manager", 4),
    ("Delivery Lead", 4),
    ("Program Manager II", 5),
    ("Senior Technical Program Manager", 5),
    ("Principal Project Manager", 5),
    ("Director, Program Management", 6),
    ("Head of PMO", 6),
    ("Vice President, Program Management", 6),
    ("Chief Transformation Officer", 7),
]


@pytest.mark.parametrize(("title", "level"), CLAIMS)
def test_title_claims(title, level):
    assert claim_of(title).level == level


@pytest.mark.parametrize("title", ["Baker", "Software Engineer", "Product Manager", "", None])
def test_other_titles_claim_nothing(title):
    assert claim_of(title) is None


def test_case_does_not_matter():
    assert claim_of("SENIOR PROJECT MANAGER") == claim_of("senior project manager")


def test_a_hostile_title_is_cut():
    assert claim_of("senior " * 100_000) is None
    assert len(plain_title("x" * 10_000)) <= 300


@pytest.mark.parametrize(
    ("title", "levels"),
    [
        ("Project Manager / Senior Project Manager", [3, 4]),
        ("Senior Project Manager or Programme Manager, Leeds", [4, 5]),
        ("Project Coordinator/Project Manager", [2, 3]),
        ("Project Manager (Tram/Bus)", []),
        ("Project/Programme Manager", []),
        ("Programme Manager", []),
    ],
)
def test_of_several_posts_in_a_title_the_lowest_is_claimed(title, levels):
    assert [int(post.level) for post in posts_of(title)] == levels
    if levels:
        assert claim_of(title).level == min(levels)
