"""How well the requirements of ads are read: precision and recall, essential and desirable each.

    python bench/requirements.py [CORPUS_FOLDER] [--errors]

Labels stand beside it: invented sentences with the heading they stood under, and some of a corpus
by ad and offsets, whose words are not kept here. All are model-annotated: a language model read
each sentence and wrote down what it asks for; no person has checked them. The rules were tuned on
the first two sets. The held-out sentences, of other ads, were labelled later and were first read
as essential with precision .94 and recall .67, as either with .86 and .76; some general rules
were mended since. "a/b": either will do. "?": reading it or not is both fine.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pmjobs.compare.reading import Importance, Kind, Requirement
from pmjobs.compare.requirements import requirements_in

LABELS = Path(__file__).parent / "labels"
NAMES = {"E": Importance.ESSENTIAL, "D": Importance.DESIRABLE}


@dataclass(frozen=True)
class Case:
    where: str
    asked: frozenset[tuple[str, frozenset[str]]]  # (E or D, alternatives)
    free: frozenset[str]
    read: tuple[Requirement, ...]


def main(arguments: list[str]) -> int:
    folders = [Path(a) for a in arguments if not a.startswith("--")]
    sets = {"invented": list(invented())}
    if folders:
        sets["corpus, used for tuning"] = list(corpus(folders[0], "requirements_corpus.jsonl"))
        sets["corpus, held out"] = list(corpus(folders[0], "requirements_heldout.jsonl"))
    for name, cases in sets.items():
        asking = sum(1 for one in cases if one.asked)
        print(f"{name}: {len(cases)} sentences, {asking} ask for something")
        for mark in ("E", "D", "any"):
            right, wrong, missed = count(cases, mark, "--errors" in arguments)
            precision = right / (right + wrong) if right + wrong else float("nan")
            recall = right / (right + missed) if right + missed else float("nan")
            label = str(NAMES[mark]) if mark in NAMES else "either"
            print(f"  {label:<10} precision {precision:.3f}  recall {recall:.3f}"
                  f"  ({right} right, {wrong} wrong, {missed} missed)")  # fmt: skip
    return 0


def invented() -> Iterator[Case]:
    """Each sentence under its heading, in an ad of its own."""
    for number, row in enumerate(rows("requirements_invented.jsonl"), 1):
        text = f"{row['heading']}\n- {row['text']}"
        at = text.index(row["text"])
        yield case(f"{number}: {row['text']}", row["asks"], read(text, at, len(text)))


def corpus(folder: Path, labels: str) -> Iterator[Case]:
    """Each labelled sentence in the ad it stands in."""
    with gzip.open(folder / "ads.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {ad["id"]: ad["description"] for ad in map(json.loads, lines)}
    for row in rows(labels):
        found = read(texts[row["id"]], row["start"], row["end"])
        yield case(f"{row['id']}:{row['start']}", row["asks"], found)


def read(text: str, start: int, end: int) -> tuple[Requirement, ...]:
    """The requirements whose words stand in text[start:end]."""
    return tuple(
        one
        for one in requirements_in(text)
        if one.importance is not Importance.PASSING and one.start < end and start < one.end
        and one.text in text[max(start - 2, 0) : end + 2]
    )  # fmt: skip


def case(where: str, asks: list[str], found: tuple[Requirement, ...]) -> Case:
    asked = [(a[0], frozenset(a[2:].split("/"))) for a in asks if not a.startswith("?")]
    free = frozenset(a[1:] for a in asks if a.startswith("?"))
    return Case(where, frozenset(asked), free, found)


def count(cases: Iterable[Case], mark: str, show: bool) -> tuple[int, int, int]:
    """Return right, wrong and missed requirements of one importance ("any": of either)."""
    total: Counter[str] = Counter()
    for one in cases:
        asked = [names for m, names in one.asked if mark in (m, "any")]
        left = list(asked)
        for requirement in one.read:
            names = things(requirement)
            if mark != "any" and requirement.importance is not NAMES[mark]:
                continue
            hit = next((a for a in left if a & names), None)
            if hit is not None:
                left.remove(hit)
                total["right"] += 1
            elif not names & one.free and not any(a & names for a in asked):
                total["wrong"] += 1
                if show:
                    print(f"    {mark}: wrong {sorted(names)} {one.where}")
        total["missed"] += len(left)
        if show:
            for names in left:
                print(f"    {mark}: missed {sorted(names)} {one.where}")
    return total["right"], total["wrong"], total["missed"]


def things(requirement: Requirement) -> frozenset[str]:
    if requirement.kind is Kind.YEARS:
        return frozenset({f"years:{requirement.years:g}"})
    if requirement.kind is Kind.EXPERIENCE:
        return frozenset({"team" if requirement.team is not None else "budget"})
    return frozenset(requirement.skills)


def rows(name: str) -> Iterator[dict]:
    with (LABELS / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
