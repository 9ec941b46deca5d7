"""The market's figures: counts beside everything, nothing from fewer than five."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from random import Random
from statistics import fmean

import pytest
from rich.console import Console

import pmjobs
from pmjobs.cli import main, show_market
from pmjobs.errors import PmjobsError
from pmjobs.ladder import Level
from pmjobs.market import (
    Inflation,
    LevelledAd,
    by_employer,
    group,
    group_words,
    has_words,
    inflation,
    inflation_words,
    market_of,
    says_words,
)
from pmjobs.market.words import pay_words
from pmjobs.posting import Board, Location, Payload, PayPeriod
from pmjobs.store import Answer, Store
from tests import builders


def ad(n=0, *, employer="Brackwater Rail", level=3, title_level=4, years=None, pay=None, **more):
    return LevelledAd(
        key=f"x:{employer}/{n}",
        title="Senior Project Manager",
        employer=employer,
        level=Level(level),
        title_level=None if title_level is None else Level(title_level),
        years=years,
        currency="GBP" if pay else None,
        pay_low=Decimal(pay) if pay else None,
        pay_high=None,
        **{"period": PayPeriod.YEAR if pay else None, "country": "GB", **more},
    )


def test_four_ads_give_a_count_and_nothing_more():
    found = group("four", [ad(n, years=5, pay=50000) for n in range(4)])
    assert (found.n, found.levels, found.years, found.pay) == (4, (), None, ())
    assert not found.enough


def test_shares_add_up_and_lie_in_their_intervals():
    found = group("ten", [ad(n, level=3 if n < 7 else 4) for n in range(10)])
    assert [(s.level, s.n) for s in found.levels] == [(Level.PROJECT_MANAGER, 7), (Level.SENIOR, 3)]
    assert sum(s.share for s in found.levels) == pytest.approx(1)
    assert all(s.low < s.share < s.high for s in found.levels)


def test_pay_is_never_mixed_across_currencies_or_told_from_few():
    found = group("pay", [ad(n, pay=40000 + 1000 * n) for n in range(5)] + [ad(9)])
    (pay,) = found.pay
    assert (pay.currency, pay.n, pay.middle) == ("GBP", 5, 42000)


PERIODS = [  # (amount, period, contract): all are GBP 52,000 a year
    (52000, PayPeriod.YEAR, False),
    (52000, PayPeriod.YEAR, True),
    (25, PayPeriod.HOUR, False),
    (1000, PayPeriod.WEEK, False),
    (Decimal(52000) / 12, PayPeriod.MONTH, False),
    (52000, None, False),
]


def test_hours_weeks_and_months_become_a_year_and_a_bare_amount_is_said_to_be_read_as_one():
    ads = [
        ad(n, pay=pay, period=period, contract=contract)
        for n, (pay, period, contract) in enumerate(PERIODS)
    ]
    (pay,) = group("pay", [*ads, ad(9, pay=4000, period=None)]).pay
    assert (pay.n, pay.n_assumed, pay.period) == (6, 1, PayPeriod.YEAR)
    assert (pay.lower, pay.upper) == (pytest.approx(52000), pytest.approx(52000))
    assert pay_words(pay) == "GBP 52,000-52,000 a year (middle half of 6, 1 read as a year's)"


def test_day_rates_and_contractors_hours_stand_apart_from_salaries():
    ads = [ad(n, pay=500 + n, period=PayPeriod.DAY) for n in range(4)]
    ads.append(ad(4, pay=70, period=PayPeriod.HOUR, contract=True))
    ads += [ad(10 + n, pay=50000) for n in range(5)]
    year, day = group("pay", ads).pay
    assert (year.period, year.n, year.middle) == (PayPeriod.YEAR, 5, 50000)
    assert (day.period, day.n, day.middle) == (PayPeriod.DAY, 5, 502)
    assert pay_words(day) == "GBP 501-503 a day (middle half of 5)"


def test_copies_of_one_opening_are_one_ad():
    reposts = [ad(n, opening=7, level=6) for n in range(4)]
    found = group("x", [*reposts, *(ad(10 + n, opening=10 + n) for n in range(4))])
    assert (found.n, found.levels[-1].n) == (5, 1)
    assert group("x", [*reposts, ad(10, opening=10)]).n == 2


def test_of_copies_the_one_that_states_pay_counts():
    ads = [ad(n, opening=n) for n in range(5)] + [
        ad(10 + n, opening=n, pay=50000) for n in range(5)
    ]
    assert group("x", ads).pay[0].n == 5


def test_an_agencys_copy_counts_once_in_the_market_and_for_each_of_the_two():
    ads = [ad(n, opening=n) for n in range(5)]
    copies = [ad(n, opening=n, employer="Agency") for n in range(5)]
    found = market_of("senior project manager", [*ads, *copies])
    assert found.everything.n == 5
    assert [(part.name, part.n) for part in found.by_employer] == [
        ("Agency", 5), ("Brackwater Rail", 5),
    ]  # fmt: skip


def test_reposts_do_not_make_a_habit():
    market = [ad(n, employer=f"firm {n % 6}", level=4) for n in range(30)]
    assert inflation("Few", market + [ad(n, employer="Few", opening=1) for n in range(9)]) is None


def test_three_ads_do_not_brand_a_firm():
    market = [ad(n, employer=f"firm {n % 6}", level=4) for n in range(30)]
    few = [ad(n, employer="Few", level=1) for n in range(3)]
    assert inflation("Few", market + few) is None


def test_an_employer_is_pulled_towards_the_market():
    market = [ad(n, employer=f"firm {n % 6}", level=4 if n % 3 else 3) for n in range(60)]
    own = [ad(n, employer="Inflated", level=2) for n in range(6)]
    found = inflation("Inflated", market + own)
    assert found.market_mean < found.mean < 2.0
    assert found.low < found.mean < found.high


def test_more_ads_narrow_the_interval():
    market = [ad(n, employer=f"firm {n % 6}", level=4 if n % 3 else 3) for n in range(60)]
    few, many = (
        inflation("Own", market + [ad(n, employer="Own", level=2 + n % 2) for n in range(size)])
        for size in (6, 60)
    )
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize("spread", [0.2, 0.4])
def test_nine_intervals_in_ten_hold_the_habit_they_speak_of(spread):
    """20 employers of 3 to 15 ads; habits `spread` apart, ads 0.6 around their employer's."""
    rng = Random(20261128)
    held = []
    for _ in range(50):
        habits = {f"firm {n}": rng.gauss(0.3, spread) for n in range(20)}
        market = [
            ad(n, employer=name, level=3, title_level=max(3 + round(rng.gauss(habit, 0.6)), 1))
            for name, habit in habits.items()
            for n in range(rng.randint(3, 15))
        ]
        found = [inflation(name, market) for name in habits]
        held += [one.low <= habits[one.employer] <= one.high for one in found if one]
    assert 0.87 <= fmean(held) <= 0.93


