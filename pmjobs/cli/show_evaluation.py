"""The report of `pmjobs evaluate` in a terminal."""

from typing import Any

from pmjobs.cli import show
from pmjobs.evaluate import Evaluation

METRICS = ("qwk", "accuracy", "within_1", "mae", "macro_f1", "rps", "log_loss", "ece")


def print_evaluation(report: Evaluation) -> None:
    """Print arms beside baselines, then where the model is right and wrong."""
    out = show.console()
    out.print(
        f"{report.n_ads} levelled ads of {report.n_employers} employers, model-annotated; whole "
        f"employers held out, 5 folds drawn {report.seeds} times; intervals: 95 %, 2,000 draws of "
        "employers."
    )
    columns = (
        "arm or baseline",
        *(f">{name}" for name in METRICS),
        "qwk interval",
        ">if titles differ",
    )
    out.print(show.table(None, columns, (_arm(report, name) for name in report.arms)))
    paired = report.paired
    out.print(
        f"\nbody minus title rules, QWK: {paired['qwk_body_minus_title_rules']:+.3f} "
        f"({_interval(paired['interval'])})"
    )
    out.print(show.table("\neach level", *_rows(report.per_level, "level")))
    for name, groups in report.slices.items():
        out.print(show.table(f"\nby {name}", *_rows(groups, name)))
    out.print(show.table("\nlevel sets", *_rows(report.sets, "asked for, %")))
    scope = ", ".join(f"{name} {value:.3f}" for name, value in report.scope.items())
    out.print(f"\nproject work or not: {scope}; track right {report.track_accuracy:.3f}")
    out.print(show.table("\nfamilies", *_rows(report.families, "family")))
    out.print(show.table("\ntracks", *_rows(report.tracks, "track")))
    out.print(show.table("\ndimensions", *_rows(report.dimensions, "dimension")))
    bins = (tuple(_number(value) for value in row.values()) for row in report.reliability)
    out.print(show.table("\nreliability", _names(report.reliability), bins))
    levels = [f"L{n}" for n in range(1, 8)]
    confusion = ([level, *row] for level, row in zip(levels, report.confusion, strict=True))
    out.print(
        show.table(
            "\nlabel (rows), estimate (columns)", ("", *(f">{n}" for n in levels)), confusion
        )
    )
    for name, figures in (
        ("calibration", report.calibration),
        ("nothing said", report.abstention),
        ("evidence", report.evidence),
        ("leaks", report.leaks),
        ("zones", report.zones),
    ):
        out.print(f"\n{name}: " + ", ".join(f"{k} {_number(v, k)}" for k, v in figures.items()))
    out.print(show.table("\na raise written into each ad", *_rows(report.directions, "raise")))
    curve = (tuple(_number(value) for value in row.values()) for row in report.learning)
    out.print(show.table("\nlearning curve", _names(report.learning), curve))
    out.print(
        f"twice the labels, if it goes on so: QWK {report.twice_the_labels['qwk']:.3f} "
        f"with {report.twice_the_labels['employers']:.0f} employers"
    )
    worst = (tuple(_number(value) for value in row.values()) for row in report.worst)
    out.print(show.table("\nworst errors", _names(report.worst), worst))


def _arm(report: Evaluation, name: str) -> list[Any]:
    arm, differing = report.arms[name], report.disagreement.get(name, {})
    spread = f" ±{arm['spread']['qwk']:.3f}" if report.seeds > 1 else ""
    values = [f"{arm['mean'][metric]:.3f}" for metric in METRICS]
    values[0] += spread
    shares = f"{differing['exact']:.2f} / {differing['within_1']:.2f}" if differing else None
    return [name, *values, _interval(arm["qwk_interval"]), shares]


def _rows(groups: dict[str, dict[str, float]], what: str) -> tuple[list[str], list[list[Any]]]:
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    rows = [
        [key, *(_number(group.get(name), name) for name in names)] for key, group in groups.items()
    ]
    return [what, *(f">{name}" for name in names)], rows


def _names(rows: list[dict[str, Any]]) -> list[str]:
    return [f">{name}" for name in rows[0]] if rows else []


def _number(value: Any, name: str = "") -> Any:
    if not isinstance(value, float):
        return value
    return f"{value:.0f}" if name == "n" else f"{value:.3f}"


def _interval(ends: list[float]) -> str:
    return f"{ends[0]:.2f} to {ends[1]:.2f}"
