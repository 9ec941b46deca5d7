"""Labelled and unlabelled ads for training: read, checked, grouped by employer."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmjobs.errors import SettingsError
from pmjobs.ladder import IN_SCOPE, Dimension, Family, Level, Track
from pmjobs.level.reading import MAX_CHARS

# The labels' short names of the dimensions.
CODES = dict(
    zip(
        ("acc", "scope", "people", "stake", "auto", "strat", "comm", "prog", "exp", "qual", "pay"),
        Dimension,
        strict=True,
    )
)
# Shipped ads of invented employers, for training only.
INVENTED = (
    "data/training/invented.jsonl",
    "data/training/more_invented.jsonl",
    "data/training/third_invented.jsonl",
)
MORE = "data/training/labels.jsonl"  # of further ads of the corpus, for training only
SHINGLE_WORDS = 5
NEAR_DUPLICATE = 0.6  # Jaccard similarity of shingles from which ads count as one
N_HASHES = 128


@dataclass(frozen=True, slots=True)
class CorpusAd:
    """One ad of the corpus."""

    id: str
    title: str
    owner: str  # the employer, or where the ad was found if none is named
    employer: str | None
    description: str
    country: str | None
    source: str | None  # the dataset it came from


@dataclass(frozen=True, slots=True)
class Label:
    """What an annotator found in one ad, by the rubric."""

    ad: CorpusAd
    family: Family
    track: Track | None
    level: Level | None  # None: out of scope, or too thin to tell
    dimensions: dict[Dimension, float]
    years: float | None
    quotes: tuple[str, ...]
    invented: bool


def read_corpus(
    folder: Path, *, own: Sequence[Label] = ()
) -> tuple[dict[str, CorpusAd], list[Label]]:
    """Return the corpus's ads by id, and its labels in the order of the file.

    Labels of one's `own` and their ads stand behind those of the corpus.

    Raises SettingsError if a file is missing or a label points at no ad or leaves the ladder.
    """
    ads = {row["id"]: _ad(row) for row in _lines(folder / "ads.jsonl.gz")}
    labels = []
    for row in _lines(folder / "labels.jsonl"):
        if row["id"] not in ads:
            raise SettingsError(f"{folder / 'labels.jsonl'}: {row['id']}: no such ad; check the id")
        labels.append(_label(row, ads[row["id"]], invented=False))
    return ads | {label.ad.id: label.ad for label in own}, [*labels, *own]


def read_more(path: Path, ads: Mapping[str, CorpusAd]) -> list[Label]:
    """Return the labels of `path` whose ads are at hand; for training only.

    Raises SettingsError if an ad has another text than the one that was labelled.
    """
    found = []
    for row in _lines(path):
        ad = ads.get(row["id"])
        if ad is None:
            continue
        if row["text_sha256"] != print_of(ad.description):
            raise SettingsError(f"{path}: {ad.id} has another text now; label it again")
        found.append(_label(row, ad, invented=False))
    return found


def print_of(text: str) -> str:
    """Return a fingerprint of an ad's text, for labels and offsets hold for that text only."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def read_invented(path: Path) -> list[Label]:
    """Return the labelled ads of invented employers; for training only."""
    return [_label(row, _ad(row), invented=True) for row in _lines(path)]


def groups_of(ads: Sequence[CorpusAd]) -> list[str]:
    """Return the group of each ad: employers, merged where they publish near-duplicates.

    Ads of one group never stand on both sides of a split.
    """
    from rensa import RMinHash, RMinHashLSH

    parent = {ad.owner: ad.owner for ad in ads}

    def root(owner: str) -> str:
        while parent[owner] != owner:
            owner = parent[owner]
        return owner

    index = RMinHashLSH(threshold=NEAR_DUPLICATE, num_perm=N_HASHES, num_bands=32)
    prints: list[RMinHash] = []
    for number, ad in enumerate(ads):
        words = ad.description.lower().split()
        shingles = [
            " ".join(words[i : i + SHINGLE_WORDS])
            for i in range(max(1, len(words) - SHINGLE_WORDS + 1))
        ]
        sketch = RMinHash(num_perm=N_HASHES, seed=1)
        sketch.update(shingles)
        for other in index.query(sketch):
            if sketch.jaccard(prints[other]) >= NEAR_DUPLICATE:
                first, second = sorted((root(ad.owner), root(ads[other].owner)))
                parent[second] = first
        index.insert(number, sketch)
        prints.append(sketch)
    return [root(ad.owner) for ad in ads]


def levelled(labels: Sequence[Label]) -> list[Label]:
    """Return the labels that name a level."""
    return [label for label in labels if label.level is not None and label.family in IN_SCOPE]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, filter(str.strip, lines))
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; name the folder of the corpus") from None
    except ValueError as error:
        raise SettingsError(f"{path}: not JSON lines ({error})") from error


def _ad(row: dict[str, Any]) -> CorpusAd:
    return CorpusAd(
        id=row["id"],
        title=row["title"] or "",
        owner=row.get("employer") or row.get("repo") or row["id"],
        employer=row.get("employer"),
        description=(row.get("description") or "")[:MAX_CHARS],
        country=row.get("country"),
        source=row.get("source_dataset"),
    )


def _label(row: dict[str, Any], ad: CorpusAd, *, invented: bool) -> Label:
    try:
        return Label(
            ad=ad,
            family=Family(row["family"]),
            track=Track(row["track"]) if row.get("track") else None,
            level=Level(row["level"]) if row.get("level") else None,
            dimensions={CODES[code]: float(a) for code, a in (row.get("dims") or {}).items()},
            years=row.get("years"),
            quotes=tuple(row.get("ev") or ()),
            invented=invented,
        )
    except (KeyError, ValueError) as error:
        raise SettingsError(f"label {row.get('id')}: {error}; see the rubric's names") from error
