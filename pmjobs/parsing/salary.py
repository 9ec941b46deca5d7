"""Read the pay an ad states, from its text or from a source's fields.

Nothing is guessed: no currency means no salary, and an unstated period stays None. Annualising
and converting is the business of `pmjobs.compare`. Most of the work is telling pay from the
other money in an ad: budgets, revenue, funding, bonuses, allowances and prices are not pay.
"""

import re
from decimal import Decimal, InvalidOperation

from pmjobs.parsing.money import PERIODS, Money, amount, find_money, whole_if_whole
from pmjobs.posting import PayPeriod, Salary

# Whose dollar a bare "$" is, where the country is known.
DOLLARS = {
    "US": "USD", "PR": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD",
}  # fmt: skip
# Whose crowns "kr" are, by the Scandinavian words for pay and its periods.
_CROWNS = (
    ("NOK", re.compile(r"\b(?:års|måneds|time)?lønn\b", re.IGNORECASE)),
    ("DKK", re.compile(r"\b(?:års|måneds|time)?løn\b", re.IGNORECASE)),
    ("SEK", re.compile(r"\b(?:års|månads|tim)?lön(?:en)?\b|\bmån(?:ad)?\b", re.IGNORECASE)),
)

# A word begins at its capital where a line break was lost: "limitationsSalary Range".
_START = r"(?:\b|(?-i:(?<=[a-z])(?=[A-Z])))"
_PAY = re.compile(
    _START
    + r"(?:salar(?:y|ies)(?! budget)|(?:base|expected|weekly|monthly) stipend|pay(?:s|ing)?|paid"
    r"|pay(?:band|grade|scale)|compensation|compensate"
    r"|remuneration|wages?|earn(?:s|ings?)?|ote|base|rates?|package|ctc|grade"
    r"|(?:hiring|zone|starting|target|hourly|daily|monthly|annual)(?: \w+)? range"
    r"|\w*gehalt\w*|\w*vergütung\w*|\w*lohn|entgelt|verdienst"
    r"|tagessatz|salaires?|rémunération|tjm|\w*lön(?:en)?|\w*lønn?|salaris\w*|loon|salario|sueldo"
    r"|retribuzione|stipendio|ral|wynagrodzenie|salário)\b",
    re.IGNORECASE,
)
_PAY_AFTER = re.compile(
    rf"\W{{0,3}}(?:(?:in|of|as|for)\s)?(?:an?\s|the\s)?(?:{_PAY.pattern})", re.IGNORECASE
)
_NOT_PAY = re.compile(
    _START
    + r"(?:budgets?|portfolios?|revenues?|turnover|sales|arr|mrr|gmv|aum|assets|fund(?:ing|s|ed)?"
    r"|rais(?:e[ds]?|ing)|invest\w*|valued?|valuation|worth|projects|programm?es|programs"
    r"|contracts|contract (?:value|size)s?|pay system|deals?|acv|quotas?|savings?|saved"
    r"|costs?|capex|opex|grants?|donat\w+|award(?:s|ed)?"
    r"|bonus(?:es)?|referrals?|refer|stipends?|allowances?|reimburs\w*|sign(?:ing)?[- ]on"
    r"|relocation|401|match\w*|insurance|coverage|deductible|discounts?|tuition|education\w*"
    r"|learning|training|certifications?|wellness|well-?being|fitness|gym|home[- ]office|equipment"
    r"|phone|internet|vouchers?|credits?|gifts?|prizes?|fees?|price[ds]?|purchas\w*|spend\w*"
    r"|expen[sd]\w*|payments?|transact\w+|process(?:ed|es|ing)|market|industry|customers?|capital"
    r"|stock|shares?|equity|rsus?|pension|childcare|commut\w+|travel|lunch\w*|meals?|per diem"
    r"|perks?|fine[ds]?|penalt\w+|loans?|debt|mortgage|series|seed|profit\w*|volume|procurement"
    r"|sponsor\w*|team[- ]?building|merchandise|threshold|overtime|retention|commissions?"
    r"|incentives?|development|books?|zuschuss|prämie|umsatz|prime|subsid\w+|vacation|spending|variable"
    r"|hra|hsa|fsa|fertility|health\w*|medical|dental|adoption|surrogacy|therapy|lifetime|co-?working"
    r"|technology|set-?up|charit\w+|laptop)\b",
    re.IGNORECASE,
)
# "$500 stipend", "£4,000 annual training budget": what the amount itself is called.
_CALLED_OTHERWISE = re.compile(
    r"\)?(?:\s(?!(?:plus|and|with|or|to|per|base|salary|basic|as|dependent|depending|gross|based|on|for"
    r"|in|is|are|at|of|by|from|the|your|our|you|we|this|including|inclusive|incl|total|compensation"
    r"|commensurate|according|doe)\b)"
    rf"[\w'’/-]+){{0,3}}?\s(?:{_NOT_PAY.pattern})",
    re.IGNORECASE,
)
# "£60 a month towards your travel": what it is for, unless a word for pay stands before it.
_FOR_SOMETHING = re.compile(
    rf"\+?\s(?:to(?:wards?)?|for|in|on)\s[^.,;]{{0,40}}?(?:{_NOT_PAY.pattern})", re.IGNORECASE
)
_TIMES_SALARY = re.compile(r"\btimes (?:[\w'’]+ ){0,3}salary\b", re.IGNORECASE)
_ESTIMATED = re.compile(r"\W{0,3}(?:per year\W{0,3})?estimated\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\bote\b|on[- ]target|total (?:target |annual |yearly |direct |first[- ]year )?(?:cash"
    r"|compensation|earnings|package|rewards?)|target (?:cash|total|earnings)",
    re.IGNORECASE,
)
_BASE = re.compile(r"\b(?:base|basic|salary|fixed)\b", re.IGNORECASE)
_PERIOD_BEFORE = {
    period: re.compile(rf"\b(?:{words})\b(?!\s(?:{_NOT_PAY.pattern}|leave|basis|review))", re.I)
    for period, words in {
        PayPeriod.YEAR: r"annual(?:i[sz]ed|ly)?|yearly|per (?:year|annum)|p\.a|jahres\w+"
        r"|jährlich\w*|annuel\w*|anual\w*|års\w*l[öø]nn?",
        PayPeriod.MONTH: r"monthly|per month|monats\w+|monatlich\w*|mensuel\w*|mensual\w*"
        r"|mån(?:ads|eds)\w*",
        PayPeriod.WEEK: r"weekly|per week",
        PayPeriod.DAY: r"daily|day[- ]rates?|per day|tages\w+|tjm|dagtarief",
        PayPeriod.HOUR: r"hourly|per hour|stunden\w+|timl[öø]nn?|uurtarief|uurloon",
    }.items()
}
_UP_TO = re.compile(
    r"(?:\bup to|\bbis(?: zu)?|\bmax(?:imum|\.)?(?: of)?|\bjusqu['’]à|\bhasta|\bupp till|\btot)"
    r"\s*:?\s*(?:a maximum of\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\bfrom|\bstarting (?:at|from)|\bstarts at|\bab|\bat least|\bmin(?:imum|\.)?(?: of)?|\bfrån"
    r"|\bvanaf|\bdesde|\bà partir de|\bmindestens)\s*:?\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tussen|mellan|mellom)\s*:?\s*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[A-ZÄÖÜÉ•$€£])|\n+\s*(?:•\s*)?")

