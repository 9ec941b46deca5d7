"""Comparisons and profiles in a terminal."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from pmjobs.cli import show
from pmjobs.compare import Comparison
from pmjobs.compare.reading import Importance
from pmjobs.compare.verdicts import Standing
from pmjobs.domain.moves import steps
from pmjobs.profile import Profile

SIGNS = {Standing.MET: ("✓", "green"), Standing.MISSING: ("✗", "red"), Standing.UNCLEAR: ("?", "")}


def print_ranking(found: Sequence[Comparison], profile: Profile, *, top: int, details: int) -> None:
    """Print the best ads in a table, the first `details` of them in full."""
    out = show.console()
    own = profile.level
    out.print(f"your level by your own rating: {show.rung(own)}", style="dim")
    open_to = [one for one in found if one.ruled_out is None]
    rows = (
        (
            f"{one.score.total:.0f}",
            _short(one.posting.title, 38),
            _short(one.posting.employer or "", 24),
            show.rung(one.estimate.level),
            _step(one.moved.real_step),
            " + ".join(map(str, one.moved.moves)),
            steps()[one.step].say,
            _musts(one),
        )
        for one in open_to[:top]
    )
    columns = (">score", "title", "employer", ">work", ">step", "move", "what it is", "must-haves")
    out.print(show.table(None, columns, rows))
    if left := [one for one in found if one.ruled_out is not None]:
        out.print(f"{len(left)} ads you ruled out: {_reasons(left)}", style="dim")
    for one in open_to[:details]:
        out.print(full(one))


def full(one: Comparison) -> RenderableType:
    """Return one comparison as a panel: verdicts with their sentences."""
    parts: list[RenderableType] = [
        Text(f"{one.posting.employer or 'employer not stated'}", style="dim"),
        Text(
            f"{steps()[one.step].say}; move: {', '.join(map(str, one.moved.moves))}", style="bold"
        ),
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
    if one.moved.reason:
        parts.append(Text(one.moved.reason, style="yellow"))
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
    title = escape(one.posting.title)
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
        (Text(sign, style=style), j.name, f"“{_line(j.requirement.quote)}”", j.proof or j.note)
        for standing, (sign, style) in SIGNS.items()
        for j in one.standing(standing, importance)
    ]
    return show.table(None, ("", "", "words of the ad", "you"), rows) if rows else None


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> list[RenderableType]:
    return _block(title, show.table(None, columns, rows) if rows else None)


def _block(title: str, body: RenderableType | None) -> list[RenderableType]:
    if body is None:
        return []
    return [Text(""), Text(title, style="bold cyan"), Padding(body, (0, 0, 0, 2))]


def _musts(one: Comparison) -> str:
    counts = [len(one.standing(standing, Importance.ESSENTIAL)) for standing in SIGNS]
    return " ".join(f"{n}{sign}" for n, (sign, _) in zip(counts, SIGNS.values(), strict=True))


def _reasons(left: Sequence[Comparison]) -> str:
    return ", ".join(sorted({one.ruled_out or "" for one in left}))


def _step(real_step: int | None) -> str | None:
    return None if real_step is None else f"{real_step:+d}" if real_step else "0"


def _line(words: str, longest: int = 160) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _short(words: str, width: int) -> str:
    return _line(words, width)
