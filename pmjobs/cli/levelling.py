"""Commands about the level: level, explain, market, train, evaluate."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmjobs.cli import options

if TYPE_CHECKING:
    from pmjobs.level.corpus import Label

OwnLabels = Annotated[
    Path | None,
    typer.Option(
        "--labels", metavar="FOLDER", help="take these labels of people too, texts from the store"
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(epilog="example: pmjobs level --input ads.jsonl --output levels.jsonl")(level)
    app.command(epilog="example: pmjobs explain 12 --html senior.html")(explain)
    app.command(epilog='example: pmjobs market "senior project manager" --country GB')(market)
    app.command(epilog="example: pmjobs train --corpus ../shared/corpus --out models/level")(train)
    app.command(epilog="example: pmjobs evaluate --corpus ../shared/corpus --json")(evaluate)


def level(
    db: options.Db = None,
    model: options.Model = None,
    input: Annotated[
        Path | None, typer.Option(metavar="FILE", help="ads, one JSON object a line; - for stdin")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="answers, one JSON object a line")
    ] = None,
    jobs: Annotated[int, typer.Option(metavar="N", help="processes to use")] = 1,
    again: Annotated[bool, typer.Option(help="estimate every stored ad again")] = False,
    as_json: options.Json = False,
) -> int:
    """estimate the real level of ads: stored ones, or those of a file"""
    from pmjobs.level.artefact import load_model

    trained = load_model(options.model_folder(model))
    if input is not None:
        return _level_lines(trained, input, output, jobs)

    from pmjobs.cli import show
    from pmjobs.cli.progress import bar
    from pmjobs.estimating import estimate_pending

    with options.stored(db) as store:
        with bar("levelling") as advance:
            done = estimate_pending(store, trained, n_jobs=jobs, again=again, on_progress=advance)
        options.say(f"{done} ads estimated by {trained.model_id}")
        ads = list(store.postings())
    rows = [s for s in ads if s.estimate and s.estimate.in_scope]
    if as_json:
        options.print_json_lines(show.level_json(stored) for stored in rows)
    else:
        show.console().print(show.levels_table(rows))
        if outside := show.outside_words(ads):
            options.say(f"kept beside these: {outside}; see pmjobs skipped")
        if not rows:
            options.say("no project work among the stored ads; add boards: pmjobs sources add URL")
    return 0


def _level_lines(trained, source: Path, target: Path | None, jobs: int) -> int:  # type: ignore[no-untyped-def]
    from pmjobs.cli.files import reading, writing
    from pmjobs.cli.progress import bar
    from pmjobs.estimating import estimate_lines

    with reading(source) as lines, writing(target) as out, bar("levelling") as advance:
        done = estimate_lines(lines, out, trained, n_jobs=jobs, on_progress=advance)
    if done.failed:
        options.say(f"{done.failed} of {done.read} lines could not be read; see their 'error'")
    return 1 if done.failed else 0


def explain(
    posting: Annotated[
        str, typer.Argument(help="stored id, key or URL; a file (text, HTML, JSON); - for stdin")
    ],
    db: options.Db = None,
    model: options.Model = None,
    title: Annotated[str | None, typer.Option(help="the title, where a file does not say")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="write one HTML page")] = None,
    as_json: options.Json = False,
) -> int:
    """what does the title mean here, and what shows it?"""
    from pmjobs.cli.posting_ref import explanation_of

    found = explanation_of(
        posting, db=db, model=options.model_folder(model), title=title, shares=as_json
    )
    if html is not None:
        from pmjobs.explain.page import page

        html.write_text(page(found), encoding="utf-8")
        options.say(f"written: {html}")
    elif as_json:
        from pmjobs.explain.as_json import explanation_as_json

        options.print_json(explanation_as_json(found))
    else:
        from pmjobs.cli import show

        show.console().print(show.explanation(found))
    return 0


def market(
    words: Annotated[str, typer.Argument(help='words of a title: "senior project manager"')],
    country: options.Country = None,
    containing: Annotated[
        bool,
        typer.Option(
            "--containing", help='titles that only hold the words too: "Assistant Project Manager"'
        ),
    ] = False,
    db: options.Db = None,
    as_json: options.Json = False,
) -> int:
    """the real levels behind a title, by country and employer, with intervals"""
    from dataclasses import asdict

    from pmjobs.cli import show, show_market
    from pmjobs.market import market_of

    with options.stored(db) as store:
        found = market_of(words, store.levelled(), country=country, containing=containing)
    if as_json:
        options.print_json(asdict(found))
    else:
        show.console().print(show_market.market(found))
    return 0


def train(
    corpus: Annotated[Path, typer.Option(metavar="FOLDER", help="ads.jsonl.gz and labels.jsonl")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="where the model is written")],
    labels: OwnLabels = None,
    db: options.Db = None,
) -> int:
    """make the level model again from a labelled corpus"""
    from pmjobs.train import train as make

    card = make(corpus, out, own=_own_labels(labels, db))
    options.say(f"{card['model_id']} written to {out}")
    return 0


def evaluate(
    corpus: Annotated[Path, typer.Option(metavar="FOLDER", help="ads.jsonl.gz and labels.jsonl")],
    seeds: Annotated[int, typer.Option(help="how many times the folds are drawn")] = 5,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="write the JSON here")] = None,
    labels: OwnLabels = None,
    db: options.Db = None,
    jobs: Annotated[int, typer.Option(help="processes")] = 1,
    as_json: options.Json = False,
) -> int:
    """how good the level model is, beside its baselines"""
    from pmjobs.cli.show_evaluation import print_evaluation
    from pmjobs.evaluate import evaluate as measure
    from pmjobs.evaluate import report_as_json

    own = _own_labels(labels, db)
    report = measure(corpus, seeds=seeds, own=own, n_jobs=jobs, say=options.say)
    if output is not None:
        import json

        output.write_text(json.dumps(report_as_json(report), indent=1) + "\n", encoding="utf-8")
    if as_json:
        options.print_json(report_as_json(report))
    else:
        print_evaluation(report)
    return 0


def _own_labels(folder: Path | None, db: str | None) -> "tuple[Label, ...]":
    """Return the labels that people gave, with their texts; () if no folder is named."""
    if folder is None:
        return ()
    from pmjobs.labelling import training_labels

    with options.stored(db) as store:
        found = training_labels(folder, (s.posting for s in store.postings(only_open=False)))
    for problem in found.left_out:
        options.say(f"left out: {problem}")
    return found.labels