# What is paid for a period, in euros or dollars; outside it the money is for something else.
# Beside a word for pay a third of the lower bound will do.
_PLAUSIBLE = {
    PayPeriod.HOUR: (9, 500),
    PayPeriod.DAY: (80, 5_000),
    PayPeriod.WEEK: (300, 20_000),
    PayPeriod.MONTH: (1_000, 80_000),
    PayPeriod.YEAR: (12_000, 2_000_000),
    None: (15_000, 2_000_000),
}
# About how many units of a currency make a euro, where that is far from one.
_UNITS = {
    "JPY": 150, "KRW": 1_500, "IDR": 17_000, "VND": 28_000, "HUF": 400, "INR": 90, "CLP": 1_000,
    "COP": 4_500, "NGN": 1_700, "ARS": 1_000, "SEK": 11, "NOK": 11, "DKK": 7, "CZK": 25, "PHP": 60,
    "THB": 40, "TWD": 35, "KES": 140, "ISK": 150, "UAH": 45, "EGP": 50, "ETB": 60, "TRY": 40,
    "MXN": 20, "ZAR": 20, "PLN": 4, "RON": 5, "CNY": 7, "HKD": 8, "BRL": 6, "kr": 11,
}  # fmt: skip


def parse_salary(text: str, *, dollar: str | None = None) -> Salary | None:
    """Return the pay that an ad's text states, or None.

    `dollar` is the ISO 4217 code that a bare "$" stands for on this board (see `dollar_of`).
    An amount beside a word for pay, or one that is nearly all of the text, wins over one that
    only has a period, and that over a bare range; base pay wins over on-target earnings and total
    packages, which count only when no base pay is stated (the text says so). Of several ranges,
    for places or grades, the first is taken. One figure is a minimum without a maximum, "up to"
    a maximum without a minimum.

    >>> parse_salary("Pay: €65.000 – €80.000 per year")  # doctest: +ELLIPSIS
    Salary(currency='EUR', minimum=Decimal('65000'), maximum=Decimal('80000'), period=...YEAR...)
    >>> parse_salary("Salary: 65-80k EUR").minimum  # the k belongs to both ends
    Decimal('65000')
    >>> parse_salary("Salary: $120,000")  # whose dollar?
    >>> parse_salary("Salary: $120,000", dollar="CAD").currency
    'CAD'
    >>> parse_salary("You run a budget of £400,000 and a team of 12")
    """
    best: tuple[int, Salary] | None = None
    for money in find_money(text):
        judged = _judged(text, money, dollar)
        if judged is not None and (best is None or judged[0] < best[0] or _says_more(judged, best)):
            best = judged
    return best[1] if best else None


