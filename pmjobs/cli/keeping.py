"""Commands about what is stored: search, history, changes, status, prune, backup, doctor."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pmjobs.cli import options
from pmjobs.cli.spans import GAPS, LEVELS, age_of, between_of, span_of

if TYPE_CHECKING:
    from pmjobs.store import Change

Since = Annotated[str, typer.Option("--since", metavar="AGE", help="12h, 7d, 4w, or a date")]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(epilog='example: pmjobs search "programme manager nhs" --level 4..5 --gap -2..-1')(
        search
    )
    app.command(epilog="example: pmjobs history 12")(history)
    app.command(epilog="example: pmjobs changes --since 7d --json")(changes)
    app.command(epilog="example: pmjobs status --every 24h")(status)
    app.command(epilog="example: pmjobs prune --older 52w --dry-run")(prune)
    app.command(epilog="example: pmjobs backup ads-backup.db")(backup)
    app.command(epilog="example: pmjobs doctor")(doctor)
    app.command(epilog="example: pmjobs export ads.parquet")(export)
    app.command(epilog="example: pmjobs duplicates --undo 3")(duplicates)


def search(
    words: Annotated[
        str, typer.Argument(help='all must occur; "a phrase", -without; may be empty')
    ] = "",
    db: options.Db = None,
    level: Annotated[str | None, typer.Option(metavar="L", help="real level: 4, 4..5, 4..")] = None,
    gap: Annotated[
        str | None, typer.Option(metavar="G", help="real minus title: -1, -2..-1")
    ] = None,
    country: options.Country = None,
    since: Annotated[str | None, typer.Option(metavar="AGE", help="7d, 4w, or a date")] = None,
    remote: Annotated[bool, typer.Option("--remote", help="only work from home")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="closed ads too")] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="how many at most")] = 50,
    as_json: options.Json = False,
) -> int:
    """find stored ads by words and filters"""
    from pmjobs.cli import show

    with options.stored(db) as store:
        found = store.search(
            words,
            level=between_of(level, "--level", LEVELS),
            gap=between_of(gap, "--gap", GAPS),
            country=country,
            since=age_of(since, datetime.now(UTC)).date() if since else None,
            remote=remote,
            closed=closed,
            limit=limit,
        )
    if as_json:
        options.print_json([show.level_json(stored) for stored in found])
    else:
        show.console().print(show.levels_table(found, ordered=True))
        options.say(f"{len(found)} ads" + (" (there may be more: --limit)" * (len(found) == limit)))
    return 0


def history(
    posting: Annotated[str, typer.Argument(help="stored id, key or URL")],
    db: options.Db = None,
    as_json: options.Json = False,
) -> int:
    """what happened to one ad: seen, retitled, repaid, rewritten, closed"""
    from pmjobs.errors import StoreError

    with options.stored(db) as store:
        found = store.find(posting)
        if found is None:
            raise StoreError(f"{posting}: no such ad in the store; ids are in `pmjobs level`")
        happened = store.history(found.id)
    _print_changes(happened, as_json=as_json)
    return 0


def changes(db: options.Db = None, since: Since = "7d", as_json: options.Json = False) -> int:
    """what happened lately: new, closed, retitled, repaid, re-levelled (--json: a line each)"""

    with options.stored(db) as store:
        happened = store.changes(age_of(since, datetime.now(UTC)))
    _print_changes(happened, as_json=as_json)
    return 0


def status(
    db: options.Db = None,
    sources: options.Sources = None,
    every: Annotated[str, typer.Option(metavar="AGE", help="how often boards are read")] = "24h",
    as_json: options.Json = False,
) -> int:
    """how ingest fares: last run, freshness, failures; exit code 1 if somebody should look"""
    from pmjobs.cli import show
    from pmjobs.settings import load_settings
    from pmjobs.status import status as examine

    now = datetime.now(UTC)
    path = options.sources_file(sources)
    # Who only imports has no list, which is no mistake; a list that is named has to be there.
    boards = load_settings(path).boards if sources or path.exists() else ()
    interval = span_of(every, "--every")
    with options.stored(db) as store:
        found = examine(store, boards, now=now, every=interval)
    if as_json:
        options.print_json(asdict(found))
    else:
        rows = (
            (board.key, board.stored.n_open if board.stored else None, _age(board.age))
            + (board.failures, f"{board.next_due:%Y-%m-%d %H:%M}")
            for board in found.boards
        )
        columns = ("board", ">open ads", ">last answer", ">failures", "next due (UTC)")
        if boards:
            show.console().print(show.table(None, columns, rows))
        else:
            print(f"no boards are listed; open ads stored: {found.n_open}")
        for host in found.waiting:
            until = f"{host.retry_at:%Y-%m-%d %H:%M} UTC"
            print(f"{host.name}: {host.reason}; left alone until {until}")
        for problem in found.problems:
            print(problem)
    return 1 if found.problems else 0


def prune(
    older: Annotated[str, typer.Option(metavar="AGE", help="closed longer ago than this")],
    db: options.Db = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="count, remove nothing")] = False,
    as_json: options.Json = False,
) -> int:
    """remove ads that closed long ago, with their history; open and marked ads always stay"""

    with options.stored(db) as store:
        gone = store.prune(age_of(older, datetime.now(UTC)), dry_run=dry_run)
    if as_json:
        options.print_json(asdict(gone) | {"dry_run": dry_run})
    else:
        would = "would go" if dry_run else "removed"
        print(f"{gone.postings} ads and {gone.runs} runs {would}")
    return 0


def backup(
    target: Annotated[Path, typer.Argument(help="a file that does not exist yet")],
    db: options.Db = None,
) -> int:
    """copy the store to a file while it is in use"""

    with options.stored(db) as store:
        size = store.back_up(target)
    options.say(f"written: {target}, {size / 1e6:,.1f} MB")
    return 0


def export(
    target: Annotated[Path, typer.Argument(help="ends in .parquet, .csv, .jsonl or .xlsx")],
    db: options.Db = None,
    closed: Annotated[bool, typer.Option("--closed", help="closed ads too")] = False,
) -> int:
    """write the stored ads to a file for other programs"""
    from pmjobs.export import export as write

    with options.stored(db) as store:
        n_postings = write(store, target, closed=closed)
    options.say(f"written: {target}, {n_postings} ads")
    return 0


def duplicates(
    db: options.Db = None,
    undo: Annotated[
        int | None, typer.Option(metavar="LINK", help="take the two ads of a link apart for good")
    ] = None,
    as_json: options.Json = False,
) -> int:
    """ads that are one opening seen twice, or an agency's copy, and why"""
    from pmjobs.cli import show
    from pmjobs.duplicates import link_duplicates
    from pmjobs.errors import StoreError

    now = datetime.now(UTC)
    with options.stored(db) as store:
        if undo is not None:
            if not store.undo_link(undo, now):
                raise StoreError(f"{undo}: no such link; `pmjobs duplicates` lists them")
            options.say(f"link {undo} is undone and stays so")
            return 0
        link_duplicates(store, now=now)
        found = store.links()
        titles = {s.id: s.posting.title for s in store.postings(only_open=False)}
    if as_json:
        options.print_json([asdict(link) for link in found])
        return 0
    rows = (
        (kept.id, kept.link.kind, kept.link.first_id, kept.link.second_id)
        + (titles.get(kept.link.first_id), kept.link.reason)
        for kept in found
    )
    columns = (">link", "what", ">ad", ">and", "title", "why")
    show.console().print(show.table(None, columns, rows))
    return 0


