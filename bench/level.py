"""How fast ads are levelled on one core, by stage, beside a plain text classifier.

Run: python -m bench.level [ADS.jsonl]   (one {"id", "title", "employer", "description"} a line;
the corpus in ../shared without it).

Times are CPU time of one process after a warm-up. The plain classifier is scikit-learn's
TfidfVectorizer and LogisticRegression on the same texts, fitted to our own answers: it gives a
label and no reason for it, so the ratio says what the explanation costs.
"""

import gzip
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pmjobs.estimate import estimate_lines, estimate_posting
from pmjobs.estimate_json import estimate_as_json
from pmjobs.level.artefact import load_model
from pmjobs.level.masking import mask
from pmjobs.level.reading import read
from pmjobs.parsing.ad_lines import read_ad_lines
from pmjobs.parsing.sections import sentences
from pmjobs.places import shipped
from pmjobs.posting import Posting

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "ads.jsonl.gz"
MOST_ADS = 2000
COLD_STARTS = 3


def main(path: Path) -> None:
    """Print ads a second for the whole way, for each stage, and for the plain classifier."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        everything = file.read().splitlines()
    lines = everything[:: max(1, len(everything) // MOST_ADS)]
    model = load_model(shipped("models/level"))
    estimate_lines(lines[:50], io.StringIO(), model)
    ads = [ad for ad in read_ad_lines(lines) if isinstance(ad, Posting)]
    texts = [ad.description or "" for ad in ads]
    whole = rate(len(lines), lambda: estimate_lines(lines, io.StringIO(), model))
    print(f"{len(lines)} ads, text to explained level: {whole:,.0f} a second and core")
    found = [estimate_posting(ad, model) for ad in ads]
    inside = [line for line, one in zip(lines, found, strict=True) if one.in_scope]
    speed = rate(len(inside), lambda: estimate_lines(inside, io.StringIO(), model))
    print(f"{len(inside)} ads of project work: {speed:,.0f} a second and core")
    stages: dict[str, Callable[[], object]] = {
        "lines to postings": lambda: list(read_ad_lines(lines, whole=False)),
        "masking": lambda: [mask(text) for text in texts],
        "sentences and zones": lambda: [sentences(text) for text in texts],
        "reading (both, and words)": lambda: [read(text) for text in texts],
        "reading and tf-idf row": lambda: [model.vocabulary.row(read(text)) for text in texts],
        "estimates": lambda: [estimate_posting(ad, model) for ad in ads],
        "answers to JSON values": lambda: [estimate_as_json(one) for one in found],
    }
    for name, work in stages.items():
        print(f"  {name:28s}{rate(len(lines), work):10,.0f}")
    plain = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    rows = plain.fit_transform(texts)
    classifier = LogisticRegression(max_iter=200).fit(rows, [str(one.level) for one in found])
    theirs = rate(len(texts), lambda: classifier.predict_proba(plain.transform(texts)))
    print(
        f"plain TF-IDF and logistic regression: {theirs:,.0f} a second; ours {whole / theirs:.2f}"
    )
    longest = max(ads, key=lambda ad: len(ad.description or ""))
    middle = sorted(ads, key=lambda ad: len(ad.description or ""))[len(ads) // 2]
    for name, ad in (("middle", middle), ("longest", longest)):
        one = 1000 / rate(20, lambda ad=ad: [estimate_posting(ad, model) for _ in range(20)])
        print(f"one warm ad of {name} length: {one:.1f} ms")
    print(f"cold `pmjobs explain FILE`: {cold(middle):.2f} s")


def rate(n: int, work: Callable[[], object]) -> float:
    """Return how many of `n` things `work` does in a second of CPU time."""
    begun = time.process_time()
    work()
    return n / max(time.process_time() - begun, 1e-9)


def cold(ad: Posting) -> float:
    """Return the least seconds that the command needs from start to answer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ad.txt"
        file.write_text(ad.description or "", encoding="utf-8")
        times = []
        for _ in range(COLD_STARTS):
            begun = time.perf_counter()
            command = [sys.executable, "-m", "pmjobs", "explain", str(file), "--json"]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603
            times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if given.exists():
        main(given)
    else:
        print(f"{given} is not here; give a file of ads, one JSON object a line")
