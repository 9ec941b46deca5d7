"""Every recorded answer of a real board, read: ads parsed and skipped, a table by source.

`python -m bench.replay`; needs the recordings in ../shared/payloads beside the
checkout. What lies there in another shape than the wire's (a list of pages, an index's hits, one
ad cut out of a board) is put back into it first; nothing else is changed.
"""

import json
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pmjobs.errors import FetchError, ParseError
from pmjobs.posting import Board, Document
from pmjobs.sources import SOURCES, parse, split

PAYLOADS = Path(__file__).parent.parent.parent / "shared" / "payloads"
URL = "https://example.org/recorded"
AT = datetime(2026, 11, 22, tzinfo=UTC)

# Boards whose names are made of parts; the others are called "recorded".
NAMES = {"workday": "recorded.wd1/Site", "oracle": "recorded.fa.us2/CX_1"}

Shape = Callable[[Any], Any]


@dataclass(frozen=True)
class Recording:
    """Files under PAYLOADS, the source they are of, and how they become what it answered."""

    pattern: str
    source: str | None  # None: not a board's answer; `why` says what it is
    shape: Shape | None = None  # of the JSON in the file; None: the file as it is
    why: str = ""


def one_job(ad: Any) -> Any:
    return {"jobs": [ad]}


def first_page(recorded: Any) -> Any:
    return {"data": [ad for page in recorded["pages"] for ad in page["data"]]}


def index_hits(recorded: Any) -> Any:
    return {"hits": [hit["_source"] for hit in recorded["hits"]["hits"]]}


def listed_pages(recorded: Any) -> Any:
    """The pages of a list, kept in one file, as one page."""
    pages = recorded["list_pages"]
    name = "content" if "content" in pages[0] else "jobPostings"
    return {**pages[0], name: [ad for page in pages for ad in page[name]]}


def first_board(recorded: Any) -> Any:
    """The first board in a file of boards by name."""
    (boards,) = recorded.values()
    return next(iter(boards.values()))


def jobs_list(recorded: Any) -> Any:
    return recorded if isinstance(recorded, dict) else {"jobs": recorded}


# The first pattern that fits a file counts.
RECORDINGS = (
    Recording("01_greenhouse/*job_post_page*.body.json", "greenhouse", one_job),
    Recording("01_greenhouse/*.meta.json", None, why="headers of a recorded answer"),
    Recording("01_greenhouse/*questions.json", "greenhouse", one_job),
    Recording("01_greenhouse/mock/bsdevda*.json", "greenhouse", first_board),
    Recording("01_greenhouse/*.json", "greenhouse"),
    Recording("02_lever/mock/bsdevda*.json", "lever", first_board),
    Recording("02_lever/*.json", "lever"),
    Recording("03_ashby/*photoroom.json", "ashby_graphql"),
    Recording("03_ashby/mock/bsdevda*.json", "ashby", first_board),
    Recording("03_ashby/*.json", "ashby"),
    Recording("04_workable/mock/*.json", "workable", lambda recorded: recorded["widget"]),
    Recording("04_workable/*.json", "workable"),
    Recording("05_smartrecruiters/mock/manwithaplandy*.json", "smartrecruiters", listed_pages),
    Recording("05_smartrecruiters/*.json", "smartrecruiters"),
    Recording("06_recruitee/mock/*.json", "recruitee", first_board),
    Recording("06_recruitee/*.json", "recruitee"),
    Recording("07_personio/*.xml", "personio"),
    Recording("08_teamtailor/*", "teamtailor"),
    Recording("09_bamboohr/*_job.json", None, why="one ad's own answer, without its list"),
    Recording("09_bamboohr/*.json", "bamboohr"),
    Recording("10_workday/*_job.json", None, why="one ad's own answer, without its list"),
    Recording("10_workday/mock/*large.json", None, why="how another project cuts large searches"),
    Recording("10_workday/mock/manwithaplandy*.json", "workday", listed_pages),
    Recording("10_workday/*.json", "workday"),
    Recording("11_oracle/*_detail.json", None, why="one ad's own answer, without its list"),
    Recording("11_oracle/*.json", "oracle"),
    Recording("12_icims/*", None, why="no adapter: HTML pages without an API"),
    Recording("13_usajobs/*.xml", None, why="no adapter: the feed of 2012, retired"),
    Recording("13_usajobs/*.json", "usajobs"),
    Recording("15_adzuna/*.json", "adzuna"),
    Recording("17_themuse/*.json", "themuse"),
    Recording("18_remotive/*.json", "remotive"),
    Recording("19_arbeitnow/mock/*.json", "arbeitnow", first_page),
    Recording("19_arbeitnow/*.json", "arbeitnow"),
    Recording("20_remoteok/*.json", "remoteok"),
    Recording("21_wwr/*.xml", "weworkremotely"),
    Recording("23_jooble/*.json", "jooble"),
    Recording("24_jobtech/*expected_after*.json", "jobtech", index_hits),
    Recording("24_jobtech/*results_eng.json", "jobtech", index_hits),
    Recording("24_jobtech/*source_test_import.json", None, why="the registry behind the API"),
    Recording("24_jobtech/*.json", "jobtech"),
    Recording("25_arbeitsagentur/*.json", "arbeitsagentur"),
    Recording("26_jsonld_html/*.html", "jsonld_page"),
    Recording("26_jsonld_html/*.json", None, why="an ad in another project's words"),
    Recording("27_saved_html/*", None, why="saved by people; read by `pmjobs import`"),
    Recording("28_other_ats/*neogov*", "neogov"),
    Recording("28_other_ats/*pinpoint.json", "pinpoint"),
    Recording("28_other_ats/*rippling.json", "rippling"),
    Recording("28_other_ats/*himalayas.json", "himalayas", jobs_list),
    Recording("28_other_ats/*jobicy.json", "jobicy"),
    Recording("28_other_ats/*uber.json", None, why="an ad list in another project's words"),
    Recording("28_other_ats/*eightfold.json", None, why="no adapter: titles without text"),
    Recording("28_other_ats/*.json", None, why="no adapter: an API its owner does not describe"),
    Recording("28_other_ats/*.html", None, why="no adapter: HTML pages without an API"),
    Recording("01_greenhouse/boards_list_all.tar.gz", "greenhouse"),
)


