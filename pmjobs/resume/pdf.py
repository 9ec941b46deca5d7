"""A PDF as lines in reading order, column after column. Runs in a child process (see `sandbox`).

Nothing in the file is run and no attachment is opened. A file without text, a scan, is refused.
"""

import re
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from pmjobs.errors import ProfileError
from pmjobs.resume.headings import section_of
from pmjobs.resume.lines import Line, join_wrapped, line_of

MOST_PAGES = 60
_MOST_WORDS = 60_000
_SAME_LINE = 3.0  # points
_GUTTER = 12.0  # points: the least width of white between columns
_TAB = 18.0  # points: a wider space within a line parts cells

_PAGE = re.compile(
    r"(?:(?:page|seite|p\.?)\s*)?\d{1,2}\s*(?:(?:of|von|/)\s*\d{1,2})?", re.IGNORECASE
)
_GLYPH = re.compile(r"\(cid:\d+\)\s*")

Word = dict[str, Any]


def lines_of_pdf(path: Path) -> list[Line]:
    """Return the lines of the pages.

    Raises ProfileError for a locked, damaged, endless or image-only file.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise ProfileError(
                    f"{path.name}: {len(pdf.pages)} pages, more than {MOST_PAGES}; "
                    "keep the résumé itself"
                )
            pages = []
            n_words = 0
            for page in pdf.pages:
                words = page.extract_words(
                    x_tolerance=2, keep_blank_chars=False, extra_attrs=["size", "fontname"]
                )
                n_words += len(words)
                if n_words > _MOST_WORDS:
                    raise ProfileError(f"{path.name}: too much text for a résumé; keep the résumé")
                pages.append((words, float(page.width)))
                page.close()
    except (PDFException, PdfminerException, PDFPasswordIncorrect) as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect) or isinstance(error, PDFPasswordIncorrect):
            raise ProfileError(
                f"{path.name}: locked with a password; save it without one"
            ) from None
        raise ProfileError(
            f"{path.name}: not a readable PDF ({type(cause).__name__}); export it again"
        ) from None
    if n_words < 20:
        raise ProfileError(
            f"{path.name}: no text in it, only pictures (a scan?); export it from the program it "
            "was written in, or give the text as .txt"
        )
    pages = _without_running(pages)
    body = median(word["size"] for words, _ in pages for word in words)
    lines: list[Line] = []
    for number, (words, width) in enumerate(pages, start=1):
        lines += _page_lines(words, width, number, body)
    return list(join_wrapped(lines))


def _without_running(pages: list[tuple[list[Word], float]]) -> list[tuple[list[Word], float]]:
    """The pages without running heads and feet: names, addresses, "Page 2 of 3"."""
    edges: Counter[str] = Counter()
    rows_of = [_rows(words) for words, _ in pages]
    for rows in rows_of:
        edges.update({_normal(row) for row in (*rows[:2], *rows[-2:])})
    kept = []
    for rows, (_, width) in zip(rows_of, pages, strict=True):
        last = len(rows) - 2
        words = [
            word
            for n, row in enumerate(rows)
            for word in row
            if not (
                (n < 2 or n >= last) and (edges[_normal(row)] > 1 or _PAGE.fullmatch(_text(row)))
            )
        ]
        kept.append((words, width))
    return kept


def _normal(row: list[Word]) -> str:
    return re.sub(r"\d+", "#", _text(row)).lower()


def _page_lines(words: list[Word], width: float, number: int, body: float) -> list[Line]:
    found: list[Line] = []
    for block in _columns(words, width):
        rows = _rows(block)
        steps = [b[0]["top"] - a[0]["top"] for a, b in zip(rows, rows[1:], strict=False)]
        usual = median(steps) if steps else 0.0
        left = min((row[0]["x0"] for row in rows), default=0.0)
        for n, row in enumerate(rows):
            gap = n == 0 or steps[n - 1] > usual * 1.35
            line = line_of(
                _text(row),
                f"page {number}, line {len(found) + 1}",
                gap=gap,
                indent=row[0]["x0"] - left,
                heading=_depth(row, body),
            )
            if line:
                found.append(line)
    return found


def _depth(row: list[Word], body: float) -> int:
    """How a row looks: 1 much larger than the text, 2 larger, 0 like the text."""
    size = min(word["size"] for word in row)
    if size > body * 1.5:
        return 1
    return 2 if size > body * 1.12 else 0


def _text(row: list[Word]) -> str:
    pieces = [row[0]["text"]]
    for before, word in zip(row, row[1:], strict=False):
        pieces.append("\t" if word["x0"] - before["x1"] > _TAB else " ")
        pieces.append(word["text"])
    text = "".join(pieces)
    # A glyph without a letter to it: at the front it is a bullet, elsewhere an icon.
    return _GLYPH.sub("", _GLYPH.sub("• ", text, count=1) if _GLYPH.match(text) else text)


def _rows(words: list[Word]) -> list[list[Word]]:
    """Group words into lines, top to bottom, by their baseline."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if rows and abs(rows[-1][-1]["bottom"] - word["bottom"]) <= _SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w["x0"]) for row in rows]


def _columns(words: list[Word], width: float) -> list[list[Word]]:
    """Part a page's words into blocks in reading order: what is above the columns, then each.

    A column is told by a strip of white through most rows with text of both sides beginning at
    the same edges; a table of dates beside texts has it too, and is kept together: there the
    left side holds little but dates.
    """
    rows = _rows(words)
    gutter = _gutter(rows, width)
    if gutter is None:
        return [words] if words else []
    first, last = _span(rows, gutter)
    above = [w for row in rows[:first] for w in row]
    inside = [w for row in rows[first:last] for w in row]
    below = [w for row in rows[last:] for w in row]
    left = [w for w in inside if w["x1"] <= gutter]
    right = [w for w in inside if w["x0"] >= gutter]
    if not _is_column(left) or not _is_column(right):
        return [words]
    return [block for block in (above, left, right, below) if block]


def _gutter(rows: list[list[Word]], width: float) -> float | None:
    """The x of a strip of white that the most rows share, if most rows do."""
    votes: Counter[int] = Counter()
    for x in range(int(width * 0.2), int(width * 0.8), 4):
        crossing = sum(any(w["x0"] < x + _GUTTER / 2 and w["x1"] > x - _GUTTER / 2 for w in row)
                       for row in rows)  # fmt: skip
        left = sum(any(w["x1"] <= x for w in row) for row in rows)
        right = sum(any(w["x0"] >= x for w in row) for row in rows)
        if left >= 5 and right >= 5 and crossing <= max(2, len(rows) * 0.15):
            votes[x] = min(left, right) * 2 - crossing * 4
    if not votes:
        return None
    x, score = votes.most_common(1)[0]
    return float(x) if score > 0 else None


def _span(rows: list[list[Word]], gutter: float) -> tuple[int, int]:
    """The rows from the last crossing one at the top to the first crossing one at the bottom."""
    crosses = [
        any(w["x0"] < gutter < w["x1"] for w in row)
        or any(a["x1"] <= gutter <= b["x0"] and b["x0"] - a["x1"] < _GUTTER
               for a, b in zip(row, row[1:], strict=False))
        for row in rows
    ]  # fmt: skip
    middle = len(rows) // 2
    first = max((n + 1 for n in range(middle) if crosses[n]), default=0)
    last = min((n for n in range(middle, len(rows)) if crosses[n]), default=len(rows))
    return first, last


def _is_column(words: list[Word]) -> bool:
    """Whether these words read as a column of its own: it has a heading of a résumé."""
    return any(section_of(_text(row)) for row in _rows(words))
