"""The report of a run of ingest: a table for people, JSON for programs."""

from collections import Counter
from typing import Any

from rich.text import Text

from pmjobs.cli import show
from pmjobs.ingest import BoardReport, RunReport
from pmjobs.posting import Board

COUNTS = ("new", "changed", "unchanged", "closed", "reopened")


def print_report(report: RunReport) -> None:
    """Print what became of each board, the totals, and what to do about what failed."""
    out = show.console()
    rows: list[list[Any]] = [_row(board) for board in report.boards]
    if len(report.boards) > 1:
        totals = report.totals
        rows.append(
            [Text(f"{len(report.boards)} boards", style="bold")]
            + [_count(getattr(totals, name)) for name in (*COUNTS, "skipped")]
        )
    columns = ("board", *(f">{name}" for name in (*COUNTS, "skipped")))
    out.print(show.table(None, columns, rows))
    for reason, count in _reasons(report).most_common(8):
        out.print(Text(f"  {count} skipped: {reason} (see: pmjobs skipped)", style="yellow"))
    for board in report.failed:
        out.print(Text(f"  {of_board(board.board, board.failure or '')}", style="red"))
    for why, count in Counter(board.waiting for board in report.waiting).items():
        out.print(Text(f"  {count} not asked: {why}", style="yellow"))
    out.print(
        Text(
            f"{report.requests} requests, {report.saved} answers saved, {report.refused} refused, "
            f"{report.bytes_received:,} bytes, {report.seconds:.1f} s",
            style="dim",
        )
    )


def of_board(board: Board, problem: str) -> str:
    """Return a problem with its board's name before it, once.

    >>> of_board(Board("adzuna", "pm"), "adzuna:pm: country: missing")
    'adzuna:pm: country: missing'
    """
    for named in (f"{board.key}: ", f"{board.source}: "):
        problem = problem.removeprefix(named)
    return f"{board.key}: {problem}"


def report_json(report: RunReport) -> dict[str, Any]:
    """Return the report as plain JSON values."""
    return {
        "run": report.run_id,
        "boards": [_board_json(board) for board in report.boards],
        "totals": {name: getattr(report.totals, name) for name in (*COUNTS, "skipped")},
        "failed": len(report.failed),
        "waiting": len(report.waiting),
        "requests": report.requests,
        "saved": report.saved,
        "refused": report.refused,
        "bytes_received": report.bytes_received,
        "seconds": round(report.seconds, 3),
    }


def _board_json(board: BoardReport) -> dict[str, Any]:
    return {
        "board": board.board.key,
        **{name: getattr(board, name) for name in COUNTS},
        "skipped": len(board.skipped),
        "skipped_ads": [f"{s.source_id}: {s.field}: {s.problem}" for s in board.skipped],
        "failed": board.failure,
        "waiting": board.waiting,
    }


def _row(board: BoardReport) -> list[Any]:
    name = board.board.key if len(board.board.key) <= 60 else f"…{board.board.key[-59:]}"
    if board.failed:
        return [Text(name, style="red"), Text("failed", style="red"), *[""] * len(COUNTS)]
    if board.waiting:
        return [Text(name, style="yellow"), Text("waits", style="yellow"), *[""] * len(COUNTS)]
    return [name, *(_count(getattr(board, n)) for n in COUNTS), _count(len(board.skipped))]


def _count(n: int) -> Text:
    return Text(str(n), style="" if n else "dim")


def _reasons(report: RunReport) -> Counter[str]:
    return Counter(f"{s.field}: {s.problem}" for board in report.boards for s in board.skipped)
