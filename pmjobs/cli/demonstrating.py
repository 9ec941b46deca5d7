"""The command that shows everything: demo."""

import os
import shlex
import shutil
import sys
from pathlib import Path

import typer


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(epilog="example: pmjobs demo")(demo)


def demo() -> int:
    """the main job on invented boards, on this machine only"""
    from datetime import date

    from pmjobs import places
    from pmjobs.cli import show, show_comparison, show_run
    from pmjobs.compare import rank
    from pmjobs.compare.choosing import Filters, choose
    from pmjobs.demo import FLAGSHIPS, fill
    from pmjobs.explain import explain
    from pmjobs.profile import load_profile
    from pmjobs.store import Store

    out = show.console()
    db = fresh(places.demo_db())
    sample = places.shipped("data/sample")
    out.rule("pmjobs ingest: boards of invented employers, served and read on this machine")
    first, second = fill(db, rounds=2)
    show_run.print_report(first)
    out.print(
        f"\nA second run over the same boards: {second.totals.new} new, {second.totals.changed} "
        f"changed, {second.totals.unchanged} unchanged; {second.saved} answers were not sent again."
    )
    with Store.open(str(db)) as store:
        stored, market = list(store.postings()), store.levelled()
    work = [s for s in stored if s.estimate and s.estimate.in_scope]
    out.print()
    out.rule("pmjobs level: what the title claims, what the work is")
    out.print(show.levels_table(work))
    outside = show.outside_words(stored)
    out.print(f"kept beside these: {outside}; see pmjobs skipped", style="dim")
    by_key = {s.posting.key: s for s in stored}
    for key in FLAGSHIPS:
        ad = by_key[key]
        assert ad.estimate is not None
        out.print()
        out.rule(f"pmjobs explain {ad.id}")
        out.print(show.explanation(explain(ad.posting, ad.estimate, market)))
    out.print()
    out.rule("pmjobs compare: the same ads for an invented reader")
    me = load_profile(sample / "profile.toml")
    pairs = [(s.posting, s.estimate) for s in stored if s.estimate]
    choice = choose(rank(pairs, me, today=date.today()), Filters())
    show_comparison.print_ranking(choice, me, top=12, details=1)
    out.print("\nAsk it yourself:")
    for line in to_try(db, sample / "profile.toml"):
        out.print(f"  {line}", soft_wrap=True)
    out.print("Yours next: pmjobs sources add URL, pmjobs ingest")
    return 0


def to_try(db: Path, profile: Path) -> list[str]:
    """Return commands on the demo's store and its invented reader that work as they stand."""
    from pmjobs.demo import FLAGSHIPS

    store = f"--db {_as_typed(db)}"
    return [
        f"{_program()} explain {FLAGSHIPS[0]} {store}",
        f"{_program()} compare --top 6 {store} --profile {_as_typed(profile)}",
    ]


def _program() -> str:
    """How this program was called, for a shell."""
    if shutil.which("pmjobs"):
        return "pmjobs"
    called = Path(sys.argv[0])
    if called.name != "pmjobs":
        return f"{_as_typed(Path(sys.executable))} -m pmjobs"
    return _as_typed(called.absolute())


def _as_typed(path: Path) -> str:
    """A path as one would type it here: short inside this folder, quoted where it must be."""
    return shlex.quote(os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path))


def fresh(db: Path) -> Path:
    """Return `db` after removing what an earlier demo left there."""
    db.parent.mkdir(parents=True, exist_ok=True)
    for old in db.parent.glob(f"{db.stem}.*"):
        old.unlink()
    return db
