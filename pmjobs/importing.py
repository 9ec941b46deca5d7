"""Verb: files that a person saved or exported → store. Asks no host, closes no ad.

Read are saved web pages (.html, .mhtml), mails (.eml, .mbox), tables (.csv, .tsv, .json,
.jsonl, .parquet), and one ad a file as text, PDF or Word (.txt, .md, .pdf, .docx). An ad is
known by its link, so that the same ad in two files is one; without a link, by what it says. A
bad row costs one row, a bad file one file. What is kept of an ad has no e-mail addresses and
telephone numbers in it, like every payload.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pmjobs.ad_file import ad_of_file
from pmjobs.errors import ParseError, PmjobsError, StoreError
from pmjobs.parsing import rows
from pmjobs.parsing.columns import MAX_TEXT_CHARS, fields_of, posting_of_row
from pmjobs.parsing.contacts import redact_payload
from pmjobs.parsing.jobposting import description_of, posting_from
from pmjobs.parsing.links import ad_link
from pmjobs.parsing.mail import ads_in_mail
from pmjobs.parsing.pages import ads_in_page, page_text
from pmjobs.posting import Board, Payload, Posting, Skipped
from pmjobs.store import Answer, Counts, Store
from pmjobs.store.rows import sha256_of

SOURCE = "import"
MAX_PAGE_BYTES = 40_000_000  # of a page or a mail, pictures included
MAX_TABLE_BYTES = 1_000_000_000
MAX_ROWS = 1_000_000  # a file
MAX_AD_CHARS = 2 * MAX_TEXT_CHARS  # of all a row's cells
ADS_AT_ONCE = 2_000  # saved in one transaction
BATCH = 64  # rows of a Parquet file in memory

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file."""

    path: Path
    kind: str  # "page", "mail", "mailbox", "text", "PDF", "Word", "CSV", "JSON", "Parquet", …
    new: int = 0
    changed: int = 0  # known ads that say something else in this file
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()  # rows that could not be read
    failure: str | None = None  # why nothing could be read, and what to do

    @property
    def n_read(self) -> int:
        """How many ads were read and kept."""
        return self.new + self.changed + self.unchanged


def import_files(
    paths: Sequence[Path],
    store: Store,
    *,
    now: datetime,
    on_progress: Callable[[int], None] = lambda _: None,
) -> list[FileReport]:
    """Read `paths` into `store` and return what became of each file, in their order.

    Of a folder the files in it are read, by name, but no folders in it and no hidden files.
    `now` (aware) is the time the ads are said to have been seen. `on_progress` is called with
    how many more ads were read. Raises StoreError if the store cannot be written, BusyError if
    a run is at work on it.
    """
    with store.locked():
        return [_import(path, store, now, on_progress) for path in _files(paths)]


