"""Commands that run ingest now and then: schedule install, show, remove."""

import random
import sys
from pathlib import Path
from typing import Annotated

import typer

from pmjobs import schedule
from pmjobs.cli import options

schedule_app = typer.Typer(
    name="schedule",
    help="read the boards now and then, by the system's own timer",
    no_args_is_help=True,
)
Every = Annotated[str, typer.Option(metavar="AGE", help="1h to 24h, or 1w")]
Kind = Annotated[
    schedule.Kind | None,
    typer.Option(help="the scheduler to use", show_default="this system's"),
]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.add_typer(schedule_app)


@schedule_app.command("install", epilog="example: pmjobs schedule install --every 12h")
def install(
    every: Every = "24h", kind: Kind = None, sources: options.Sources = None, db: options.Db = None
) -> int:
    """set the timer up (launchd, Task Scheduler: say how)"""
    print(schedule.install(_plan(every, kind, sources, db)))
    return 0


@schedule_app.command("show", epilog="example: pmjobs schedule show")
def show(every: Every = "24h", kind: Kind = None) -> int:
    """the timer as it stands; exit code 1 if there is none"""
    plans = [_plan(every, one, None, None) for one in _kinds(kind)]
    found = next(filter(None, map(schedule.installed, plans)), None)
    print(found or "no schedule; set one up: pmjobs schedule install")
    return 0 if found else 1


@schedule_app.command("remove", epilog="example: pmjobs schedule remove")
def remove(kind: Kind = None) -> int:
    """take the timer away"""
    plans = [_plan("24h", one, None, None) for one in _kinds(kind)]
    gone = [words for plan in plans if (words := schedule.remove(plan))]
    print("\n".join(gone) or "there was no schedule")
    return 0


def _kinds(kind: str | None) -> list[str]:
    """Return where a schedule may stand: a timer made with systemd outlives its session."""
    if kind is not None:
        return [kind]
    here = schedule.kind_here()
    return ["systemd", "cron"] if here in ("systemd", "cron") else [here]


def _plan(every: str, kind: str | None, sources: Path | None, db: str | None) -> schedule.Plan:
    program = Path(sys.argv[0]).resolve()
    command = [str(program)] if program.name == "pmjobs" else [sys.executable, "-m", "pmjobs"]
    command += ["ingest", "--sources", str(options.sources_file(sources).resolve())]
    command += ["--db", options.db_url(db)]
    return schedule.plan_for(
        kind or schedule.kind_here(),
        command,
        every=schedule.parse_every(every),
        home=Path.home(),
        minute=random.randrange(60),
    )
