"""The reader's ranking behind `compare` and `plan`: of the stored ads, or of a file of ads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pmjobs.cli import options
from pmjobs.compare import Comparison, rank
from pmjobs.errors import ParseError, StoreError
from pmjobs.ladder import LevelEstimate
from pmjobs.posting import Posting
from pmjobs.profile import Profile
from pmjobs.resume.any_profile import load_any_profile

Pair = tuple[Posting, LevelEstimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """All ads compared with the reader, best first, and what the store knows of them."""

    profile: Profile
    found: list[Comparison]
    ids: dict[str, int] = field(default_factory=dict)  # key → stored id
    marks: dict[str, str] = field(default_factory=dict)  # key → what the reader said
    failed: list[dict[str, str | None]] = field(default_factory=list)  # lines that are no ads


def read_profile(given: Path | None) -> Profile:
    """Return the reader's profile, saying so where its ratings are proposals."""
    me, proposed = load_any_profile(options.profile_file(given))
    if proposed:
        options.say("a résumé: its ratings are proposals; confirm them: pmjobs profile import")
    return me


def ranked(
    profile: Path | None, *, db: str | None, model: Path | None, source: Path | None
) -> Ranked:
    """Return the ranking of the ads in `source`, levelled now, or else of the stored ads.

    Raises StoreError if the store holds no levelled ads.
    """
    me = read_profile(profile)
    if source is None:
        return _of_store(me, db)
    failed: list[dict[str, str | None]] = []
    pairs = list(_of_file(source, options.model_folder(model), failed))
    return Ranked(profile=me, found=rank(pairs, me, today=date.today()), failed=failed)


def _of_store(me: Profile, db: str | None) -> Ranked:
    from pmjobs.ranking import rank_stored

    with options.stored(db) as store:
        ranking = rank_stored(store, me, today=date.today())
    if not ranking.found:
        raise StoreError("the store has no levelled ads; run `pmjobs ingest`, then `pmjobs level`")
    return Ranked(profile=me, found=ranking.found, ids=ranking.ids, marks=ranking.marks)


def _of_file(source: Path, model: Path, failed: list[dict[str, str | None]]) -> Iterator[Pair]:
    """Yield the ads of a file with their levels; lines that are no ads go to `failed`."""
    from pmjobs.cli.files import reading
    from pmjobs.cli.progress import bar
    from pmjobs.estimating import estimate_posting
    from pmjobs.level.artefact import load_model
    from pmjobs.parsing.ad_lines import read_ad_lines

    trained = load_model(model)
    with reading(source) as lines, bar("levelling") as advance:
        for ad in read_ad_lines(lines):
            if isinstance(ad, ParseError):
                failed.append({"id": ad.source_id, "error": f"{ad.field}: {ad.problem}"})
            else:
                yield ad, estimate_posting(ad, trained)
            advance(1)
