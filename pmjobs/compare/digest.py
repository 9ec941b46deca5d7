"""What is new since last time and fits: a short report, or nothing when nothing is new.

A digest names new ads and ads whose words, pay or title changed, best first. What the reader has
answered already (applied, not for me) stays out; what is marked as interesting comes first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from pmjobs.compare.comparison import Comparison
from pmjobs.compare.document import Document, Section, as_html, as_text
from pmjobs.compare.reading import Importance
from pmjobs.compare.verdicts import Standing
from pmjobs.domain.moves import Move, steps

LEAST_SCORE = 50.0  # of 100
MOST_ADS = 15
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
        if one.key not in happened or mark in answered or one.ruled_out is not None:
            continue
        fits = one.score.total >= least and one.move is not Move.DOWN
        if fits or mark == INTERESTING:
            found.append(News(one, tuple(happened[one.key]), mark))
    found.sort(key=lambda news: (news.mark != INTERESTING, -news.comparison.score.total))
    return tuple(found[:most])


def digest_document(news: Collection[News], *, since: datetime) -> Document | None:
    """Return the report on `news`, or None: a digest is silent when nothing is new."""
    if not news:
        return None
    ads = "1 ad" if len(news) == 1 else f"{len(news)} ads"
    opening = f"{ads} that fit, new or changed since {since:%d %B %Y, %H:%M} UTC; best first."
    return Document(f"{ads} for you", opening, tuple(map(_section, news)))


def as_mail(document: Document, *, to: str, sender: str, now: datetime) -> bytes:
    """Return the report as a mail message (.eml), text and HTML; nothing is sent."""
    message = EmailMessage()
    message["Subject"] = f"pmjobs: {document.title}"
    message["From"] = sender
    message["To"] = to
    message["Date"] = format_datetime(now)
    message.set_content(as_text(document))
    message.add_alternative(as_html(document), subtype="html")
    return message.as_bytes()


def _section(news: News) -> Section:
    one = news.comparison
    level = f"L{int(one.estimate.level)}" if one.estimate.level else "level not to be told"
    said = [f"{', '.join(news.happened)}; {level}; {', '.join(map(str, one.moved.moves))}"]
    if news.mark:
        said[0] = f"{news.mark}; {said[0]}"
    missing = [gap.name for gap in one.gaps if gap.importance is Importance.ESSENTIAL]
    met = one.standing(Standing.MET, Importance.ESSENTIAL)
    points = [f"{steps()[one.step].say}", f"Pay: {one.pay.note}"]
    if met:
        points.append(f"You show: {', '.join(judged.name for judged in met)}")
    if missing:
        points.append(f"You do not show: {', '.join(missing)}")
    if one.posting.url:
        points.append(one.posting.url)
    employer = f", {one.posting.employer}" if one.posting.employer else ""
    title = f"{one.posting.title}{employer} ({one.score.total:.0f} of 100)"
    return Section(title, tuple(said), points=tuple(points))
