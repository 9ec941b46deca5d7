"""What the store hands out and takes in, beside the records of an ad and of a level."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pmjobs.ladder import LevelEstimate
from pmjobs.posting import Board, Payload, Posting, Skipped

LONGEST_RUN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """One posting as it stands, with its history in short and the newest estimate of it."""

    id: int
    posting: Posting
    first_seen: datetime  # aware, UTC, as all times here
    last_seen: datetime
    closed_at: datetime | None
    estimate: LevelEstimate | None  # of what the ad says now; None: not estimated yet
    content: str  # hash of title, pay and text; pass the record on, so estimates refer to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One successful answer of a board, read as far as it was new.

    Every ad of the answer stands in one of `ads`, `unchanged`, `skipped`.
    """

    board: Board
    read_at: datetime
    digest: str  # of all its documents, and of who read them
    reader: str  # the pmjobs that read it
    ads: Sequence[tuple[Payload, Posting]]  # new or changed
    unchanged: Collection[str] = ()  # source ids whose payload is stored as it is
    skipped: Sequence[Skipped] = ()
    whole: bool = True  # False: a feed's newest, a search's first; who is absent may be open still


@dataclass(frozen=True, slots=True)
class BoardState:
    """What the store knows of a board before it is read again."""

    digest: str | None  # None: never read
    n_listed: int  # ads that it showed last time


@dataclass(frozen=True, slots=True)
class Counts:
    """What one read of one board changed in the store."""

    new: int = 0
    changed: int = 0  # title, pay or text
    unchanged: int = 0
    closed: int = 0
    reopened: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class BoardSkipped:
    """One ad that could not be read, and the board it stands on."""

    board: str  # "greenhouse:acme"
    source: str
    source_id: str
    field: str
    problem: str
    found_at: datetime  # the start of the run that found it so


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBoard:
    """How one board fares."""

    key: str  # "greenhouse:acme"
    source: str
    board: str
    last_read_at: datetime | None  # the last answer with ads; None: there was none yet
    last_run_at: datetime | None  # the last time it was asked, whatever came of it
    failures: int  # in a row, up to the last time
    failure: str | None  # why it could not be read last time; None: it could
    n_open: int  # ads that it shows
    n_skipped: int  # ads of its last answer that could not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHost:
    """A host whose last word was that it wants to be left alone."""

    name: str  # with the port, if it is not the scheme's own
    reason: str  # "answered HTTP 429, asked us to wait 600 s"
    failures: int  # in a row
    failed_at: datetime  # the last of them
    retry_at: datetime  # not asked before then

    def waits(self, now: datetime) -> bool:
        """Whether it is still to be left alone.

        A note from further ahead than a run can last is the work of a clock that was wrong.
        """
        return now < self.retry_at and self.failed_at < now + LONGEST_RUN


class LinkKind(StrEnum):
    """What two linked ads are to each other."""

    SAME = "same opening"  # seen in several places, or published again
    COPY = "same text, other employer"  # an agency's copy, or a sister company's


@dataclass(frozen=True, slots=True)
class Link:
    """Two ads that belong together, and why."""

    first_id: int  # the smaller id
    second_id: int
    kind: LinkKind
    reason: str  # for people


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as it is kept."""

    id: int
    link: Link
    found_at: datetime
    undone_at: datetime | None  # a person took the two apart; they stay so


class MarkKind(StrEnum):
    """What a reader can say of an ad."""

    APPLIED = "applied"
    NOT_FOR_ME = "not-for-me"
    INTERESTING = "interesting"
    NONE = "none"  # takes the mark back


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMark:
    """What the reader said of one ad, once."""

    posting_id: int
    key: str  # "greenhouse:acme/4021"
    title: str
    employer: str | None
    kind: MarkKind
    why: str | None
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed for its age, or would be."""

    postings: int
    runs: int


class ChangeKind(StrEnum):
    """What can happen to a posting, in the order in which it happens at one time."""

    NEW = "new"
    REOPENED = "reopened"
    RETITLED = "retitled"
    REPAID = "repaid"
    REWRITTEN = "rewritten"
    RELEVELLED = "re-levelled"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened to a posting."""

    at: datetime
    kind: ChangeKind
    posting_id: int
    key: str  # "greenhouse:acme/4021"
    title: str  # after a change of it, else as it stands now
    employer: str | None
    url: str | None
    old: str | None  # title, words of the pay, text, "L3"; None: it had none, or nothing to say
    new: str | None  # likewise; of a closed posting, the reason


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `ingest`, summed over its boards."""

    id: int
    started_at: datetime
    finished_at: datetime | None  # None: under way, or it was killed
    boards: int
    failed: int
    counts: Counts
    requests: int | None  # None: not finished
    saved: int | None
    refused: int | None
    bytes_received: int | None
    seconds: float | None
