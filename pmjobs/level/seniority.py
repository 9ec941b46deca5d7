"""How senior a title sounds, from its words alone, project work or not.

A weak teacher (`pmjobs.level.background`), and the rank of the role that a post reports to. The
title of the ad being estimated is never read.
"""

import re
from functools import cache
from typing import Any

from pmjobs.domain import read_table


def sounding_level(title: str) -> float:
    """Return how senior a title sounds, 1 to 7, whatever the work.

    >>> sounding_level("Vice President, Sales")
    6.3
    """
    lowered = title.lower()
    default, words = _words()
    return next((value for pattern, value in words if pattern.search(lowered)), default)


@cache
def _words() -> tuple[float, tuple[tuple[re.Pattern[str], float], ...]]:
    table: dict[str, Any] = read_table("seniority")
    words = tuple((re.compile(row["pattern"]), float(row["value"])) for row in table["word"])
    return float(table["default"]), words
