"""How well ads are ranked for a reader, and how exactly gaps are named, against bench/gold.

nDCG@10 (gain 2^grade - 1) and precision@5 (grade 2 or 3) over the 40 graded ads of each invented
reader: for pmjobs with the shipped model's levels, for pmjobs with the levels the ads were written
for (the ranking judged apart from the model), and beside them in the same run

- bm25: the reader's title, skills, certificates and proof lines as a query over title and text;
- bm25, filtered: the same, with ads elsewhere or ruled out put last as pmjobs puts them;
- overlap: the share of the skills an ad names that the reader has.

    python bench/ranking.py [--json] [--pairs READER]   pairs: the ads of one reader, as ranked

Precision and recall of the gaps are over the 60 pairs of gaps.json. Ads, readers, grades and gaps
are invented and model-annotated by the rules of bench/gold/RULES.md; no person has checked them.
"""

import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

from pmjobs.compare import Comparison, compare, rank, read_posting
from pmjobs.errors import ParseError
from pmjobs.estimating import estimate_posting
from pmjobs.ladder import Family, Level, LevelEstimate, Track
from pmjobs.level.artefact import load_model
from pmjobs.posting import Board, Document, Posting
from pmjobs.profile import Profile, load_profile
from pmjobs.sources import parse, split

ROOT = Path(__file__).parent.parent
GOLD, SAMPLE = Path(__file__).parent / "gold", ROOT / "data" / "sample"
TODAY = date(2026, 11, 20)
CUT, TOP, GOOD = 10, 5, 2
K1, B = 1.2, 0.75  # BM25's usual constants
DRAWS = 2000  # bootstrap over readers

Ranker = Callable[[Profile, list[Posting]], list[str]]
Estimates = Mapping[str, LevelEstimate]


@dataclass(frozen=True)
class Reader:
    """One invented reader and the graded ads."""

    name: str
    profile: Profile
    grades: dict[str, int]


def main(arguments: list[str]) -> int:
    """Print the tables, or the same as JSON."""
    postings, readers = sample_postings(), gold_readers()
    by_model, intended = model_estimates(postings), intended_estimates(postings)
    rankers: dict[str, Ranker] = {
        "pmjobs": _pmjobs(by_model),
        "intended": _pmjobs(intended),
        "bm25": _bm25(postings),
        "filtered": _filtered(_bm25(postings), by_model),
        "overlap": _overlap,
    }
    if "--pairs" in arguments:
        name = arguments[arguments.index("--pairs") + 1]
        _print_pairs([r for r in readers if r.name.startswith(name)], postings, intended)
        return 0
    result: dict[str, Any] = {"readers": {}, "groups": {}, "mean": {}}
    for reader in readers:
        result["readers"][reader.name] = _measured(reader, postings, rankers)
    rows = result["readers"]
    for group, names in _groups(readers).items():
        result["groups"][group] = _mean([rows[name] for name in names])
    result["mean"] = _mean(list(rows.values()))
    result["worst"] = {
        one: min(result["groups"], key=lambda group: result["groups"][group][one]["ndcg"])
        for one in ("pmjobs", "intended")
    }
    result["gain"] = {
        f"{one} over {other}": _interval([r[one]["ndcg"] - r[other]["ndcg"] for r in rows.values()])
        for one in ("pmjobs", "intended")
        for other in ("bm25", "filtered", "overlap")
    }
    result["gaps"] = {
        name: gap_figures(postings, estimates)
        for name, estimates in (("pmjobs", by_model), ("intended", intended))
    }
    if "--json" in arguments:
        print(json.dumps(result, indent=1))
    else:
        _print(result)
    return 0


def sample_postings() -> dict[str, Posting]:
    """Return the ads of data/sample that can be read, by key."""
    when = datetime(2026, 11, 20, tzinfo=UTC)
    boards = [
        (Board(source=source, board=file.stem), file)
        for source in ("greenhouse", "lever", "ashby")
        for file in sorted((SAMPLE / source).glob("*.json"))
    ] + [
        (Board(source="jsonld_page", board=f"http://127.0.0.1:8000/careers/{file.name}"), file)
        for file in sorted((SAMPLE / "pages").glob("*.html"))
    ]
    found = {}
    for board, file in boards:
        read = split(board, [Document(url=board.board, body=file.read_bytes(), fetched_at=when)])
        for payload in read.payloads:
            try:
                posting = parse(payload)
            except ParseError:
                continue
            found[posting.key] = posting
    return found