def salary_from_fields(
    minimum: object,
    maximum: object,
    currency: object,
    period: object = None,
    text: str | None = None,
) -> Salary | None:
    """Return the pay that a source's fields state, or None if they state none.

    Amounts may be numbers or texts ("50,000", "$100k"); 0 and below means unknown; swapped ends
    are put in order. `period` may be any words that name one ("YEAR", "per-hour-wage",
    "1 MONTH"). `text` is kept as evidence; without it the fields themselves are.

    >>> salary_from_fields("80,000", 65000, "EUR", "per-year-salary")  # doctest: +ELLIPSIS
    Salary(currency='EUR', minimum=Decimal('65000'), maximum=Decimal('80000'), period=...YEAR...)
    >>> salary_from_fields(0, 0, "USD")
    >>> salary_from_fields(50000, None, None)
    """
    low, high = _field_amount(minimum), _field_amount(maximum)
    code = currency.strip().upper() if isinstance(currency, str) else ""
    if (low is None and high is None) or not re.fullmatch(r"[A-Z]{3}", code):
        return None
    if low is not None and high is not None and high < low:
        low, high = high, low
    stated = " ".join(str(part) for part in (minimum, maximum, currency, period) if part)
    return Salary(code, low, high, period_named(period), text or stated)


def period_named(words: object) -> PayPeriod | None:
    """Return the one period that a source's field names, or None.

    >>> period_named("per-year-salary"), period_named("1 MONTH"), period_named("NONE")
    (<PayPeriod.YEAR: 'YEAR'>, <PayPeriod.MONTH: 'MONTH'>, None)
    """
    if not isinstance(words, str) or len(words) > 100:
        return None
    tokens = [token for token in re.split(r"[^\w.]+|_|\d", words.lower().rstrip(".")) if token]
    found = {
        period
        for period, (after_per, alone) in PERIODS.items()
        for token in tokens
        if token not in ("a", "an") and re.fullmatch(rf"(?:{after_per}|{alone})", token)
    }
    return found.pop() if len(found) == 1 else None


def dollar_of(country: str | None) -> str | None:
    """Return the currency a bare "$" means in a country (ISO 3166-1 alpha-2), or None.

    >>> dollar_of("CA"), dollar_of("DE")
    ('CAD', None)
    """
    return DOLLARS.get(country or "")


def _says_more(judged: tuple[int, Salary], best: tuple[int, Salary]) -> bool:
    """Tell whether the same pay is stated again, now with its period."""
    new, old = judged[1], best[1]
    same = (new.currency, new.minimum, new.maximum) == (old.currency, old.minimum, old.maximum)
    return same and old.period is None and new.period is not None and judged[0] <= best[0]


