"""Records as tables and panels in a terminal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pmjobs.ladder import Level, LevelEstimate
from pmjobs.market import Group as AdGroup
from pmjobs.market import group_words, inflation_words

if TYPE_CHECKING:
    from pmjobs.explain import Explanation
    from pmjobs.store import StoredPosting

MOST_LINES = 8  # quoted lines in a terminal; --json and --html have them all
GAP_STYLE = {True: "bold red", False: "bold green"}


def console() -> Console:
    """Return a console for results: no colour where stdout is not a terminal."""
    return Console(highlight=False)


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """Return a plain table; a column that starts with ">" is right aligned, None shows as "-"."""
    made = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in columns:
        made.add_column(name.lstrip(">"), justify="right" if name.startswith(">") else "left")
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else _cell(cell) for cell in row))
    return made


def gap(estimate: LevelEstimate) -> Text:
    """Return the title's gap, red where the title claims more than the work shows."""
    if estimate.title_gap is None:
        return Text("-")
    style = GAP_STYLE[estimate.title_gap < 0] if estimate.title_gap else "dim"
    return Text(f"{estimate.title_gap:+d}" if estimate.title_gap else "0", style=style)


def rung(level: Level | None) -> str:
    """Return "L4", or "-" for no level."""
    return "-" if level is None else f"L{int(level)}"


def interval(estimate: LevelEstimate) -> str:
    """Return "L3-L4", "L3" or "-"."""
    low, high = estimate.level_low, estimate.level_high
    return rung(low) if low == high else f"{rung(low)}-{rung(high)}"


def explanation(found: "Explanation") -> RenderableType:
    """Return the answer to "what does senior mean here?" as a panel."""
    from pmjobs.explain import likely_words

    posting, estimate = found.posting, found.estimate
    place = "; ".join(p.text for p in posting.locations) or "place not stated"
    parts: list[RenderableType] = [
        Text(printable(f"{posting.employer or 'employer not stated'} · {place}"), style="dim"),
        Text(f"{found.verdict[:1].upper()}{found.verdict[1:]}.", style="bold"),
    ]
    if estimate.title_level:
        words = found.title_words or posting.title
        parts.append(Text(f"the title (“{printable(words)}”) claims {rung(estimate.title_level)}"))
    if estimate.probabilities and estimate.level:
        parts.append(_bars(estimate.probabilities))
        if likely := likely_words(estimate):
            parts.append(Text(likely, style="dim"))
    parts += [Text(f"! {printable(note)}", style="yellow") for note in found.notes]
    parts += _block("What it rests on", _evidence(estimate))
    parts += _block("Senses of “senior” in it", _senses(found))
    groups = (found.employer_group, found.market_group, found.level_group)
    parts += _block("Against other stored ads", _groups([g for g in groups if g], found))
    if found.questions:
        asked = Group(*(Text(f"? {q.text}") for q in found.questions))
        parts += _block("Not said: ask", asked)
    if origin := " · ".join(filter(None, (posting.attribution, posting.url))):
        parts += [Text(""), Text(printable(origin), style="dim")]
    return Panel(
        Group(*parts),
        title=escape(printable(posting.title)),
        title_align="left",
        expand=False,
        width=100,
    )


def printable(words: str) -> str:
    """Return words of an ad on one line, without characters that a terminal would act on."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _cell(value: Any) -> Text:
    words = "-" if value is None or value == "" else str(value)
    return Text("".join(c if c.isprintable() or c == "\n" else " " for c in words))


def _block(title: str, body: RenderableType | None) -> list[RenderableType]:
    if body is None:
        return []
    return [Text(""), Text(title, style="bold cyan"), Padding(body, (0, 0, 0, 2))]


def _bars(probabilities: dict[Level, float]) -> RenderableType:
    rows = [
        (rung(level), Text("█" * round(share * 40), style="cyan"), f"{share:.0%}")
        for level, share in sorted(probabilities.items())
        if share >= 0.005
    ]
    return Padding(table(None, ("", "", ">"), rows), (1, 0, 0, 2))


def _evidence(estimate: LevelEstimate) -> RenderableType | None:
    from pmjobs.explain import quoted_lines

    rows = [
        (line.shown, line.pull.replace(": ", ":\n"), f"“{printable(line.quote)}”")
        for line in quoted_lines(estimate)[:MOST_LINES]
    ]
    return table(None, ("shows (0 to 4)", "pulls", "words of the ad"), rows) if rows else None


def _senses(found: "Explanation") -> RenderableType | None:
    rows = [
        (s.sense, s.meaning, f"“{printable(s.quote)}”" if s.quote else "") for s in found.senses
    ]
    return table(None, ("", "sense", "words of the ad"), rows) if rows else None


def _groups(groups: Sequence[AdGroup], found: "Explanation") -> RenderableType | None:
    rows = [(g.name, group_words(g)) for g in groups]
    if habit := found.employer_inflation:
        rows.append((habit.employer, inflation_words(habit)))
    return table(None, ("", ""), rows) if rows else None


def levels_table(rows: "Sequence[StoredPosting]", *, ordered: bool = False) -> Table:
    """Return stored ads with what the title claims beside what the work is.

    Highest level first, unless they are `ordered` already.
    """
    ads = rows if ordered else sorted(rows, key=_level_order)
    columns = (">id", "title", "employer", ">title", ">work", "set", ">gap", "why not")
    return table(None, columns, map(_level_row, ads))


def outside_words(ads: "Iterable[StoredPosting]") -> str | None:
    """Return how many of the ads are no project work, or cannot be told, or None if none is."""
    outside = [s.estimate for s in ads if s.estimate and not s.estimate.in_scope]
    untold = sum(found.abstained for found in outside)
    counts = ((len(outside) - untold, "of other work"), (untold, "that cannot be told"))
    return " and ".join(f"{n} {what}" for n, what in counts if n) or None


def level_json(stored: "StoredPosting") -> dict[str, Any]:
    """Return a stored ad's estimate as JSON, with the ad's own facts beside it."""
    from pmjobs.estimate_json import estimate_as_json

    posting = stored.posting
    facts = {"id": posting.key, "title": posting.title, "employer": posting.employer}
    return facts | (estimate_as_json(stored.estimate) if stored.estimate else {})


def _level_row(stored: "StoredPosting") -> tuple[Any, ...]:
    posting, estimate = stored.posting, stored.estimate
    names = (stored.id, _short(posting.title, 44), _short(posting.employer or "", 26))
    if estimate is None:
        return (*names, None, None, None, None, "not levelled yet: pmjobs level")
    levels = (rung(estimate.title_level), rung(estimate.level), interval(estimate))
    return (*names, *levels, gap(estimate), _short(estimate.reason or "", 36))


def _level_order(stored: "StoredPosting") -> tuple[int, str, int]:
    level = stored.estimate.level if stored.estimate else None
    return (-(level or 0), stored.posting.employer or "", stored.id)


def _short(words: str, width: int) -> str:
    words = printable(words)
    return words if len(words) <= width else f"{words[: width - 1]}…"
