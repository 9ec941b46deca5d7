"""Annotated sentences: what an annotator found each sentence of an ad to show.

`data/training/readings.jsonl` has one reading of one ad a line, without a word of the ad:
{"id", "text_sha256", "reader", "sentences": ["0-57 b", "58-120 d W acc2 scope2.5", …]}. A sentence
is told by its offsets in the ad's text; then come its zone, for a duty the kind of work, and the
dimensions it speaks for with their anchors. `data/training/sentences.jsonl` has invented
sentences with their words: {"text", "says": "d W acc2"}.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmjobs.errors import SettingsError
from pmjobs.ladder import Dimension
from pmjobs.level.corpus import CODES, CorpusAd, print_of
from pmjobs.level.sentence_reader import KINDS

READINGS = "data/training/readings.jsonl"
INVENTED_SENTENCES = "data/training/sentences.jsonl"
# Zones as annotated: boilerplate, package, duty, requirement, heading.
ZONE_LETTERS = "bpdrh"
_SAYS = re.compile(
    rf"(?P<zone>[{ZONE_LETTERS}])(?: (?P<kind>[{''.join(KINDS)}]))?"
    rf"(?P<codes>(?: (?:{'|'.join(CODES)})(?:[0-3](?:\.5)?|4))*)"
)
_CODE = re.compile(r"([a-z]+)([\d.]+)")


@dataclass(frozen=True, slots=True)
class SentenceLabel:
    """One annotator's finding about text[start:end] of an ad."""

    start: int
    end: int
    zone: str  # one of ZONE_LETTERS
    kind: str | None  # one of KINDS, of a duty
    codes: tuple[tuple[Dimension, float], ...]


@dataclass(frozen=True, slots=True)
class AnnotatedAd:
    """One annotator's reading of one ad."""

    ad_id: str
    reader: str
    sentences: tuple[SentenceLabel, ...]


def read_annotated(path: Path, ads: Mapping[str, CorpusAd]) -> list[AnnotatedAd]:
    """Return the readings of those ads that are at hand.

    Raises SettingsError if a line is damaged, or tells of another text than the ad's.
    """
    found = []
    for number, row in _rows(path, "id", "text_sha256", "reader", "sentences"):
        ad = ads.get(row["id"])
        if ad is None:
            continue
        if row["text_sha256"] != print_of(ad.description):
            raise SettingsError(f"{path}:{number}: {ad.id} has another text now; annotate it again")
        told = tuple(_label(path, number, sentence) for sentence in row["sentences"])
        found.append(AnnotatedAd(ad.id, row["reader"], told))
    return found


def read_invented_sentences(path: Path) -> list[tuple[str, SentenceLabel]]:
    """Return invented sentences, each with what it shows."""
    return [
        (row["text"], _label(path, number, f"0-{len(row['text'])} {row['says']}"))
        for number, row in _rows(path, "text", "says")
    ]


def line_of(label: SentenceLabel) -> str:
    """Return a sentence's label as the file has it."""
    short = {dimension: code for code, dimension in CODES.items()}
    codes = "".join(f" {short[dimension]}{anchor:g}" for dimension, anchor in label.codes)
    kind = f" {label.kind}" if label.kind else ""
    return f"{label.start}-{label.end} {label.zone}{kind}{codes}"


def _label(path: Path, number: int, line: str) -> SentenceLabel:
    where, _, says = line.partition(" ")
    offsets, match = re.fullmatch(r"(\d+)-(\d+)", where), _SAYS.fullmatch(says)
    if offsets and match:
        start, end, kind = int(offsets[1]), int(offsets[2]), match["kind"]
        codes = tuple((CODES[c], float(anchor)) for c, anchor in _CODE.findall(match["codes"]))
        once = len({dimension for dimension, _ in codes}) == len(codes)
        if start < end and once and (kind is None or match["zone"] == "d"):
            return SentenceLabel(start, end, match["zone"], kind, codes)
    raise SettingsError(f"{path}:{number}: cannot read {line!r}; see data/training/README.md")


def _rows(path: Path, *needed: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines: Iterable[str] = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; it comes with pmjobs") from None
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SettingsError(f"{path}:{number}: not JSON ({error})") from error
        if not isinstance(row, dict) or not set(needed) <= row.keys():
            raise SettingsError(f"{path}:{number}: not an object with {', '.join(needed)}")
        yield number, row
