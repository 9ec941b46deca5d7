"""Comparisons and profiles in a terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pmjobs.cli import show
from pmjobs.compare import Comparison
from pmjobs.compare.choosing import Choice
from pmjobs.compare.reading import Importance
from pmjobs.compare.verdicts import Judged, Standing
from pmjobs.profile import Profile

WIDE = 96  # characters a line from which every column has room
MOST_REASONS = 6  # why ads are left out, in the line that counts them
SIGNS = {Standing.MET: ("✓", "green"), Standing.MISSING: ("✗", "red"), Standing.UNCLEAR: ("?", "")}


def print_ranking(
    choice: Choice,
    profile: Profile,
    *,
    top: int,
    details: int,
    ids: Mapping[str, int] | None = None,
    marks: Mapping[str, str] | None = None,
    left_out: bool = False,
) -> None:
    """Print the best ads in a table, the first `details` of them in full, then who is left out.

    `ids` and `marks` are those of stored ads, by key; `left_out` lists each ad left out.
    """
    out = show.console()
    ids, marks = ids or {}, marks or {}
    out.print(f"your level by your own rating: {show.rung(profile.level)}", style="dim")
    best = choice.chosen[:top]
    if best:
        out.print((_wide if out.width >= WIDE else _narrow)(best, ids, marks))
    elif top:
        out.print("no ad fits")
    for line in _order(best):
        out.print(line, style="dim")
    if (n_more := len(choice.chosen) - top) > 0:
        out.print(f"{n_more} more fit: --top {len(choice.chosen)}", style="dim")
    if choice.left:
        _print_left_out(choice, ids, listed=left_out)
    for one in choice.chosen[:details]:
        out.print(full(one))


def _wide(best: Sequence[Comparison], ids: Mapping[str, int], marks: Mapping[str, str]) -> Table:
    columns = [">id", ">score", "parts", "mark", "title, employer", ">work", ">step"]
    rows = [
        (
            ids.get(one.key),
            f"{one.score.total:.0f}",
            "+".join(f"{part.points:.0f}" for part in one.score.parts),
            marks.get(one.key),
            _named(one, 60),
            show.rung(one.estimate.level),
            _step(one.moved.real_step),
            _kind(one),
            _musts(one),
        )
        for one in best
    ]
    return _without_empty([*columns, "what it is; move", "musts"], rows)


def _narrow(best: Sequence[Comparison], ids: Mapping[str, int], marks: Mapping[str, str]) -> Table:
    """The same without the parts; what it is stands below the title, which keeps its width."""
    rows = [
        (
            ids.get(one.key),
            f"{one.score.total:.0f}",
            _folded(_named(one, 90), marks.get(one.key), _kind(one), _musts(one)),
            show.rung(one.estimate.level),
            _step(one.moved.real_step),
        )
        for one in best
    ]
    return _without_empty([">id", ">score", "title, employer", ">work", ">step"], rows)


def _folded(named: str, *below: str | None) -> Text:
    return Text(named).append("\n" + show.printable("; ".join(filter(None, below))), style="dim")


def _order(shown: Sequence[Comparison]) -> Iterator[str]:
    """Yield what the order rests on: the parts of the score, and why some are held down."""
    if not shown:
        return
    parts = " + ".join(f"{part.name} ({part.most:g})" for part in shown[0].score.parts)
    yield f"score = {parts}; best first; --details N shows what each part rests on"
    for one in shown:
        if one.score.capped:
            yield f"{_named(one, 40)}: held at {one.score.total:g}: {one.score.capped}"


def _print_left_out(choice: Choice, ids: Mapping[str, int], *, listed: bool) -> None:
    out = show.console()
    n = len(choice.left)
    if not listed:
        counts = Counter(reason for one in choice.left for reason in one.reasons)
        most = ", ".join(f"{reason} ({n})" for reason, n in counts.most_common(MOST_REASONS))
        more = f", {len(counts) - MOST_REASONS} more reasons" * (len(counts) > MOST_REASONS)
        out.print(
            f"{n} {'ad' if n == 1 else 'ads'} left out (--left-out lists them): {most}{more}",
            style="dim",
        )
        return
    wide = out.width >= WIDE
    rows: list[tuple[object, ...]] = []
    for one in choice.left:
        named, why = _named(one.comparison, 60 if wide else 90), "; ".join(one.reasons)
        last = (named, why) if wide else (_folded(named, why),)
        rows.append((ids.get(one.comparison.key), f"{one.comparison.score.total:.0f}", *last))
    out.print(Text(f"\nLeft out: {n} {'ad' if n == 1 else 'ads'}", style="bold cyan"))
    columns = [">id", ">score", "title, employer", "why"]
    out.print(_without_empty(columns if wide else columns[:3], rows))


def full(one: Comparison) -> RenderableType:
    """Return one comparison as a panel: verdicts with their sentences."""
    parts: list[RenderableType] = [
        Text(show.printable(one.posting.employer or "employer not stated"), style="dim"),
        Text(f"{one.saying}; move: {', '.join(map(str, one.moved.moves))}", style="bold"),
        Text(f"score {one.score.total:.0f} of 100"),
        Padding(
            show.table(
                None,
                ("part", ">points", ">of", "why"),
                ((p.name, f"{p.points:g}", f"{p.most:g}", p.why) for p in one.score.parts),
            ),
            (0, 0, 0, 2),
        ),
    ]
    parts.append(Text(f"pay: {one.pay.note}"))
    for importance in (Importance.ESSENTIAL, Importance.DESIRABLE):
        parts += _block(
            f"{str(importance).capitalize()} requirements", _requirements(one, importance)
        )
    strengths = [(s.name, f"“{_line(s.evidence)}”", _line(s.proof)) for s in one.strengths]
    parts += _table("Strengths to build on", ("", "the ad", "your proof"), strengths)
    gaps = [(g.name, g.kind, f"{g.lead}: {g.advice}") for g in one.gaps]
    parts += _table("Gaps", ("", "kind", "what to do"), gaps)
    wishes = [
        (w.name, w.verdict, w.trend, f"“{_line(w.quote)}”" if w.quote else None) for w in one.wished
    ]
    parts += _table("What the post offers", ("", "the ad", "than now", "words of the ad"), wishes)
    if one.questions:
        parts += _block("Ask", Group(*(Text(f"? {q.text}") for q in one.questions)))
    title = escape(show.printable(one.posting.title))
    return Panel(Group(*parts), title=title, title_align="left", expand=False, width=110)


def print_profile(profile: Profile) -> None:
    """Print what pmjobs understood of a profile, and the lines of proof."""
    out = show.console()
    reading = profile.reading
    out.print(f"level: {show.rung(profile.level)} ({reading.reason or reading.confidence})")
    rated = (
        (dimension, f"{own.anchor:g}/4", own.proof) for dimension, own in profile.anchors.items()
    )
    out.print(show.table(None, ("dimension", ">you", "proof"), rated))
    skills = ((s.name, s.skill or "not in the table", s.depth, s.last_used) for s in profile.skills)
    out.print(show.table(None, ("skill", "read as", "depth", "last used"), skills))
    certificates = ((c.name, c.skill or "not in the table") for c in profile.certificates)
    out.print(show.table(None, ("certificate", "read as"), certificates))
    wishes = sorted(profile.wishes.items(), key=lambda wish: -wish[1])
    out.print(show.table(None, ("wish", ">weight"), ((n, f"{w:g}") for n, w in wishes)))


def _requirements(one: Comparison, importance: Importance) -> RenderableType | None:
    rows = [
        (Text(sign, style=style), j.name, f"“{_line(j.requirement.quote)}”", _you(j))
        for standing, (sign, style) in SIGNS.items()
        for j in one.standing(standing, importance)
    ]
    return show.table(None, ("", "", "words of the ad", "you"), rows) if rows else None


def _you(judged: Judged) -> str | None:
    return f"close: {judged.close}" if judged.close else judged.proof or judged.note


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> list[RenderableType]:
    return _block(title, show.table(None, columns, rows) if rows else None)


def _block(title: str, body: RenderableType | None) -> list[RenderableType]:
    if body is None:
        return []
    return [Text(""), Text(title, style="bold cyan"), Padding(body, (0, 0, 0, 2))]


def _kind(one: Comparison) -> str:
    kind = "not project work" if one.outside else one.step.replace("_", " ")
    return f"{kind}; {' + '.join(one.moved.moves)}"


def _musts(one: Comparison) -> str:
    counts = [len(one.standing(standing, Importance.ESSENTIAL)) for standing in SIGNS]
    return " ".join(f"{n}{sign}" for n, (sign, _) in zip(counts, SIGNS.values(), strict=True))


def _named(one: Comparison, width: int) -> str:
    names = (one.posting.title, one.posting.employer)
    return _short(", ".join(filter(None, names)) or one.posting.source_id, width)


def _without_empty(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """A table without the columns in which nothing stands."""
    used = [n for n in range(len(columns)) if not rows or any(row[n] is not None for row in rows)]
    made = show.table(None, [columns[n] for n in used], [[row[n] for n in used] for row in rows])
    for column in made.columns:
        column.no_wrap = column.header in ("parts", "musts")
    return made


def _step(real_step: int | None) -> str | None:
    return None if real_step is None else f"{real_step:+d}" if real_step else "0"


def _line(words: str, longest: int = 160) -> str:
    words = show.printable(words)
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _short(words: str, width: int) -> str:
    return _line(words, width)
