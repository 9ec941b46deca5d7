"""Options that several commands share, and the files behind their defaults."""

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pmjobs import places
from pmjobs.errors import PmjobsError

if TYPE_CHECKING:
    from pmjobs.store import Store

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="store: a file, or postgresql://...",
        show_default="your data folder",
    ),
]
Sources = Annotated[
    Path | None,
    typer.Option(
        "--sources", metavar="FILE", help="list of boards", show_default="your sources.toml"
    ),
]
ProfileFile = Annotated[
    Path | None,
    typer.Option(
        "--profile", metavar="FILE", help="your profile", show_default="your profile.toml"
    ),
]
Model = Annotated[
    Path | None,
    typer.Option("--model", metavar="FOLDER", help="trained model", show_default="the shipped one"),
]


class Mark(StrEnum):
    """What you can say of an ad; `pmjobs.store.MarkKind` without a database behind it."""

    APPLIED = "applied"
    NOT_FOR_ME = "not-for-me"
    INTERESTING = "interesting"
    NONE = "none"


Marked = Annotated[
    list[Mark] | None,
    typer.Option("--marked", metavar="MARK", help="only ads you marked so: interesting, applied"),
]
Markdown = Annotated[
    Path | None, typer.Option("--markdown", metavar="FILE", help="write it as Markdown")
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="write it as one HTML page")
]


def country_of(name: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of what a person writes for a country.

    >>> country_of("England"), country_of("gb"), country_of("UK")
    ('GB', 'GB', 'GB')

    Raises PmjobsError for anything else.
    """
    from pmjobs.parsing.location import check_country

    try:
        return check_country(name)
    except PmjobsError as error:
        raise PmjobsError(f"--country {name}: {error}") from None


_COUNTRY = typer.Option("--country", metavar="CC", parser=country_of, help="GB, or a name: England")
Country = Annotated[str | None, _COUNTRY]
Countries = Annotated[list[str] | None, _COUNTRY]
Json = Annotated[bool, typer.Option("--json", help="print JSON instead of a table")]


def db_url(given: str | None) -> str:
    """Return the store to use, making the user's folder if it is the default."""
    if given:
        return given
    path = places.default_db()
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)


def stored(given: str | None) -> "Store":
    """Open the store that --db names, else the user's own, for a command that makes none.

    Before the first run the user's own is empty; what to do first is said. Raises StoreError if
    --db names none.
    """
    from pmjobs.store import Store

    if given:
        return Store.open(given, new=False)
    path = places.default_db()
    if path.exists():
        return Store.open(path)
    say("no ads are stored yet; first: pmjobs sources add URL, then pmjobs ingest")
    return Store.open("sqlite://")


def sources_file(given: Path | None) -> Path:
    """Return the sources.toml to use."""
    return given or places.default_sources()


def profile_file(given: Path | None) -> Path:
    """Return the profile to use."""
    return given or places.default_profile()


def model_folder(given: Path | None) -> Path:
    """Return the trained model to use."""
    return given or places.shipped("models/level")


def print_json(value: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_json_lines(values: Iterable[Any]) -> None:
    """Print one JSON document a line."""
    for value in values:
        print(json.dumps(value, ensure_ascii=False, default=str))


def say(message: str) -> None:
    """Tell the person something that is not the result: it goes to stderr."""
    print(message, file=sys.stderr)