def test_an_interval_never_collapses_where_employers_look_alike():
    market = [ad(n, employer=f"firm {n % 6}", level=3 + n % 12 // 6) for n in range(60)]
    found = inflation("firm 1", market)
    assert found.high - found.low > 0.2


@pytest.mark.parametrize(
    ("mean", "claim"),
    [(0.04, "as much as"), (0.62, "0.6 levels more than"), (-1.0, "1 level less than")],
)
def test_a_habit_reads_as_a_sentence(mean, claim):
    assert inflation_words(Inflation("A", 7, mean, -0.3, 0.2, -0.01)) == (
        f"titles claim {claim} the work shows (−0.3 to +0.2, 7 ads; market 0.0)"
    )


def test_employers_are_listed_largest_first():
    found = by_employer([ad(1, employer="A"), ad(2, employer="B"), ad(3, employer="B")])
    assert [g.name for g in found] == ["B", "A"]


# (what the reader types, titles that say the same, titles that do not)
SAME = [
    ("project manager",
     ["Project Manager (m/w/d)", "IT Project Manager II", "Project Mgr.", "Construction PM"],
     ["Senior Project Manager", "Assistant Project Manager", "Programme Manager"]),
    ("sr pm",
     ["Senior Construction Project Manager", "Snr Project Manager", "Project Manager, Senior"],
     ["Project Manager", "Senior Programme Manager"]),
    ("Program Managers",
     ["Programme Manager", "Program Manager, Payments"],
     ["Senior Program Manager", "Program Director"]),
    ("construction project manager",
     ["Project Manager - Construction"],
     ["Project Manager", "Senior Construction Project Manager"]),
    ("transformation",
     ["Transformation Lead", "Head of Transformation"],
     ["Project Manager"]),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "same", "other"), SAME, ids=[row[0] for row in SAME])
def test_titles_say_the_same_in_every_spelling_and_no_more(phrase, same, other):
    says = says_words(phrase)
    assert [title for title in [*same, *other] if says(title)] == same


def test_every_title_that_contains_the_words_can_be_asked_for():
    says = says_words("program manager", containing=True)
    assert says("Senior Programme Manager")
    assert not says("Program and Change Manager")


def test_a_market_is_told_by_country_too():
    ads = [ad(n, country="GB" if n < 6 else "US", level=3 if n < 3 else 4) for n in range(8)]
    found = market_of("senior project manager", [*ads, ad(9, country=None)])
    assert [(g.name, g.n) for g in found.by_country] == [
        ("GB", 6), ("US", 2), ("no one country stated", 1),
    ]  # fmt: skip
    lines = shown(show_market.market(found))
    assert "GB 6 L3 50% (22-78%), L4 50% (22-78%)" in lines
    assert "2 more with too few to say 3" in lines


def test_a_market_of_one_country_is_not_parted_by_country():
    ads = [ad(n) for n in range(6)] + [ad(9, country="US")]
    found = market_of("senior project manager", ads, country="GB")
    assert (found.everything.name, found.everything.n) == ("senior project manager, GB", 6)
    assert not any(line.startswith("by country") for line in shown(show_market.market(found)))


def test_a_phrase_is_matched_as_whole_words():
    assert has_words("Project-Manager (m/f/d)", "project manager")
    assert not has_words("Project Managers' Assistant", "project manager")


def shown(made, width=100):
    out = Console(width=width, file=StringIO())
    out.print(made)
    return [" ".join(line.replace("█", "").split()) for line in out.file.getvalue().splitlines()]


def test_every_share_in_the_terminal_has_its_interval():
    ads = [ad(n, level=3 if n < 4 else 4, employer="A" if n < 7 else "B") for n in range(14)]
    lines = shown(show_market.market(market_of("sr pm", ads)))
    assert lines[0] == "senior project manager: 14 ads"
    assert lines[2:4] == ["L3 29% 14-51% 4", "L4 71% 49-86% 10"]
    assert lines[-2:] == ["A 7 L3 57% (29-81%), L4 43% (19-71%)", "B 7 all L4 (72-100%)"]


def test_employers_with_too_few_ads_are_counted_in_one_row():
    ads = [ad(n, employer=f"firm {n % 3}") for n in range(6)]
    lines = shown(show_market.market(market_of("sr pm", ads)))
    assert lines[-1] == "3 with too few to say 6"


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A store with six British ads and one of no stated country."""
    db = tmp_path_factory.mktemp("market") / "ads.db"
    places = [(Location("York, UK", "York", None, "GB"),)] * 6 + [()]
    ads = [
        builders.ad(f"Lead site {n}.", key=str(n), locations=place)
        for n, place in enumerate(places)
    ]
    now = datetime(2026, 11, 1, tzinfo=UTC)
    read = [(Payload(ad.source, ad.source_id, None, now, ad.source_id), ad) for ad in ads]
    answer = Answer(board=Board("test", "x"), read_at=now, digest="1", reader="1", ads=read)
    with Store.open(db) as store:
        store.save_answer(store.start_run(now), answer)
        store.save_estimates([(found, builders.estimated(4)) for found in store.postings()])
    return db


@pytest.mark.parametrize("country", ["GB", "gb", "uk", "United Kingdom"])
def test_a_country_is_known_by_any_of_its_names(stored, country, capsys):
    assert (
        main(["market", "senior project manager", "--country", country, "--db", str(stored)]) == 0
    )
    assert "senior project manager, GB: 6 ads" in capsys.readouterr().out
    with pmjobs.open(stored) as desk:
        assert desk.market("senior project manager", country=country).everything.n == 6


def test_a_market_as_json_has_its_parts(stored, capsys):
    assert main(["market", "senior project manager", "--json", "--db", str(stored)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["everything"]["n"] == 7
    assert [part["name"] for part in found["by_country"]] == ["GB", "no one country stated"]
    assert found["by_employer"][0]["levels"][0]["share"] == 1


def test_a_market_in_a_notebook_is_a_page_with_bars_intervals_and_counts():
    ads = [ad(n, level=3 if n < 3 else 4, years=5, pay=50000) for n in range(6)]
    page = market_of("senior project manager", ads)._repr_html_()
    assert "<span>50% (22-78%)</span><span class='n'>3 ads</span>" in page
    assert "style='left:22.1%;width:55.7%'" in page
    assert "5 years asked (median of 6)" in page
    assert "GBP 50,000-50,000 a year (middle half of 6)" in page
    assert "<h3>By country</h3>" in page
    assert "<td>Brackwater Rail</td><td class='n'>6</td>" in page


def test_the_page_of_a_market_is_escaped_and_loads_nothing():
    market = market_of("<script>", [])
    assert "<script" not in market._repr_html_()
    named = [ad(n, employer="<img src=x onerror=alert(1)>") for n in range(6)]
    page = market_of("senior project manager", named)._repr_html_()
    assert "<img" not in page
    assert "&lt;img" in page
    assert "http" not in page


def test_a_market_is_a_table_too():
    market = market_of("sr pm", [ad(n, level=3 if n < 4 else 4) for n in range(8)])
    frame = market.frame()
    assert list(frame.columns) == ["employer", "n", "level", "share", "low", "high"]
    assert frame["employer"].isna().tolist() == [True, True, False, False]
    assert frame["level"].tolist() == [3, 4, 3, 4]
    assert market.frame("country")["country"].tolist()[2:] == ["GB", "GB"]
    assert market_of("sr pm", []).frame().empty


def test_an_unknown_country_is_an_error_that_says_what_to_write(stored, capsys):
    assert main(["market", "pmo", "--country", "Narnia", "--db", str(stored)]) == 2
    assert "write two letters, GB, or a name" in capsys.readouterr().err
    with pmjobs.open(stored) as desk, pytest.raises(PmjobsError, match="Narnia"):
        desk.market("pmo", country="Narnia")


def test_a_line_about_a_group_has_intervals_too():
    found = group("x", [ad(n, level=3 if n < 3 else 4, years=n) for n in range(6)])
    assert group_words(found) == (
        "6 ads: L3 50% (22-78%), L4 50% (22-78%); 2.5 years asked (median of 6)"
    )
    assert group_words(group("x", [ad(1)])) == "1 ad: too few to say"
