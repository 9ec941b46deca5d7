"""Moves and kinds of step: every rule of the rubric on invented pairs of an ad and a reader."""

import pytest

from pmjobs.compare.moves import find_moves, real_step, same_employer
from pmjobs.compare.steps import find_steps
from pmjobs.domain.moves import Move, Step, moves, steps
from pmjobs.ladder import Family, Level, Track
from tests.builders import ad, estimated, reader

OWN_FIRM = "Larkfield Dental Supplies"

# (what it shows, reader's level, estimate, employer, sector of the ad, moves in the order shown)
MOVES = [
    ("two levels up elsewhere", 3, estimated(5), "Quillstone", None, "up out"),
    ("one level up elsewhere", 3, estimated(4), "Quillstone", None, "up out"),
    ("one level up inside", 3, estimated(4), OWN_FIRM, None, "up"),
    ("one level up, firm not named", 3, estimated(4), None, None, "up"),
    ("the interval begins above", 3, estimated(5, 4, 6), "Quillstone", None, "up out"),
    ("likely enough above", 3, estimated(4, 3, 5, probabilities={3: 0.3, 4: 0.6, 5: 0.1}),
     "Quillstone", None, "up out"),
    ("not likely enough above", 3, estimated(4, 3, 5, probabilities={3: 0.45, 4: 0.5, 5: 0.05}),
     "Quillstone", None, "unclear out"),
    ("an interval from own to above", 3, estimated(4, 3, 4), "Quillstone", None,
     "unclear out"),
    ("an interval on both sides", 4, estimated(4, 3, 5), "Quillstone", None, "unclear out"),
    ("both sides, but sure of the middle", 4,
     estimated(4, 3, 5, probabilities={3: 0.2, 4: 0.6, 5: 0.2}), "Quillstone", None, "out"),
    ("own level at the lower end", 4, estimated(4, 4, 5), "Quillstone", None, "out"),
    ("one level down elsewhere", 4, estimated(3), "Quillstone", None, "down out"),
    ("one level down inside", 4, estimated(3), OWN_FIRM, None, "down"),
    ("down, whatever the title", 4, estimated(2, title_level=6), "Quillstone", None, "down out"),
    ("likely enough below", 4, estimated(3, 2, 4, probabilities={2: 0.1, 3: 0.6, 4: 0.3}),
     "Quillstone", None, "down out"),
    ("the same elsewhere is out", 4, estimated(4), "Quillstone", None, "out"),
    ("the same inside is same", 4, estimated(4), OWN_FIRM, None, "same"),
    ("the same, firm not named, is same", 4, estimated(4), None, None, "same"),
    ("from projects to the PMO", 4, estimated(4, track=Track.PMO), "Quillstone", None,
     "sideways out"),
    ("from projects to the PMO inside", 4, estimated(4, track=Track.PMO), OWN_FIRM, None,
     "sideways"),
    ("from projects to a small programme", 4, estimated(4, track=Track.PROGRAMME), "Quillstone",
     None, "sideways out"),
    ("a new sector", 4, estimated(4), "Quillstone", "construction_fitout", "sideways out"),
    ("the sector one knows", 4, estimated(4), "Quillstone", "it_digital_business_change", "out"),
    ("a track that cannot be told is no change", 4, estimated(4, track=None), "Quillstone", None,
     "out"),
    ("up on another track is up, not sideways", 3, estimated(4, track=Track.PMO), "Quillstone",
     None, "up out"),
    ("operations", 4, estimated(None, family=Family.OPERATIONS_LINE, track=None), "Quillstone",
     None, "line out"),
    ("operations inside", 4, estimated(None, family=Family.OPERATIONS_LINE, track=None), OWN_FIRM,
     None, "line"),
    ("service delivery", 4, estimated(None, family=Family.SERVICE_DELIVERY_ITSM, track=None),
     "Quillstone", None, "line out"),
    ("a standing programme", 4, estimated(None, family=Family.OPERATIONAL_PROGRAMME, track=None),
     "Quillstone", None, "line out"),
    ("a standing function with people", 4,
     estimated(None, family=Family.ENGINEERING_PEOPLE, track=None, dims={"people": 3}),
     "Quillstone", None, "line out"),
    ("the same without people", 4, estimated(None, family=Family.ENGINEERING_PEOPLE, track=None),
     "Quillstone", None, "unclear out"),
    ("line work for a reader without a level", None,
     estimated(None, family=Family.OPERATIONS_LINE, track=None), "Quillstone", None, "line out"),
    ("no project work", 4, estimated(None, family=Family.ACCOUNT_SALES, track=None), "Quillstone",
     None, "unclear out"),
    ("business change counts as project work", 4, estimated(4, family=Family.BUSINESS_CHANGE),
     "Quillstone", None, "out"),
    ("a thin ad", 4, estimated(None), "Quillstone", None, "unclear out"),
    ("a thin ad inside", 4, estimated(None), OWN_FIRM, None, "unclear"),
    ("a reader without a level", None, estimated(4), "Quillstone", None, "unclear out"),
    ("the top of the ladder, the same", 7, estimated(7), "Quillstone", None, "out"),
    ("the foot of the ladder, up", 1, estimated(2), "Quillstone", None, "up out"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "own", "estimate", "employer", "sector", "expected"), MOVES)
def test_move(shows, own, estimate, employer, sector, expected):
    me = reader(own, now={"sectors": ["it_digital_business_change"]})

    found = find_moves(ad(employer=employer), estimate, me, sector=sector)

    assert " ".join(map(str, found.moves)) == expected


