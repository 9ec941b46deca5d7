"""Commands about where ads come from: check and browse boards, import saved files."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from pmjobs.cli import options
from pmjobs.cli.ingesting import chosen, sources_app

if TYPE_CHECKING:
    from pmjobs.check import BoardCheck
    from pmjobs.importing import FileReport
    from pmjobs.net import Client
    from pmjobs.posting import Board
    from pmjobs.starters import Starter

Answer = TypeVar("Answer")


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    sources_app.command("check", epilog="example: pmjobs sources check --json")(check)
    sources_app.command(
        "browse", epilog='example: pmjobs sources browse --words "pmo" --country GB'
    )(browse)
    app.command("import", epilog="example: pmjobs import saved.html alerts/*.eml jobs.csv")(import_)


def check(
    sources: options.Sources = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="BOARD", help="check only this board; repeatable")
    ] = None,
    as_json: options.Json = False,
) -> int:
    """ask each board: does it answer, does it allow us, how many project ads has it"""
    from pmjobs.check import check as examine
    from pmjobs.cli.progress import made
    from pmjobs.errors import SettingsError
    from pmjobs.settings import load_settings

    path = options.sources_file(sources)
    boards = chosen(load_settings(path).boards, only, path)
    if not boards:
        raise SettingsError(f"{path}: no board to check; `pmjobs sources add URL` adds one")
    with made() as progress:
        task = progress.add_task("boards", total=len(boards))
        found = _asking(
            path,
            lambda client: examine(boards, client, on_progress=lambda _: progress.advance(task)),
        )
    if as_json:
        options.print_json([_check_json(one) for one in found])
    else:
        _print_checks(found)
    failed = sum(not one.answers for one in found)
    return 2 if failed == len(found) else min(failed, 1)


def browse(
    sources: options.Sources = None,
    words: Annotated[
        str, typer.Option(metavar="TEXT", help="in the name or the titles' words; all must occur")
    ] = "",
    country: options.Countries = None,
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="N", help="add these to your list: 3 or 3,7-9; repeatable"),
    ] = None,
    as_json: options.Json = False,
) -> int:
    """boards known to publish project roles, to choose from; none is read until it is added"""
    from pmjobs import places
    from pmjobs.cli import show
    from pmjobs.starters import choose, load_starters

    starters = load_starters(places.shipped("data/boards.toml"))
    if add:
        numbers = numbers_of(add, most=len(starters))
        chosen = [starters[number - 1].board for number in numbers]
        add_to_file(options.sources_file(sources), chosen, present_is_fine=True)
        return 0
    found = choose(starters, words=words, countries=tuple(country or ()))
    if as_json:
        options.print_json([_starter_json(one) for one in found])
        return 0
    columns = (">N", "name", "source", "countries", "kinds of work", ">project titles", "seen")
    show.console().print(show.table(None, columns, map(_starter_row, found)))
    options.say(f"{len(found)} boards; add some: pmjobs sources browse --add N,N")
    return 0


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="pages, texts (.txt, .md), PDF, .docx, mails (.eml, .mbox), CSV, JSON, "
            "JSON lines, Parquet; or a folder of them"
        ),
    ],
    db: options.Db = None,
    as_json: options.Json = False,
) -> int:
    """take ads out of files you saved into the store; asks no host, closes no ad"""
    from pmjobs.cli.progress import bar
    from pmjobs.importing import import_files
    from pmjobs.store import Store

    with Store.open(options.db_url(db)) as store, bar("ads") as advance:
        reports = import_files(files, store, now=datetime.now(UTC), on_progress=advance)
    if as_json:
        options.print_json([_file_json(report) for report in reports])
    else:
        _print_import(reports)
    failed = sum(report.failure is not None for report in reports)
    if failed == len(reports):
        return 2
    return 1 if failed or any(report.skipped for report in reports) else 0


def look_behind(url: str, sources_file: Path) -> "Board | None":
    """Return the board behind a careers page, saying what it rests on.

    None where there are several: they are listed, and nothing is chosen. Raises FetchError if
    nothing is found or the page cannot be had.
    """
    from pmjobs.discover import advice, discover
    from pmjobs.errors import FetchError

    found = _asking(sources_file, lambda client: discover(url.strip(), client))
    if not found.candidates:
        raise FetchError(advice(found))
    for candidate in found.candidates:
        options.say(f"{candidate.board.key}: {candidate.why}")
    if found.board is None:
        options.say("several may be meant; add the right one:")
        for candidate in found.candidates:
            base = candidate.board.base_url
            extra = f" --base-url {base}" if base else ""
            print(f"pmjobs sources add {candidate.board.key}{extra}")
    return found.board


def add_to_file(path: Path, boards: "Sequence[Board]", *, present_is_fine: bool = False) -> None:
    """Add boards to the list, saying what was added and what else they need.

    Raises SettingsError for a board that is listed already, unless that is fine.
    """
    from pmjobs.settings import add_board, load_settings
    from pmjobs.sources import missing_keys, smartrecruiters

    path.parent.mkdir(parents=True, exist_ok=True)
    listed = {board.key for board in load_settings(path).boards} if path.exists() else set()
    for board in boards:
        if present_is_fine and board.key in listed:
            options.say(f"{board.key} is listed already")
            continue
        add_board(path, board)
        options.say(f"added {board.key} to {path}")
        if board.source == smartrecruiters.NAME and (off := smartrecruiters.why_off(board)):
            options.say(off)
        if needed := missing_keys(board):
            options.say(needed)
    options.say("next: pmjobs sources check, pmjobs ingest")


def numbers_of(texts: Sequence[str], *, most: int) -> list[int]:
    """Return the numbers that texts such as "3" and "3,7-9" name, each once, in their order.

    Raises SettingsError for anything else, and for numbers beyond `most`.

    >>> numbers_of(["3,7-9", "3"], most=9)
    [3, 7, 8, 9]
    """
    from pmjobs.errors import SettingsError

    numbers: dict[int, None] = {}
    for part in ",".join(texts).split(","):
        found = re.fullmatch(r"\s*(\d{1,6})(?:-(\d{1,6}))?\s*", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= most:
            raise SettingsError(f"--add {part.strip()}: write numbers of the list, 1 to {most}")
        numbers |= dict.fromkeys(range(first, last + 1))
    return list(numbers)


def _asking(path: Path, ask: "Callable[[Client], Awaitable[Answer]]") -> Answer:
    """Run `ask` with a client that behaves as the user's settings say."""
    import asyncio

    from pmjobs import places
    from pmjobs.net import Client
    from pmjobs.settings import Settings, load_settings

    network = (load_settings(path) if path.exists() else Settings()).network
    cache = places.http_cache()
    cache.parent.mkdir(parents=True, exist_ok=True)

    async def run() -> Answer:
        async with Client(network, cache=cache) as client:
            return await ask(client)

    return asyncio.run(run())


