"""Finding postings by their words and by what is stated or estimated of them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    column,
    func,
    literal_column,
    table,
)

from pmjobs.errors import StoreError
from pmjobs.store.queries import postings
from pmjobs.store.records import StoredPosting
from pmjobs.store.rows import plain, stored_of
from pmjobs.store.schema import estimate, posting

Between = tuple[int | None, int | None]  # both included; None: open on that side

# A word in the title says more than the same word in a long text.
TITLE_WEIGHT, EMPLOYER_WEIGHT, TEXT_WEIGHT = 8.0, 4.0, 1.0

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


def search(
    db: Connection,
    words: str,
    *,
    level: Between | None,
    gap: Between | None,
    country: str | None,
    since: date | None,
    remote: bool,
    closed: bool,
    limit: int,
) -> list[StoredPosting]:
    """Return the postings that fit, best match first, or newest first without words."""
    asked = postings(only_open=not closed, model_id=None)
    published = func.coalesce(posting.c.date_posted, func.date(posting.c.first_seen))
    wanted: list[ColumnElement[bool]] = [
        *_between(estimate.c.level, level),
        *_between(estimate.c.title_gap, gap),
        *(
            [posting.c.countries.contains(f"|{country.upper()}|", autoescape=True)]
            if country
            else []
        ),
        *([posting.c.remote == "remote"] if remote else []),
        *([published >= since] if since else []),
    ]
    order: list[ColumnElement[Any]] = [published.desc(), posting.c.id.desc()]
    if words.strip():
        matches, rank = _match(db.dialect.name, read_words(words))
        wanted += matches
        order.insert(0, rank)
    ids = asked.with_only_columns(posting.c.id).where(*wanted).order_by(*order).limit(limit)
    # The texts are read for those few alone, once it is known which they are.
    found = list(db.scalars(ids))
    rows = db.execute(asked.where(posting.c.id.in_(found))).mappings()
    by_id = {row["id"]: stored_of(row) for row in rows}
    return [by_id[posting_id] for posting_id in found]


def read_words(words: str) -> list[tuple[bool, str]]:
    """Return what a person looks for as (wanted, word or phrase).

    >>> read_words('"programme manager" nhs -interim')
    [(True, 'programme manager'), (True, 'nhs'), (False, 'interim')]
    >>> read_words("CI/CD")
    [(True, 'CI CD')]

    Raises StoreError if nothing is wanted, only things left out.
    """
    terms = []
    for minus, phrase, word in _TERM.findall(plain(words)):
        if term := re.sub(r"[\W_]+", " ", phrase or word).strip():
            terms.append((not minus, term))
    if not any(wanted for wanted, _ in terms):
        raise StoreError(f"search: {words!r}: name at least one word that an ad should have")
    return terms


def _match(
    dialect: str, terms: Sequence[tuple[bool, str]]
) -> tuple[list[ColumnElement[bool]], ColumnElement[float]]:
    """Return the conditions and the rank, smallest first."""
    if dialect == "postgresql":
        asked = " ".join(f'{"" if wanted else "-"}"{term}"' for wanted, term in terms)
        query = func.websearch_to_tsquery("simple", asked)
        words: ColumnElement[str] = literal_column("posting.words")
        return [words.bool_op("@@")(query)], -func.ts_rank(words, query)
    # In double quotes FTS5 takes a word for a word, be it NOT or NEAR.
    asked = " AND ".join(f'"{term}"' for wanted, term in terms if wanted)
    unwanted = "".join(f' NOT "{term}"' for wanted, term in terms if not wanted)
    index = table("posting_words", column("rowid", Integer))
    name: ColumnElement[str] = literal_column("posting_words")
    conditions = [index.c.rowid == posting.c.id, name.bool_op("MATCH")(f"({asked}){unwanted}")]
    return conditions, func.bm25(name, TITLE_WEIGHT, EMPLOYER_WEIGHT, TEXT_WEIGHT)


def _between(value: ColumnElement[int], wanted: Between | None) -> list[ColumnElement[bool]]:
    low, high = wanted or (None, None)
    return [
        *([value >= low] if low is not None else []),
        *([value <= high] if high is not None else []),
    ]