def _judged(text: str, money: Money, dollar: str | None) -> tuple[int, Salary] | None:
    """Return the salary that an amount is, with a rank that is lower the surer it is."""
    sentence, heading = _before(text, money.start)
    after = text[money.end : money.end + 60].partition("\n")[0]
    currency = _whose(money.currency, f"{heading} {sentence} {after}", dollar)
    period = money.period or _named_before(sentence)
    if period is None and _PAY.search(heading):
        period = _named_before(heading)
    if period is not money.period and not _plausible(money, period, pay=True):
        period = None  # "the salary/hourly range is $90,000 - $99,000"
    if currency is None or _ESTIMATED.match(after) or _is_called_otherwise(money, sentence, after):
        return None
    alone = len(text) <= money.end - money.start + 30 and not _NOT_PAY.search(text)
    pay = alone or any(map(_PAY.search, (sentence, heading))) or bool(_PAY_AFTER.match(after))
    if not pay and (_FOR_SOMETHING.match(after) or (period is None and not _is_a_span(money))):
        return None
    if not _plausible(money, period, pay=pay):
        return None
    start, minimum, maximum = _ends(text, money)
    end = money.end
    rank = 0 if pay and (money.high or period) else 1 if pay else 2 if period else 3
    if (total := _total_named(sentence)) is not None:  # the evidence shows what it is
        start, rank = min(start, money.start - len(sentence) + total), rank + 10
    elif named := _TOTAL.match(after, len(after) - len(after.lstrip(" ("))):
        end, rank = end + named.end(), rank + 10
    return rank, Salary(currency, minimum, maximum, period, text[start:end].strip())


def _total_named(sentence: str) -> int | None:
    """Return where on-target earnings are named, if no word for base pay follows."""
    named = list(_TOTAL.finditer(sentence))
    return named[-1].start() if named and not _BASE.search(sentence, named[-1].end()) else None


def _before(text: str, start: int) -> tuple[str, str]:
    """Return the words of the same sentence before an amount, and the line or sentence before."""
    reach = text[max(0, start - 220) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(reach)]
    last = ends[-1] if ends else 0
    previous = ends[-2] if len(ends) > 1 else 0
    return reach[last:][-160:], reach[previous:last][-100:] if ends else ""


def _is_called_otherwise(money: Money, sentence: str, after: str) -> bool:
    # The word nearest before the amount says what it is: "salary plus a bonus of £5,000".
    other = max((match.end() for match in _NOT_PAY.finditer(sentence)), default=-1)
    pay = max((match.end() for match in _PAY.finditer(sentence)), default=-1)
    if other > pay or _TIMES_SALARY.search(sentence):
        return True
    # A range of pay may run into the next line: "$90,000 - $99,000 Logistics Minimum education".
    return (pay < 0 or money.high is None) and _CALLED_OTHERWISE.match(after) is not None


def _whose(currency: str, words: str, dollar: str | None) -> str | None:
    if currency == "$":
        return dollar
    if currency != "kr":
        return currency
    return next((code for code, pattern in _CROWNS if pattern.search(words)), None)


def _named_before(words: str) -> PayPeriod | None:
    """Return the period named last, nearest to the amount."""
    named = [
        (match.start(), period)
        for period, pattern in _PERIOD_BEFORE.items()
        for match in pattern.finditer(words)
    ]
    return max(named)[1] if named else None


def _is_a_span(money: Money) -> bool:
    return money.high is not None and money.high <= 4 * money.low


def _plausible(money: Money, period: PayPeriod | None, *, pay: bool) -> bool:
    lowest, highest = _PLAUSIBLE[period]
    if pay and period is None and money.high is not None:
        lowest = 7  # "Pay range: $30.84 - $54.69"
    elif pay:
        lowest //= 3
    units = _UNITS.get(money.currency, 1)
    return lowest * max(units // 5, 1) <= money.low and (money.high or money.low) <= highest * units


def _ends(text: str, money: Money) -> tuple[int, Decimal | None, Decimal | None]:
    before = text[max(0, money.start - 30) : money.start]
    if money.high is not None:
        found = _BETWEEN.search(before) or _FROM.search(before)
        ends: tuple[Decimal | None, Decimal | None] = (money.low, money.high)
    elif found := _UP_TO.search(before):
        ends = (None, money.low)
    else:
        found, ends = _FROM.search(before), (money.low, None)
    return money.start - (len(before) - found.start() if found else 0), *ends


def _field_amount(value: object) -> Decimal | None:
    """Return a field's amount, None where it is absent, zero, negative or no number."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        text, factor = str(value), 1
    elif isinstance(value, str) and len(value) <= 40:
        match = re.search(r"-?\d[\d.,'’\s\u00a0]*\d|-?\d", value)
        if not match or match[0].startswith("-"):
            return None
        text = re.sub(r"\s", " ", match[0])
        factor = 1000 if re.match(r"\s?k\b", value[match.end() :], re.IGNORECASE) else 1
        if not re.fullmatch(r"\d+(?:\.\d{1,2})?|\d{4,}\.\d+", text):
            text = str(amount(text))
    else:
        return None
    try:
        found = Decimal(text) * factor
    except InvalidOperation:
        return None
    return whole_if_whole(found) if found.is_finite() and 0 < found < 10**12 else None