def gold_readers() -> list[Reader]:
    """Return the twelve readers with their grades."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for row in json.loads((GOLD / "grades.json").read_text()):
        grades[row["profile"]][row["ad"]] = row["grade"]
    return [
        Reader(file.stem, load_profile(file), grades[file.stem])
        for file in sorted((GOLD / "profiles").glob("*.toml"))
    ]


def model_estimates(postings: Mapping[str, Posting]) -> dict[str, LevelEstimate]:
    """Return what the shipped model says of each ad."""
    model = load_model(ROOT / "models" / "level")
    return {key: estimate_posting(posting, model) for key, posting in postings.items()}


def intended_estimates(postings: Mapping[str, Posting]) -> dict[str, LevelEstimate]:
    """Return the same with family, track and level as the ads were written for."""
    levels = json.loads((SAMPLE / "levels.json").read_text())
    found = {}
    for key, estimate in model_estimates(postings).items():
        row = levels[key]
        level = Level(row["level"]) if row["level"] else None
        found[key] = replace(
            estimate,
            family=Family(row["family"]),
            track=Track(row["track"]) if row["track"] else None,
            level=level,
            level_low=Level(row["level_low"]) if level else None,
            level_high=Level(row["level_high"]) if level else None,
            probabilities={level: 1.0} if level else {},
            abstained=row["level"] is None and row["family"] in ("project_delivery", "unclear"),
            reason=None if level else "written so that it cannot be told",
        )
    return found


# Rankers: a profile and ads in, keys out, best first.


def _pmjobs(estimates: Estimates) -> Ranker:
    def order(profile: Profile, ads: list[Posting]) -> list[str]:
        return [c.key for c in rank(((p, estimates[p.key]) for p in ads), profile, today=TODAY)]

    return order


def _bm25(corpus: Mapping[str, Posting]) -> Ranker:
    bags = {key: Counter(_words(f"{p.title}\n{p.description}")) for key, p in corpus.items()}
    mean = fmean(bag.total() for bag in bags.values())
    holding = Counter(word for bag in bags.values() for word in bag)

    def weight(word: str, bag: Counter[str]) -> float:
        rare = math.log(1 + (len(bags) - holding[word] + 0.5) / (holding[word] + 0.5))
        return rare * bag[word] * (K1 + 1) / (bag[word] + K1 * (1 - B + B * bag.total() / mean))

    def order(profile: Profile, ads: list[Posting]) -> list[str]:
        query = _words(_query(profile))
        scores = {p.key: sum(weight(word, bags[p.key]) for word in query) for p in ads}
        return sorted(scores, key=lambda key: (-scores[key], key))

    return order


def _filtered(ranker: Ranker, estimates: Estimates) -> Ranker:
    def order(profile: Profile, ads: list[Posting]) -> list[str]:
        capped = {p.key for p in ads if _compared(p, estimates[p.key], profile).score.capped}
        return sorted(ranker(profile, ads), key=lambda key: key in capped)

    return order


def _overlap(profile: Profile, ads: list[Posting]) -> list[str]:
    def score(posting: Posting) -> tuple[float, int]:
        asked = {s for r in read_posting(posting).requirements for s in r.skills}
        both = len(asked & set(profile.held))
        return (both / len(asked) if asked else 0.0, both)

    scores = {p.key: score(p) for p in ads}
    return sorted(scores, key=lambda key: (-scores[key][0], -scores[key][1], key))


def _query(profile: Profile) -> str:
    parts = [profile.title, *(s.name for s in profile.skills), *(s.proof for s in profile.skills)]
    parts += [c.name for c in profile.certificates]
    parts += [own.proof for own in profile.anchors.values()]
    return "\n".join(part for part in parts if part)


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]{2,}", text.casefold()))


# Figures.


def ndcg(grades: Sequence[int], cut: int = CUT) -> float:
    """Return nDCG of grades in ranked order; 1.0 where there is nothing to find."""
    best = _dcg(sorted(grades, reverse=True)[:cut])
    return _dcg(grades[:cut]) / best if best else 1.0


def _dcg(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _measured(
    reader: Reader, postings: Mapping[str, Posting], rankers: Mapping[str, Ranker]
) -> dict[str, Any]:
    ads = [postings[key] for key in reader.grades]
    found: dict[str, Any] = {}
    for name, ranker in rankers.items():
        grades = [reader.grades[key] for key in ranker(reader.profile, ads)]
        found[name] = {
            "ndcg": ndcg(grades),
            "p5": sum(grade >= GOOD for grade in grades[:TOP]) / TOP,
        }
    good = sum(grade >= GOOD for grade in reader.grades.values())
    found["best"] = {"ndcg": 1.0, "p5": min(good, TOP) / TOP}
    return found


def _groups(readers: Iterable[Reader]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for reader in readers:
        groups[f"level L{reader.profile.level}"].append(reader.name)
        for sector in reader.profile.sectors:
            groups[f"sector {sector}"].append(reader.name)
    return dict(sorted(groups.items()))


def _mean(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        name: {figure: fmean(row[name][figure] for row in rows) for figure in ("ndcg", "p5")}
        for name in rows[0]
    } | {"readers": len(rows)}


def _interval(differences: Sequence[float]) -> dict[str, float]:
    """The mean and the middle 90 % of its bootstrap over readers."""
    draw = random.Random(5)
    means = sorted(fmean(draw.choices(differences, k=len(differences))) for _ in range(DRAWS))
    return {
        "mean": fmean(differences), "low": means[DRAWS // 20], "high": means[-DRAWS // 20]
    }  # fmt: skip


def gap_figures(postings: Mapping[str, Posting], estimates: Estimates) -> dict[str, Any]:
    """Return precision and recall of the gaps, with every wrong and missed one by pair."""
    profiles = {reader.name: reader.profile for reader in gold_readers()}
    right = matched = wrong = missed = 0
    errors = []
    for row in json.loads((GOLD / "gaps.json").read_text()):
        made = _compared(postings[row["ad"]], estimates[row["ad"]], profiles[row["profile"]])
        named = _named(made) - set(row["free"])
        wanted = [set(gap.split("/")) for gap in row["gaps"]]
        extra = {name for name in named if not any(name in one for one in wanted)}
        unseen = ["/".join(sorted(one)) for one in wanted if not one & named]
        right, wrong = right + len(named) - len(extra), wrong + len(extra)
        matched, missed = matched + len(wanted) - len(unseen), missed + len(unseen)
        if extra or unseen:
            errors.append({"profile": row["profile"], "ad": row["ad"], "wrong": sorted(extra),
                           "missed": unseen})  # fmt: skip
    return {
        "precision": right / (right + wrong) if right + wrong else math.nan,
        "recall": matched / (matched + missed) if matched + missed else math.nan,
        "named": right + wrong, "wanted": matched + missed, "errors": errors,
    }  # fmt: skip


def _named(made: Comparison) -> set[str]:
    return {gap.skill or ("years" if " year" in gap.name else "size") for gap in made.gaps}


def _compared(posting: Posting, estimate: LevelEstimate, profile: Profile) -> Comparison:
    return compare(posting, estimate, profile, today=TODAY)


# Printing.


def _print(result: Mapping[str, Any]) -> None:
    names = [name for name in result["mean"] if name != "readers"]
    print("nDCG@10 and precision@5 of 40 graded ads a reader; best: what a perfect order reaches")
    print(f"{'':<38}" + "".join(f"{name:>13}" for name in names))
    for head in ("readers", "groups"):
        for name, row in result[head].items():
            print(_line(name, row, names))
        print()
    print(_line("mean of readers", result["mean"], names))
    for one, group in result["worst"].items():
        print(_line(f"worst of {one}: {group}", result["groups"][group], names))
    print()
    for name, gain in result["gain"].items():
        print(f"{name:<28} {gain['mean']:+.3f}  (90 %: {gain['low']:+.3f} to {gain['high']:+.3f})")
    print()
    for name, gaps in result["gaps"].items():
        print(f"gaps, {name}: precision {gaps['precision']:.3f} of {gaps['named']} named, "
              f"recall {gaps['recall']:.3f} of {gaps['wanted']}")  # fmt: skip


def _line(name: str, row: Mapping[str, Any], names: Sequence[str]) -> str:
    cells = (f"{row[one]['ndcg']:.3f}  {row[one]['p5']:.2f}" for one in names)
    return f"{name[:38]:<38}" + "".join(f"{cell:>13}" for cell in cells)


def _print_pairs(
    readers: Iterable[Reader], postings: Mapping[str, Posting], estimates: Estimates
) -> None:
    for reader in readers:
        pairs = [(postings[key], estimates[key]) for key in reader.grades]
        print(reader.name)
        for made in rank(pairs, reader.profile, today=TODAY):
            parts = " ".join(f"{part.points:4.1f}" for part in made.score.parts)
            level = estimates[made.key].level
            print(f"  {reader.grades[made.key]}  {made.score.total:5.1f}  {parts}"
                  f"  L{level or '-'}  {made.posting.title[:38]:<38}  {made.posting.employer}"
                  f"{'  capped: ' + made.score.capped if made.score.capped else ''}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
