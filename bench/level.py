"""How fast ads are levelled on one core, by stage, beside a plain text classifier and peers.

Run: python -m bench.level [ADS.jsonl] [--model FOLDER]   (ADS: one {"id", "title", "employer",
"description"} a line; the corpus in ../shared without it)

Times are CPU time of one process after a warm-up, the best of at least two runs; compare them
only within one run. The plain classifier is scikit-learn's TfidfVectorizer and LogisticRegression
on the same texts, fitted to our own answers: it gives a label and no reason for it, so the ratio
says what the explanation costs. The peers (`bench.peers`) read titles, or facts from the text.
"""

import argparse
import gzip
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bench.peers import HOW, PYTHON, rate, speeds
from pmjobs import estimating
from pmjobs.domain.titles import claim_of
from pmjobs.estimating import estimate_lines, estimate_many, estimate_posting
from pmjobs.ladder import LevelEstimate
from pmjobs.level import model as level
from pmjobs.level import reading, scope
from pmjobs.level.artefact import LevelModel, load_model
from pmjobs.level.sentence_reader import SentenceReader
from pmjobs.level.vocabulary import Vocabulary
from pmjobs.parsing import ad_lines
from pmjobs.parsing.ad_lines import read_ad_lines
from pmjobs.places import shipped
from pmjobs.posting import Posting

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "ads.jsonl.gz"
MOST_ADS = 2000
COLD_STARTS = 3
SEED = 2026

# What each stage does, by where the functions are looked up; one that runs inside another
# counts for its own stage only.
STAGES: tuple[tuple[str, tuple[tuple[Any, str], ...]], ...] = (
    ("lines to postings", ((ad_lines, "_record"), (ad_lines, "posting_of"))),
    ("masking", ((reading, "mask"),)),
    ("sentences and zones", ((reading, "sentences"),)),
    ("cues", ((reading, "find_hits"), (level, "cue_weights"), (level, "cue_facts"))),
    (
        "facts with units",
        (
            (reading, "parse_experience"),
            (reading, "find_budget"),
            (reading, "find_facts"),
            (reading, "hide_bosses"),
            (level, "stated_facts"),
        ),
    ),
    ("terms and row", ((estimating, "read"), (Vocabulary, "view"))),  # read: the words alone
    ("sentence reader", ((SentenceReader, "read"), (level, "parts"), (level, "pool"))),
    (
        "family, track, level",
        (
            (scope.WorkScorer, "decide"),
            (scope.KindScorer, "scores"),
            (level.LevelScorer, "look"),
            (estimating, "gated_probabilities"),
            (estimating, "level_set"),
        ),
    ),
    ("contributions", ((estimating, "contributions"),)),
    ("evidence", ((estimating, "find_evidence"), (estimating, "find_senses"))),
    ("JSON", ((estimating, "estimate_as_json"), (json, "dumps"))),
)


