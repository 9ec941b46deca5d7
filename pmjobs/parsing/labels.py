"""What a text states in lines with a label: "Company: Weir Ltd", "**Location:** Leeds, UK".

Only the lines at the top count, since further down "Location:" may begin a paragraph. A label
without a short value beside it, or on the line below it, states nothing; nor do two values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_LINES = 40  # that are not blank, from the top
MOST_WORDS = 10  # of a value; a longer one is prose

_LABELS = {
    "title": r"job title|position title|title|vacancy|position|role|post",
    "employer": r"company(?: name)?|employer|hiring (?:company|organi[sz]ation)"
    r"|organi[sz]ation name",
    "location": r"(?:job |work )?locations?|place of work|workplace|based in",
}
_LINE = re.compile(
    r"[\s>#*_|•·–-]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")[*_ ]*:[*_]*(?P<value>.*)",
    re.IGNORECASE,
)
_SIGNS = " \t>#*_|•·–-"
_SAYS_NOTHING = re.compile(
    r"(?:confidential|undisclosed|n/?a|tb[acd]|our client|see below|various)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The values of the labels at the top of a text; None where there is none, or several."""

    title: str | None = None
    employer: str | None = None
    location: str | None = None


def labelled(text: str) -> Labelled:
    """Return what labels at the top of `text` state.

    >>> labelled("PMO Lead\\nCompany: Weir Ltd\\n**Location:** Leeds, UK\\nYou plan.")
    Labelled(title=None, employer='Weir Ltd', location='Leeds, UK')
    >>> labelled("Location: you will travel to each of our sites, most of them in the north.")
    Labelled(title=None, employer=None, location=None)
    """
    found: dict[str, set[str]] = {}
    for name, value in _stated(text):
        found.setdefault(name, set()).add(value)
    return Labelled(**{name: values.pop() for name, values in found.items() if len(values) == 1})


def _stated(text: str) -> Iterator[tuple[str, str]]:
    lines = [line for line in text.split("\n") if line.strip()][:MOST_LINES]
    for line, below in zip(lines, [*lines[1:], ""], strict=False):
        if (label := _LINE.match(line[:300])) is None:
            continue
        value = label["value"].strip(_SIGNS) or ("" if ":" in below else below.strip(_SIGNS))
        is_prose = len(value.split()) > MOST_WORDS or value.endswith((".", "!", "?"))
        if value and not is_prose and not _SAYS_NOTHING.match(value):
            yield next(name for name in _LABELS if label[name]), value
