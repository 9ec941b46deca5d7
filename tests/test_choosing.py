"""Filters over a ranking: what is left out is listed with the reason."""

import pytest

from pmjobs.compare import rank
from pmjobs.compare.choosing import Filters, choose
from pmjobs.domain.moves import Move, Step
from pmjobs.errors import PmjobsError
from pmjobs.posting import Location, Remote, WorkPlace
from tests.builders import TODAY, ad, estimated, pay, reader

ME = reader(
    3,
    pay={"amount": 50_000, "currency": "GBP", "period": "YEAR", "basis": "permanent"},
    out={"words": ["night shift"]},
)
TEXT = "Requirements\n- Risk management"
MANAGES = "Duties\n- Line management of five project managers\n- Risk management"
HOME = Remote(WorkPlace.REMOTE, "remote")
LONDON = (Location("London", country="GB"),)

PAIRS = [
    (ad(TEXT, key="up", salary=pay(70_000), locations=LONDON, remote=HOME), estimated(4)),
    (ad(MANAGES, key="leads", locations=LONDON), estimated(4)),
    (ad(TEXT, key="same", salary=pay(50_000)), estimated(3)),
    (ad(TEXT, key="down", locations=(Location("Lyon", country="FR"),)), estimated(1)),
    (ad(TEXT, key="thin"), estimated(None)),
    (ad(f"{TEXT}\n- Night shift every week", key="nights"), estimated(4)),
]
RANKING = rank(PAIRS, ME, today=TODAY)


def chosen(marks=None, **filters) -> set[str]:
    found = choose(RANKING, Filters(**filters), marks=marks)
    return {one.posting.source_id for one in found.chosen}


def reasons(marks=None, **filters) -> dict[str, str]:
    found = choose(RANKING, Filters(**filters), marks=marks)
    return {one.comparison.posting.source_id: "; ".join(one.reasons) for one in found.left}


ALL = {"up", "leads", "same", "down", "thin"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ALL),
        ({"moves": [Move.UP]}, {"up", "leads"}),
        ({"moves": [Move.UP, Move.DOWN]}, {"up", "leads", "down"}),
        ({"moves": [Move.OUT]}, ALL),
        ({"steps": [Step.PAY_ONLY]}, set()),
        ({"level": (4, 4)}, {"up", "leads"}),
        ({"level": (None, 3)}, {"same", "down"}),
        ({"level": (3, None)}, {"up", "leads", "same"}),
        ({"country": "GB"}, {"up", "leads"}),
        ({"remote": True}, {"up"}),
        ({"gain": 0.1}, {"up"}),
        ({"gain": -0.1}, {"up", "same"}),
        ({"shows": ["line_management"]}, {"leads"}),
        ({"shows": ["line_management"], "remote": True}, set()),
    ],
)
def test_a_filter_lets_through_what_fits(filters, expected):
    assert chosen(**filters) == expected


def test_every_ad_is_chosen_or_left_out_with_a_reason():
    found = choose(RANKING, Filters(moves=[Move.UP], gain=0.1, country="GB"))

    assert len(found.chosen) + len(found.left) == len(PAIRS)
    assert all(one.reasons for one in found.left)


@pytest.mark.parametrize(
    ("filters", "key", "reason"),
    [
        ({}, "nights", "you ruled out 'night shift'"),
        ({"moves": [Move.UP]}, "down", "move: down, out"),
        ({"level": (4, 5)}, "same", "L3"),
        ({"country": "GB"}, "down", "in FR"),
        ({"country": "GB"}, "thin", "names no country"),
        ({"remote": True}, "same", "does not say whether it is remote"),
        ({"gain": 0.1}, "leads", "pay: the ad states no pay"),
        ({"gain": 0.1}, "same", "pay: about the same"),
        ({"shows": ["line_management"]}, "up", "line_management: not stated"),
    ],
)
def test_the_reason_says_what_does_not_fit(filters, key, reason):
    assert reasons(**filters)[key] == reason


def test_an_ad_that_fails_two_filters_names_both():
    assert reasons(level=(4, 5), country="GB")["same"] == "L3; names no country"


def test_what_is_not_for_the_reader_is_left_out_and_other_marks_are_not():
    marks = {"test:up": "not-for-me", "test:leads": "applied", "test:same": "interesting"}

    assert chosen(marks) == ALL - {"up"}
    assert reasons(marks)["up"] == "marked not-for-me"
    assert chosen(marks, marked=["interesting", "applied"]) == {"leads", "same"}
    assert chosen(marks, marked=["not-for-me"]) == {"up"}
    assert reasons(marks, marked=["applied"])["down"] == "not marked"


def test_what_is_marked_is_seen_again_though_it_is_ruled_out():
    assert chosen({"test:nights": "interesting"}, marked=["interesting"]) == {"nights"}


def test_the_order_of_the_ranking_stays():
    found = choose(RANKING, Filters())
    assert [one.key for one in found.chosen] == [
        one.key for one in RANKING if one.ruled_out is None
    ]


def test_an_unknown_characteristic_is_refused_with_those_there_are():
    with pytest.raises(PmjobsError, match="fun: no characteristic; take one of .*line_management"):
        choose(RANKING, Filters(shows=["fun"]))
