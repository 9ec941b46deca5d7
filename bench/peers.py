"""How fast other projects read the same ads: run by their own Python, never imported into ours.

PMJOBS_PEERS_PYTHON names a Python that has them (see HOW). It runs this file as a script, takes
ads as a JSON list on stdin, and answers with JSON: ads a second of CPU time of each peer that it
can import. Here stands only what the standard library can run.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import NamedTuple

PYTHON = "PMJOBS_PEERS_PYTHON"
HOW = (
    "peers: python3 -m venv .venv/peers && .venv/peers/bin/pip install jobradar-cv jobwatch "
    f"payband-mcp, then again with {PYTHON}=.venv/peers/bin/python"
)
LEAST_SECONDS = 1.0  # of CPU time a measurement
LEAST_RUNS = 2
WARM = 5  # ads read before the clock starts
FEW = 60  # ads for a peer that needs up to a third of a second for each
ALL = 10_000

Ad = dict[str, str]  # "id", "title", "description"


class Speed(NamedTuple):
    """What one peer did."""

    peer: str  # name and version
    function: str
    reads: str  # "text" or "title"
    n: int  # how many ads, the first ones
    rate: float  # ads a second of CPU time


def speeds(ads: list[Ad]) -> list[Speed]:
    """Return the speed of each peer installed for PMJOBS_PEERS_PYTHON; none if that is not set.

    Raises OSError or CalledProcessError if it names no Python that can run this file.
    """
    python = os.environ.get(PYTHON)
    if not python:
        return []
    # Isolated, so that neither this folder nor PYTHONPATH puts our modules before theirs.
    command = [python, "-I", __file__]
    done = subprocess.run(
        command, input=json.dumps(ads), stdout=subprocess.PIPE, text=True, check=True
    )
    return [Speed(*row) for row in json.loads(done.stdout)]


def rate(n: int, work: Callable[[], object]) -> float:
    """Return how many of `n` things `work` does in a second of CPU time, in its best run."""
    runs: list[float] = []
    while len(runs) < LEAST_RUNS or sum(runs) < LEAST_SECONDS:
        begun = time.process_time()
        work()
        runs.append(max(time.process_time() - begun, 1e-9))
    return n / min(runs)


def _jobradar_fields() -> Callable[[Ad], object]:
    from jobradar.models import Job
    from jobradar.pipeline.enrich import derive_fields

    return lambda ad: derive_fields(Job(source="bench", native_id=ad["id"], **_words(ad)))


def _jobradar_all() -> Callable[[Ad], object]:
    from jobradar.config import Settings
    from jobradar.models import Job
    from jobradar.pipeline.enrich import enrich_job

    settings = Settings()  # no language model, no exchange rates: nothing is fetched
    return lambda ad: enrich_job(Job(source="bench", native_id=ad["id"], **_words(ad)), settings)


def _words(ad: Ad) -> Ad:
    return {"title": ad["title"], "description": ad["description"]}


def _jobwatch() -> Callable[[Ad], object]:
    from jobwatch.levels import seniority

    return lambda ad: seniority(ad["title"])


def _payband() -> Callable[[Ad], object]:
    from payband_mcp.levels import classify

    return lambda ad: classify(ad["title"])


# Distribution, its function, what that reads, how to get it, most ads.
PEERS = (
    # Years, pay, language, deadline, place and way of work; enrich_job adds skills and family.
    ("jobradar-cv", "derive_fields", "text", _jobradar_fields, FEW),
    ("jobradar-cv", "enrich_job", "text", _jobradar_all, FEW),
    ("jobwatch", "levels.seniority", "title", _jobwatch, ALL),
    ("payband-mcp", "levels.classify", "title", _payband, ALL),
)


def _measured(ads: list[Ad]) -> list[Speed]:
    found = []
    for name, function, reads, load, most in PEERS:
        try:
            work = load()
        except ImportError as error:
            print(f"peers: {name}: {error}", file=sys.stderr)
            continue
        for ad in ads[:WARM]:
            work(ad)
        some = ads[:most]
        speed = rate(len(some), lambda work=work, some=some: [work(ad) for ad in some])
        found.append(Speed(f"{name} {version(name)}", function, reads, len(some), speed))
    return found


if __name__ == "__main__":
    json.dump(_measured(json.load(sys.stdin)), sys.stdout)
