"""Searching stored ads, and what happened to them since."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from pmjobs.errors import StoreError
from pmjobs.ladder import Family, Level, LevelEstimate
from pmjobs.posting import Board, Location, Payload, Posting, Remote, Salary, WorkPlace
from pmjobs.store import Answer, ChangeKind, Store

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ACME = Board("greenhouse", "acme")

NHS = {
    "title": "Senior Programme Manager",
    "employer": "Example NHS Trust",
    "description": "Own the estates programme.\nReport to the board.",
    "locations": (Location("Leeds", country="GB"), Location("Cork", country="IE")),
    "date_posted": date(2026, 2, 1),
}
REMOTE = {
    "title": "Project Coordinator",
    "employer": "Größenwahn GmbH",
    "description": "Keep the plan. No programme manager yet.",
    "locations": (Location("Bonn", country="DE"),),
    "remote": Remote(WorkPlace.REMOTE, "fully remote"),
    "date_posted": date(2026, 3, 1),
}
UNDATED = {"title": "PMO Lead", "description": None}


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


@pytest.fixture
def three(store) -> Store:
    save(store, posting(1, **NHS), posting(2, **REMOTE), posting(3, **UNDATED))
    store.save_estimates([(1, estimate(4, title=5)), (2, estimate(2, title=2))], now=MONDAY)
    return store


def posting(number: int, **stated) -> Posting:
    return Posting(source="greenhouse", source_id=f"acme/{number}", **stated)


def save(store: Store, *ads: Posting, day: int = 0):
    at = MONDAY + day * DAY
    payloads = [(Payload(ad.source, ad.source_id, None, at, repr(ad)), ad) for ad in ads]
    answer = Answer(board=ACME, read_at=at, digest=repr(ads), reader="1", ads=payloads)
    return store.save_answer(store.start_run(at), answer)


def estimate(level: int | None, *, title: int = 4, model_id: str = "m1") -> LevelEstimate:
    rung = Level(level) if level else None
    return LevelEstimate(
        family=Family.PROJECT_DELIVERY,
        track=None,
        level=rung,
        level_low=rung,
        level_high=rung,
        probabilities={},
        abstained=rung is None,
        reason=None if rung else "cannot tell: no text",
        title_level=Level(title),
        dimensions={},
        senses=(),
        evidence=(),
        flags=(),
        experience_years=None,
        salary=None,
        model_id=model_id,
    )


def numbers(found) -> list[int]:
    return [stored.id for stored in found]


WORDS = {
    "programme": [1, 2],  # in the title counts for more than in the text
    "PROGRAMME estates": [1],
    "nhs": [1],
    '"programme manager"': [1, 2],
    '"manager programme"': [],
    '"programme manager': [1, 2],  # the closing mark may be missing
    "programme -coordinator": [1],
    "größenwahn": [2],
    "lead": [3],
    "board NOT report": [],  # no operator: the ad has no word "not"
    'plan"': [2],
    "manager/yet": [2],
    "title:pmo": [],
    "quality*": [],
    "cobol": [],
}


@pytest.mark.parametrize(("words", "expected"), WORDS.items())
def test_words_are_found_in_title_employer_and_text(three, words, expected):
    assert numbers(three.search(words)) == expected


@pytest.mark.parametrize("words", ["-manager", '""', "...", "- - -", '"'])
def test_a_search_for_nothing_is_told(three, words):
    with pytest.raises(StoreError, match="name at least one word"):
        three.search(words)


FILTERS = [
    ({}, [3, 2, 1]),  # newest first; an undated ad counts from when it was first seen
    ({"level": (4, 5)}, [1]),
    ({"level": (None, 3)}, [2]),
    ({"gap": (-2, -1)}, [1]),
    ({"gap": (0, None)}, [2]),
    ({"country": "GB"}, [1]),
    ({"country": "ie"}, [1]),
    ({"country": "%"}, []),
    ({"remote": True}, [2]),
    ({"since": date(2026, 3, 1)}, [3, 2]),
    ({"since": date(2026, 3, 2)}, [3]),
    ({"limit": 2}, [3, 2]),
    ({"words": "programme", "country": "DE"}, [2]),
]


@pytest.mark.parametrize(("asked", "expected"), FILTERS)
def test_what_is_asked_besides_narrows_the_search(three, asked, expected):
    assert numbers(three.search(**asked)) == expected


def test_closed_ads_are_found_only_when_asked_for(three):
    for day in (1, 2):
        save(three, posting(2, **REMOTE), day=day)
    assert numbers(three.search("programme")) == [2]
    assert numbers(three.search("programme", closed=True)) == [1, 2]


def test_found_ads_carry_their_estimate(three):
    [found] = three.search("nhs")
    assert found.estimate == estimate(4, title=5)
    assert found.posting == posting(1, **NHS)


def test_a_changed_ad_is_found_by_its_new_words_alone(three):
    save(three, posting(1, **NHS | {"title": "Head of Change"}), day=1)
    assert numbers(three.search('"senior programme"')) == []
    assert numbers(three.search("head")) == [1]


def test_a_very_long_ad_is_stored_and_found_by_its_start(store):
    text = "kanban " + " ".join(f"word{number}" for number in range(600_000))
    save(store, posting(1, title="PM", description=text))
    assert numbers(store.search("kanban")) == [1]


def test_history_tells_all_that_happened_to_one_ad_in_order(store):
    pay = Salary("EUR", Decimal(70000), None, None, "EUR 70,000")
    save(store, posting(1, title="PM", description="Plan."))
    store.save_estimates([(1, estimate(3))], now=MONDAY)
    save(store, posting(1, title="Senior PM", description="Plan.", base_salary=pay), day=1)
    save(store, posting(1, title="Senior PM", description="Lead.", base_salary=pay), day=2)
    store.save_estimates([(1, estimate(5))], now=MONDAY + 2 * DAY)
    save(store, posting(2, title="Other"), day=3)
    save(store, posting(2, title="Other"), day=4)
    save(store, posting(1, title="Head", description="Lead.", base_salary=pay), day=5)

    told = [(change.at, change.kind, change.old, change.new) for change in store.history(1)]

    assert told == [
        (MONDAY, ChangeKind.NEW, None, None),
        (MONDAY + DAY, ChangeKind.RETITLED, "PM", "Senior PM"),
        (MONDAY + DAY, ChangeKind.REPAID, None, "EUR 70,000"),
        (MONDAY + 2 * DAY, ChangeKind.REWRITTEN, "Plan.", "Lead."),
        (MONDAY + 2 * DAY, ChangeKind.RELEVELLED, "L3", "L5"),
        (MONDAY + 4 * DAY, ChangeKind.CLOSED, None, "not on its board in two reads"),
        (MONDAY + 5 * DAY, ChangeKind.REOPENED, None, None),
        (MONDAY + 5 * DAY, ChangeKind.RETITLED, "Senior PM", "Head"),
    ]
    assert store.history(99) == []


def test_changes_since_a_time_name_the_ad(store):
    save(store, posting(1, title="PM", description="Plan.", employer="Acme"))
    save(store, posting(1, title="Lead", description="Lead.", employer="Acme"), day=1)
    retitled, rewritten = store.changes(MONDAY + DAY)
    assert (retitled.kind, retitled.old, retitled.new) == (ChangeKind.RETITLED, "PM", "Lead")
    assert (retitled.key, retitled.title) == ("greenhouse:acme/1", "Lead")
    assert (retitled.employer, retitled.posting_id) == ("Acme", 1)
    assert (rewritten.kind, rewritten.old, rewritten.new) == (ChangeKind.REWRITTEN, None, None)
    assert store.changes(MONDAY + 2 * DAY) == []


def test_another_models_level_is_no_change_of_the_ad(store):
    save(store, posting(1, title="PM"))
    store.save_estimates([(1, estimate(3, model_id="m1"))], now=MONDAY)
    store.save_estimates([(1, estimate(6, model_id="m2"))], now=MONDAY + DAY)
    assert [change.kind for change in store.history(1)] == [ChangeKind.NEW]


def test_losing_its_level_is_told_with_the_reason(store):
    save(store, posting(1, title="PM", description="Plan."))
    store.save_estimates([(1, estimate(3))], now=MONDAY)
    save(store, posting(1, title="PM", description="."), day=1)
    store.save_estimates([(1, estimate(None))], now=MONDAY + DAY)
    assert store.history(1)[-1].old == "L3"
    assert store.history(1)[-1].new == "cannot tell: no text"
