"""pmjobs: the real level behind a project job's title.

In a notebook::

    import pmjobs
    desk = pmjobs.open()        # your store; pmjobs.open("demo.db") for another
    desk.postings()             # a DataFrame, one row an ad
    desk.explain(12)            # what does "senior" mean here?
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pmjobs.errors import PmjobsError
from pmjobs.ladder import Level, LevelEstimate
from pmjobs.posting import Posting

if TYPE_CHECKING:
    from pmjobs.frames import Desk
    from pmjobs.level.artefact import LevelModel

__all__ = ["Level", "LevelEstimate", "PmjobsError", "Posting", "estimate", "open"]


def open(db: str | Path | None = None) -> "Desk":
    """Open a store for a notebook: a file, a database URL, or your own by default."""
    from pmjobs.frames import open_desk  # pandas takes time; the command line does not need it

    return open_desk(db)


def estimate(text: str, *, title: str = "", employer: str | None = None) -> LevelEstimate:
    """Return the shipped model's estimate for one ad's plain text.

    The title only serves to compute the gap between its claim and the work.
    """
    from pmjobs.estimating import estimate_posting
    from pmjobs.parsing.ad_lines import posting_of

    record = {"id": "text", "title": title, "employer": employer, "description": text}
    return estimate_posting(posting_of(record, where="text"), _shipped_model())


@cache
def _shipped_model() -> "LevelModel":
    from pmjobs.level.artefact import load_model
    from pmjobs.places import shipped

    return load_model(shipped("models/level"))
