"""Verb: stored ads → one file for another program: Parquet, CSV, JSON lines or Excel.

The columns are those of `pmjobs.frames.POSTING_COLUMNS`; COLUMN_NOTES says what each means.
Ads are written a few thousand at a time, so memory does not grow with the store, and the file
is there whole or not at all.
"""

import csv
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmjobs.errors import StoreError
from pmjobs.store import Store

if TYPE_CHECKING:
    import pandas as pd

# What a spreadsheet would calculate instead of show; an ad's author could make use of that.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
EXCEL_ROWS = 1_048_576 - 1  # a sheet's, less the heading
EXCEL_CELL = 32_767  # characters

COLUMN_NOTES = {
    "id": "the ad's number in the store",
    "source": "where it was read",
    "source_id": "its name there; with source unique",
    "url": "its page",
    "title": "as written",
    "employer": "who hires, as the ad says",
    "description": "plain text, one block a line",
    "location": "as written; several are separated by ;",
    "country": "ISO 3166-1 alpha-2, where all places are in one country",
    "remote": "remote, hybrid or onsite, where stated",
    "employment_type": "schema.org's words, separated by commas",
    "date_posted": "first published, as the ad says",
    "valid_through": "its end date, as the ad says",
    "currency": "of the pay, ISO 4217",
    "pay_minimum": "main units of currency, for pay_period, as stated",
    "pay_maximum": "likewise",
    "pay_period": "HOUR, DAY, WEEK, MONTH or YEAR",
    "pay_text": "the words the pay was read from",
    "years": "of experience asked for",
    "years_text": "the words they were read from",
    "family": "estimate: the kind of work",
    "in_scope": "estimate: whether it is project work",
    "track": "estimate: support, project, programme, portfolio, pmo or delivery",
    "level": "estimate: the real level of the work, 1 to 7",
    "level_low": "estimate: the level is level_low to level_high in nine of ten cases",
    "level_high": "likewise",
    "likely_low": "estimate: the level is likely_low to likely_high in eight of ten cases",
    "likely_high": "likewise",
    "title_level": "what the title claims, 1 to 7",
    "title_gap": "level less title_level; negative: the title promises more than the work",
    "abstained": "estimate: whether the ad says too little",
    "reason": "estimate: why there is no level",
    "model_id": "the model that made the estimate",
    "first_seen": "UTC",
    "last_seen": "UTC",
    "closed_at": "UTC; empty: still published",
}


def export(store: Store, target: Path, *, closed: bool = False) -> int:
    """Write the stored ads to `target` and return how many.

    The name's ending decides: .parquet, .csv, .jsonl or .xlsx. In CSV a text that a spreadsheet
    would take for a formula has a ' in front; the others keep it as it is. Excel's cells end
    at 32,767 characters. `closed` takes in ads that are no longer published.

    Raises StoreError for another ending, and if the file cannot be written.
    """
    write = WRITERS.get(target.suffix.lower())
    if write is None:
        raise StoreError(f"{target.name}: write a name that ends in {', '.join(WRITERS)}")
    from pmjobs.frames import posting_frames  # pandas; here, as it takes a moment to import

    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=target.suffix, dir=target.parent
        )
        os.close(handle)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror})") from None
    unfinished = Path(name)
    try:
        n_postings = write(posting_frames(store, closed=closed), unfinished)
        unfinished.chmod(0o644)  # mkstemp's files are the owner's alone
        unfinished.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error})") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return n_postings


def _parquet(frames: "Iterator[pd.DataFrame]", target: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    first = next(frames)
    schema = pa.Schema.from_pandas(first, preserve_index=False)
    notes = [
        field.with_metadata({"description": COLUMN_NOTES.get(field.name, "")}) for field in schema
    ]
    schema = pa.schema(notes)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        return sum(
            _counted(writer.write_table, pa.Table.from_pandas(frame, schema, preserve_index=False))
            for frame in _chained(first, frames)
        )


def _counted(write: Callable[[Any], None], table: Any) -> int:
    write(table)
    return int(table.num_rows)


def _csv(frames: "Iterator[pd.DataFrame]", target: Path) -> int:
    n_postings = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        for number, frame in enumerate(frames):
            for name in frame.columns[frame.dtypes == "string"]:
                frame[name] = frame[name].map(_no_formula, na_action="ignore")
            frame.to_csv(
                file, index=False, header=number == 0, quoting=csv.QUOTE_MINIMAL,
                date_format="%Y-%m-%dT%H:%M:%SZ",
            )  # fmt: skip
            n_postings += len(frame)
    return n_postings


def _json_lines(frames: "Iterator[pd.DataFrame]", target: Path) -> int:
    n_postings = 0
    with target.open("w", encoding="utf-8") as file:
        for frame in frames:
            frame.to_json(file, orient="records", lines=True, date_format="iso", force_ascii=False)
            n_postings += len(frame)
    return n_postings


def _excel(frames: "Iterator[pd.DataFrame]", target: Path) -> int:
    try:
        from openpyxl import Workbook
    except ModuleNotFoundError:
        raise StoreError("Excel files need openpyxl: pip install 'pmjobs[excel]'") from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("ads")
    n_postings = 0
    for frame in frames:
        if n_postings == 0:
            sheet.append(list(frame.columns))
        n_postings += len(frame)
        if n_postings > EXCEL_ROWS:
            raise StoreError(f"{target.name}: more ads than a sheet has rows; write .parquet")
        for row in frame.astype(object).itertuples(index=False):
            sheet.append([_cell(value, sheet) for value in row])
    notes = book.create_sheet("columns")
    for name, note in COLUMN_NOTES.items():
        notes.append([name, note])
    book.save(target)
    return n_postings


def _cell(value: Any, sheet: Any) -> Any:
    import pandas as pd
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.tz_localize(None).to_pydatetime()  # Excel knows no zones; it is UTC
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:EXCEL_CELL])
    cell.data_type = "s"  # a text, though it begin with "="
    return cell


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _chained(first: "pd.DataFrame", rest: "Iterator[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    yield first
    yield from rest


WRITERS: dict[str, Callable[["Iterator[pd.DataFrame]", Path], int]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".jsonl": _json_lines,
    ".xlsx": _excel,
}
