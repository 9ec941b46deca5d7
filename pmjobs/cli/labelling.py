"""The command for people who label ads: label."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmjobs.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmjobs.labelling import Agreement, Checked
    from pmjobs.ladder import LevelEstimate
    from pmjobs.posting import Posting


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(epilog="example: pmjobs label --as anna --count 10")(label)


def label(
    labeller: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="whose labels they are, such as anna")
    ] = None,
    db: options.Db = None,
    input: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="ads, one JSON object a line, instead of the store"),
    ] = None,
    model: options.Model = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="where labels are kept, a file each labeller",
            show_default="data/labels if it is here, else your data folder",
        ),
    ] = None,
    count: Annotated[int, typer.Option(metavar="N", min=1, help="how many ads to choose")] = 20,
    per_employer: Annotated[
        int, typer.Option(metavar="N", min=1, help="the most ads of one employer")
    ] = 3,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="say what is wrong in a file of labels, and leave"),
    ] = None,
    agreement: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="A B", help="say how far two files of labels agree, and leave"),
    ] = None,
    as_json: options.Json = False,
) -> int:
    """label ads by the rubric, blind, the most useful first"""
    if check is not None:
        return _check(check, db, input, as_json)
    if agreement is not None:
        return _agreement(*agreement, as_json)
    if labeller is None:
        raise typer.BadParameter("whose labels? give a name, such as --as anna")
    return _session(
        labeller, db, input, options.model_folder(model), _folder(labels), count, per_employer
    )


def _folder(given: Path | None) -> Path:
    """Return where labels are kept: in a checkout beside the others, else with the user's files."""
    from pmjobs import places

    if given is not None:
        return given
    if (here := Path("data/labels")).is_dir():
        return here
    folder = places.user_home() / "labels"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _session(
    labeller: str,
    db: str | None,
    source: Path | None,
    model: Path,
    folder: Path,
    count: int,
    per_employer: int,
) -> int:
    from datetime import UTC, datetime

    from pmjobs import labelling
    from pmjobs.cli import show
    from pmjobs.cli.label_dialogue import label_ads

    path = labelling.label_file(folder, labeller)
    done = {found.id for found in labelling.read_labels(path)}
    chosen = labelling.choose(
        _estimated(db, source, model), count=count, per_employer=per_employer, done=done
    )
    if not chosen:
        options.say("nothing to label: the ads are too thin, or all labelled; add boards")
        return 0
    session = label_ads(
        [choice.posting for choice in chosen],
        path,
        labeller=labeller,
        ask=input,
        console=show.console(),
        clock=lambda: datetime.now(UTC),
    )
    options.say(
        f"{session.labelled} labels added to {path}; "
        f"{session.skipped} ads skipped, {session.left} left"
    )
    return 0


def _estimated(
    db: str | None, source: Path | None, model: Path
) -> "Iterator[tuple[Posting, LevelEstimate]]":
    """Yield ads with their estimates, which serve the choice only."""
    if source is None:
        from pmjobs.errors import StoreError

        with options.stored(db) as store:
            pairs = [(s.posting, s.estimate) for s in store.postings() if s.estimate]
        if not pairs:
            raise StoreError(
                "the store has no levelled ads; run `pmjobs ingest`, then `pmjobs level`"
            )
        yield from pairs
        return
    from pmjobs.estimating import estimate_posting
    from pmjobs.level.artefact import load_model

    trained = load_model(model)
    for posting in _read(source):
        yield posting, estimate_posting(posting, trained)


def _read(source: Path) -> "Iterator[Posting]":
    from pmjobs.cli.files import reading
    from pmjobs.cli.progress import bar
    from pmjobs.errors import ParseError, PmjobsError
    from pmjobs.parsing.ad_lines import read_ad_lines

    if str(source) == "-":
        raise PmjobsError("standard input: the answers come from there; give the ads as a file")
    with reading(source) as lines, bar("reading") as advance:
        for ad in read_ad_lines(lines):
            advance(1)
            if not isinstance(ad, ParseError):
                yield ad


def _check(path: Path, db: str | None, source: Path | None, as_json: bool) -> int:
    from dataclasses import asdict

    from pmjobs.labelling import check_labels

    found = check_labels(path, _texts(db, source))
    if as_json:
        options.print_json(asdict(found))
    else:
        _print_check(path, found)
    return 1 if found.wrong else 0


def _texts(db: str | None, source: Path | None) -> dict[str, str] | None:
    """Return the ads' texts by key, or None where neither store nor file is named."""
    if source is not None:
        return {ad.key: ad.description or "" for ad in _read(source)}
    if db is None:
        return None

    with options.stored(db) as store:
        return {s.posting.key: s.posting.description or "" for s in store.postings(only_open=False)}


def _print_check(path: Path, found: "Checked") -> None:
    for finding in found.wrong:
        print(f"{path}: line {finding.line}: {finding.problem}")
    for finding in found.odd:
        print(f"{path}: line {finding.line}: look again: {finding.problem}")
    print(f"{found.n_rows} labels, {len(found.wrong)} wrong, {len(found.odd)} to look at again")


def _agreement(first: Path, second: Path, as_json: bool) -> int:
    from dataclasses import asdict

    from pmjobs.errors import SettingsError
    from pmjobs.labelling import agreement, read_labels

    for path in (first, second):
        if not path.is_file():
            raise SettingsError(f"{path}: no such file; `pmjobs label` writes one")
    found = agreement(read_labels(first), read_labels(second))
    if as_json:
        options.print_json(asdict(found))
    else:
        _print_agreement(first, second, found)
    return 0


def _print_agreement(first: Path, second: Path, found: "Agreement") -> None:
    from pmjobs.cli import show

    def figure(value: float | None) -> str | None:
        return None if value is None else f"{value:.3f}"

    rows = [
        ("scope: same", figure(found.scope_same), found.n_scope),
        ("scope: kappa", figure(found.scope_kappa), found.n_scope),
        ("level: exact", figure(found.exact), found.n_levelled),
        ("level: within one", figure(found.within_one), found.n_levelled),
        ("level: weighted kappa", figure(found.qwk), found.n_levelled),
        (f"level: {second.stem} minus {first.stem}", figure(found.mean_step), found.n_levelled),
    ]
    title = f"{found.n_both} ads labelled by both ({found.n_first} and {found.n_second})"
    show.console().print(show.table(title, ("", ">figure", ">ads"), rows))
    if found.n_other_text:
        print(f"left out: {found.n_other_text} ads whose text had changed between the two")
    if found.disagreed:
        print(f"to talk about: {', '.join(found.disagreed)}")
