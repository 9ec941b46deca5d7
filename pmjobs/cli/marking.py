"""Commands about what you said of ads, and what is new: mark, marks, digest."""

import re
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmjobs.cli import options
from pmjobs.cli.spans import age_of
from pmjobs.errors import PmjobsError

if TYPE_CHECKING:
    from pmjobs.compare.document import Document


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(epilog='example: pmjobs mark 12 not-for-me --why "no line management"')(mark)
    app.command(epilog="example: pmjobs marks --history")(marks)
    app.command(epilog="example: pmjobs digest --since last --html digest.html")(digest)


def mark(
    posting: Annotated[str, typer.Argument(help="stored id, key or URL")],
    what: Annotated[options.Mark, typer.Argument(help="none takes a mark back")],
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="a word to yourself")] = None,
    db: options.Db = None,
) -> int:
    """say what you think of an ad; kept for ever, used by compare and digest"""
    from pmjobs.cli import show
    from pmjobs.errors import StoreError
    from pmjobs.store import MarkKind

    with options.stored(db) as store:
        found = store.find(posting)
        if found is None:
            raise StoreError(f"{posting}: no such ad in the store; ids are in `pmjobs compare`")
        store.save_mark(found.id, MarkKind(what), datetime.now(UTC), why=why)
    options.say(f"{found.id}, {show.printable(found.posting.title)}: {what}")
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

    with options.stored(db) as store:
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


def digest(
    since: Annotated[
        str, typer.Option(metavar="AGE", help="last: since the last such digest; 7d, or a date")
    ] = "last",
    profile: options.ProfileFile = None,
    db: options.Db = None,
    model: options.Model = None,
    least: Annotated[
        float, typer.Option(metavar="SCORE", min=0, max=100, help="lowest score to tell of")
    ] = 50,
    most: Annotated[int, typer.Option(metavar="N", min=1, help="how many ads at most")] = 15,
    markdown: options.Markdown = None,
    html: options.Html = None,
    eml: Annotated[
        Path | None, typer.Option(metavar="FILE", help="write it as a mail; nothing is sent")
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="whom the mail is to; a draft without")
    ] = None,
    as_json: options.Json = False,
) -> int:
    """new and changed ads that fit you; silent when there are none"""
    from pmjobs.cli.documents import put_out
    from pmjobs.cli.ranked import read_profile
    from pmjobs.compare import comparison_as_json
    from pmjobs.digest import make_digest, told
    from pmjobs.level.artefact import load_model

    if to is not None and not re.fullmatch(r"[^\s@<>,;:]+@[^\s@<>,;:]+", to):
        raise PmjobsError(f"--to {to.strip()}: no mail address; write name@example.org")
    now = datetime.now(UTC)
    start = None if since == "last" else age_of(since, now)
    me, trained = read_profile(profile), load_model(options.model_folder(model))
    with options.stored(db) as store:
        found = make_digest(store, me, trained, since=start, now=now, least=least, most=most)
        document = found.document()
        if document is not None:
            if eml is not None:
                _write_mail(eml, document, to, now)
            if as_json:
                options.print_json_lines(
                    comparison_as_json(one.comparison)
                    | {"happened": one.happened, "mark": one.mark}
                    for one in found.news
                )
            elif markdown or html or eml is None:
                put_out(document, markdown=markdown, html=html)
        if start is None:  # only now that it is out; a look back with an age moves nothing
            sys.stdout.flush()
            told(store, found)
    return 0


def _write_mail(path: Path, document: "Document", to: str | None, now: datetime) -> None:
    from pmjobs.cli.documents import write
    from pmjobs.compare.digest import as_mail

    write(path, as_mail(document, to=to, now=now).decode("utf-8"))