def main(path: Path, folder: Path) -> None:
    """Print ads a second, what each stage takes, and the ratios to others."""
    model = load_model(folder)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        everything = [line for line in file if line.strip()]
    sample = everything[:: max(1, len(everything) // MOST_ADS)]
    read_as = zip(sample, read_ad_lines(sample, whole=False), strict=True)
    pairs = [(line, ad) for line, ad in read_as if isinstance(ad, Posting)]
    lines, ads = [line for line, _ in pairs], [ad for _, ad in pairs]
    found = list(estimate_many(ads, model))
    whole = rate(len(lines), lambda: estimate_lines(lines, io.StringIO(), model))
    print(f"{len(lines)} ads, text to explained level: {whole:,.0f} a second and core")
    plain = plain_rate(ads, found)
    ratio = whole / plain
    print(
        f"plain TF-IDF and logistic regression: {plain:,.0f} ads a second; ours {ratio:.2f} of it"
    )
    inside = [i for i, one in enumerate(found) if one.in_scope]
    random.Random(SEED).shuffle(inside)  # so that the first few stand for all
    project = [ads[i] for i in inside]
    print_stages([lines[i] for i in inside], model)
    print_peers(project, model)
    by_length = sorted(ads, key=lambda ad: len(ad.description or ""))
    for name, ad in (("middle", by_length[len(ads) // 2]), ("longest", by_length[-1])):
        one = 1000 / rate(20, lambda ad=ad: [estimate_posting(ad, model) for _ in range(20)])
        print(f"one warm ad of {name} length: {one:.1f} ms")
    print(f"cold `pmjobs explain FILE`: {cold(by_length[len(ads) // 2], folder):.2f} s")


def print_stages(lines: list[str], model: LevelModel) -> None:
    """Print how fast ads of project work are levelled, and a table of where the time goes."""
    speed = rate(len(lines), lambda: estimate_lines(lines, io.StringIO(), model))
    print(f"{len(lines)} ads of project work: {speed:,.0f} a second and core; of which")
    taken = min((stages(lines, model) for _ in range(2)), key=lambda run: sum(run.values()))
    total = sum(taken.values())
    print(f"  {'stage':22s}{'µs an ad':>10s}{'share':>8s}")
    for name, seconds in (*taken.items(), ("all", total)):
        print(f"  {name:22s}{1e6 * seconds / len(lines):10,.0f}{seconds / total:8.1%}")


def stages(lines: list[str], model: LevelModel) -> dict[str, float]:
    """Return the CPU seconds of each stage of STAGES in one whole run, and of the rest.

    Functions are timed where they are called, because a stage that has the machine's caches to
    itself looks faster than it is.
    """
    taken = {stage: 0.0 for stage, _ in STAGES}
    inner = [0.0]  # seconds of timed functions inside the one that runs, innermost last

    def timed(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            inner.append(0.0)
            begun = time.process_time()
            answer = work(*args, **options)
            spent = time.process_time() - begun
            taken[stage] += spent - inner.pop()
            inner[-1] += spent
            return answer

        return run

    with ExitStack() as patched:
        for stage, functions in STAGES:
            for owner, name in functions:
                changed = patch.object(owner, name, timed(stage, getattr(owner, name)))
                patched.enter_context(changed)
        begun = time.process_time()
        estimate_lines(lines, io.StringIO(), model)
        whole = time.process_time() - begun
    return {**taken, "flags and the rest": whole - sum(taken.values())}


def plain_rate(ads: list[Posting], found: list[LevelEstimate]) -> float:
    """Return how many ads a second a plain classifier labels, fitted to our own levels."""
    texts = [ad.description or "" for ad in ads]
    plain = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    rows = plain.fit_transform(texts)
    classifier = LogisticRegression(max_iter=200).fit(rows, [str(one.level) for one in found])
    return rate(len(texts), lambda: classifier.predict_proba(plain.transform(texts)))


def print_peers(ads: list[Posting], model: LevelModel) -> None:
    """Print each peer's speed, and ours on the same ads of project work as a ratio to it.

    "level": the explained level from the text; "title": what a title claims, which is all that a
    peer that reads titles tells.
    """
    if not Path(os.environ.get(PYTHON, "")).is_file():
        print(HOW)
        return
    given = [
        {"id": ad.source_id, "title": ad.title, "description": ad.description or ""} for ad in ads
    ]
    print("peers on the same ads of project work, and our speed as a multiple of theirs")
    print(f"  {'peer':20s}{'function':18s}{'ads':>6s}{'a second':>11s}{'level':>10s}{'title':>9s}")
    for peer, function, reads, n, speed in speeds(given):
        some = ads[:n]
        full = rate(n, lambda some=some: list(estimate_many(some, model))) / speed
        title = rate(n, lambda some=some: claims(some)) / speed
        told = f"{title:9.3f}" if reads == "title" else ""
        print(f"  {peer:20s}{function:18s}{n:6,d}{speed:11,.0f}{full:10.4f}{told}")


def claims(ads: list[Posting]) -> None:
    """Tell what titles claim, none of them remembered from before."""
    claim_of.cache_clear()
    for ad in ads:
        claim_of(ad.title)


def cold(ad: Posting, model: Path) -> float:
    """Return the least seconds that the command needs from start to answer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ad.txt"
        file.write_text(ad.description or "", encoding="utf-8")
        command = [sys.executable, "-m", "pmjobs", "explain", str(file), "--json"]
        command += ["--model", str(model)]
        times = []
        for _ in range(COLD_STARTS):
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603
            times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.level", description=__doc__)
    parser.add_argument("ads", type=Path, nargs="?", default=CORPUS, metavar="ADS.jsonl")
    parser.add_argument("--model", type=Path, default=shipped("models/level"), metavar="FOLDER")
    given = parser.parse_args()
    if given.ads.exists():
        main(given.ads, given.model)
    else:
        print(f"{given.ads} is not here; give a file of ads, one JSON object a line")
