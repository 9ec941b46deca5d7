"""What a reader should know beside a level: pay that disagrees, several posts in one, contracts."""

import re

from pmjobs.domain.pay import pay_level
from pmjobs.domain.rubric import stand_apart
from pmjobs.domain.titles import posts_of
from pmjobs.ladder import Level
from pmjobs.parsing.nearby import stretches
from pmjobs.posting import EmploymentType, PayPeriod, Posting

# A post offered at several levels at once, by its title and by its text.
_RANGE_TITLE = re.compile(
    r"\b(?:l|level|grade|band) ?\d ?(?:/|-|–|to|or) ?(?:l|level|grade|band) ?\d\b"
    r"|\b(?:manager|coordinator|lead|director|officer|analyst) ?/ ?(?:senior|sr\.?|principal)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\b(?:at|hiring|recruiting|posts?|positions?|roles?|openings?) (?:\w+ ){0,3}?"
    r"(?:several|multiple|various|different) (?:grades|levels)\b(?! of)"
)
_CONTRACT = re.compile(
    r"\b(?:(?:month|fixed.term|initial|day rate|w2|c2c|corp.to.corp) contract|contract "
    r"(?:role|position|to hire|length|duration)|(?:in|out)side ir35|interim|freelance)\b"
)
_CONTRACT_SIGNS = ("contract", "ir35", "interim", "freelance")
_REACH = 60  # characters round a sign in which its phrase is looked for


def flags_of(
    posting: Posting, level: Level, claimed: Level | None, *, several: bool
) -> tuple[str, ...]:
    """Return the flags of an ad whose work is of `level` and whose title claims `claimed`.

    Pay two levels or more from the duties is "conflict" (levels.md, 3.1 S5): below them
    "under_graded"; above them a sign of scarcity, unless the title is as high, which makes it
    "over_titled" like any title that claims two levels more than the work. Pay without a period
    counts where it can only be a year's. "range": several posts in one ad, by its title or because
    its text offers `several` levels. "contract", "day_rate": temporary work, and such that is paid
    by the day.
    """
    salary = posting.base_salary
    paid = pay_level(salary, posting.country) if salary else None
    conflict = paid is not None and stand_apart(paid, level)
    told = f"{posting.title}\n{posting.description or ''}".lower()
    by_the_day = salary is not None and salary.period is PayPeriod.DAY
    contract = {EmploymentType.CONTRACTOR, EmploymentType.TEMPORARY} & set(posting.employment_type)
    found = {
        "conflict": conflict,
        "under_graded": conflict and paid is not None and paid < level,
        "over_titled": claimed is not None and claimed > level and stand_apart(claimed, level),
        "range": bool(posts_of(posting.title))
        or bool(_RANGE_TITLE.search(posting.title))
        or several,
        "contract": bool(contract) or by_the_day or _tells(told, _CONTRACT, _CONTRACT_SIGNS),
        "day_rate": by_the_day,
    }
    return tuple(name for name, there in found.items() if there)


def tells_of_range(lowered: str) -> bool:
    """Return whether a text in lower case offers posts at several levels.

    >>> tells_of_range("we are hiring at several levels"), tells_of_range("all levels of staff")
    (True, False)
    """
    return _tells(lowered, _RANGE, (" grades", " levels"))


def _tells(told: str, pattern: re.Pattern[str], signs: tuple[str, ...]) -> bool:
    """Whether `pattern` stands in `told` near one of `signs`, one of which it always holds."""
    return any(
        pattern.search(told, start, end) is not None
        for start, end in stretches(told, signs, _REACH)
    )
