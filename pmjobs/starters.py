"""Boards to start from: a list that comes with pmjobs, of which none is read until it is added."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pmjobs.errors import SettingsError
from pmjobs.posting import Board


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """One board of the list, and what was seen on it."""

    number: int  # its place in the list, from 1; what a person chooses it by
    name: str  # the employer, or what a search looks for
    board: Board
    countries: tuple[str, ...]  # ISO 3166-1 alpha-2; empty: not known, or anywhere
    kinds: tuple[str, ...]  # the commonest project words of its titles, in small letters
    project_titles: int | None  # titles that could be project work; None: a search, not counted
    seen: date | None  # on that day


def load_starters(path: Path) -> tuple[Starter, ...]:
    """Return the boards in `path` (`places.shipped("data/boards.toml")`), in its order.

    Raises SettingsError if it cannot be read.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["board"]
        return tuple(_starter(number, row) for number, row in enumerate(rows, 1))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: no list of boards ({error}); reinstall pmjobs") from None


def choose(
    starters: tuple[Starter, ...], *, words: str = "", countries: tuple[str, ...] = ()
) -> list[Starter]:
    """Return the boards on which all `words` stand, in one of the `countries` if any are given.

    Words are looked for in the employer's name, the board's, its source's and its titles' kinds;
    a board whose countries are not known is left out where some are asked for.
    """
    wanted = words.lower().split()
    codes = {code.upper() for code in countries}
    return [
        one
        for one in starters
        if all(word in _words(one) for word in wanted) and (not codes or codes & set(one.countries))
    ]


def _words(one: Starter) -> str:
    return f"{one.name} {one.board.key} {' '.join(one.kinds)}".lower()


def _starter(number: int, row: dict[str, Any]) -> Starter:
    options = tuple(
        (name, text)
        for name, value in row.get("options", {}).items()
        for text in ([value] if isinstance(value, str) else value)
    )
    return Starter(
        number=number,
        name=row["name"],
        board=Board(row["source"], row["board"], row.get("base_url"), options),
        countries=tuple(row["countries"]),
        kinds=tuple(row["kinds"]),
        project_titles=row.get("project_titles"),
        seen=row.get("seen"),
    )
