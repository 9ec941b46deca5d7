"""Commands about getting ads: sources, ingest, skipped."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmjobs.cli import options

if TYPE_CHECKING:
    from pmjobs.ingest import RunReport
    from pmjobs.posting import Board

sources_app = typer.Typer(
    name="sources", help="the boards that are read: sources.toml", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.add_typer(sources_app)
    app.command(epilog="example: pmjobs ingest --sources sources.toml --db ads.db")(ingest)
    app.command(epilog="example: pmjobs skipped --json")(skipped)


@sources_app.command("add", epilog="example: pmjobs sources add greenhouse:acme")
def add(
    board: Annotated[str, typer.Argument(help="source:token, or the address of a careers page")],
    sources: options.Sources = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help="mirror or region")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="a key of the source's own; repeatable"),
    ] = None,
) -> int:
    """add a board to sources.toml; what is behind a careers page is found out"""
    from pmjobs.cli.sourcing import add_to_file, look_behind
    from pmjobs.errors import SettingsError
    from pmjobs.sources import check_board
    from pmjobs.sources.addresses import board_of

    found = board_of(board, base_url=base_url)
    path = options.sources_file(sources)
    if found.board == board.strip() and found.source == "jsonld_page" and base_url is None:
        behind = look_behind(board, path)  # an address of no known system
        if behind is None:
            return 2
        found = behind
    stated = replace(found, options=(*found.options, *map(_setting, settings or ())))
    try:
        check_board(stated)
    except SettingsError as error:
        hint = f"here as --set NAME=VALUE, in {path.name} as a line of the [[board]]"
        raise SettingsError(f"{error}; {hint}") from None
    add_to_file(path, [stated])
    return 0


def _setting(text: str) -> tuple[str, str]:
    from pmjobs.errors import SettingsError

    name, sign, value = (part.strip() for part in text.partition("="))
    if not (name and sign and value):
        raise SettingsError(f"--set {text}: write NAME=VALUE, such as country=gb")
    return name, value


@sources_app.command("remove", epilog="example: pmjobs sources remove greenhouse:acme")
def remove(
    board: Annotated[str, typer.Argument(help="source:token, or the address of a careers page")],
    sources: options.Sources = None,
) -> int:
    """take a board out of sources.toml; its stored ads stay"""
    from pmjobs.settings import remove_board
    from pmjobs.sources.addresses import board_of

    path = options.sources_file(sources)
    found = board_of(board)
    remove_board(path, found)
    options.say(f"removed {found.key} from {path}")
    return 0


@sources_app.command("list", epilog="example: pmjobs sources list --json")
def list_boards(
    sources: options.Sources = None,
    available: Annotated[bool, typer.Option(help="the kinds of source there are")] = False,
    as_json: options.Json = False,
) -> int:
    """the boards that ingest reads"""
    from pmjobs.cli import show
    from pmjobs.settings import load_settings
    from pmjobs.sources import SOURCES

    rows: list[dict[str, str | None]]
    if available:
        rows = [{"source": name, "reads": reads} for name, reads in SOURCES.items()]
    else:
        boards = load_settings(options.sources_file(sources)).boards
        rows = [
            {"source": b.source, "board": b.board, "base_url": b.base_url, **_options_of(b)}
            for b in boards
        ]
    if as_json:
        options.print_json(rows)
    else:
        names = list(dict.fromkeys(name for row in rows for name in row))
        show.console().print(show.table(None, names, ([r.get(n) for n in names] for r in rows)))
    return 0


def _options_of(board: "Board") -> dict[str, str]:
    """A board's own keys; of a list of values all, as one search is made of each."""
    found: dict[str, str] = {}
    for name, value in board.options:
        found[name] = f"{found[name]}; {value}" if name in found else value
    return found


def ingest(
    sources: options.Sources = None,
    db: options.Db = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="BOARD", help="read only this board; repeatable")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="read unchanged ads anew, after a parser was mended")
    ] = False,
    believe_empty: Annotated[
        bool, typer.Option("--believe-empty", help="a board that shows no ads any more has none")
    ] = False,
    strict: Annotated[bool, typer.Option(help="exit 1 if an ad was skipped")] = False,
    as_json: options.Json = False,
) -> int:
    """read every board of sources.toml and keep what is new or changed"""
    from pmjobs.cli import show_run
    from pmjobs.cli.running import run_ingest
    from pmjobs.errors import BusyError, SettingsError
    from pmjobs.settings import load_settings

    path = options.sources_file(sources)
    settings = load_settings(path)
    boards = chosen(settings.boards, only, path)
    if not boards:
        raise SettingsError(f"{path}: no board to read; `pmjobs sources add URL` adds one")
    try:
        report = run_ingest(
            boards,
            settings.network,
            options.db_url(db),
            again=again,
            believe_empty=believe_empty,
        )
    except BusyError as busy:  # what a timer does when the last run is still at it: nothing
        options.say(f"pmjobs: {busy}")
        return 0
    if as_json:
        options.print_json(show_run.report_json(report))
    else:
        show_run.print_report(report)
    return exit_code(report, strict=strict)


def chosen(boards: "Sequence[Board]", only: Sequence[str] | None, path: Path) -> "list[Board]":
    """Return the boards that --only names, all without it, as sources.toml (`path`) has them.

    Raises SettingsError for a name that is not listed.
    """
    from pmjobs.errors import SettingsError

    for name in only or ():
        if not any(name in (board.key, board.board) for board in boards):
            listed = ", ".join(board.key for board in boards[:20]) or "no boards"
            more = f" and {len(boards) - 20} more" if len(boards) > 20 else ""
            raise SettingsError(f"--only {name}: not in {path}; listed are {listed}{more}")
    return [board for board in boards if not only or board.key in only or board.board in only]


def exit_code(report: "RunReport", *, strict: bool = False) -> int:
    """Return 0 all read, 1 some boards failed (or, if strict, ads were skipped), 2 none read."""
    failed = sum(1 for board in report.boards if board.failed)
    if failed and failed == len(report.boards):
        return 2
    return 1 if failed or (strict and any(b.skipped for b in report.boards)) else 0


def skipped(
    db: options.Db = None,
    as_json: options.Json = False,
) -> int:
    """what was left out, and why"""
    from pmjobs.cli import show

    with options.stored(db) as store:
        unread = list(store.skipped())
        outside = [s for s in store.postings() if s.estimate and not s.estimate.in_scope]
    rows = [
        {"ad": f"{s.source}:{s.source_id}", "title": None, "why": f"{s.field}: {s.problem}"}
        for s in unread
    ] + [
        {
            "ad": s.posting.key,
            "title": s.posting.title,
            "why": s.estimate.reason or s.estimate.family,
        }
        for s in outside
        if s.estimate
    ]
    if as_json:
        options.print_json(rows)
    else:
        names = ("ad", "title", "why")
        show.console().print(show.table(None, names, ([r[n] for n in names] for r in rows)))
        told = show.outside_words(outside)
        options.say(f"{len(unread)} could not be read" + (f"; kept: {told}" if told else ""))
    return 0
