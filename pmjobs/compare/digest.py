"""What is new since last time and fits: a short report, or nothing when nothing is new.

A digest names new ads and ads whose words, pay or title changed, best first. What the reader has
answered already (applied, not for me) stays out; what is marked as interesting comes first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from textwrap import shorten

from pmjobs.compare.comparison import Comparison
from pmjobs.compare.document import Document, Section, as_html, as_text
from pmjobs.compare.reading import Importance
from pmjobs.compare.verdicts import Standing
from pmjobs.domain.levels import dimensions
from pmjobs.domain.moves import Move
from pmjobs.ladder import DUTY_DIMENSIONS

LEAST_SCORE = 50.0  # of 100
MOST_ADS = 15
MOST_REASONS = 2
LONGEST_QUOTE = 200  # characters
INTERESTING = "interesting"


@dataclass(frozen=True, slots=True)
class News:
    """One ad of a digest."""

    comparison: Comparison
    happened: tuple[str, ...]  # "new", "pay changed"
    mark: str | None  # what the reader said of it


def find_news(
    ranking: Iterable[Comparison],
    happened: Mapping[str, Collection[str]],
    *,
    marks: Mapping[str, str] | None = None,
    answered: Collection[str] = ("applied", "not-for-me"),
    least: float = LEAST_SCORE,
    most: int = MOST_ADS,
) -> tuple[News, ...]:
    """Return the ads to report, interesting ones first, then best first; () when nothing is new.

    `happened` holds, by the key of a posting, what happened to it since last time; `marks` what the
    reader said of it. Steps down and ads that are ruled out are left out, interesting ones kept.
    """
    marks = marks or {}
    found = []
    for one in ranking:
        mark = marks.get(one.key)
        if one.key not in happened or mark in answered:
            continue
        rising = one.ruled_out is None and one.move is not Move.DOWN
        fits = rising and one.score.total >= least
        if fits or mark == INTERESTING:
            found.append(News(one, tuple(happened[one.key]), mark))
    found.sort(key=lambda news: (news.mark != INTERESTING, -news.comparison.score.total))
    return tuple(found[:most])


def digest_document(news: Collection[News], *, since: datetime, n_more: int = 0) -> Document | None:
    """Return the report on `news`, or None: a digest is silent when nothing is new.

    `n_more` ads fit as well but are not told of.
    """
    if not news:
        return None
    ads = "1 ad" if len(news) == 1 else f"{len(news)} ads"
    fit = "fits" if len(news) == 1 else "fit"
    order = "best first"
    if any(one.mark == INTERESTING for one in news):
        order = "those you marked interesting first, then best first"
    opening = f"{ads} that {fit}, new or changed since {since:%d %B %Y, %H:%M} UTC; {order}."
    if n_more:
        opening += f" {n_more} more fit: `pmjobs compare` ranks them all."
    return Document(f"{ads} for you", opening, tuple(map(_section, news)))


def as_mail(
    document: Document, *, to: str | None = None, sender: str | None = None, now: datetime
) -> bytes:
    """Return the report as a mail message (.eml), text and HTML; nothing is sent.

    Nobody is invented: without `to` and `sender` it is a draft, for a mail program to fill in.
    """
    message = EmailMessage()
    message["Subject"] = f"pmjobs: {document.title}"
    if sender is not None:
        message["From"] = sender
    else:
        message["X-Unsent"] = "1"  # mail programs open it as a draft
    if to is not None:
        message["To"] = to
    message["Date"] = format_datetime(now)
    message.set_content(as_text(document))
    message.add_alternative(as_html(document), subtype="html")
    return message.as_bytes()


def _section(news: News) -> Section:
    one = news.comparison
    said = [f"{', '.join(news.happened)}; {_level(one)}; {', '.join(map(str, one.moved.moves))}"]
    if one.ruled_out is not None:
        said.append(f"But {one.ruled_out}.")
    if news.mark:
        said[0] = f"{news.mark}; {said[0]}"
    missing = [gap.name for gap in one.gaps if gap.importance is Importance.ESSENTIAL]
    met = one.standing(Standing.MET, Importance.ESSENTIAL)
    points = [one.saying, f"Pay: {one.pay.note}"]
    if shown := [judged.name for judged in met if judged.close is None]:
        points.append(f"You show: {', '.join(shown)}")
    if close := [f"{judged.close} (for {judged.name})" for judged in met if judged.close]:
        points.append(f"Close: {', '.join(close)}")
    if missing:
        points.append(f"You do not show: {', '.join(missing)}")
    if why := _why(one):
        points.append(f"Why: {why}")
    if quote := _evidence(one):
        points.append(f"The ad: “{quote}”")
    if one.posting.url:
        points.append(one.posting.url)
    employer = f", {one.posting.employer}" if one.posting.employer else ""
    title = f"{one.posting.title}{employer} ({one.score.total:.0f} of 100)"
    return Section(title, tuple(said), points=tuple(points))


def _level(one: Comparison) -> str:
    if one.estimate.level is not None:
        return f"L{int(one.estimate.level)}"
    return "not project work" if one.outside else "level not to be told"


def _why(one: Comparison) -> str:
    """What the fullest parts of the score rest on; the requirements are named apart."""
    parts = [part for part in one.score.parts if part.name != "requirements"]
    fullest = sorted(parts, key=lambda part: -part.points)[:MOST_REASONS]
    return "; ".join(part.why for part in fullest)


def _evidence(one: Comparison) -> str | None:
    """The ad's line that shows the level best: of the heaviest duty, the highest anchor."""
    shown = [e for e in one.estimate.evidence if e.dimension in DUTY_DIMENSIONS]
    if not shown:
        return None
    best = max(shown, key=lambda e: dimensions()[e.dimension].weight * e.anchor)
    return shorten(best.quote, LONGEST_QUOTE, placeholder=" …")