def parse(payload: Payload) -> Posting:
    """Return what an imported ad states. Raises ParseError naming the field that cannot be read."""
    try:
        ad = json.loads(payload.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(payload.source_id, "body", f"not JSON ({error})") from None
    if "@type" not in ad:
        return posting_of_row(ad, source=payload.source, source_id=payload.source_id)
    posting = posting_from(ad, source=payload.source, source_id=payload.source_id, url=payload.url)
    for name, value, most in (
        ("title", posting.title, 2_000),
        ("description", posting.description or "", MAX_TEXT_CHARS),
    ):
        if len(value) > most:
            raise ParseError(payload.source_id, name, f"longer than {most:,} characters")
    return posting


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that `paths` name; a folder that holds none stands for itself."""
    for path in paths:
        try:
            inside = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else []
        except OSError:
            inside = []
        yield from [one for one in inside if not one.name.startswith(".")] or [path]


def _import(
    path: Path, store: Store, now: datetime, on_progress: Callable[[int], None]
) -> FileReport:
    kind = "file"
    try:
        kind, ads = _opened(path)
        return _Import(path, kind, store, now, on_progress).of(ads)
    except StoreError:
        raise
    except PmjobsError as error:
        failure = str(error)
    except OSError as error:
        failure = f"{path}: {error.strerror or error}"
    except Exception as error:  # a bug of ours; the other files are read all the same
        failure = f"{path.name}: unforeseen {type(error).__name__}: {error}; tell the developers"
    return FileReport(path=path, kind=kind, failure=failure[:500])


class _Import:
    """The import of one file: what its ads share."""

    def __init__(
        self,
        path: Path,
        kind: str,
        store: Store,
        now: datetime,
        on_progress: Callable[[int], None],
    ) -> None:
        self.report = FileReport(path=path, kind=kind)
        self.board = Board(SOURCE, path.name)
        self.store = store
        self.now = now
        self.on_progress = on_progress
        self.reader = version("pmjobs")
        self.seen: dict[str, str] = {}  # source id → digest of the ad, of this file
        self.skipped: list[Skipped] = []

    def of(self, ads: Iterator[tuple[str, Row | ParseError]]) -> FileReport:
        """Read and save the ads, a few thousand at a time."""
        batch: list[tuple[str, Payload]] = []
        for number, (where, ad) in enumerate(ads, 1):
            if number > MAX_ROWS:
                raise ParseError(
                    self.report.path.name, "rows", f"more than {MAX_ROWS:,}; split the file"
                )
            try:
                if isinstance(ad, ParseError):
                    raise ad
                if payload := self.payload(ad, where):
                    batch.append((where, payload))
            except ParseError as error:
                self.skipped.append(Skipped(where, error.field, error.problem))
            if len(batch) >= ADS_AT_ONCE:
                self.save(batch)
                batch = []
        self.save(batch, last=True)
        return replace(self.report, skipped=tuple(self.skipped))

    def payload(self, ad: Row, where: str) -> Payload | None:
        """Return an ad's payload, None if this file has had the very same one already."""
        body = _body(ad, where)
        redacted: Row = json.loads(body)
        digest = sha256_of(body)
        title, url = _title_and_url(redacted)
        if title is None:
            raise ParseError(where, "title", "missing")
        source_id = (url or f"text/{_digest_of(redacted)}").split("://")[-1][:500]
        if self.seen.get(source_id, digest) != digest:
            # A page that all rows link to names no ad; what the row says does.
            source_id = f"{source_id[:430]}#{_digest_of(redacted)}"
        if source_id in self.seen:
            return None
        self.seen[source_id] = digest
        return Payload(SOURCE, source_id, url, self.now, body)

    def save(self, batch: Sequence[tuple[str, Payload]], *, last: bool = False) -> None:
        """Parse and write one batch. Only with the last is the file said to be read."""
        known = self.store.known_bodies(
            SOURCE, (one.source_id for _, one in batch), reader=self.reader
        )
        ads: list[tuple[Payload, Posting]] = []
        unchanged: list[str] = []
        for where, one in batch:
            if known.get(one.source_id) == sha256_of(one.body):
                unchanged.append(one.source_id)
                continue
            try:
                ads.append((one, parse(one)))
            except ParseError as error:
                self.skipped.append(Skipped(where, error.field, error.problem))
        run_id = self.store.start_run(self.now)  # a board has one answer a run
        counts = self.store.save_answer(
            run_id,
            Answer(
                board=self.board,
                read_at=self.now,
                digest="",
                reader=self.reader,
                ads=ads,
                unchanged=unchanged,
                skipped=self.skipped if last else (),
                whole=False,  # what is not in a file may be open all the same
            ),
        )
        self.store.finish_run(
            run_id, self.now, seconds=0.0, requests=0, saved=0, refused=0, bytes_received=0
        )
        self.report = _with(self.report, counts)
        self.on_progress(len(batch))


def _with(report: FileReport, counts: Counts) -> FileReport:
    return replace(
        report,
        new=report.new + counts.new,
        changed=report.changed + counts.changed,
        unchanged=report.unchanged + counts.unchanged,
    )


def _body(ad: Row, where: str) -> str:
    """Return an ad as it is stored: sorted keys, no person's address or number."""
    if "@type" not in ad:  # an empty cell says nothing, and "NaN" is no JSON
        ad = {str(name): value for name, value in ad.items() if _says_something(value)}
    try:
        text = json.dumps(ad, ensure_ascii=False, sort_keys=True, default=str)
    except RecursionError:
        raise ParseError(where, "row", "nested too deep") from None
    if len(text) > MAX_AD_CHARS:
        raise ParseError(where, "row", f"longer than {MAX_AD_CHARS:,} characters")
    # Half a surrogate pair is legal in JSON's escapes, and no database takes it.
    return redact_payload(text.encode("utf-8", errors="replace").decode())


def _says_something(value: Any) -> bool:
    return value is not None and value != "" and value == value  # NaN differs from itself


def _title_and_url(ad: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return an ad's title and its link without what only links add, where it has them."""
    if "@type" in ad:
        title, url = ad.get("title") or ad.get("name"), ad.get("url")
    else:
        fields = fields_of(ad)
        title, url = fields.get("title"), fields.get("url")
    link = str(url).strip() if isinstance(url, str) else ""
    is_link = link.startswith(("http://", "https://")) and len(link) <= 2_000
    return (str(title) if title else None), (ad_link(link) if is_link else None)


def _digest_of(ad: Mapping[str, Any]) -> str:
    """Return a name for an ad without a link: what it is called, by whom, where, with what text."""
    if "@type" in ad:
        told = [ad.get(name) for name in ("title", "hiringOrganization", "jobLocation")]
    else:
        fields = fields_of(ad)
        names = ("title", "employer", "location", "locality", "requisition_id")
        told = [fields.get(name) for name in names]
    if not any(told[1:]):  # a title alone names no ad
        told.append(description_of(dict(ad)) if "@type" in ad else fields.get("description"))
    words = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str).lower()
    return hashlib.sha256(words.encode("utf-8", errors="replace")).hexdigest()[:16]


def _opened(path: Path) -> tuple[str, Iterator[tuple[str, Row | ParseError]]]:
    """Return what kind of file it is and its ads; by its name, else by how it begins."""
    if path.is_dir():
        raise PmjobsError(f"{path}: a folder without files that can be read; folders in it are not")
    if not path.is_file():
        raise PmjobsError(f"{path}: no such file; give a page, a mail or a table of ads")
    kind = _KINDS.get(path.suffix.lower()) or _kind_of(path)
    most = MAX_PAGE_BYTES if kind in ("page", "mail") else MAX_TABLE_BYTES
    if (size := path.stat().st_size) > most:
        raise PmjobsError(f"{path.name}: {size:,} bytes, more than {most:,}; split it")
    if size == 0:
        raise PmjobsError(f"{path.name}: empty; save it again")
    if kind in ("page", "mail"):
        return kind, _ads_of_one(path, kind)
    if kind == "mailbox":
        return kind, _ads_of_mailbox(path)
    if kind in _DOCUMENTS:
        return kind, _ad_of_document(path)
    return kind, _numbered(path, _TABLES[kind](path))


def _ads_of_one(path: Path, kind: str) -> Iterator[tuple[str, Row | ParseError]]:
    raw = path.read_bytes()
    if kind == "mail":
        ads = ads_in_mail(raw)
    else:
        ads = ads_in_page(page_text(raw))
    if not ads:
        raise ParseError(path.name, kind, _NO_ADS[kind])
    for number, ad in enumerate(ads, 1):
        yield (path.name if len(ads) == 1 else f"{path.name}: ad {number}"), ad


def _ads_of_mailbox(path: Path) -> Iterator[tuple[str, Row | ParseError]]:
    """Yield the ads of all mails; of an ad that several mails link to, what the first says."""
    from mailbox import mbox

    seen: set[str] = set()
    n_ads = 0
    with closing(mbox(path, create=False)) as box:
        for number, key in enumerate(box.iterkeys(), 1):
            with box.get_file(key) as mail:
                raw = mail.read(MAX_PAGE_BYTES)
            for ad in ads_in_mail(raw):
                n_ads += 1
                url = str(ad.get("url") or "")
                if url not in seen:
                    yield f"{path.name}: mail {number}", ad
                    seen |= {url} - {""}
    if not n_ads:
        raise ParseError(path.name, "mailbox", _NO_ADS["mail"])


def _ad_of_document(path: Path) -> Iterator[tuple[str, Row | ParseError]]:
    ad = ad_of_file(path)
    if not ad.get("title") and "@type" not in ad:
        problem = 'missing; write the title into the first line, or "Title: ..." above the text'
        raise ParseError(path.name, "title", problem)
    yield path.name, ad


def _numbered(
    path: Path, found: Iterator[tuple[int, Row | ParseError]]
) -> Iterator[tuple[str, Row | ParseError]]:
    for number, row in found:
        yield f"{path.name}: row {number}", row


def _parquet_rows(path: Path) -> Iterator[tuple[int, Row | ParseError]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            rows.check_columns(file.schema_arrow.names, path.name)
            if file.metadata.num_rows > MAX_ROWS:
                raise ParseError(path.name, "rows", f"more than {MAX_ROWS:,}; split the file")
            number = 0
            for batch in file.iter_batches(batch_size=BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError) as error:
        problem = str(error).splitlines()[0][:200]
        raise ParseError(path.name, "Parquet", f"not readable ({problem})") from None


def _kind_of(path: Path) -> str:
    """Tell a file without a telling name by how it begins."""
    with path.open("rb") as file:
        start = file.read(4_000).lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in ((b"PAR1", "Parquet"), (b"%PDF-", "PDF"), (b"PK\x03\x04", "Word")):
        if start.startswith(mark):
            return kind
    if start[:1] == b"<":
        return "page"
    if start[:1] in (b"[", b"{"):
        return "JSON lines" if start[:1] == b"{" and b"}\n{" in start else "JSON"
    raise PmjobsError(
        f"{path.name}: not known what it is; name it {', '.join(_KINDS)} after what is in it"
    )


_KINDS = {
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".mhtml": "mail",
    ".mht": "mail",
    ".eml": "mail",
    ".mbox": "mailbox",
    ".txt": "text",
    ".md": "text",
    ".pdf": "PDF",
    ".docx": "Word",
    ".csv": "CSV",
    ".tsv": "CSV",
    ".json": "JSON",
    ".jsonl": "JSON lines",
    ".ndjson": "JSON lines",
    ".parquet": "Parquet",
}
_DOCUMENTS = ("text", "PDF", "Word")  # one ad a file
_TABLES: Mapping[str, Callable[[Path], Iterator[tuple[int, Row | ParseError]]]] = {
    "CSV": rows.csv_rows,
    "JSON": rows.json_rows,
    "JSON lines": rows.json_lines,
    "Parquet": _parquet_rows,
}
_NO_ADS = {
    "page": "no ad found in it; open the ad by itself, save the page again as whole page, or copy "
    "its text into a file named .txt, with the title in the first line",
    "mail": "no ad found in it: no link to one, and no subject that names project work",
}
