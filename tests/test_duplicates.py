"""Ads that are one opening are linked, with the reason; doubtful pairs stay apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pmjobs.duplicates import link_duplicates
from pmjobs.posting import Board, Location, Payload, Posting
from pmjobs.store import Answer, Link, LinkKind, Store

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

PLAN = (
    "You plan the renewal of our depots from the first survey to the last snag. You agree the "
    "order of works with the drivers' union, keep a budget of two million, and tell the board "
    "each month what slipped and why. You pick the builders, write their contracts with the "
    "lawyers, and walk every site twice a week. You close each depot's file with its lessons."
)
TRAIN = (
    "You set up courses for new dispatchers in four towns. You find the rooms, book the trainers, "
    "collect what the learners thought, and change the course where they were lost. You look "
    "after the calendar of all courses, order the books, and answer the learners' questions on "
    "the telephone. Twice a year you report what the courses cost and who has passed."
)
HOUSE = (
    "Our company has run buses along this coast since the first one broke down on the bridge. "
    "Everybody here gets thirty days off, a free ticket for two, a bicycle, lunch on Fridays and "
    "a doctor who listens. We read every letter we get, and we answer within ten working days. "
    "If you need a ramp, a lamp or more time for the test, say so and it will be there. We think "
    "that people who differ make better plans, and we mean it when we say that all may apply. "
)


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def ad(number: int, title="Project Manager", text=PLAN, employer="Coast Buses Ltd", **more):
    return Posting(
        source="greenhouse",
        source_id=f"coast/{number}",
        title=title,
        description=text,
        employer=employer,
        **more,
    )


def linked(store: Store, *ads: Posting) -> list[tuple[int, int, LinkKind]]:
    payloads = [(Payload(ad.source, ad.source_id, None, MONDAY, repr(ad)), ad) for ad in ads]
    store.save_answer(
        store.start_run(MONDAY),
        Answer(
            board=Board("greenhouse", "coast"),
            read_at=MONDAY,
            digest="1",
            reader="1",
            ads=payloads,
        ),
    )
    link_duplicates(store, now=MONDAY)
    return [(s.link.first_id, s.link.second_id, s.link.kind) for s in store.links()]


SAME, COPY = LinkKind.SAME, LinkKind.COPY

TOGETHER = {
    "the same ad again": {},
    "other signs and case": {"text": PLAN.upper().replace(".", " !")},
    "a few words changed": {"text": PLAN.replace("two million", "three million")},
    "another place": {"locations": (Location("Hull"),), "title": "Project Manager, Hull"},
    "legal form left out": {"employer": "Coast Buses"},
    "a contract's words": {"title": "Project Manager (m/f/d) - 12 months fixed term"},
    "one requisition": {"requisition_id": "R-1"},
    "no requisition": {"requisition_id": None},
}


@pytest.mark.parametrize("changed", TOGETHER.values(), ids=TOGETHER)
def test_one_opening_seen_twice_is_linked(store, changed):
    first = ad(1, requisition_id="R-1")
    assert linked(store, first, ad(2, **changed)) == [(1, 2, SAME)]
    assert store.same_opening(1) == store.same_opening(2) == [1, 2]


APART = {
    "another level": {"title": "Senior Project Manager"},
    "another number": {"title": "Project Manager II"},
    "a coordinator": {"title": "Project Coordinator"},
    "another kind of role": {"title": "Programme Manager"},
    "one more subject": {"title": "Project Manager, Payments"},
    "another requisition": {"requisition_id": "R-2"},
    "other duties": {"text": TRAIN},
    "no text": {"text": None},
}


@pytest.mark.parametrize("changed", APART.values(), ids=APART)
def test_what_may_be_another_opening_stays_apart(store, changed):
    first = ad(1, requisition_id="R-1")
    assert linked(store, first, ad(2, **changed)) == []
    assert store.same_opening(2) == [2]


def test_two_ads_without_text_say_nothing_of_each_other(store):
    assert linked(store, ad(1, text=None), ad(2, text=None)) == []


def test_what_every_ad_of_the_house_says_does_not_make_two_duties_one(store):
    long_house = HOUSE * 3 + " ".join(f"Rule {n} of the house is number {n}." for n in range(60))
    others = [
        ad(3, "Driver", f"{long_house} You drive."),
        ad(4, "Cook", f"{long_house} You cook."),
        ad(5, "Clerk", f"{long_house} You file."),
    ]
    found = linked(
        store, ad(1, text=f"{long_house} {PLAN}"), ad(2, text=f"{long_house} {TRAIN}"), *others
    )
    assert found == []


def test_the_same_text_under_another_name_is_a_copy_and_not_the_same_opening(store):
    found = linked(store, ad(1), ad(2, employer="Quay Recruitment"), ad(3, employer=None))
    assert found == [(1, 2, COPY), (1, 3, COPY)]
    assert store.same_opening(1) == [1]
    reasons = [s.link.reason for s in store.links()]
    assert reasons[0] == "the same text, employers coast buses and quay recruitment"
    assert "not stated" in reasons[1]


def test_a_short_text_is_nobodys_own(store):
    short = "Apply on our page."
    assert linked(store, ad(1, text=short), ad(2, text=short, employer="Quay")) == []


def test_a_link_says_why(store):
    linked(
        store,
        ad(1, locations=(Location("Hull"),), requisition_id="R-1"),
        ad(2, locations=(Location("Grimsby"),), requisition_id="R-1"),
        ad(3, text=PLAN.replace("two million", "three million")),
    )
    same, nearly = (s.link.reason for s in store.links())
    assert same == "the same text, requisition R-1, places Hull and Grimsby"
    assert nearly.endswith("% of the text in common, places Hull and not stated")


def test_one_ad_without_a_requisition_does_not_join_two_that_differ(store):
    found = linked(store, ad(1, requisition_id="R-1"), ad(2), ad(3, requisition_id="R-2"))
    assert found == [(1, 2, SAME)]


def test_what_a_person_took_apart_stays_apart(store):
    ads = [ad(1), ad(2), ad(3)]
    assert linked(store, *ads) == [(1, 2, SAME), (1, 3, SAME)]
    [first, _] = store.links()

    assert store.undo_link(first.id, MONDAY)
    assert not store.undo_link(first.id, MONDAY)
    assert not store.undo_link(99, MONDAY)

    for _ in range(2):
        link_duplicates(store, now=MONDAY + timedelta(days=1))
        assert store.same_opening(1) == [1, 3]
        assert store.same_opening(2) == [2]
    assert [s.undone_at for s in store.links(undone=True)] == [MONDAY, None]


def test_a_link_that_no_longer_holds_is_dropped_and_a_new_reason_is_taken_over(store):
    linked(store, ad(1), ad(2), ad(3))
    later = MONDAY + timedelta(days=1)
    ads = [ad(1), ad(2, text=TRAIN), ad(3, locations=(Location("Hull"),))]
    payloads = [(Payload(ad.source, ad.source_id, None, later, repr(ad)), ad) for ad in ads]
    answer = Answer(
        board=Board("greenhouse", "coast"), read_at=later, digest="2", reader="1", ads=payloads
    )
    store.save_answer(store.start_run(later), answer)

    assert link_duplicates(store, now=later) == 0

    [kept] = store.links()
    assert kept.link == Link(1, 3, SAME, "the same text, places not stated and Hull")
    assert kept.found_at == MONDAY


def test_a_removed_ad_takes_its_links_along(store):
    linked(store, ad(1), ad(2))
    for day in (1, 2):
        at = MONDAY + timedelta(days=day)
        answer = Answer(
            board=Board("greenhouse", "coast"),
            read_at=at,
            digest="2",
            reader="1",
            ads=[(Payload("greenhouse", "coast/1", None, at, repr(ad(1))), replace(ad(1)))],
        )
        store.save_answer(store.start_run(at), answer)
    store.prune(MONDAY + timedelta(days=9))
    assert store.links() == []
