"""Commands about what you said of ads, and what is new: mark, marks, digest."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from pmjobs.cli import options


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(epilog='example: pmjobs mark 12 not-for-me --why "no line management"')(mark)
    app.command(epilog="example: pmjobs marks --history")(marks)


def mark(
    posting: Annotated[str, typer.Argument(help="stored id, key or URL")],
    what: Annotated[options.Mark, typer.Argument(help="none takes a mark back")],
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="a word to yourself")] = None,
    db: options.Db = None,
) -> int:
    """say what you think of an ad; kept for ever, used by compare and digest"""
    from pmjobs.errors import StoreError
    from pmjobs.store import MarkKind, Store

    with Store.open(options.db_url(db)) as store:
        found = store.find(posting)
        if found is None:
            raise StoreError(f"{posting}: no such ad in the store; ids are in `pmjobs compare`")
        store.save_mark(found.id, MarkKind(what), datetime.now(UTC), why=why)
    options.say(f"{found.id}, {found.posting.title}: {what}")
    return 0


def marks(
    posting: Annotated[str | None, typer.Argument(help="one ad only: id, key or URL")] = None,
    history: Annotated[
        bool, typer.Option("--history", help="all marks ever made, not only what counts now")
    ] = False,
    db: options.Db = None,
    as_json: options.Json = False,
) -> int:
    """the ads you marked, and why"""
    from pmjobs.cli import show
    from pmjobs.errors import StoreError
    from pmjobs.store import Store

    with Store.open(options.db_url(db)) as store:
        found = store.find(posting) if posting is not None else None
        if posting is not None and found is None:
            raise StoreError(f"{posting}: no such ad in the store; ids are in `pmjobs compare`")
        made = store.marks(history=history, posting_id=found.id if found else None)
    if as_json:
        options.print_json([asdict(one) for one in made])
        return 0
    rows = (
        (one.posting_id, one.kind, f"{one.marked_at:%Y-%m-%d}", one.title, one.employer, one.why)
        for one in made
    )
    columns = (">id", "mark", "when", "title", "employer", "why")
    show.console().print(show.table(None, columns, rows))
    return 0
