"""The rows of a file of ads, whatever wrote it: CSV, JSON, JSON lines. A bad row costs itself.

Every reader yields, for each row, the row as an object or a ParseError that says what is wrong
with it, and where. A file that cannot be read at all raises one.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pmjobs.errors import ParseError
from pmjobs.parsing import decoding
from pmjobs.parsing.columns import COLUMNS, MAX_TEXT_CHARS, column_name, meanings

Row = dict[str, Any]

MAX_CELL_CHARS = 5 * MAX_TEXT_CHARS  # what the CSV reader takes before it gives the line up
MAX_JSON_BYTES = 200_000_000  # JSON is read whole
MAX_LINE_CHARS = 10_000_000
# Where answers of interfaces and exports of trackers keep their list.
LISTS = ("jobs", "postings", "ads", "results", "data", "items", "hits", "content", "@graph",
         "records", "rows", "list", "offers", "vacancies", "jobPostings")  # fmt: skip


def csv_rows(path: Path) -> Iterator[tuple[int, Row | ParseError]]:
    """Yield (line, row) for each row of a CSV file; commas, semicolons, tabs or bars part cells.

    Raises ParseError if no column is known to hold a title.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        before = csv.field_size_limit(MAX_CELL_CHARS)
        try:
            head = file.readline(100_000)
            file.seek(0)
            reader = csv.reader(file, delimiter=_delimiter(head))
            header = next(reader, [])
            check_columns(header, path.name)
            yield from _csv_rows(reader, header, path.name)
        except csv.Error as error:
            raise ParseError(path.name, "header", f"not CSV ({error})") from None
        finally:
            csv.field_size_limit(before)


def _csv_rows(reader: Any, header: list[str], where: str) -> Iterator[tuple[int, Row | ParseError]]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, ParseError(_line(where, reader.line_num), "row", str(error))
            continue
        if not any(cells):
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            problem = f"{len(cells)} cells under {len(header)} columns; put texts in quotes"
            yield reader.line_num, ParseError(_line(where, reader.line_num), "row", problem)
            continue
        yield reader.line_num, dict(zip(header, cells, strict=False))


def json_rows(path: Path) -> Iterator[tuple[int, Row | ParseError]]:
    """Yield (number, row) for each ad of a JSON file: a list, one ad, or a list inside.

    Raises ParseError if the file is no JSON or has no list of ads.
    """
    if path.stat().st_size > MAX_JSON_BYTES:
        problem = f"larger than {MAX_JSON_BYTES:,} bytes; write JSON lines or split it"
        raise ParseError(path.name, "JSON", problem)
    text = path.read_text(encoding=encoding_of(path), errors="replace")
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except RecursionError:
        raise ParseError(path.name, "JSON", "nested too deep") from None
    except ValueError as error:
        problem = getattr(error, "msg", str(error))
        raise ParseError(path.name, "JSON", f"not readable ({problem})") from None
    for number, row in enumerate(_list_in(value, path.name), 1):
        good = isinstance(row, dict)
        yield number, row if good else ParseError(f"{path.name}: #{number}", "row", "not an object")


def json_lines(path: Path) -> Iterator[tuple[int, Row | ParseError]]:
    """Yield (line, row) for each line of a file that holds one object a line."""
    with path.open(encoding=encoding_of(path), errors="replace") as file:
        for number, line in enumerate(_short_lines(file), 1):
            where = _line(path.name, number)
            if line is None:
                problem = f"longer than {MAX_LINE_CHARS:,} characters"
                yield number, ParseError(where, "JSON", problem)
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line.lstrip("\ufeff"))
            except (ValueError, RecursionError) as error:
                problem = getattr(error, "msg", "nested too deep")
                yield number, ParseError(where, "JSON", f"not readable ({problem})")
                continue
            good = isinstance(row, dict)
            yield number, row if good else ParseError(where, "row", "not an object")


def check_columns(columns: Iterable[str], where: str) -> None:
    """Raise ParseError unless one of the columns can be a title."""
    names = [name for name in columns if isinstance(name, str)]
    if "title" not in meanings(names):
        shown = ", ".join(column_name(name) for name in names[:12]) or "none"
        raise ParseError(
            where,
            "columns",
            f"none is known to hold a title (found: {shown}); "
            f"name one {', '.join(COLUMNS['title'][:3])}",
        )


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file, however long: see `pmjobs.parsing.decoding`."""
    with path.open("rb") as file:
        return decoding.encoding_of(iter(lambda: file.read(1_000_000), b""))


def _delimiter(head: str) -> str:
    return max(",;\t|", key=head.count)


def _list_in(value: Any, where: str) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        if "@type" in value or "title" in meanings(value):
            return [value]
        for name in LISTS:
            if isinstance(value.get(name), list):
                return list(value[name])
    raise ParseError(where, "JSON", "no list of ads in it; write [{...}, ...] or an object a line")


def _short_lines(file: Any) -> Iterator[str | None]:
    """Yield lines, None for one that is too long; such a line is passed over piece by piece."""
    while line := file.readline(MAX_LINE_CHARS):
        if len(line) < MAX_LINE_CHARS or line.endswith("\n"):
            yield line
            continue
        while (more := file.readline(MAX_LINE_CHARS)) and not more.endswith("\n"):
            pass
        yield None


def _line(where: str, number: int) -> str:
    return f"{where}: line {number}"
