"""Stored ads as pandas DataFrames: what notebooks work with."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from pmjobs.errors import StoreError
from pmjobs.explain import Explanation, explain
from pmjobs.market import Market, market_of
from pmjobs.parsing.location import check_country
from pmjobs.store import Store, StoredPosting

if TYPE_CHECKING:
    from pmjobs.ladder import Level

# Column → pandas dtype. Stated facts first, what pmjobs concludes second, history last.
# Absent is <NA> or NaT everywhere. Levels are 1 to 7; pay is in main units of `currency`, for
# `pay_period`, as stated (not annualised).
POSTING_COLUMNS = {
    "id": "int64",
    "source": "string",
    "source_id": "string",
    "url": "string",
    "title": "string",
    "employer": "string",
    "description": "string",
    "location": "string",
    "country": "string",
    "remote": "string",
    "employment_type": "string",
    "date_posted": "datetime64[us]",
    "valid_through": "datetime64[us]",
    "currency": "string",
    "pay_minimum": "Float64",
    "pay_maximum": "Float64",
    "pay_period": "string",
    "pay_text": "string",
    "years": "Float64",
    "years_text": "string",
    "family": "string",
    "in_scope": "boolean",
    "track": "string",
    "level": "Int8",
    "level_low": "Int8",
    "level_high": "Int8",
    "likely_low": "Int8",
    "likely_high": "Int8",
    "title_level": "Int8",
    "title_gap": "Int8",
    "abstained": "boolean",
    "reason": "string",
    "model_id": "string",
    "first_seen": "datetime64[us, UTC]",
    "last_seen": "datetime64[us, UTC]",
    "closed_at": "datetime64[us, UTC]",
}


class Desk:
    """An opened store, for notebooks; also a context manager.

    >>> import pmjobs
    >>> with pmjobs.open("sqlite://") as desk:
    ...     len(desk.postings())
    0
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def postings(self, *, closed: bool = False) -> pd.DataFrame:
        """Return one row a stored ad with the columns of `POSTING_COLUMNS`.

        `closed` takes in ads that are no longer published.
        """
        rows = (_row(stored) for stored in self.store.postings(only_open=not closed))
        return _frame(rows, POSTING_COLUMNS)

    def evidence(self, *, closed: bool = False) -> pd.DataFrame:
        """Return one row a quoted line: id, dimension, anchor (0-4), quote, start, end."""
        columns = {
            "id": "int64",
            "dimension": "string",
            "anchor": "Float64",
            "quote": "string",
            "start": "int64",
            "end": "int64",
            "contribution": "Float64",
        }
        rows = (
            {"id": stored.id} | {name: getattr(found, name) for name in columns if name != "id"}
            for stored in self.store.postings(only_open=not closed)
            if stored.estimate
            for found in stored.estimate.evidence
        )
        return _frame(rows, columns)

    def explain(self, ref: str | int) -> Explanation:
        """Return what one stored ad's title means; notebooks show it with its evidence marked.

        `ref` is an id, a "source:source_id" key or a URL. Raises StoreError if there is no such
        ad, or it has no estimate yet.
        """
        stored = self.store.find(str(ref))
        if stored is None:
            raise StoreError(f"{ref}: no such posting in the store; take an id from postings()")
        if stored.estimate is None:
            raise StoreError(f"{ref}: not levelled yet; run `pmjobs level` first")
        return explain(stored.posting, stored.estimate, self.store.levelled())

    def market(self, words: str, *, country: str | None = None, containing: bool = False) -> Market:
        """Return the real levels behind a title, by country and employer, with 90 % intervals.

        Notebooks show it as a page; `.frame()` has the shares as a DataFrame. `country` is a code
        or a name. `containing` takes in titles that only hold the words ("Assistant Project
        Manager"). Raises PmjobsError for an unknown country.
        """
        country = check_country(country) if country else None
        return market_of(words, self.store.levelled(), country=country, containing=containing)


def open_desk(db: str | Path | None = None) -> Desk:
    """Open a store for a notebook: a file, a database URL, or the user's own by default.

    The user's own is made if it is new. Raises StoreError if `db` names none.
    """
    from pmjobs.places import default_db

    return Desk(Store.open(default_db()) if db is None else Store.open(db, new=False))


def posting_frames(
    store: Store, *, closed: bool = False, size: int = 5_000
) -> Iterator[pd.DataFrame]:
    """Yield the rows of `Desk.postings` in frames of `size`; at least one, be it empty."""
    postings = store.postings(only_open=not closed)
    rows = [_row(stored) for stored in islice(postings, size)]
    yield _frame(iter(rows), POSTING_COLUMNS)
    while rows := [_row(stored) for stored in islice(postings, size)]:
        yield _frame(iter(rows), POSTING_COLUMNS)


def _frame(rows: Iterator[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(list(rows), columns=list(columns))
    return frame.astype(columns)


def _row(stored: StoredPosting) -> dict[str, Any]:
    posting, estimate = stored.posting, stored.estimate
    pay = posting.base_salary or (estimate.salary if estimate else None)
    years = posting.experience_years or (estimate.experience_years if estimate else None)
    return {
        "id": stored.id,
        "source": posting.source,
        "source_id": posting.source_id,
        "url": posting.url,
        "title": posting.title,
        "employer": posting.employer,
        "description": posting.description,
        "location": "; ".join(place.text for place in posting.locations) or None,
        "country": posting.country,
        "remote": str(posting.remote.kind) if posting.remote else None,
        "employment_type": ", ".join(map(str, posting.employment_type)) or None,
        "date_posted": posting.date_posted,
        "valid_through": posting.valid_through,
        "currency": pay.currency if pay else None,
        "pay_minimum": _float(pay.minimum) if pay else None,
        "pay_maximum": _float(pay.maximum) if pay else None,
        "pay_period": pay.period and str(pay.period) if pay else None,
        "pay_text": pay.text if pay else None,
        "years": years.minimum if years else None,
        "years_text": years.text if years else None,
        "family": str(estimate.family) if estimate else None,
        "in_scope": estimate.in_scope if estimate else None,
        "track": estimate.track and str(estimate.track) if estimate else None,
        "level": _rung(estimate.level) if estimate else None,
        "level_low": _rung(estimate.level_low) if estimate else None,
        "level_high": _rung(estimate.level_high) if estimate else None,
        "likely_low": _rung(estimate.likely_low) if estimate else None,
        "likely_high": _rung(estimate.likely_high) if estimate else None,
        "title_level": _rung(estimate.title_level) if estimate else None,
        "title_gap": estimate.title_gap if estimate else None,
        "abstained": estimate.abstained if estimate else None,
        "reason": estimate.reason if estimate else None,
        "model_id": estimate.model_id if estimate else None,
        "first_seen": stored.first_seen,
        "last_seen": stored.last_seen,
        "closed_at": stored.closed_at,
    }


def _float(amount: Any) -> float | None:
    return None if amount is None else float(amount)


def _rung(level: "Level | None") -> int | None:
    return None if level is None else int(level)
