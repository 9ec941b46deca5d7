"""Pay as ads state it, and the money in ads that is no pay."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.money import find_money
from pmjobs.parsing.salary import dollar_of, parse_salary, period_named, salary_from_fields

# (text, currency, minimum, maximum, period): one line a way of writing it. "$" is USD here.
STATED = [
    ("Salary: €65.000 – €80.000 per year", "EUR", 65000, 80000, "YEAR"),
    ("Salary: 65.000 – 80.000 €", "EUR", 65000, 80000, None),
    ("Gehalt: 65.000 € bis 80.000 € jährlich", "EUR", 65000, 80000, "YEAR"),
    ("Salary 65-80k EUR", "EUR", 65000, 80000, None),
    ("Salary EUR 65k-80k", "EUR", 65000, 80000, None),
    ("Salary: 60 K€ - 70 K€ brut annuel", "EUR", 60000, 70000, "YEAR"),
    ("80-100 TEUR Jahresgehalt", "EUR", 80000, 100000, None),
    ("Jahresgehalt 80-100 TEUR", "EUR", 80000, 100000, "YEAR"),
    ("£70k to £85k p.a.", "GBP", 70000, 85000, "YEAR"),
    ("£35,000-£40,000pa", "GBP", 35000, 40000, "YEAR"),
    ("£45,000 a year", "GBP", 45000, None, "YEAR"),
    ("Salary £45,000 plus bonus and a pension", "GBP", 45000, None, None),
    ("You earn between £40,000 and £50,000 a year", "GBP", 40000, 50000, "YEAR"),
    ("Salary up to £60k per annum", "GBP", None, 60000, "YEAR"),
    ("Pay from £45k", "GBP", 45000, None, None),
    ("Pay starting at $95,000 per year", "USD", 95000, None, "YEAR"),
    ("£500 per day outside IR35", "GBP", 500, None, "DAY"),
    ("Day rate: £450 - £500", "GBP", 450, 500, "DAY"),
    ("£450pd", "GBP", 450, None, "DAY"),
    ("TJM : 500 €", "EUR", 500, None, "DAY"),
    ("Tagessatz 800 €", "EUR", 800, None, "DAY"),
    ("$65 - $75 an hour", "USD", 65, 75, "HOUR"),
    ("$50/hr - $60/hr", "USD", 50, 60, "HOUR"),
    ("Hourly rate: $45.50", "USD", Decimal("45.5"), None, "HOUR"),
    ("£17.50ph", "GBP", Decimal("17.5"), None, "HOUR"),
    ("€4.500 brutto im Monat", "EUR", 4500, None, "MONTH"),
    ("salary of € 3.500,- per maand", "EUR", 3500, None, "MONTH"),
    ("€ 3.200 – € 4.100 gross per month, 13 months", "EUR", 3200, 4100, "MONTH"),
    ("Salary: €58,500 (13 months)", "EUR", 58500, None, None),
    ("30.000 a 35.000 € brutos anuales", "EUR", 30000, 35000, "YEAR"),
    ("Salario: 30.000 - 35.000 euros", "EUR", 30000, 35000, None),
    ("CHF 110'000 - 130'000 pro Jahr", "CHF", 110000, 130000, "YEAR"),
    ("Lohn: CHF 120'000.-", "CHF", 120000, None, None),
    ("Salary: 70 000 EUR", "EUR", 70000, None, None),
    ("Salary: 70\u00a0000 – 85\u202f000 €", "EUR", 70000, 85000, None),
    ("Lön: 32 000 - 38 000 kr/mån", "SEK", 32000, 38000, "MONTH"),
    ("Månadslön SEK 45 000", "SEK", 45000, None, "MONTH"),
    ("Lønn: kr 600 000 - 700 000 per år", "NOK", 600000, 700000, "YEAR"),
    ("Wynagrodzenie 15 000 - 18 000 PLN", "PLN", 15000, 18000, None),
    ("15 000 - 18 000 zł pcm", "PLN", 15000, 18000, "MONTH"),
    ("$120,000 - $150,000", "USD", 120000, 150000, None),
    ("Base pay: $120k - 150k", "USD", 120000, 150000, None),
    ("Base pay: $120-150k", "USD", 120000, 150000, None),
    ("Pay: $211.4K – $290.6K", "USD", 211400, 290600, None),
    ("Pay range: USD$212,000 per year - USD$235,500 per year", "USD", 212000, 235500, "YEAR"),
    ("The annual base salary range is $120,000-$150,000.", "USD", 120000, 150000, "YEAR"),
    ("$150,000.00 - $170,000.00 USD Annually", "USD", 150000, 170000, "YEAR"),
    ("Compensation: $120,000 CAD", "CAD", 120000, None, None),
    ("CAD $100,000 - $120,000 salary range", "CAD", 100000, 120000, None),
    ("Salary: US$90,000", "USD", 90000, None, None),
    ("Salary: A$150,000", "AUD", 150000, None, None),
    ("Salary: S$8,000 monthly", "SGD", 8000, None, "MONTH"),
    ("Salary: R$ 10.000,00 por mês", "BRL", 10000, None, "MONTH"),
    ("₹12,00,000 - ₹18,00,000 per annum", "INR", 1200000, 1800000, "YEAR"),
    ("CTC: 12-18 LPA", "INR", 1200000, 1800000, "YEAR"),
    ("Salary: INR 15 - 20 Lakhs", "INR", 1500000, 2000000, None),
    ("Salary: ¥ or JPY 9,000,000 - 12,000,000", "JPY", 9000000, 12000000, None),
    ("Salary\n£45,000 - £50,000", "GBP", 45000, 50000, None),
    ("Compensation Range\n$90,000 - $110,000", "USD", 90000, 110000, None),
    ("• £52,000 salary", "GBP", 52000, None, None),
    ("$91k-$105K, work reviewed on a daily basis", "USD", 91000, 105000, None),
    ("OTE £80k", "GBP", 80000, None, None),
    ("OTE $200k-$250k; base salary of $120k - $150k", "USD", 120000, 150000, None),
    ("New York: $140,000 - $160,000 a year. Austin: $120,000 - $140,000 a year.",
     "USD", 140000, 160000, "YEAR"),
    ("You own a £4m budget. Salary: £70,000", "GBP", 70000, None, None),
    ("A $500 stipend, and a salary of $80,000 to $90,000", "USD", 80000, 90000, None),
    ("We raised $40,000,000. Pay: $100,000 - $120,000", "USD", 100000, 120000, None),
    ("$120,000", "USD", 120000, None, None),
    ("$211.4K – $290.6K • Offers Equity", "USD", 211400, 290600, None),
    ("The pay band for 2024 - $120,000 to $130,000", "USD", 120000, 130000, None),
    ("Salary: £45,000 - 37 hours a week", "GBP", 45000, None, None),
]  # fmt: skip

NO_PAY = [
    "",
    "Competitive salary",
    "Salary: depends on experience",
    "401k match",
    "5+ years, a team of 12, founded in 1998",
    "You run a £4m budget",
    "You run a budget of £400,000 and report monthly",
    "You manage a portfolio of $5 million",
    "You manage a portfolio of projects worth $500,000 each",
    "projects from $100k to $500k",
    "projects valued between $100,000 and $900,000",
    "We raised $40M in our Series B",
    "Revenue of €120,000 - €150,000 a month",
    "a turnover of £250,000",
    "savings of $100,000 per year",
    "a contract value of £90,000",
    "A $500 stipend",
    "A $2,000 annual learning budget",
    "$5,000 sign-on bonus",
    "£1,000 referral bonus",
    "a bonus of up to £10,000",
    "salary plus a bonus of £5,000",
    "€100 per month for the gym allowance",
    "€60 a month towards your travel",
    "up to $5,250 per year in tuition reimbursement",
    "$300 monthly wellness stipend",
    "a fine of $10,000",
    "fees of £9,250 a year",
    "deals of $50k - $100k",
    "customers process $250,000 a day",
    "Salary: 45,000 - 50,000",
    "kr 600 000 per år",
    "Save 5 EUR",
]

# (minimum, maximum, currency, period): what fields hold; then what they state.
FIELDS = [
    ((65000, 80000, "EUR", "YEAR"), ("EUR", 65000, 80000, "YEAR")),
    ((80000, 65000, "EUR", "YEAR"), ("EUR", 65000, 80000, "YEAR")),
    (("65,000", "80,000", "usd", "per-year-salary"), ("USD", 65000, 80000, "YEAR")),
    (("100.000", "120.000", "EUR", "Jahr"), ("EUR", 100000, 120000, "YEAR")),
    (("100000.0", "120000.00", "USD", "Per Year"), ("USD", 100000, 120000, "YEAR")),
    (("$100k", None, "USD", "1 YEAR"), ("USD", 100000, None, "YEAR")),
    ((0, 120000, "USD", "annum"), ("USD", None, 120000, "YEAR")),
    ((120000.0, 0.0, "USD", "YEARLY"), ("USD", 120000, None, "YEAR")),
    ((35.5, 40, "CAD", "per-hour-wage"), ("CAD", Decimal("35.5"), 40, "HOUR")),
    ((500, 600, "GBP", "DAY"), ("GBP", 500, 600, "DAY")),
    ((5000, 6000, "PLN", "monthly"), ("PLN", 5000, 6000, "MONTH")),
    ((5000, 6000, "EUR", "BIWEEKLY"), ("EUR", 5000, 6000, None)),
    ((5000, 6000, "EUR", None), ("EUR", 5000, 6000, None)),
]

EMPTY_FIELDS = [
    (0, 0, "USD", "YEAR"), (None, None, "USD", "YEAR"), ("", "", "EUR", ""), (-1, -5, "EUR", ""),
    (50000, 60000, None, "YEAR"), (50000, 60000, "", "YEAR"), (50000, 60000, "$", "YEAR"),
    ("competitive", "n/a", "EUR", "YEAR"), (float("nan"), float("inf"), "EUR", "YEAR"),
    (True, False, "EUR", "YEAR"), ([1], {}, "EUR", "YEAR"), ("9" * 50, "1" * 99, "EUR", 5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "currency", "minimum", "maximum", "period"), STATED)
def test_stated_pay_is_read(text, currency, minimum, maximum, period):
    salary = parse_salary(text, dollar="USD")
    assert salary is not None
    assert (salary.currency, salary.minimum, salary.maximum, salary.period) == (
        currency, minimum, maximum, period,
    )  # fmt: skip
    assert salary.text in text


@pytest.mark.parametrize("text", NO_PAY)
def test_other_money_is_no_pay(text):
    assert parse_salary(text, dollar="USD") is None


def test_a_bare_dollar_is_nobodys():
    assert parse_salary("Salary: $120,000") is None
    assert parse_salary("Salary: $120,000", dollar=dollar_of("CA")).currency == "CAD"
    assert parse_salary("Salary: US$120,000").currency == "USD"


def test_on_target_earnings_say_that_they_are():
    assert parse_salary("We pay OTE £80k").text == "OTE £80k"
    assert parse_salary("£70k - £80k OTE").text == "£70k - £80k OTE"


@pytest.mark.parametrize(("fields", "stated"), FIELDS)
def test_fields_state_pay(fields, stated):
    salary = salary_from_fields(*fields)
    assert (salary.currency, salary.minimum, salary.maximum, salary.period) == stated


@pytest.mark.parametrize("fields", EMPTY_FIELDS, ids=str)
def test_fields_that_state_none(fields):
    assert salary_from_fields(*fields) is None


def test_fields_keep_their_words():
    assert salary_from_fields(1000, 0, "EUR", "month").text == "1000 EUR month"
    assert salary_from_fields(1000, 0, "EUR", "month", "EUR 1k").text == "EUR 1k"


@pytest.mark.parametrize("words", [None, "", "NONE", "year and month", 5, "x" * 1000, "bonus"])
def test_words_that_name_no_period(words):
    assert period_named(words) is None


pieces = st.lists(
    st.sampled_from([*(case[0] for case in STATED), *NO_PAY, " ", "\n", "$", "€", "1,0", "k", "-"])
)


@given(pieces.map("".join) | pieces.map(" ".join) | st.text())
def test_any_text_is_read_and_the_evidence_is_in_it(text):
    salary = parse_salary(text, dollar="USD")
    if salary is not None:
        assert salary.text
        assert salary.text in text
        assert len(salary.currency) == 3
        assert salary.minimum is not None or salary.maximum is not None
        assert not (salary.minimum and salary.maximum) or salary.minimum <= salary.maximum
    for money in find_money(text):
        assert 0 <= money.start < money.end <= len(text)


@given(st.none() | st.integers() | st.floats() | st.text(), st.none() | st.floats() | st.text())
def test_any_field_gives_pay_or_none(minimum, maximum):
    salary = salary_from_fields(minimum, maximum, "EUR", maximum)
    assert salary is None or (salary.minimum or salary.maximum) > 0
