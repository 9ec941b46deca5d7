"""Find how big past work was: budgets, teams, numbers of projects, countries, durations.

Only numbers that the line itself ties to the work: "managed a budget of £2m", not "saved £2m"
and not "a £2bn retailer".
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pmjobs.resume.record import Month, Proof, Scale, ScaleKind

_CURRENCY = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP",
    "us$": "USD", "usd": "USD", "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "pln": "PLN", "cad": "CAD", "ca$": "CAD", "c$": "CAD", "aud": "AUD", "au$": "AUD",
    "a$": "AUD", "nz$": "NZD", "nzd": "NZD", "sgd": "SGD", "inr": "INR", "₹": "INR", "¥": "JPY",
    "jpy": "JPY", "aed": "AED", "$": "$",
}  # fmt: skip
_TIMES = {
    "k": 10**3, "thousand": 10**3, "tsd": 10**3, "t": 10**3, "m": 10**6, "mn": 10**6, "mm": 10**6,
    "mio": 10**6, "million": 10**6, "millions": 10**6, "millionen": 10**6, "mil": 10**6,
    "bn": 10**9, "b": 10**9, "billion": 10**9, "mrd": 10**9, "milliarden": 10**9,
}  # fmt: skip
_CODE = "|".join(sorted((re.escape(c) for c in _CURRENCY), key=len, reverse=True))
_SIZE = r"(?:millions?|millionen|mio|mil|mn|mm|m|thousand|tsd|k|billion|bn|milliarden|mrd|b)\b\.?"
_NUMBER = r"\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,3})?"
_MONEY = re.compile(
    rf"(?<![\w])(?:(?P<before>{_CODE})\s?(?P<a>{_NUMBER})\s?-?(?P<times_a>{_SIZE})?"
    rf"|(?P<b>{_NUMBER})\s?-?(?P<times_b>{_SIZE})?\s?-?(?P<after>{_CODE})(?!\w))",
    re.IGNORECASE,
)
_BUDGET_CUE = re.compile(
    r"\b(?:budgets?|\w*budgets?|capex|opex|programmes?|programs?|projects?|portfolio|contracts?"
    r"|schemes?|rollout|roll-out|migration|implementation|transformation|replacement|refurbishment"
    r"|fit-?out|build|construction|upgrade|worth|value[ds]?|spend|investment|projekt\w*"
    r"|programm\w*|delivery of|delivered|volumen|wert)\b",
    re.IGNORECASE,
)
_NOT_A_BUDGET = re.compile(
    r"\b(?:sav(?:ed|ings?|es)|reduc\w+|cut\w*|revenues?|turnover|sales|profits?|ebitda|penalt\w+"
    r"|fines?|benefits?|annual income|raised|fundrais\w+|pipeline of|salary|overspend|underspend"
    r"|under budget|below budget|cost avoidance|recover\w+ of|einspar\w*|umsatz\w*|eingespart)\b",
    re.IGNORECASE,
)
_DELIVERS = re.compile(
    r"(?:delivered?|led|lead|managed?|directed?|ran|run|recovered|built|completed|oversaw|oversee)\b",
    re.IGNORECASE,
)
_WORD_NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            "one ein eine einem", "two zwei", "three drei", "four vier", "five fünf", "six sechs",
            "seven sieben", "eight acht", "nine neun", "ten zehn", "eleven elf", "twelve zwölf",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
            "twenty zwanzig",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_COUNT = rf"(?P<n>\d{{1,4}}|{'|'.join(sorted(_WORD_NUMBERS, key=len, reverse=True))})"
_UP_TO = r"(?:up to|over|more than|around|about|some|bis zu|rund|ca\.?)?\s*"
_PEOPLE = (
    r"(?:people|persons|staff|fte|ftes|colleagues|members|specialists|engineers|developers|analysts"
    r"|consultants|(?:project|programme|delivery|workstream)\s(?:managers?|leads?|officers?|staff)"
    r"|pms|direct reports|reports|employees|contractors|testers|designers|coordinators|planners"
    r"|mitarbeiter\w*|personen|leuten?|kolleg\w+|entwickler\w*|projektleiter\w*"
    r"|teilprojektleiter\w*)"
)
_TEAM = (
    re.compile(
        rf"\b(?:teams?|\w*team|crew|group|pool|function|department|office|staff|practice)"
        rf"(?:\s\w+){{0,2}}?\s(?:of|from|with|von|mit|aus)\s{_UP_TO}{_COUNT}\b(?!\s?(?:%|teams"
        rf"|years"
        rf"|months|countries|million|k\b|m\b))", re.IGNORECASE,
    ),
    re.compile(rf"\b{_COUNT}[\s-](?:person|people|strong|man|member|head|köpfig\w*)[\s-]*(?:\w+\s)?"
               rf"(?:\w*team|crew|group|office|function)", re.IGNORECASE),
    re.compile(rf"\b(?:led|lead|leading|managed?|managing|line[- ]managed?|supervis\w+"
               rf"|direct(?:ed|ing|s)?"
               rf"|coordinat\w+|mentor\w+|head(?:ed|ing)|coach\w+|führung von|leitung von"
               rf"|geführt)\s"
               rf"(?:and\s\w+\s)?(?:a\s|the\s"
               rf"|the work of\s)?{_UP_TO}{_COUNT}\s(?:[\w-]+\s){{0,3}}?{_PEOPLE}\b",
               re.IGNORECASE),
)  # fmt: skip
_IN_ALL = re.compile(
    rf"\b{_COUNT}\s(?:people|persons|staff|engineers)\s(?:in\s(?:all|total)|overall)\b",
    re.IGNORECASE,
)
_PROJECTS = re.compile(
    rf"\b{_COUNT}\s(?:[\w-]+\s){{0,3}}?(?:projects|initiatives|workstreams|programmes|programs"
    rf"|schemes"
    rf"|rollouts|roll-outs|implementations|projekten?|teilprojekten?)\b",
    re.IGNORECASE,
)
_COUNTRIES = re.compile(
    rf"\b{_COUNT}\s(?:[\w-]+\s){{0,2}}?(?:countries|ländern?|markets|pays|países)\b", re.IGNORECASE
)
_DURATION = re.compile(
    rf"\b{_COUNT}[\s-](?P<unit>months?|years?|monat\w*|jahr\w*|weeks?)[\s-]"
    rf"(?:(?:long|of|for)\s)?(?:[\w/-]+\s){{0,3}}?(?:\w*project\w*|programme|program|rollout"
    rf"|roll-out"
    rf"|transformation|migration|implementation|delivery|scheme|build|projekt\w*|programm\w*)\b",
    re.IGNORECASE,
)
# "over 22 months", where the line is about something delivered
_OVER = re.compile(
    rf"\b(?:(?:over|within|lasting)\s{_COUNT}[\s-](?P<unit>months?|years?)"
    rf"|in\s{_COUNT.replace('<n>', '<m>')}[\s-](?P<unit_in>months|monaten))\b",
    re.IGNORECASE,
)
_MOST = 200  # "2019 projects" is a year
_PER_UNIT = {"m": Decimal(1), "y": Decimal(12), "j": Decimal(12), "w": Decimal(12) / Decimal(52)}


def scale_of(proof: Proof, *, last: Month | None, current: bool) -> Iterator[Scale]:
    """Yield the sizes that one line of past work states.

    >>> [(s.kind.value, s.value) for s in scale_of(Proof("Led a team of 12 on a £2.5m project", ""),
    ...     last=None, current=True)]
    [('budget', Decimal('2500000')), ('team', Decimal('12'))]
    >>> list(scale_of(Proof("Saved £2m a year", ""), last=None, current=True))
    []
    """
    text = proof.text

    def scale(kind: ScaleKind, value: Decimal, words: str, currency: str | None = None) -> Scale:
        return Scale(kind, value, currency, words.strip(), proof, last, current)

    for match in _MONEY.finditer(text):
        if (value := _amount(match)) is not None and _is_budget(text, match):
            code = (match["before"] or match["after"]).lower()
            yield scale(ScaleKind.BUDGET, value, match[0], _CURRENCY[code])
    teams = [match for pattern in (*_TEAM, _IN_ALL) for match in pattern.finditer(text)]
    if teams:
        biggest = max(teams, key=lambda match: count_of(match["n"]))
        yield scale(ScaleKind.TEAM, Decimal(count_of(biggest["n"])), biggest[0])
    for kind, pattern in ((ScaleKind.PROJECTS, _PROJECTS), (ScaleKind.COUNTRIES, _COUNTRIES)):
        for match in pattern.finditer(text):
            if count_of(match["n"]) < _MOST:
                yield scale(kind, Decimal(count_of(match["n"])), match[0])
    over = _OVER.finditer(text) if _DELIVERS.match(text) else ()
    for match in (*_DURATION.finditer(text), *over):
        # Seven go-lives "in four years" are no project of four years; months mean one.
        named = match.groupdict()
        count, unit = named["n"] or named.get("m"), named["unit"] or named.get("unit_in")
        months = Decimal(count_of(count or "")) * _PER_UNIT[(unit or "m")[0].lower()]
        if months <= 240:
            yield scale(ScaleKind.DURATION, Decimal(round(months)), match[0])


def count_of(word: str) -> int:
    """Return the number that a figure or a number word stands for.

    >>> count_of("twelve"), count_of("12")
    (12, 12)
    """
    return int(word) if word.isdigit() else _WORD_NUMBERS[word.lower()]


def _amount(match: re.Match[str]) -> Decimal | None:
    figures = match["a"] or match["b"]
    times = (match["times_a"] or match["times_b"] or "").lower().rstrip(".")
    figures = figures.replace(" ", "").replace("'", "").replace("’", "")
    # The last separator is a decimal one unless three figures follow it and no size word does.
    whole, separator, part = figures, "", ""
    found = re.search(r"[.,](\d+)$", figures)
    if found and (len(found[1]) != 3 or times):
        whole, separator, part = figures[: found.start()], ".", found[1]
    whole = re.sub(r"\D", "", whole)
    if not whole:
        return None
    value = Decimal(f"{whole}{separator}{part}") * _TIMES.get(times, 1)
    if value == value.to_integral_value():
        value = value.to_integral_value()
    # Below this it is a fee or a rate; above, the size of an economy.
    return value if 5_000 <= value <= 10**11 else None


def _is_budget(text: str, money: re.Match[str]) -> bool:
    clause_start = max(text.rfind(mark, 0, money.start()) for mark in (";", ". ", ", saving"))
    before, after = text[max(0, clause_start) : money.start()], text[money.end() :]
    near_before = " ".join(before.split()[-6:])
    near_after = " ".join(re.split(r"[;,.]\s", after)[0].split()[:6])
    if _NOT_A_BUDGET.search(near_before) or _NOT_A_BUDGET.match(" ".join(after.split()[:2])):
        return False
    if re.match(r"\s*(?:turnover|revenue|retailer|bank|company|firm|a year in|per day|a day"
                r"|/day)\b",
                after):  # fmt: skip
        return False
    if _BUDGET_CUE.search(near_before) or _BUDGET_CUE.search(near_after):
        return True
    # "Delivered the resignalling of a branch line, £18m": nothing else the money could be.
    return bool(_DELIVERS.match(text)) and not _NOT_A_BUDGET.search(text)
