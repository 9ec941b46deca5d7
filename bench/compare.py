"""How fast ads are read for a comparison, and compared: ads a second on one core, memory.

    python bench/compare.py [CORPUS_FOLDER] [--ads N]

Without a corpus the ads of data/sample are used, again and again. Estimates are made up: comparing
takes them as they come.
"""

import gzip
import json
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from pmjobs.board_server import recorded
from pmjobs.compare import rank, read_posting
from pmjobs.compare.comparison import compare
from pmjobs.compare.reading_json import reading_as_json, reading_from_json
from pmjobs.ladder import Dimension, Family, Level, LevelEstimate, Track
from pmjobs.places import shipped
from pmjobs.posting import Posting
from pmjobs.profile import Profile, load_profile

TODAY = date(2026, 11, 24)


def main(arguments: list[str]) -> int:
    n = int(arguments[arguments.index("--ads") + 1]) if "--ads" in arguments else 10_000
    folders = [Path(a) for a in arguments if not a.startswith("--") and not a.isdigit()]
    texts = list(islice(cycle(corpus(folders[0]) if folders else sample()), n))
    postings = [posting(str(i), text) for i, text in enumerate(texts)]
    print(f"{n} ads, {sum(map(len, texts)) / n:,.0f} characters on average")
    me = load_profile(shipped("data/sample") / "profile.toml")
    compare(postings[0], estimate(0), me, today=TODAY)  # tables and rates are read once

    begin = time.process_time()
    readings = [json.dumps(reading_as_json(read_posting(ad))) for ad in postings]
    report("read an ad's text, once for all readers", n, time.process_time() - begin)

    before = memory()
    begin = time.process_time()
    best = ranked(postings, readings, me)
    report("compare with a profile and rank", n, time.process_time() - begin)
    print(f"  best {best:.1f}, memory grew by {memory() - before:.0f} MB")

    few = postings[: max(n // 20, 1)]
    begin = time.process_time()
    rank([(ad, estimate(i)) for i, ad in enumerate(few)], me, today=TODAY)
    report("both in one go", len(few), time.process_time() - begin)
    return 0


def ranked(postings: list[Posting], readings: list[str], me: Profile) -> float:
    pairs = ((ad, estimate(i)) for i, ad in enumerate(postings))
    found = rank(
        pairs, me, today=TODAY, readings=(reading_from_json(json.loads(r)) for r in readings)
    )
    return found[0].score.total


def report(what: str, n: int, seconds: float) -> None:
    print(f"{what:<42}{n / seconds:>9,.0f} ads/s  {seconds:>6.2f} s")


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sample() -> Iterator[str]:
    """The invented boards' answers as plain words; their markup does not matter here."""
    from pmjobs.parsing.markup import text_of

    for path, body in recorded(shipped("data/sample")).items():
        if "greenhouse" in path or path.startswith("/v1/boards"):
            for ad in json.loads(body)["jobs"]:
                yield text_of(ad["content"])


def corpus(folder: Path) -> Iterator[str]:
    with gzip.open(folder / "ads.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["description"] or ""


def posting(key: str, text: str) -> Posting:
    return Posting(source="bench", source_id=key, title="Project Manager", description=text)


def estimate(n: int) -> LevelEstimate:
    level = Level(n % 5 + 2)
    return LevelEstimate(
        family=Family.PROJECT_DELIVERY,
        track=Track.PROJECT,
        level=level,
        level_low=level,
        level_high=level,
        probabilities={level: 0.7, Level(max(level - 1, 1)): 0.3},
        abstained=False,
        reason=None,
        title_level=Level.PROJECT_MANAGER,
        dimensions=dict.fromkeys(Dimension, 2.0),
        senses=(),
        evidence=(),
        flags=(),
        experience_years=None,
        salary=None,
        model_id="bench",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
