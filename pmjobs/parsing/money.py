"""Find amounts and ranges of money in text: whose currency, how much, for which period.

This is grammar only: "€65.000 – €80.000", "65-80k EUR", "USD$212,000 per year - USD$235,500",
"12-18 LPA". Which of the amounts in an ad is pay is decided in `pmjobs.parsing.salary`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from pmjobs.posting import PayPeriod

CODES = frozenset({
    "EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "CAD",
    "AUD", "NZD", "SGD", "HKD", "INR", "JPY", "CNY", "BRL", "MXN", "ZAR", "AED", "SAR", "QAR",
    "ILS", "TRY", "THB", "MYR", "PHP", "IDR", "KRW", "TWD", "VND", "CLP", "COP", "ARS", "PEN",
    "UAH", "ISK", "NGN", "KES", "EGP", "ETB",
})  # fmt: skip
# "$", "kr" and "dollars" stay as they are: several currencies use each, and "¥" is two.
SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₪": "ILS", "zł": "PLN", "euro": "EUR", "euros": "EUR",
    "pounds": "GBP", "us$": "USD", "u.s.$": "USD", "ca$": "CAD", "c$": "CAD", "cdn$": "CAD",
    "a$": "AUD", "au$": "AUD", "nz$": "NZD", "s$": "SGD", "sg$": "SGD", "hk$": "HKD",
    "r$": "BRL", "mx$": "MXN", "kronor": "SEK", "rmb": "CNY", "rs.": "INR", "lpa": "INR",
    "us dollars": "USD", "canadian dollars": "CAD", "australian dollars": "AUD", "tkr": "SEK",
    "€k": "EUR", "k€": "EUR", "t€": "EUR", "teur": "EUR", "$": "$", "dollars": "$", "kr": "kr",
}  # fmt: skip

# Words of a period after "per", "a", "/", "pro", "par" ..., and words that say it alone.
PERIODS = {
    PayPeriod.HOUR: (r"hours?|hrs?|h|stunde|std|heure|hora|uur|timm?e",
                     r"hourly|stundenlohn|timlön|uurloon|phr|ph|p\.h"),
    PayPeriod.DAY: (r"days?|diem|tag|jour|día|dag", r"daily|tagessatz|tjm|dagtarief|pd|p\.d"),
    PayPeriod.WEEK: (r"weeks?|wk|woche|semaine|semana|vecka", r"weekly|pw|p\.w|wöchentlich"),
    PayPeriod.MONTH: (r"months?|mo|mth|monat|mois|mes|mês|maand|månad|mån|måned|mese|mtl",
                      r"monthly|pcm|pm|p\.m|monatlich|mtl|mensuels?|mensual|mensuales|mensile"),
    PayPeriod.YEAR: (r"years?|yr|y|annum|annual|anno|jahr|an|année|año|ano|jaar|år|a",
                     r"yearly|annually|annuali[sz]ed|annual|pa|p\.a|p\.\sa|per annum|jährlich"
                     r"|annuels?|anuales|anual|lpa|lordi"),
}  # fmt: skip

_CODE = "|".join(sorted(CODES))
_DOLLAR = r"(?:(?:US|USD|U\.S\.|CA|CAD|CDN|C|AU|AUD|A|NZ|NZD|SG|SGD|S|HK|HKD|MX|R)\s?)?\$"
_BEFORE = rf"(?:(?:{_CODE}|RMB)\b:?\s?[€£$₹₪]?|[€£₹₪]|{_DOLLAR}|Rs\.|kr\b)"
_AFTER = (
    rf"(?:\(?(?:{_CODE}|RMB)\b\)?|[€£₹$](?!\s?\d)|zł|(?:[Ee]uros?|EURO|[Pp]ounds|kronor|kr)\b"
    r"|(?:(?:US|Canadian|Australian)\s)?[Dd]ollars\b)"
)
_SPACE = "[\u00a0\u202f\u2009 ]"
# Groups of three first, or "65.000" would be read as sixty-five.
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[.,'’]\d{{3}}|{_SPACE}\d{{3}})+(?:[.,]\d{{1,2}})?(?![\d])"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,9}(?:[.,]\d{1,2}|\.\d{4})?(?!\d))"
)
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{2,3})*\D\d{3}(?!\d)")
# Thousands and the Indian lakh (100,000), which also names its currency in "LPA".
_TIMES = rf"{_SPACE}?(?:[kK]€|€[kK]|[kK](?!\w)|TEUR|[Tt]sd\.?(?!\w)|T€|tkr\b|thousand\b)"
_LAKH = rf"{_SPACE}?(?:LPA\b|lpa\b|[Ll]akhs?\b|[Ll]acs?\b)"
_UNIT = rf"(?:{_TIMES}|{_LAKH})"
_EACH = (
    r"(?:\s?(?:/|per|an?|pro|par|p\.)\s?[^\W\d_]{1,7}\b\.?"
    r"|\s(?:[Aa]nnually|[Yy]early|[Mm]onthly|[Hh]ourly|[Dd]aily)|\s?\((?:min|mid)\w*\))"
)
# "to GS-14, Step 10 -": pay scales name the step of each end.
_TO = (
    r"(?:[-–—‒‑−~]|to(?:\s(?:[A-Z]{1,3}-?\d{1,2},?\s)?[Ss]tep\s\d{1,2}(?:\s?[-–:])?)?|and|up\sto"
    r"|bis|à|tot|till|hasta|a|through|y|et|und|en)"
)

_RANGE = re.compile(
    rf"""
    (?<![\d.,+-])(?:(?<!\w)|(?=[€£$₹₪]))
    (?P<sign1>{_BEFORE})? \s? (?P<low>{_NUMBER})(?P<unit1>{_UNIT})? (?:\s?(?P<sign2>{_AFTER}))?
    (?:
        {_EACH}? \s{{0,2}} (?:(?:gross|base|brutto)\s)? {_TO} \s{{0,2}} (?:up\sto\s)?
        (?P<sign3>{_BEFORE})? \s? (?P<high>{_NUMBER})(?P<unit2>{_UNIT})?
        (?:\s?(?P<sign4>{_AFTER}))?
    )?
    """,
    re.VERBOSE,
)
# Where money can be. One class of characters first and three capitals looked up in `CODES`: that
# is ten times faster over an ad than forty alternatives.
_HINT = re.compile(
    r"[€£$₹₪A-Z\dk](?:(?<=[€£$₹₪])|(?<=[A-Z])(?<![A-Za-z].)(?:[A-Z]{2}(?![a-z])|s\.)"
    r"|(?<=\d)\s?(?:[kK]\s?)?(?:zł|[Ee]uros?|EURO|[Pp]ounds|[Dd]ollars|kronor|kr|tkr|lpa|TEUR"
    r"|[Ll]akhs?|[Ll]acs?)\b|(?<=k)r\s\d)"
)
MAX_HINTS = 1_000  # an ad has a few dozen; what comes after so many is not one
_REACH = 64  # characters of a range that may stand before or after one of its signs

_MILLIONS = re.compile(
    r"\s?\+?\s?-?(?:m|mm|mn|mio|mil|million\w*|mill|b|bn|billion\w*|trillion|mrd|milliard\w*"
    r"|crores?|cr)\b",
    re.IGNORECASE,
)
_AFTER_PERIOD = re.compile(
    r"(?:[.,]-)?\s?[),*]?\s?(?:\(\s?)?(?:(?:gross|bruttos?|brutos?|brut|net|base|in salary|of pay"
    r"|salary|CAD|USD|EUR|GBP)\s){0,3}"
    r"(?:(?:/|\b(?:per|an?|pro|par|por|im|al|i|each|every|the)\b|p\.)\s?(?:"
    + "|".join(f"(?P<{period}>{words})" for period, (words, _) in PERIODS.items())
    + r")|(?:"
    + "|".join(f"(?P<{period}_>{words})" for period, (_, words) in PERIODS.items())
    + r"))(?:(?!\w)|(?-i:(?<=[a-z])(?=[A-Z])))",  # "per hourBenefits": a line break was lost
    re.IGNORECASE,
)
# Beyond a range: the maximum after minimum and middle, or after "Minimum: $70,000".
_THIRD = re.compile(
    rf"{_EACH}?\s?[-–—]\s?(?:{_BEFORE})?\s?(?P<number>{_NUMBER})(?P<unit>{_TIMES})?(?:\s?\(max\w*\))?"
)
_MINIMUM = re.compile(r"\bmin(?:imum)?\b[^\d\n$€£]{0,40}$", re.IGNORECASE)
_MAXIMUM = re.compile(
    rf"[^\d$€£]{{0,40}}?\b[Mm]ax(?:imum)?\b[^\d$€£\n]{{0,70}}?(?:{_BEFORE})?\s?(?P<number>{_NUMBER})"
    rf"(?P<unit>{_TIMES})?"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount or a range as written, in main units."""

    currency: str  # ISO 4217, or "$" or "kr" where the text does not say whose
    low: Decimal
    high: Decimal | None  # None: one figure
    period: PayPeriod | None  # stated right after it, or inside it
    start: int  # offsets of all of it, period included
    end: int


