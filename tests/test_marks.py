"""What the reader said of ads: kept for ever, the newest counts."""

from datetime import UTC, datetime, timedelta

import pytest

from pmjobs.errors import StoreError
from pmjobs.posting import Board, Payload, Posting
from pmjobs.store import Answer, Link, LinkKind, MarkKind, Store

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def show(store: Store, *titles: str, day: int = 0) -> None:
    """One answer of one board: ads 1, 2, ... with these titles; "" for an ad it does not show."""
    at = MONDAY + day * DAY
    run_id = store.start_run(at)
    ads = [
        Posting(source="lever", source_id=f"acme/{number}", title=title)
        for number, title in enumerate(titles, 1)
        if title
    ]
    payloads = [(Payload(ad.source, ad.source_id, None, at, repr(ad)), ad) for ad in ads]
    answer = Answer(
        board=Board("lever", "acme"), read_at=at, digest=repr(ads), reader="1", ads=payloads
    )
    store.save_answer(run_id, answer)
    store.finish_run(run_id, at, seconds=1, requests=1, saved=0, refused=0, bytes_received=9)


def test_the_newest_mark_counts_and_the_others_are_history(store):
    show(store, "Planner", "PM")
    store.save_mark(1, MarkKind.INTERESTING, MONDAY)
    store.save_mark(2, MarkKind.INTERESTING, MONDAY)
    store.save_mark(1, MarkKind.APPLIED, MONDAY + DAY, why="sent on Tuesday")

    found = {mark.key: (mark.kind, mark.why) for mark in store.marks()}

    assert found == {
        "lever:acme/2": ("interesting", None),
        "lever:acme/1": ("applied", "sent on Tuesday"),
    }
    told = store.marks(history=True, posting_id=1)
    assert [(mark.kind, mark.marked_at) for mark in told] == [
        ("interesting", MONDAY),
        ("applied", MONDAY + DAY),
    ]


def test_a_mark_can_be_taken_back_and_stays_in_the_history(store):
    show(store, "Planner")
    store.save_mark(1, MarkKind.NOT_FOR_ME, MONDAY)
    store.save_mark(1, MarkKind.NONE, MONDAY + DAY)

    assert store.marks() == []
    assert len(store.marks(history=True)) == 2


def test_what_is_not_stored_cannot_be_marked(store):
    with pytest.raises(StoreError, match="7: no such posting"):
        store.save_mark(7, MarkKind.APPLIED, MONDAY)
    assert store.marks(history=True) == []


def test_no_ingest_and_no_pruning_takes_a_mark_away(store):
    show(store, "Planner", "PM", "Lead")
    store.save_mark(2, MarkKind.APPLIED, MONDAY)
    show(store, "Planner", "Senior PM", "Head of Delivery", day=1)
    for day in (2, 3, 60, 61):
        show(store, "Planner", day=day)

    gone = store.prune(MONDAY + 50 * DAY)

    assert gone.postings == 1
    kept = {stored.id: stored.posting.title for stored in store.postings(only_open=False)}
    assert kept == {1: "Planner", 2: "Senior PM"}
    assert [(mark.posting_id, mark.title) for mark in store.marks()] == [(2, "Senior PM")]
    assert [change.kind for change in store.history(2)] == ["new", "retitled", "closed"]
    assert store.problems() == []


def test_a_mark_holds_for_other_copies_of_the_opening_unless_they_have_their_own(store):
    show(store, "PM", "PM", "PM", "PM", "Planner")
    same = [Link(1, other, LinkKind.SAME, "same words") for other in (2, 3, 4)]
    store.replace_links([*same, Link(1, 5, LinkKind.COPY, "an agency's copy")], MONDAY)
    store.save_mark(1, MarkKind.NOT_FOR_ME, MONDAY)
    store.save_mark(3, MarkKind.APPLIED, MONDAY)
    store.save_mark(4, MarkKind.INTERESTING, MONDAY)
    store.save_mark(4, MarkKind.NONE, MONDAY)
    store.save_mark(1, MarkKind.INTERESTING, MONDAY + DAY)

    assert store.said_of() == {
        "lever:acme/1": "interesting",
        "lever:acme/2": "interesting",
        "lever:acme/3": "applied",
    }


def test_the_last_digest_is_remembered(store):
    assert store.last_digest() is None
    store.save_digest(MONDAY, 3)
    store.save_digest(MONDAY + DAY, 0)
    assert store.last_digest() == MONDAY + DAY
