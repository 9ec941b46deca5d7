"""What is wrong in a file of labels, and what is only worth a second look."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pmjobs.domain.levels import gates
from pmjobs.domain.rubric import read_codes
from pmjobs.errors import SettingsError
from pmjobs.labelling.record import AdLabel, fingerprint, rubric_version
from pmjobs.labelling.rows import label_of, lines_of
from pmjobs.ladder import Level


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in one line."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How a file of labels stands."""

    n_rows: int
    wrong: tuple[Finding, ...]  # the row cannot be used
    odd: tuple[Finding, ...]  # the row can be used; the labeller may want to look again


def check_labels(path: Path, texts: Mapping[str, str] | None = None) -> Checked:
    """Return all that is wrong or odd in a file of labels.

    `texts` are ads by key, where they are at hand: then every label has to point at one, and at
    the text that was read.

    Raises SettingsError if there is no such file.
    """
    if not path.is_file():
        raise SettingsError(f"{path}: no such file; `pmjobs label` writes one")
    wrong, odd, n_rows = [], [], 0
    seen: Counter[str] = Counter()
    for number, line in lines_of(path):
        n_rows += 1
        try:
            label = label_of(line)
        except ValueError as error:
            wrong.append(Finding(number, str(error)))
            continue
        seen[label.id] += 1
        wrong += [Finding(number, said) for said in _wrong(label, path, seen, texts)]
        odd += [Finding(number, said) for said in _odd(label)]
    return Checked(n_rows, tuple(wrong), tuple(odd))


def rubric_reading(label: AdLabel) -> Level | None:
    """Return the level that the label's own codes show; None if too few are coded.

    Whether a mandate covers the whole enterprise no code says; the label's L7 says it.
    """
    enterprise = label.level is Level.EXECUTIVE
    return read_codes(label.dimensions, track=label.track, enterprise=enterprise).level


def text_problem(label: AdLabel, text: str | None) -> str | None:
    """Return why a label does not belong to an ad's text as it is now, or None if it does."""
    if text is None:
        return f"{label.id}: no such ad; it may have left the store"
    if fingerprint(text) != label.text_sha256:
        return f"{label.id}: the ad's text has changed since it was read"
    if any(end > len(text) for _, end in label.evidence):
        return f"{label.id}: ev: a quote ends behind the text"
    return None


def _wrong(
    label: AdLabel, path: Path, seen: Counter[str], texts: Mapping[str, str] | None
) -> list[str]:
    found = []
    if seen[label.id] > 1:
        found.append(f"{label.id}: labelled before in this file; keep one")
    if label.labeller != path.stem:
        found.append(f"labeller: {label.labeller!r} in the file of {path.stem!r}")
    if texts is not None and (problem := text_problem(label, texts.get(label.id))):
        found.append(problem)
    return found


def _odd(label: AdLabel) -> list[str]:
    found = []
    fewest = gates()["scoring"]["fewest_duties"]
    if label.level is None and label.n_duties >= fewest:
        found.append(f"no level, though {label.n_duties} duty dimensions are coded")
    if label.level is not None and label.dimensions:
        read = rubric_reading(label)
        if read is None:
            found.append(f"a level, though only {label.n_duties} duty dimensions are coded")
        elif read != label.level:
            found.append(f"the codes read as L{int(read)}, the label says L{int(label.level)}")
    if label.rubric != rubric_version():
        found.append("labelled by another wording of the rubric")
    return found