# (what it shows, reader's level, ad's level, ad's title claim, gain in pay, dims, steps in order)
STEPS = [
    ("work and title", 3, 4, 4, None, {}, "real_step_up"),
    ("work and title and pay", 3, 4, 4, 0.2, {}, "real_step_up"),
    ("work, the same title", 3, 4, 3, 0.2, {}, "hidden_step_up"),
    ("work, a lower title", 3, 4, 2, None, {}, "hidden_step_up"),
    ("work, a title that claims nothing", 3, 4, None, None, {}, "hidden_step_up"),
    ("two levels", 3, 5, 5, 0.3, {}, "stretch real_step_up"),
    ("two levels under a plain title", 3, 5, 3, None, {}, "stretch hidden_step_up"),
    ("four levels", 3, 7, 7, None, {}, "stretch real_step_up"),
    ("more work for less money", 3, 4, 4, -0.05, {}, "underpaid_step real_step_up"),
    ("more work, plain title, less money", 3, 4, 3, -0.2, {}, "underpaid_step hidden_step_up"),
    ("two levels for less money", 3, 5, 5, -0.01, {},
     "stretch underpaid_step real_step_up"),
    ("the same money is not underpaid", 3, 4, 4, 0.0, {}, "real_step_up"),
    ("bigger scope", 3, 3, 3, None, {"scope": 3}, "size_step"),
    ("more accountability", 3, 3, 3, None, {"accountability": 3}, "size_step"),
    ("half an anchor is no bigger", 3, 3, 3, None, {"scope": 2.5}, "no_step"),
    ("bigger scope and a higher title", 3, 3, 4, None, {"scope": 3}, "size_step title_only"),
    ("bigger scope and more money", 3, 3, 3, 0.2, {"scope": 3}, "size_step pay_only"),
    ("bigger scope is no size step where the level is lower", 4, 3, 3, None, {"scope": 4},
     "no_step"),
    ("a higher title alone", 3, 3, 4, None, {}, "title_only"),
    ("a higher title, the same money", 3, 3, 4, 0.05, {}, "title_only"),
    ("a higher title, less money", 3, 3, 4, -0.2, {}, "title_only"),
    ("a higher title over lesser work", 4, 2, 6, None, {}, "title_only"),
    ("a higher title and money", 3, 3, 4, 0.1, {}, "title_and_pay"),
    ("a higher title and money over lesser work", 4, 3, 5, 0.3, {}, "title_and_pay"),
    ("money alone", 3, 3, 3, 0.1, {}, "pay_only"),
    ("money alone, a lower title", 3, 3, 2, 0.15, {}, "pay_only"),
    ("money for lesser work", 4, 3, 3, 0.25, {}, "pay_only"),
    ("nearly ten per cent is about the same", 3, 3, 3, 0.099, {}, "no_step"),
    ("nothing", 3, 3, 3, None, {}, "no_step"),
    ("lesser work", 4, 3, 3, None, {}, "no_step"),
    ("unclear", 4, None, 4, 0.3, {}, "unclear"),
    ("a reader without a level", None, 4, 4, 0.3, {}, "unclear"),
]  # fmt: skip
TITLES = {1: "Project Administrator", 2: "Project Coordinator", 3: "Project Manager"}


@pytest.mark.parametrize(("shows", "own", "theirs", "claim", "gain", "dims", "expected"), STEPS)
def test_step(shows, own, theirs, claim, gain, dims, expected):
    me = reader(own)
    estimate = estimated(theirs, title_level=claim, dims=dims)
    step, _ = real_step(estimate, me.level)

    found = find_steps(estimate, me, step=step, own_title=Level(own) if own else None, gain=gain)

    assert " ".join(map(str, found)) == expected


def test_a_title_that_is_not_known_makes_no_step_in_title():
    found = find_steps(estimated(3, title_level=6), reader(3), step=0, own_title=None, gain=None)

    assert found == (Step.NONE,)


def test_an_agency_that_hides_the_employer_makes_no_move_out():
    found = find_moves(ad(employer="Fennwick Search"), estimated(4), reader(4), agency=True)

    assert found.moves == (Move.SAME,)
    assert found.internal is None


def test_a_long_step_counts_only_as_far_as_it_is_sure():
    estimate = estimated(5, 4, 6, probabilities={3: 0.05, 4: 0.45, 5: 0.4, 6: 0.1})

    assert real_step(estimate, Level(3)) == (1, None)


def test_an_unclear_move_says_why_and_what_to_do():
    step, reason = real_step(estimated(4), None)

    assert step is None
    assert "rate yourself on at least three dimensions" in reason
    assert "between L3 and L5" in real_step(estimated(4, 3, 5), Level(4))[1]


EMPLOYERS = [
    ("Acme Ltd", "ACME Limited", True),
    ("Acme GmbH", "Acme", True),
    ("The Quillstone Group", "Quillstone Group", True),
    ("Acme", "Apex", False),
    ("Acme", None, None),
    (None, "Acme", None),
]


@pytest.mark.parametrize(("one", "other", "same"), EMPLOYERS)
def test_legal_forms_do_not_make_another_employer(one, other, same):
    assert same_employer(one, other) is same


def test_every_move_and_step_has_its_saying():
    assert list(moves()) == list(Move)
    assert list(steps()) == list(Step)
    assert all(saying.say and saying.when for saying in [*moves().values(), *steps().values()])
