"""The market's facts come out of the store whole, quickly, and know copies of one opening."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.dialects.sqlite import dialect

from pmjobs.ladder import Level, LevelledAd
from pmjobs.posting import Board, ExperienceYears, Location, Payload
from pmjobs.store import Answer, Link, LinkKind, Store
from pmjobs.store.levelled import _LEVELLED
from tests.builders import ad, estimated, pay

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def save(store, *ads, estimates=None):
    estimates = estimates or [estimated(4)] * len(ads)
    read = [(Payload(ad.source, ad.source_id, None, NOW, repr(ad)), ad) for ad in ads]
    answer = Answer(board=Board("test", "x"), read_at=NOW, digest=repr(ads), reader="1", ads=read)
    store.save_answer(store.start_run(NOW), answer)
    store.save_estimates(zip(store.postings(only_open=False), estimates, strict=False))


def test_each_levelled_ad_gives_its_facts(store):
    york = Location("York, UK", "York", None, "GB")
    salary = pay(450, 550, period="DAY")
    found = replace(
        estimated(5, title_level=4, salary=salary),
        experience_years=ExperienceYears(7.5, None, "7.5 years"),
        flags=("contract", "day_rate"),
    )
    save(store, ad("Run it.", key="a/1", locations=(york,)), estimates=[found])

    assert store.levelled() == [
        LevelledAd(
            key="test:a/1",
            title="Senior Project Manager",
            employer="Quillstone Ltd",
            country="GB",
            level=Level(5),
            title_level=Level(4),
            years=7.5,
            currency="GBP",
            pay_low=salary.minimum,
            pay_high=salary.maximum,
            period=salary.period,
            contract=True,
            opening=1,
        )
    ]


def test_what_is_not_stated_is_none(store):
    places = (Location("UK", country="GB"), Location("Ireland", country="IE"))
    save(store, ad("Run it.", locations=places), estimates=[estimated(3, title_level=None)])
    (found,) = store.levelled()
    assert (found.country, found.title_level, found.years, found.currency) == (None,) * 4
    assert (found.pay_low, found.pay_high, found.period, found.contract) == (
        None,
        None,
        None,
        False,
    )


def test_of_texts_and_estimates_only_small_parts_are_read():
    asked = str(_LEVELLED.compile(dialect=dialect()))
    assert "description" not in asked
    assert "estimate.data AS" not in asked
    assert "posting.locations" not in asked


def test_ads_without_a_level_or_a_newer_estimate_are_left_out(store):
    ads = [ad(f"Text {n}.", key=str(n)) for n in range(3)]
    save(store, *ads, estimates=[estimated(3), estimated(None)])
    assert [(found.key, found.level) for found in store.levelled()] == [("test:0", 3)]
    first = next(store.postings())
    store.save_estimates([(first, replace(estimated(4), model_id="newer"))])
    assert [found.level for found in store.levelled()] == [4]


def test_copies_of_one_opening_share_its_number(store):
    copies = [ad("Run the site.", key=str(n)) for n in range(3)]
    save(
        store,
        *copies,
        ad("Run the site!", key="3"),  # not to the letter
        ad("Run the site.", key="4", employer="Agency"),
        ad("Run the site.", key="5", requisition_id="R2"),
    )
    assert [found.opening for found in store.levelled()] == [1, 1, 1, 4, 5, 6]

    store.replace_links([Link(1, 5, LinkKind.COPY, "x"), Link(3, 4, LinkKind.SAME, "x")], NOW)
    openings = {found.key: found.opening for found in store.levelled()}
    assert openings["test:0"] == openings["test:4"] == 1
    assert openings["test:2"] == openings["test:3"]


def test_what_a_person_took_apart_stays_apart(store):
    save(store, *(ad("Run the site.", key=str(n)) for n in range(2)))
    store.replace_links([Link(1, 2, LinkKind.SAME, "x")], NOW)
    (link,) = store.links()
    store.undo_link(link.id, NOW)
    assert [found.opening for found in store.levelled()] == [1, 2]