@dataclass
class Tally:
    """What became of the ads of one file, or of one source."""

    files: int = 0
    parsed: int = 0
    with_text: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)  # files that are no board at all

    def add(self, other: "Tally") -> None:
        self.files += other.files
        self.parsed += other.parsed
        self.with_text += other.with_text
        self.skipped += other.skipped
        self.failed += other.failed


def files_of(folder: Path) -> Iterator[tuple[Path, Recording]]:
    """Yield every file under the folder with the recording it belongs to."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and name != "SOURCES.md":
            yield path, next(one for one in RECORDINGS if fnmatchcase(name, one.pattern))


def documents_of(path: Path, recording: Recording) -> Iterator[Document]:
    """Yield the answers in a file, one a board."""
    if path.name.endswith(".tar.gz"):
        with tarfile.open(path) as archive:
            for member in archive:
                if (
                    member.isfile()
                    and not member.name.startswith("_")
                    and (content := archive.extractfile(member))
                ):
                    yield Document(URL, content.read(), AT)
        return
    body = path.read_bytes()
    if recording.shape:
        body = json.dumps(recording.shape(json.loads(body))).encode()
    yield Document(URL, body, AT)


def read(source: str, documents: Sequence[Document]) -> Tally:
    """Read one board's answer with its source."""
    tally = Tally()
    try:
        found = split(Board(source, NAMES.get(source, "recorded")), documents)
    except FetchError as error:
        tally.failed[str(error).partition(": ")[2][:70]] += 1
        return tally
    tally.skipped.update(f"{one.field}: {one.problem}"[:70] for one in found.skipped)
    for payload in found.payloads:
        try:
            posting = parse(payload)
        except ParseError as error:
            tally.skipped[f"{error.field}: {error.problem}"[:70]] += 1
        else:
            tally.parsed += 1
            tally.with_text += bool(posting.description)
    return tally


def replay(
    folder: Path = PAYLOADS, *, archives: bool = True
) -> tuple[dict[str, Tally], Counter[str]]:
    """Return a tally a source, and the files that no source reads, by reason.

    `archives` says whether to read the 997 boards without text that are packed in one file.
    """
    tallies: dict[str, Tally] = {}
    unread: Counter[str] = Counter()
    for path, recording in files_of(folder):
        if path.name.endswith(".tar.gz") and not archives:
            continue
        if recording.source is None or recording.source not in SOURCES:
            unread[recording.why or f"no adapter: {recording.source}"] += 1
            continue
        tally = tallies.setdefault(recording.source, Tally())
        tally.files += 1
        for document in documents_of(path, recording):
            tally.add(read(recording.source, [document]))
    return tallies, unread


def main() -> int:
    if not PAYLOADS.exists():
        print("recorded answers are not here: ../shared/payloads; nothing to do")
        return 0
    started = time.perf_counter()
    tallies, unread = replay()
    print(f"{'source':16} {'files':>5} {'parsed':>7} {'with text':>9} {'skipped':>7}  why")
    total = Tally()
    for source in sorted(tallies):
        tally = tallies[source]
        total.add(tally)
        _print(source, tally)
    _print("all", total, reasons=False)
    for why, count in unread.most_common():
        print(f"{count:4} files unread: {why}")
    print(f"{time.perf_counter() - started:.1f} s")
    return 0


def _print(source: str, tally: Tally, *, reasons: bool = True) -> None:
    n_skipped = sum(tally.skipped.values())
    words = [f"{count} {why}" for why, count in tally.skipped.most_common(6)]
    words += [f"{count} file: {why}" for why, count in tally.failed.most_common(3)]
    print(
        f"{source:16} {tally.files:5} {tally.parsed:7} {tally.with_text:9} {n_skipped:7}  "
        + ("; ".join(words) if reasons else "")
    )


if __name__ == "__main__":
    raise SystemExit(main())