def _print_checks(found: "Sequence[BoardCheck]") -> None:
    from rich.text import Text

    from pmjobs.cli import show
    from pmjobs.cli.show_run import of_board

    out = show.console()
    words = {True: "yes", False: "no", None: "-"}
    rows = [
        (one.board.key, words[one.answers], words[one.allowed], one.n_ads, one.n_project_ads)
        for one in found
    ]
    columns = ("board", "answers", "allows us", ">ads", ">project ads")
    out.print(show.table(None, columns, rows))
    for one in found:
        if one.problem:
            out.print(Text(f"  {of_board(one.board, one.problem)}", style="red"))


def _check_json(one: "BoardCheck") -> dict[str, Any]:
    return {"board": one.board.key} | {k: v for k, v in asdict(one).items() if k != "board"}


def _starter_row(one: "Starter") -> tuple[Any, ...]:
    countries = ", ".join(one.countries[:4]) + (", …" if len(one.countries) > 4 else "")
    kinds = ", ".join(one.kinds[:2])
    seen = f"{one.seen:%Y-%m}" if one.seen else None
    return (one.number, one.name, one.board.source, countries, kinds, one.project_titles, seen)


def _starter_json(one: "Starter") -> dict[str, Any]:
    board = {"source": one.board.source, "board": one.board.board, "base_url": one.board.base_url}
    return asdict(one) | board | {"options": [list(option) for option in one.board.options]}


def _print_import(reports: "Sequence[FileReport]") -> None:
    from rich.text import Text

    from pmjobs.cli import show

    out = show.console()
    rows: list[Sequence[Any]] = []
    for one in reports:
        counts = ("failed", "", "", "") if one.failure else _counts(one)
        rows.append((one.path.name, one.kind, *counts))
    out.print(
        show.table(None, ("file", "kind", ">new", ">changed", ">unchanged", ">skipped"), rows)
    )
    for one in reports:
        for left_out in one.skipped[:8]:
            said = f"  {left_out.source_id}: {left_out.field}: {left_out.problem}"
            out.print(Text(said, style="yellow"))
        if len(one.skipped) > 8:
            out.print(Text(f"  … and {len(one.skipped) - 8} more: pmjobs skipped", style="yellow"))
        if one.failure:
            out.print(Text(f"  {one.failure}", style="red"))
    if any(one.n_read for one in reports):
        options.say("next: pmjobs level")


def _counts(one: "FileReport") -> tuple[int, int, int, int]:
    return one.new, one.changed, one.unchanged, len(one.skipped)


def _file_json(one: "FileReport") -> dict[str, Any]:
    skipped = [f"{s.source_id}: {s.field}: {s.problem}" for s in one.skipped]
    return asdict(one) | {
        "path": str(one.path),
        "skipped": len(skipped),
        "skipped_ads": skipped,
        "failed": one.failure,
    }
