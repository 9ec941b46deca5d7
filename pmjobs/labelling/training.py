"""Labels of people as the level model's training takes them: joined with the texts of a store."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pmjobs.errors import SettingsError
from pmjobs.labelling.check import text_problem
from pmjobs.labelling.record import AdLabel
from pmjobs.labelling.rows import read_labels
from pmjobs.ladder import Family
from pmjobs.level.corpus import CorpusAd, Label
from pmjobs.level.reading import MAX_CHARS
from pmjobs.posting import Posting


@dataclass(frozen=True, slots=True)
class OwnLabels:
    """Labels that can be trained on, and why others cannot."""

    labels: tuple[Label, ...]
    left_out: tuple[str, ...]  # for people: the ad is gone, or says something else now


def training_labels(folder: Path, postings: Iterable[Posting]) -> OwnLabels:
    """Return the labels of all files in `folder`, each with its ad from `postings`.

    An ad that two people have labelled comes twice. Labels of an unclear family teach nothing
    and are left out without a word.

    Raises SettingsError if there is no such folder, or a file holds something else than labels.
    """
    if not folder.is_dir():
        raise SettingsError(f"{folder}: no such folder; `pmjobs label` writes into one")
    ads = {posting.key: posting for posting in postings}
    labels, left_out = [], []
    for path in sorted(folder.glob("*.jsonl")):
        for label in read_labels(path):
            posting = ads.get(label.id)
            text = posting.description if posting else None
            if problem := text_problem(label, text):
                left_out.append(problem)
            elif posting and text and label.family is not Family.UNCLEAR:
                labels.append(_of(label, posting, text))
    return OwnLabels(tuple(labels), tuple(left_out))


def _of(label: AdLabel, posting: Posting, text: str) -> Label:
    return Label(
        ad=CorpusAd(
            id=posting.key,
            title=posting.title,
            owner=posting.employer or posting.key,
            employer=posting.employer,
            description=text[:MAX_CHARS],
            country=posting.country,
            source=posting.source,
        ),
        family=label.family,
        track=label.track,
        level=label.level,
        dimensions=label.dimensions,
        years=label.years,
        quotes=tuple(text[start:end] for start, end in label.evidence),
        invented=False,
    )
