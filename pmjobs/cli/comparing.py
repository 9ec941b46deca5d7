"""Commands that set ads beside you: compare, plan."""

import json
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmjobs.cli import options
from pmjobs.cli.spans import LEVELS, between_of, share_of
from pmjobs.domain.moves import Move, Step

if TYPE_CHECKING:
    from pmjobs.cli.ranked import Ranked
    from pmjobs.compare import Comparison
    from pmjobs.compare.choosing import Choice

Input = Annotated[
    Path | None, typer.Option(metavar="FILE", help="ads, one JSON object a line; - for stdin")
]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(epilog="example: pmjobs compare --move up --country GB --top 10 --details 1")(
        compare
    )
    app.command(epilog="example: pmjobs plan --top 20 --markdown plan.md")(plan)


def compare(
    posts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="POST",
            help="make the case for these: a file (text, HTML, PDF, DOCX), stored id, URL, -",
        ),
    ] = None,
    profile: options.ProfileFile = None,
    db: options.Db = None,
    model: options.Model = None,
    input: Input = None,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="answers, one JSON object a line, best first"),
    ] = None,
    move: Annotated[list[Move] | None, typer.Option(help="only this move; repeatable")] = None,
    step: Annotated[list[Step] | None, typer.Option(help="only this kind; repeatable")] = None,
    level: Annotated[str | None, typer.Option(metavar="L", help="real level: 4, 4..5, 4..")] = None,
    country: options.Country = None,
    remote: Annotated[bool, typer.Option("--remote", help="only work from home")] = False,
    pay: Annotated[
        str | None, typer.Option(metavar="GAIN", help="at least so much more than now: 10%")
    ] = None,
    shows: Annotated[
        list[str] | None,
        typer.Option(metavar="WISH", help="the ad shows it: line_management; repeatable"),
    ] = None,
    marked: options.Marked = None,
    top: Annotated[int, typer.Option(metavar="N", min=0, help="how many to show")] = 20,
    details: Annotated[int, typer.Option(metavar="N", min=0, help="how many in full")] = 0,
    left_out: Annotated[
        bool, typer.Option("--left-out", help="list the ads left out, each with the reason")
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="POST is at your own employer")
    ] = False,
    markdown: options.Markdown = None,
    html: options.Html = None,
    as_json: options.Json = False,
) -> int:
    """rank ads for you: which move, real step or not, gaps; or make the case for one post"""
    if posts:
        return _cases(posts, profile, db, model, internal, markdown, html, as_json=as_json)
    if internal or markdown or html:
        raise typer.BadParameter("--internal, --markdown and --html need a POST")

    from pmjobs.cli.ranked import ranked
    from pmjobs.compare.choosing import Filters, choose

    filters = Filters(
        moves=move or (),
        steps=step or (),
        level=between_of(level, "--level", LEVELS) or (None, None),
        country=country,
        remote=remote,
        gain=share_of(pay, "--pay"),
        shows=shows or (),
        marked=marked or (),
    )
    every = ranked(profile, db=db, model=model, source=input)
    choice = choose(every.found, filters, marks=every.marks)
    if output is not None or as_json:
        _write_lines(choice, every, output)
    else:
        from pmjobs.cli import show_comparison as show

        show.print_ranking(
            choice,
            every.profile,
            top=top,
            details=details,
            ids=every.ids,
            marks=every.marks,
            left_out=left_out,
        )
    return 1 if every.failed else 0


def plan(
    profile: options.ProfileFile = None,
    db: options.Db = None,
    model: options.Model = None,
    input: Input = None,
    top: Annotated[int, typer.Option(metavar="N", min=1, help="over the N best that fit")] = 20,
    ids: Annotated[
        str | None, typer.Option(metavar="ID,ID", help="over these stored ads instead: 3,12,40")
    ] = None,
    marked: options.Marked = None,
    markdown: options.Markdown = None,
    html: options.Html = None,
    as_json: options.Json = False,
) -> int:
    """what to work on, over the ads you want: gaps, stories to tell, what the market asks"""
    from dataclasses import asdict

    from pmjobs.cli.documents import put_out
    from pmjobs.cli.ranked import ranked
    from pmjobs.compare.choosing import Filters, choose
    from pmjobs.compare.plan import make_plan, wanted_of
    from pmjobs.compare.plan_pages import plan_document

    every = ranked(profile, db=db, model=model, source=input)
    if ids is not None:
        wanted = _named(ids, every)
    else:
        choice = choose(every.found, Filters(marked=marked or ()), marks=every.marks)
        wanted = wanted_of(choice.chosen, top=top)
    made = make_plan(wanted, every.profile, today=date.today())
    if as_json:
        options.print_json(asdict(made))
    else:
        put_out(plan_document(made), markdown=markdown, html=html)
    return 1 if every.failed else 0


def _named(ids: str, every: "Ranked") -> "list[Comparison]":
    """The comparisons of stored ids or keys, in the order of the ranking."""
    from pmjobs.errors import PmjobsError

    wanted = [word.strip() for word in ids.split(",") if word.strip()]
    names = {
        one.key: {one.key, one.posting.source_id, str(every.ids.get(one.key))}
        for one in every.found
    }
    for word in wanted:
        if not any(word in theirs for theirs in names.values()):
            raise PmjobsError(f"--ids {word}: no such open, levelled ad; ids are in `pmjobs level`")
    return [one for one in every.found if names[one.key] & set(wanted)]


def _write_lines(choice: "Choice", every: "Ranked", output: Path | None) -> None:
    """Write every ad: those chosen, then those left out with the reasons, then what is no ad."""
    from pmjobs.cli.files import writing
    from pmjobs.compare import comparison_as_json

    with writing(output) as out:
        fit = ((one, None) for one in choice.chosen)
        for one, reasons in chain(fit, ((left.comparison, left.reasons) for left in choice.left)):
            told = comparison_as_json(one) | {"mark": every.marks.get(one.key)}
            told |= {"stored_id": every.ids.get(one.key), "left_out": reasons}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
        for line in every.failed:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _cases(
    posts: Sequence[str],
    profile: Path | None,
    db: str | None,
    model: Path | None,
    internal: bool,
    markdown: Path | None,
    html: Path | None,
    *,
    as_json: bool,
) -> int:
    from dataclasses import replace

    from pmjobs.cli.documents import put_out
    from pmjobs.cli.posting_ref import levelled_posting
    from pmjobs.cli.ranked import read_profile
    from pmjobs.compare import compare as compare_one
    from pmjobs.compare import comparison_as_json
    from pmjobs.compare.case import case_document, together

    me = read_profile(profile)
    found = []
    for ref in posts:
        posting, estimate = levelled_posting(ref, db=db, model=options.model_folder(model))
        if internal:
            posting = replace(posting, employer=me.employer)
        found.append(compare_one(posting, estimate, me, today=date.today()))
    if as_json:
        options.print_json_lines(
            comparison_as_json(one) | {"id": _name(ref, one.key)}
            for ref, one in zip(posts, found, strict=True)
        )
    else:
        put_out(together([case_document(one, me) for one in found]), markdown=markdown, html=html)
    return 0


def _name(ref: str, key: str) -> str:
    """Return what finds the ad again: a file or link as given, else a stored ad's key."""
    given = ref == "-" or ref.startswith(("http://", "https://")) or Path(ref).is_file()
    return ref if given else key