def doctor(
    db: options.Db = None,
    sources: options.Sources = None,
    model: options.Model = None,
    as_json: options.Json = False,
) -> int:
    """look at everything pmjobs needs, and say what to do"""
    from pmjobs.cli import show
    from pmjobs.doctor import examine

    url = db or str(_default_db())
    checks = list(examine(url, options.sources_file(sources), options.model_folder(model)))
    if as_json:
        options.print_json([asdict(check) for check in checks])
    else:
        rows = ((check.name, "ok" if check.ok else "LOOK", check.words) for check in checks)
        show.console().print(show.table(None, ("what", "", "found"), rows))
    return 0 if all(check.ok for check in checks) else 1


def _default_db() -> Path:
    from pmjobs import places

    return places.default_db()  # looked at, not made


def _print_changes(happened: "list[Change]", *, as_json: bool) -> None:
    if as_json:
        options.print_json_lines(asdict(change) for change in happened)
        return
    from pmjobs.cli import show

    rows = (
        (f"{c.at:%Y-%m-%d %H:%M}", c.kind, c.posting_id, c.title, c.employer, _told(c))
        for c in happened
    )
    columns = ("when (UTC)", "what", ">id", "title", "employer", "from → to")
    show.console().print(show.table(None, columns, rows))


def _told(change: "Change") -> str | None:
    if change.old is None and change.new is None:
        return None
    ends: list[Any] = [" ".join((end or "-").split()) for end in (change.old, change.new)]
    return " → ".join(end if len(end) <= 48 else f"{end[:47]}…" for end in ends)


def _age(age: timedelta | None) -> str | None:
    if age is None:
        return None
    hours = age / timedelta(hours=1)
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} d"
