"""Commands about you: profile, compare."""

from pathlib import Path
from typing import Annotated

import typer

from pmjobs.cli import options

profile_app = typer.Typer(
    name="profile",
    help="your own level, skills and wishes; never leaves this machine",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.add_typer(profile_app)
    app.command(epilog="example: pmjobs compare --profile me.toml --top 10")(compare)


def profile_path(given: Path | None) -> Path:
    """Return the profile to use."""
    from pmjobs import places

    return given or places.default_profile()


@profile_app.command("init", epilog="example: pmjobs profile init me.toml")
def init(
    file: Annotated[
        Path | None, typer.Argument(help="where to write it", show_default="your profile.toml")
    ] = None,
) -> int:
    """write a commented profile to fill in"""
    from pmjobs.profile import init_profile

    path = profile_path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    init_profile(path)
    options.say(f"written: {path}; fill it in, then: pmjobs profile check")
    return 0


@profile_app.command("import", epilog="example: pmjobs profile import cv.pdf me.toml")
def import_resume(
    resume: Annotated[
        Path, typer.Argument(help="PDF, DOCX, Markdown, text, JSON Resume or LinkedIn's ZIP")
    ],
    file: Annotated[
        Path | None, typer.Argument(help="where to write it", show_default="your profile.toml")
    ] = None,
) -> int:
    """propose a profile from a résumé: every line to be confirmed by you"""
    from pmjobs.profile import save_new
    from pmjobs.resume import propose_profile, read_resume

    path = profile_path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_new(path, propose_profile(read_resume(resume)))
    options.say(f"written: {path}; confirm its proposals, then: pmjobs profile check")
    return 0


@profile_app.command("check", epilog="example: pmjobs profile check me.toml")
def check(
    file: Annotated[
        Path | None, typer.Argument(help="the profile", show_default="your profile.toml")
    ] = None,
) -> int:
    """is the profile readable, and what would make it more useful"""
    from pmjobs.profile import gaps_in, load_profile

    profile = load_profile(profile_path(file))
    missing = gaps_in(profile)
    for line in missing:
        print(line)
    if not missing:
        print("complete")
    return 0


@profile_app.command("show", epilog="example: pmjobs profile show me.toml --json")
def show_profile(
    file: Annotated[
        Path | None, typer.Argument(help="the profile", show_default="your profile.toml")
    ] = None,
    as_json: options.Json = False,
) -> int:
    """what pmjobs understood of the profile"""
    from pmjobs.cli import show_comparison as show
    from pmjobs.profile import load_profile, profile_as_json

    profile = load_profile(profile_path(file))
    if as_json:
        options.print_json(profile_as_json(profile))
    else:
        show.print_profile(profile)
    return 0


def compare(
    profile: options.ProfileFile = None,
    db: options.Db = None,
    model: options.Model = None,
    input: Annotated[
        Path | None, typer.Option(metavar="FILE", help="ads, one JSON object a line; - for stdin")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="answers, one JSON object a line, best first"),
    ] = None,
    top: Annotated[int, typer.Option(metavar="N", help="how many to show")] = 20,
    details: Annotated[int, typer.Option(metavar="N", help="how many to show in full")] = 0,
    as_json: options.Json = False,
) -> int:
    """rank ads for you: which move, real step or not, gaps"""
    from datetime import date

    from pmjobs.cli import show_comparison as show
    from pmjobs.compare import comparison_as_json, rank
    from pmjobs.resume.any_profile import load_any_profile

    me, proposed = load_any_profile(profile_path(profile))
    if proposed:
        options.say("a résumé: its ratings are proposals; confirm them: pmjobs profile import")
    pairs, failed = _pairs(input, db, options.model_folder(model))
    found = rank(pairs, me, today=date.today())
    if output is not None or as_json:
        from pmjobs.cli.files import writing

        with writing(output) as out:
            import json

            for comparison in found:
                out.write(json.dumps(comparison_as_json(comparison), ensure_ascii=False) + "\n")
            for line in failed:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        show.print_ranking(found, me, top=top, details=details)
    return 1 if failed else 0


def _pairs(source: Path | None, db: str | None, model: Path):  # type: ignore[no-untyped-def]
    """Return (posting, estimate) pairs of a file or of the store, and the lines that failed."""
    if source is None:
        from pmjobs.errors import StoreError
        from pmjobs.store import Store

        with Store.open(options.db_url(db)) as store:
            stored = [(s.posting, s.estimate) for s in store.postings() if s.estimate]
        if not stored:
            raise StoreError(
                "the store has no levelled ads; run `pmjobs ingest`, then `pmjobs level`"
            )
        return stored, []
    from pmjobs.cli.files import reading
    from pmjobs.cli.progress import bar
    from pmjobs.errors import ParseError
    from pmjobs.estimate import estimate_posting
    from pmjobs.level.artefact import load_model
    from pmjobs.parsing.ad_lines import read_ad_lines

    trained, pairs, failed = load_model(model), [], []
    with reading(source) as lines, bar("levelling") as advance:
        for ad in read_ad_lines(lines):
            if isinstance(ad, ParseError):
                failed.append({"id": ad.source_id, "error": f"{ad.field}: {ad.problem}"})
            else:
                pairs.append((ad, estimate_posting(ad, trained)))
            advance(1)
    return pairs, failed
