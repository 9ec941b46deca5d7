"""Commands about you: profile init, import, check, show."""

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


@profile_app.command("init", epilog="example: pmjobs profile init me.toml")
def init(
    file: Annotated[
        Path | None, typer.Argument(help="where to write it", show_default="your profile.toml")
    ] = None,
) -> int:
    """write a commented profile to fill in"""
    from pmjobs.profile import init_profile

    path = options.profile_file(file)
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

    path = options.profile_file(file)
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

    profile = load_profile(options.profile_file(file))
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

    profile = load_profile(options.profile_file(file))
    if as_json:
        options.print_json(profile_as_json(profile))
    else:
        show.print_profile(profile)
    return 0
