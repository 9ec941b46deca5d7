"""From an ad to its level: one posting, many, lines of a file, or all that a store still lacks."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from pmjobs.domain.titles import claim_of
from pmjobs.errors import ParseError
from pmjobs.estimate_json import estimate_as_json
from pmjobs.flags import flags_of, tells_of_range
from pmjobs.ladder import IN_SCOPE, NOT_ENGLISH, Family, Level, LevelEstimate, Track
from pmjobs.level.artefact import LevelModel
from pmjobs.level.contributions import Contributions, contributions
from pmjobs.level.evidence import codes_shown, find_evidence, find_senses
from pmjobs.level.gates import gated_probabilities
from pmjobs.level.model import LEVELS, Look, central_level, level_set
from pmjobs.level.reading import Reading, is_english, read
from pmjobs.level.scope import UNSURE, Kind
from pmjobs.level.stated_evidence import evidence_of_facts
from pmjobs.level.thin import is_thin
from pmjobs.level.vocabulary import View
from pmjobs.posting import Posting

if TYPE_CHECKING:
    from pmjobs.store import Store

T = TypeVar("T")

_THIN = "cannot tell: the ad says too little about the work"
_UNSURE = "cannot tell whether this is project work"

FEWEST_WORDS = 25  # of duties and requirements; below, nothing can be said
SHORT_TEXT = 250  # characters; a text of fewer, and of fewer words, shows no language either
THIN_WORDS = 40  # an ad of fewer must not be thin before it is called other work
TOGETHER = 100  # ads that go through the stages side by side
BATCH = 200  # ads a task of a worker process, and a transaction of the store


@dataclass(frozen=True, slots=True)
class LinesDone:
    """How a file of ads went."""

    read: int
    failed: int


def estimate_posting(posting: Posting, model: LevelModel) -> LevelEstimate:
    """Return the model's answer for one posting, whatever its text.

    The answer rests on the description alone: title, employer and pay fields never move the
    family, the level or its probabilities.
    """
    return estimate_batch((posting,), model)[0]


def estimate_batch(postings: Sequence[Posting], model: LevelModel) -> list[LevelEstimate]:
    """Return the same answers for several postings, sooner.

    All go through one stage before the next begins, so that its tables stay near the processor.
    """
    readings = [read(posting.description) for posting in postings]
    reasons = [_unreadable(*both) for both in zip(postings, readings, strict=True)]
    views = [
        None if reason else model.vocabulary.view(reading)
        for reason, reading in zip(reasons, readings, strict=True)
    ]
    kinds = [model.work.decide(view.row) if view else _NO_KIND for view in views]
    looks = [
        model.level.look(view)
        if view and (kind.family in IN_SCOPE or view.reading.n_words < THIN_WORDS)
        else None
        for view, kind in zip(views, kinds, strict=True)
    ]
    moved = [
        contributions(view, look, model.level)
        if view and look and kind.family in IN_SCOPE
        else None
        for view, look, kind in zip(views, looks, kinds, strict=True)
    ]
    found = []
    for n, posting in enumerate(postings):
        view, look, shares = views[n], looks[n], moved[n]
        if view is None:
            found.append(_untold(posting, model, readings[n], reasons[n]))
        elif look is None or shares is None:
            found.append(_outside(posting, model, view, kinds[n], look))
        else:
            found.append(_inside(posting, model, view, kinds[n], look, shares))
    return found


_NO_KIND = Kind(Family.UNCLEAR, 0.0, Track.PROJECT)


def _untold(
    posting: Posting, model: LevelModel, reading: Reading, reason: str | None
) -> LevelEstimate:
    """The answer for an ad that says too little, or nothing that can be read."""
    return _answer(posting, model, reading, Family.UNCLEAR, abstained=True, reason=reason)


def _outside(
    posting: Posting, model: LevelModel, view: View, kind: Kind, look: Look | None
) -> LevelEstimate:
    """The answer for an ad of other work, or of too few words to tell."""
    family = kind.family
    if look is not None and is_thin(look, view.reading):
        return _untold(posting, model, view.reading, _THIN)
    if doubt := _doubt(kind):
        return _answer(posting, model, view.reading, family, abstained=True, reason=doubt)
    return _answer(
        posting, model, view.reading, family, reason=f"not project work: {_words(family)}"
    )


def _inside(
    posting: Posting, model: LevelModel, view: View, kind: Kind, look: Look, moved: Contributions
) -> LevelEstimate:
    """The answer for an ad of project work."""
    text, reading = posting.description or "", view.reading
    probabilities, shut = gated_probabilities(model.level, look, reading)
    dimensions = codes_shown(model.level, look)
    found = _answer(
        posting,
        model,
        reading,
        kind.family,
        track=kind.track,
        probabilities={level: float(p) for level, p in zip(LEVELS, probabilities, strict=True)},
        dimensions=dimensions,
        senses=find_senses(
            text, reading, look.reads, dimensions, claims_senior=_claims_senior(posting)
        ),
        evidence=(
            *find_evidence(text, reading, look.reads, moved.sentences),
            *evidence_of_facts(text, reading, moved.facts),
        ),
    )
    if reason := _THIN if is_thin(look, reading) else _doubt(kind):
        return replace(found, abstained=True, reason=reason)
    level = central_level(probabilities)
    low, high = level_set(probabilities, model.mass_90)
    likely_low, likely_high = level_set(probabilities, model.mass_80, within=(low, high))
    several = tells_of_range(text.lower())
    flags = flags_of(posting, level, found.title_level, several=several)
    if several:  # the level is the lowest post's (levels.md, 3.5)
        high = max(high, Level(min(level + 1, LEVELS[-1])))
    return replace(
        found,
        level=level,
        level_low=low,
        level_high=high,
        likely_low=likely_low,
        likely_high=likely_high,
        flags=(*flags, *(("gate",) if shut else ())),
    )


def _doubt(kind: Kind) -> str | None:
    """Why nothing is said of an ad that may as well be project work as other work."""
    return _UNSURE if abs(kind.inside - 0.5) < UNSURE else None


def estimate_many(
    postings: Iterable[Posting], model: LevelModel, *, n_jobs: int = 1
) -> Iterator[LevelEstimate]:
    """Yield an estimate for each posting, in order, on `n_jobs` processes."""
    if n_jobs == 1:
        for batch in _batches(postings, TOGETHER):
            yield from estimate_batch(batch, model)
        return
    from joblib import Parallel, delayed

    tasks = (delayed(estimate_batch)(batch, model) for batch in _batches(postings, BATCH))
    for batch in Parallel(n_jobs=n_jobs, return_as="generator")(tasks):
        yield from batch


def estimate_lines(
    lines: Iterable[str],
    output: TextIO,
    model: LevelModel,
    *,
    n_jobs: int = 1,
    on_progress: Callable[[int], None] | None = None,
) -> LinesDone:
    """Write one JSON answer a line for ads given one a line, in their order.

    A line that cannot be read becomes {"id", "error"} and is counted; the run goes on.
    """
    from pmjobs.parsing.ad_lines import read_ad_lines  # here: one ad's level needs no pay or place

    n_read = n_failed = 0
    for batch in _batches(read_ad_lines(lines, whole=False), BATCH * max(1, n_jobs)):
        good = [ad for ad in batch if isinstance(ad, Posting)]
        estimates = iter(list(estimate_many(good, model, n_jobs=n_jobs)))
        for ad in batch:
            if isinstance(ad, ParseError):
                answer = {"id": ad.source_id, "error": f"{ad.field}: {ad.problem}"}
                n_failed += 1
            else:
                answer = {"id": ad.source_id, **estimate_as_json(next(estimates))}
            output.write(json.dumps(answer, ensure_ascii=False) + "\n")
        n_read += len(batch)
        if on_progress:
            on_progress(len(batch))
    return LinesDone(n_read, n_failed)


def estimate_pending(
    store: "Store",
    model: LevelModel,
    *,
    n_jobs: int = 1,
    again: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Estimate stored postings that this model has not seen as they stand now; return how many.

    `again` estimates every stored posting once more.
    """
    pending = store.postings(only_open=False) if again else store.without_estimate(model.model_id)
    done = 0
    for batch in _batches(pending, BATCH):
        estimates = estimate_many((stored.posting for stored in batch), model, n_jobs=n_jobs)
        done += store.save_estimates(zip(batch, estimates, strict=True))
        if on_progress:
            on_progress(len(batch))
    return done