def find_money(text: str) -> Iterator[Money]:
    """Yield the amounts of money in `text`, in order. Millions and billions are passed over.

    >>> [(m.currency, str(m.low), str(m.high)) for m in find_money("70k-85k EUR or $1.5 million")]
    [('EUR', '70000', '85000')]
    """
    done = 0
    for hint in islice(_HINT.finditer(text), MAX_HINTS):
        if hint.start() < done or (hint[0].isupper() and len(hint[0]) == 3 and _unknown(hint[0])):
            continue
        begin, end = max(done, hint.start() - _REACH), hint.end() + _REACH
        # A range may end beyond the reach, but must begin within it.
        while (match := _RANGE.search(text, begin, end + _REACH)) and match.start() <= end:
            money = _money(text, match)
            if money is None:
                # The first figure is no money; perhaps the second is: "2024 - $120,000".
                begin = match.end("low") if match["high"] else match.end()
            else:
                yield money
                begin = done = money.end


def _unknown(capitals: str) -> bool:
    return capitals not in CODES and capitals not in ("RMB", "LPA")


def _money(text: str, match: re.Match[str]) -> Money | None:
    currency = _currency(match)
    if currency is None or (match["sign3"] and not (match["sign1"] or match["sign2"])):
        return None
    end = match.end()
    low, high = _ends(match)
    if high is None and match["high"]:  # "£45,000 - 37 hours": two figures, no range
        end = (
            match.end("sign2")
            if match["sign2"]
            else match.end("unit1" if match["unit1"] else "low")
        )
        if not (match["sign1"] or match["sign2"]):
            return None
    if _MILLIONS.match(text, end) or text[end : end + 1] == "%":
        return None
    period = _period_within(text[match.start() : end])
    if beyond := _beyond(text, match.start(), end, high):
        value = whole_if_whole(amount(beyond["number"]) * _factor(beyond["unit"]))
        if (high or low) <= value <= 20 * low:
            high, end = value, beyond.end()
    if after := _AFTER_PERIOD.match(text, end):
        period, end = _period_of(after), after.end()
    return Money(currency, low, high, period, match.start(), end)


