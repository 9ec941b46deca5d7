"""A Word file (DOCX) as lines. Runs in a child process (see `sandbox`).

Headers and footers are not read: they hold names and addresses. Text boxes are, since some
templates put whole columns into them; of a table's rows, a date beside a text becomes one line.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pmjobs.errors import ProfileError
from pmjobs.resume.files import MOST_LINES, check_zip, read_member
from pmjobs.resume.lines import LONGEST_LINE, Line, line_of
from pmjobs.resume.periods import find_period

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|überschrift|titre|titel)\s*(\d)", re.IGNORECASE)
_DEEPEST = 400  # elements within elements; Word's own files stay below 60


def lines_of_docx(path: Path) -> list[Line]:
    """Return the lines of the document's body in reading order.

    Raises ProfileError for macros, entity declarations and damaged files.
    """
    _check_parts(path)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(path))
        styles = {style.style_id: style.name or "" for style in document.styles}
        body = document.element.body
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise ProfileError(
            f"{path.name}: not a readable Word file ({type(error).__name__}); save it again"
        ) from None
    found: list[Line] = []
    gap = True
    for text, style, bullet in _blocks(body, styles):
        heading = _HEADING.match(style)
        depth = int(heading[1]) if heading else 1 if style.lower() == "title" else 0
        for part in text.split("\n"):
            layout: dict[str, Any] = {"heading": depth, "gap": gap}
            if bullet:
                layout["bullet"] = True
            line = line_of(part[:LONGEST_LINE], f"paragraph {len(found) + 1}", **layout)
            gap = line is None or (gap and not part.strip())
            if line:
                found.append(line)
                gap = False
        if len(found) > MOST_LINES:
            raise ProfileError(f"{path.name}: more than {MOST_LINES:,} lines; keep the résumé only")
    if not found:
        raise ProfileError(f"{path.name}: there is no text in it; export the résumé as text")
    return found


def _check_parts(path: Path) -> None:
    with check_zip(path) as archive:
        for member in archive.infolist():
            name = member.filename.lower()
            if name.endswith(("vbaproject.bin", "vbadata.xml")):
                raise ProfileError(
                    f"{path.name}: it has macros; save it as an ordinary .docx without them"
                )
            if name.endswith((".xml", ".rels")):
                head = read_member(archive, member.filename)
                # No Word file declares entities; those that do are made to blow up a reader.
                plain = head.replace(b"\x00", b"")
                if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                    raise ProfileError(
                        f"{path.name}: {member.filename} declares XML entities, which Word never "
                        "does; not opened, save it again in Word"
                    )


def _blocks(
    element: Any, styles: dict[str, str], depth: int = 0
) -> Iterator[tuple[str, str, bool]]:
    """Yield (text, style name, is a list item) of the paragraphs under `element`."""
    if depth > _DEEPEST:
        raise ProfileError("the document is nested too deeply; save it again in Word")
    for child in element:
        if child.tag == f"{_W}p":
            yield _paragraph(child, styles)
            for box in _text_boxes(child):
                yield from _blocks(box, styles, depth + 1)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, styles, depth)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}smartTag", f"{_W}ins"):
            yield from _blocks(child, styles, depth + 1)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{_W}txbxContent"):
        parents = [parent.tag for parent in box.iterancestors()]
        # Older Words get the same box again as a fallback.
        if _FALLBACK not in parents and parents.count(f"{_W}txbxContent") == 0:
            yield box


def _paragraph(paragraph: Any, styles: dict[str, str]) -> tuple[str, str, bool]:
    style, bullet = "", False
    properties = paragraph.find(f"{_W}pPr")
    if properties is not None:
        named = properties.find(f"{_W}pStyle")
        if named is not None:
            identifier = named.get(f"{_W}val") or ""
            style = styles.get(identifier, identifier)
        bullet = properties.find(f"{_W}numPr") is not None
    bullet = (
        bullet or style.lower().startswith(("list", "aufzählung"))
    ) and not style.lower().startswith("heading")
    return _text(paragraph), style, bullet


def _text(paragraph: Any) -> str:
    pieces = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        above = [parent.tag for parent in node.iterancestors()]
        boxes = [tag for tag in above[: above.index(f"{_W}p")] if tag.endswith("txbxContent")]
        nearest = next(p for p in node.iterancestors() if p.tag == f"{_W}p")
        if boxes or nearest is not paragraph or f"{_W}del" in above or f"{_W}pPr" in above:
            continue
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        else:
            pieces.append("\t" if node.tag == f"{_W}tab" else "\n")
    return "".join(pieces)


def _table(table: Any, styles: dict[str, str], depth: int) -> Iterator[tuple[str, str, bool]]:
    for row in table.iter(f"{_W}tr"):
        if next(p for p in row.iterancestors() if p.tag == f"{_W}tbl") is not table:
            continue  # a row of a table within a cell; its cell brings it
        cells = [
            [block for block in _blocks(cell, styles, depth + 1) if block[0].strip()]
            for cell in row.findall(f"{_W}tc")
        ]
        yield "", "", False
        yield from _row([cell for cell in cells if cell])


def _row(cells: list[list[tuple[str, str, bool]]]) -> Iterator[tuple[str, str, bool]]:
    """One row: a line of cells with tabs where each is short, else cell after cell."""
    if not cells:
        return
    if all(len(cell) == 1 for cell in cells):
        yield "\t".join(cell[0][0] for cell in cells), cells[0][0][1], False
        return
    first = " ".join(text for text, _, _ in cells[0])
    if len(cells) > 1 and len(first) < 60 and find_period(first):
        text, style, _ = cells[1][0]
        yield f"{first}\t{text}", style, False
        cells = [cells[1][1:], *cells[2:]]
    for cell in cells:
        yield from cell
