"""The store keeps what boards answered: postings, versions, what closed, what came back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from pmjobs.ladder import Dimension, Evidence, Family, Level, LevelEstimate, Track
from pmjobs.posting import (
    Board,
    EmploymentType,
    ExperienceYears,
    Location,
    Payload,
    PayPeriod,
    Posting,
    Remote,
    Salary,
    Skipped,
    WorkPlace,
)
from pmjobs.store import Answer, Counts, Store

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ACME = Board("greenhouse", "acme")
PAY = Salary("EUR", Decimal("48000.50"), None, PayPeriod.YEAR, "from EUR 48,000.50 a year")


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def posting(number: int = 1, **stated) -> Posting:
    stated = {"title": f"Project Manager {number}", "description": f"Plan {number}."} | stated
    return Posting(source="greenhouse", source_id=f"acme/{number}", **stated)


def payload(ad: Posting) -> Payload:
    return Payload(ad.source, ad.source_id, ad.url, MONDAY, repr(ad))


def answer(*ads: Posting, at=MONDAY, board=ACME, **more) -> Answer:
    more = {"digest": repr(ads), "reader": "1"} | more
    return Answer(board=board, read_at=at, ads=[(payload(ad), ad) for ad in ads], **more)


def save(store: Store, *ads: Posting, at=MONDAY, **more) -> Counts:
    return store.save_answer(store.start_run(at), answer(*ads, at=at, **more))


def estimate(level=Level.SENIOR, model_id="m1", **more) -> LevelEstimate:
    return LevelEstimate(
        **{
            "family": Family.PROJECT_DELIVERY,
            "track": Track.PROJECT,
            "level": level,
            "level_low": level,
            "level_high": level,
            "probabilities": {level: 1.0},
            "abstained": False,
            "reason": None,
            "title_level": Level.PROJECT_MANAGER,
            "dimensions": {Dimension.SCOPE: 2.5},
            "senses": (),
            "evidence": (Evidence(Dimension.SCOPE, 2.5, "Plan 1.", 0, 7),),
            "flags": (),
            "experience_years": None,
            "salary": None,
            "model_id": model_id,
        }
        | more
    )


def test_a_posting_comes_back_as_it_went_in(store):
    full = posting(
        url="https://example.org/jobs/1",
        employer="Acme",
        date_posted=date(2026, 2, 28),
        valid_through=date(2026, 5, 1),
        base_salary=PAY,
        experience_years=ExperienceYears(3.0, None, "three years or more"),
        employment_type=(EmploymentType.FULL_TIME, EmploymentType.CONTRACTOR),
        employment_type_text="Full time or contract",
        locations=(Location("Leeds", "Leeds", None, "GB"), Location("anywhere")),
        remote=Remote(WorkPlace.HYBRID, "two days at home"),
        requisition_id="R-7",
        department="Delivery",
        language="en",
        attribution="via Example",
    )

    save(store, full, posting(2))

    first, second = store.postings()
    assert (first.posting, second.posting) == (full, posting(2))
    assert (first.first_seen, first.last_seen, first.closed_at) == (MONDAY, MONDAY, None)
    assert first.first_seen.tzinfo is UTC


def test_a_payload_comes_back_as_it_went_in(store):
    ad = posting(title="Größe \N{PUNCTUATION SPACE}\N{ROCKET}")
    save(store, ad)
    [stored] = store.postings()
    assert store.payload(stored.id) == payload(ad)
    assert store.payload(stored.id + 1) is None


def test_a_new_title_pay_or_text_is_a_version(store):
    save(store, posting(1), posting(2), posting(3), posting(4))
    counts = save(
        store,
        posting(1, title="Senior Project Manager"),
        posting(2, base_salary=PAY),
        posting(3, description="Lead."),
        posting(4, department="Delivery"),
        at=MONDAY + DAY,
    )
    assert counts == Counts(changed=3, unchanged=1)
    assert rows(store, "SELECT changed FROM posting_version ORDER BY posting_id") == [
        ("title",),
        ("pay",),
        ("text",),
    ]
    assert [s.posting.department for s in store.postings()] == [None, None, None, "Delivery"]


def test_reading_an_unchanged_ad_better_is_no_change_of_the_ad(store):
    ad = posting(1)
    save(store, ad)
    better = replace(ad, base_salary=PAY)
    run_id = store.start_run(MONDAY + DAY)
    reread = Answer(
        board=ACME,
        read_at=MONDAY + DAY,
        digest="2",
        reader="2",
        ads=[(payload(ad), better)],
    )

    assert store.save_answer(run_id, reread) == Counts(unchanged=1)

    assert [s.posting for s in store.postings()] == [better]
    assert rows(store, "SELECT * FROM posting_version") == []


def test_an_ad_is_closed_when_two_reads_came_without_it(store):
    save(store, posting(1), posting(2))
    assert save(store, posting(1), at=MONDAY + DAY).closed == 0
    assert save(store, posting(1), at=MONDAY + 2 * DAY).closed == 1
    assert save(store, posting(1), at=MONDAY + 3 * DAY).closed == 0

    _, gone = store.postings(only_open=False)
    assert gone.closed_at == MONDAY + 2 * DAY
    assert gone.last_seen == MONDAY
    assert [s.posting for s in store.postings()] == [posting(1)]


def test_one_miss_between_two_reads_does_not_count(store):
    for day, ads in enumerate(([1, 2], [1], [1, 2], [1], [1, 2])):
        counts = save(store, *map(posting, ads), at=MONDAY + day * DAY)
        assert counts.closed == 0


def test_a_read_that_is_saved_twice_counts_as_one_miss(store):
    save(store, posting(1), posting(2))
    for _ in range(3):
        assert save(store, posting(1), at=MONDAY + DAY).closed == 0
        store.save_same(store.start_run(MONDAY + DAY), ACME, MONDAY + DAY)
    assert len(list(store.postings())) == 2


def test_the_second_miss_closes_though_the_answer_is_the_same_as_at_the_first(store):
    save(store, posting(1), posting(2))
    save(store, posting(1), at=MONDAY + DAY)
    counts = store.save_same(store.start_run(MONDAY + 2 * DAY), ACME, MONDAY + 2 * DAY)
    assert counts == Counts(unchanged=1, closed=1)


def test_an_ad_past_its_end_date_is_closed_at_the_first_miss(store):
    expired = posting(2, valid_through=date(2026, 3, 2))
    save(store, posting(1), expired)
    assert save(store, posting(1), at=MONDAY + DAY).closed == 1
    [(reason,)] = rows(store, "SELECT reason FROM closure")
    assert "end date" in reason


def test_an_ad_that_is_still_published_stays_open_past_its_end_date(store):
    save(store, posting(1, valid_through=date(2026, 1, 1)))
    save(store, posting(1, valid_through=date(2026, 1, 1)), at=MONDAY + DAY)
    assert len(list(store.postings())) == 1


def test_an_ad_that_comes_back_is_reopened(store):
    for day, ads in enumerate(([1, 2], [1], [1])):
        save(store, *map(posting, ads), at=MONDAY + day * DAY)
    back = MONDAY + 9 * DAY

    assert save(store, posting(1), posting(2), at=back) == Counts(unchanged=2, reopened=1)

    assert [s.closed_at for s in store.postings()] == [None, None]
    [closure] = rows(store, "SELECT posting_id, reason FROM closure WHERE reopened_at IS NOT NULL")
    assert closure == (2, "not on its board in two reads")


def test_a_board_that_shows_its_newest_ads_closes_none_for_being_absent(store):
    save(store, posting(1), posting(2), posting(3, valid_through=date(2026, 3, 3)), whole=False)
    for day in range(1, 60):
        counts = save(store, posting(1), at=MONDAY + day * DAY, whole=False)
        assert counts.closed == (1 if day == 2 else 0), "only the one past its end date"
    at = MONDAY + 61 * DAY
    assert store.save_same(store.start_run(at), ACME, at) == Counts(unchanged=1, closed=1)
    reasons = rows(store, "SELECT posting_id, reason FROM closure ORDER BY posting_id")
    assert reasons == [
        (2, "not seen for 60 days"),
        (3, "not on its board, and its end date has passed"),
    ]


def test_a_boards_bodies_are_those_of_the_ads_it_shows(store):
    save(store, posting(1), posting(2))
    save(store, posting(3), board=Board("greenhouse", "other"))
    ids = {ad.source_id: payload(ad).body for ad in (posting(1), posting(2))}
    assert store.bodies(ACME) == ids


def test_an_ad_on_two_boards_is_open_until_both_are_without_it(store):
    search = Board("greenhouse", "pmo search")
    save(store, posting(1), posting(2))
    save(store, posting(2), posting(3), board=search)
    for day in (1, 2):
        save(store, posting(1), at=MONDAY + day * DAY)
    assert len(list(store.postings())) == 3
    for day in (3, 4):
        save(store, posting(3), board=search, at=MONDAY + day * DAY)
    assert [s.id for s in store.postings()] == [1, 3]


def test_an_ad_that_cannot_be_read_any_more_is_not_gone(store):
    save(store, posting(1), posting(2))
    for day in (1, 2, 3):
        counts = save(
            store,
            posting(1),
            at=MONDAY + day * DAY,
            skipped=[Skipped("acme/2", "title", "missing")],
        )
        assert counts == Counts(unchanged=1, skipped=1)
    assert len(list(store.postings())) == 2
    [left_out] = store.skipped()
    assert (left_out.board, left_out.source_id) == ("greenhouse:acme", "acme/2")
    assert (left_out.field, left_out.problem) == ("title", "missing")
    assert left_out.found_at == MONDAY + 3 * DAY


def test_a_failure_closes_nothing_and_is_remembered(store):
    save(store, posting(1))
    for day in range(1, 4):
        at = MONDAY + day * DAY
        store.save_failure(store.start_run(at), ACME, at, "example.org: HTTP 403; see why")
    assert len(list(store.postings())) == 1
    assert rows(store, "SELECT failures, failure FROM board") == [
        (3, "example.org: HTTP 403; see why")
    ]
    save(store, posting(1), at=MONDAY + 4 * DAY)
    assert rows(store, "SELECT failures, failure FROM board") == [(0, None)]


def test_a_page_that_is_gone_closes_its_own_ad_and_no_other(store):
    page = Board("jsonld_page", "https://example.org/jobs/1")
    own = Posting(source="jsonld_page", source_id="1", title="PM", url=page.board)
    other = Posting(source="jsonld_page", source_id="2", title="PM", url=f"{page.board}2")
    save(store, own, other, board=page)

    at = MONDAY + DAY
    counts = store.save_failure(store.start_run(at), page, at, "HTTP 404", page_gone=True)

    assert counts == Counts(closed=1)
    assert [s.posting for s in store.postings()] == [other]


def test_a_later_answer_is_not_undone_by_an_earlier_one(store):
    save(store, posting(1, title="New title"), at=MONDAY)
    assert save(store, posting(1, title="Old title"), at=MONDAY - timedelta(hours=1)) == Counts()
    assert [s.posting.title for s in store.postings()] == ["New title"]


def test_a_clock_that_ran_ahead_does_not_stop_the_store(store):
    save(store, posting(1), posting(2), at=MONDAY + 400 * DAY)
    assert save(store, posting(1), at=MONDAY).unchanged == 1
    assert save(store, posting(1), at=MONDAY + DAY).closed == 1


def test_what_no_database_keeps_is_marked_as_lost(store):
    save(store, posting(1, title="PM\x00", description="half a \ud83d pair"))
    [stored] = store.postings()
    assert stored.posting.title == "PM\N{REPLACEMENT CHARACTER}"
    assert stored.posting.description == "half a \N{REPLACEMENT CHARACTER} pair"


def test_many_ads_of_one_board_are_more_than_one_statement(store):
    ads = [posting(number) for number in range(2500)]
    assert save(store, *ads).new == 2500
    assert save(store, *ads[:2400], at=MONDAY + DAY) == Counts(unchanged=2400)
    assert save(store, *ads[:2400], at=MONDAY + 2 * DAY).closed == 100
    assert save(store, *ads, at=MONDAY + 3 * DAY).reopened == 100
    assert len(list(store.postings())) == 2500


def test_postings_may_be_estimated_while_they_are_read(store):
    save(store, *map(posting, range(1200)))
    for stored in store.without_estimate("m1"):
        store.save_estimates([(stored, estimate())])
    assert sum(1 for s in store.postings() if s.estimate) == 1200
    assert list(store.without_estimate("m1")) == []


def test_two_models_estimates_live_side_by_side(store):
    save(store, posting())
    [stored] = store.postings()
    store.save_estimates([(stored, estimate(Level.SENIOR, "m1"))])
    store.save_estimates([(stored, estimate(Level.HEAD, "m2"))])

    assert [s.estimate for s in store.postings()] == [estimate(Level.HEAD, "m2")]
    assert [s.estimate for s in store.postings(model_id="m1")] == [estimate(Level.SENIOR, "m1")]
    assert [s.estimate for s in store.postings(model_id="m3")] == [None]


def test_an_estimate_again_takes_the_place_of_the_same_models_last(store):
    save(store, posting())
    store.save_estimates([(1, estimate(Level.SENIOR))])
    store.save_estimates([(1, estimate(Level.HEAD))])
    assert [s.estimate.level for s in store.postings()] == [Level.HEAD]
    assert rows(store, "SELECT count(*) FROM estimate") == [(1,)]


def test_a_changed_ad_waits_for_a_new_estimate_and_keeps_the_old_with_the_old_text(store):
    save(store, posting(1), posting(2))
    store.save_estimates([(1, estimate()), (2, estimate())])
    save(store, posting(1, description="Run it all."), posting(2), at=MONDAY + DAY)

    assert [s.id for s in store.without_estimate("m1")] == [1]
    assert [s.estimate is None for s in store.postings()] == [True, False]

    save(store, posting(1), posting(2), at=MONDAY + 2 * DAY)
    assert list(store.without_estimate("m1")) == []


def test_an_estimate_goes_to_the_text_it_was_made_from(store):
    save(store, posting(1))
    [before] = store.postings()
    save(store, posting(1, description="Run it all."), at=MONDAY + DAY)
    store.save_estimates([(before, estimate())])
    assert [s.id for s in store.without_estimate("m1")] == [1]


@pytest.mark.parametrize(
    "ref",
    [
        "1",
        " 1 ",
        "greenhouse:acme/1",
        "https://example.org/jobs/1",
        "https://example.org/jobs/1/",
        "https://example.org/jobs/1#apply",
        "https://example.org/jobs/1?utm_source=mail&gh_src=7",
    ],
)
def test_a_posting_is_found_by_id_key_or_url(store, ref):
    save(store, posting(1, url="https://example.org/jobs/1"), posting(2))
    assert store.find(ref).posting.source_id == "acme/1"


def test_a_key_may_hold_an_address(store):
    page = replace(posting(1), source="jsonld_page", source_id="https://example.org/jobs/7")
    save(store, page, board=Board("jsonld_page", page.source_id))
    assert store.find(page.key).posting.key == "jsonld_page:https://example.org/jobs/7"


@pytest.mark.parametrize(
    "ref",
    [
        "3",
        "0",
        "9" * 30,
        "greenhouse:acme/3",
        "acme/1",
        "",
        "https://example.org/",
        "https://example.org/jobs/1?utm=2",
        "https://[x",
        "\u0663",
    ],
)
def test_what_is_not_stored_is_not_found(store, ref):
    save(store, posting(1, url="https://example.org/jobs/1"), posting(2))
    assert store.find(ref) is None


def test_of_two_ads_on_one_page_the_open_one_is_found(store):
    url = "https://example.org/jobs"
    save(store, posting(1, url=url), posting(2, url=url))
    for day in (1, 2):
        save(store, posting(2, url=url), at=MONDAY + day * DAY)
    assert store.find(url).id == 2


def test_runs_are_summed_over_their_boards(store):
    run_id = store.start_run(MONDAY)
    store.save_answer(run_id, answer(posting(1), posting(2)))
    store.save_failure(run_id, Board("lever", "acme"), MONDAY, "no such board")
    [run] = store.runs()
    assert (run.boards, run.failed, run.counts.new) == (2, 1, 2)
    assert run.finished_at is None

    store.finish_run(
        run_id, MONDAY + DAY, seconds=3.5, requests=4, saved=1, refused=0, bytes_received=10**10
    )

    [run] = store.runs()
    assert (run.finished_at, run.seconds, run.requests) == (MONDAY + DAY, 3.5, 4)
    assert run.bytes_received == 10**10


def test_a_time_without_a_zone_is_refused(store):
    with pytest.raises(StatementError, match="without a zone"):
        store.start_run(datetime(2026, 3, 2))


def rows(store: Store, sql: str) -> list[tuple]:
    with store._engine.connect() as db:
        return [tuple(row) for row in db.execute(text(sql))]