def _beyond(text: str, start: int, end: int, high: Decimal | None) -> re.Match[str] | None:
    if high is not None:
        return _THIRD.match(text, end)
    if _MINIMUM.search(text, max(0, start - 60), start):
        return _MAXIMUM.match(text, end)
    return None


def _currency(match: re.Match[str]) -> str | None:
    signs = [match[group] for group in ("sign1", "sign2", "sign3", "sign4") if match[group]]
    if not signs:
        unit = (match["unit2"] or match["unit1"] or "").strip().lower()
        return SIGNS.get(unit)
    codes = [currency for sign in signs if (currency := _of_sign(sign))]
    # "$120,000 CAD": the code says whose dollar.
    return next((code for code in codes if code in CODES), codes[0] if codes else None)


def _of_sign(sign: str) -> str | None:
    letters = sign.strip("() :").replace(" ", "")
    if letters[:3] in CODES:
        return letters[:3]
    return SIGNS.get(letters.lower()) or SIGNS.get(sign.strip("() ").lower())


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    """Return the two ends; the second is None where it cannot be the end of one range."""
    unit1, unit2 = _factor(match["unit1"]), _factor(match["unit2"])
    low = amount(match["low"])
    if not match["high"]:
        return whole_if_whole(low * unit1), None
    high = amount(match["high"])
    if unit2 > 1 and unit1 == 1 and low < 1000:  # "65-80k": the k belongs to both
        unit1 = unit2
    if unit1 > 1 and unit2 == 1 and high < 1000:
        unit2 = unit1
    low, high = whole_if_whole(low * unit1), whole_if_whole(high * unit2)
    return low, high if low <= high <= 20 * low else None


def _factor(unit: str | None) -> int:
    if not unit:
        return 1
    return 100_000 if re.search(r"l(?:pa|akh|ac)", unit, re.IGNORECASE) else 1000


def amount(number: str) -> Decimal:
    """Return the value of a figure with any of the usual separators.

    >>> [str(amount(n)) for n in ("65.000", "110'000", "1.234,50", "17.5", "15,00,000", "70 000")]
    ['65000', '110000', '1234.50', '17.5', '1500000', '70000']
    """
    whole, cents = number, ""
    if re.fullmatch(r"\d+\.\d{4}", number):  # "$32.6400 hourly"
        return whole_if_whole(Decimal(number))
    if grouped := _GROUPED.match(number):
        whole, cents = number[: grouped.end()], number[grouped.end() + 1 :]
    elif tail := re.search(r"[.,](\d{1,2})$", number):
        whole, cents = number[: tail.start()], tail[1]
    return whole_if_whole(Decimal(re.sub(r"\D", "", whole) + (f".{cents}" if cents else "")))


def whole_if_whole(value: Decimal) -> Decimal:
    """Return 45000 for 45000.00, and every other value as it is."""
    return value.to_integral_value() if value == value.to_integral_value() else value


def _period_within(written: str) -> PayPeriod | None:
    for place in re.finditer(r"(?<=[\dkK$€£)])\s?(?=/|[^\W\d_])", written):
        if found := _AFTER_PERIOD.match(written, place.start()):
            return _period_of(found)
    return None


def _period_of(match: re.Match[str]) -> PayPeriod:
    return next(PayPeriod(name.rstrip("_")) for name, word in match.groupdict().items() if word)