def _unreadable(posting: Posting, reading: Reading) -> str | None:
    text = posting.description or ""
    if not text.strip():
        return "cannot tell: no text"
    if len(text.split()) < FEWEST_WORDS and len(text) < SHORT_TEXT:
        return "cannot tell: the text is too short"
    if not is_english(text):
        return NOT_ENGLISH
    if reading.n_words < FEWEST_WORDS:
        return _THIN
    return None


def _answer(
    posting: Posting, model: LevelModel, reading: Reading, family: Family, **known: Any
) -> LevelEstimate:
    claim = claim_of(posting.title)
    fields: dict[str, Any] = {
        "family": family,
        "track": None,
        "level": None,
        "level_low": None,
        "level_high": None,
        "probabilities": {},
        "abstained": False,
        "reason": None,
        "title_level": claim.level if claim else None,
        "dimensions": {},
        "senses": (),
        "evidence": (),
        "flags": (),
        "experience_years": posting.experience_years or reading.years,
        "salary": posting.base_salary,
        "model_id": model.model_id,
    }
    return LevelEstimate(**(fields | known))


def _claims_senior(posting: Posting) -> bool:
    claim = claim_of(posting.title)
    return claim is not None and claim.level >= Level.SENIOR


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _words(family: Family) -> str:
    return str(family).replace("_", " ")
