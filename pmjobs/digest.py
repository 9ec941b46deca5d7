"""What is new since last time and fits the reader: from the store, whenever the schedule asks.

Nothing is missed between two digests: what ingest is still writing is waited for, and ads without
a level are levelled first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pmjobs.compare.digest import LEAST_SCORE, MOST_ADS, News, digest_document, find_news
from pmjobs.compare.document import Document
from pmjobs.estimating import estimate_pending
from pmjobs.level.artefact import LevelModel
from pmjobs.profile import Profile
from pmjobs.ranking import rank_stored
from pmjobs.store import Change, ChangeKind, Store

FIRST = timedelta(days=7)  # how far back the first digest looks
WAIT_S = 600.0  # for a run of ingest to end; one takes a few minutes

# A level moves because the words did, and an ad that closed is no news.
_HAPPENED = {
    ChangeKind.NEW: "new",
    ChangeKind.REOPENED: "published again",
    ChangeKind.RETITLED: "title changed",
    ChangeKind.REPAID: "pay changed",
    ChangeKind.REWRITTEN: "text changed",
}


@dataclass(frozen=True, slots=True)
class Digest:
    """The ads to tell of, of those new or changed from `since` to before `until`."""

    since: datetime
    until: datetime
    news: tuple[News, ...]
    n_more: int = 0  # ads that fit as well, beyond the most that are told of

    def document(self) -> Document | None:
        """Return the report, or None where there is nothing to tell."""
        return digest_document(self.news, since=self.since, n_more=self.n_more)


def make_digest(
    store: Store,
    profile: Profile,
    model: LevelModel,
    *,
    since: datetime | None,
    now: datetime,
    least: float = LEAST_SCORE,
    most: int = MOST_ADS,
    wait_s: float = WAIT_S,
) -> Digest:
    """Return the open ads that fit, best first, among those new or changed since a time.

    `since` None goes on where the last digest that `told` noted ended, a week back at first.
    `least` is the lowest score, of 100. Raises BusyError if ingest is still at work after `wait_s`.
    """
    with store.locked(wait_s=wait_s):  # an ad half written now would be older than the next digest
        start = since or store.last_digest() or now - FIRST
        happened = _happened(store.changes(start), before=now)
    if not happened:
        return Digest(start, now, ())
    estimate_pending(store, model)
    ranking = rank_stored(
        store, profile, today=now.date(), wanted=lambda stored: stored.posting.key in happened
    )
    news = find_news(
        ranking.found, happened, marks=ranking.marks, least=least, most=len(ranking.found)
    )
    return Digest(start, now, news[:most], max(0, len(news) - most))


def told(store: Store, digest: Digest) -> None:
    """Note that the reader has `digest`, so that the next one begins where it ended."""
    store.save_digest(digest.until, len(digest.news))


def _happened(changes: Iterable[Change], *, before: datetime) -> dict[str, list[str]]:
    """Return what happened to each ad, by its key, each thing once."""
    found: dict[str, list[str]] = {}
    for change in changes:
        words = _HAPPENED.get(change.kind)
        if words is None or change.at >= before:
            continue
        so_far = found.setdefault(change.key, [])
        if words not in so_far:
            so_far.append(words)
    return found
