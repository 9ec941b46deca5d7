"""Text as lines with what their layout says: headings, bullets, gaps, indents.

Every format becomes such lines, and everything after works on them alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pmjobs.resume.periods import find_period

BULLETS = "•●▪◦‣·∙○■□▸▶►➢➤✓✔❖♦⁃–—*-+o§\uf0b7\uf0a7\uf0d8\uf076"
_BULLET = re.compile(
    rf"\s*(?:[{re.escape(BULLETS.replace('o', ''))}]|o(?=\s))\s+(?=\S)|\s*[•●▪◦‣➢➤►]"
)
_MARKDOWN_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,})\s*")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_TABLE_ROW = re.compile(r"\s*\|(.*)\|\s*")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ud800-\udfff\ufeff]"
)
_UNFINISHED = re.compile(
    r"(?:[,&/(–-]|\b(?:a|an|the|and|or|of|to|in|on|for|with|by|from|at|into|using|as|und|der|die|das|mit"
    r"|von|für|im|in))$",
    re.IGNORECASE,
)
LONGEST_LINE = 1_000  # characters; what is beyond is cut, no line of a résumé is
_WRAPS_AT = 55  # characters: a shorter line was broken on purpose


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file."""

    text: str
    where: str  # "line 12", "page 2, line 3"
    heading: int = 0  # 0: not declared as one; else its depth, 1 the highest
    bullet: bool = False
    gap: bool = False  # a blank line or a wide space stands before it
    indent: float = 0.0  # in characters or points; only compared within one file


def plain_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of plain text, bullets marked, wrapped lines joined."""
    return join_wrapped(_numbered(text))


def markdown_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of Markdown without its marks; table rows have tabs between cells."""
    found: list[Line] = []
    fenced = False
    for line in _numbered(_TAG.sub(" ", text)):
        bare = line.text
        if bare.startswith(("```", "~~~")):
            fenced = not fenced
            continue
        if _UNDERLINE.fullmatch(bare) and found and not line.gap and "=" in bare:
            found[-1] = replace(found[-1], heading=1)
            continue
        if heading := _MARKDOWN_HEADING.fullmatch(bare):
            line = replace(line, text=heading[2], heading=len(heading[1]), bullet=False)
        elif row := _TABLE_ROW.fullmatch(bare):
            line = replace(line, text="\t".join(cell.strip() for cell in row[1].split("|")).strip())
        text_only = _LINK.sub(r"\1", line.text)
        for _ in range(2):
            text_only = _EMPHASIS.sub(r"\2", text_only)
        if text_only.strip():
            found.append(replace(line, text=text_only.strip("\\ ")))
    return join_wrapped(found)


def line_of(text: str, where: str, **layout: object) -> Line | None:
    """Return one line with its bullet mark taken off and noted, or None if nothing is left."""
    text = tidy(text)
    bullet = _BULLET.match(text)
    bare = text[bullet.end() :].strip() if bullet else text.strip()
    if not any(char.isalnum() for char in bare):
        return None
    layout.setdefault("bullet", bullet is not None)
    return Line(bare, where, **layout)  # type: ignore[arg-type]


def tidy(text: str) -> str:
    """Return `text` without control and zero-width characters, soft hyphens and ligatures.

    >>> tidy("ef\\ufb01cient\\u00a0work\\u200b")
    'efficient work'
    """
    for odd, plain in (("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi")):
        text = text.replace(odd, plain)
    text = re.sub(r"[\u00a0\u2000-\u200a\u202f\u3000]", " ", text)
    return re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\ud800-\udfff]",
        "",
        text,
    )


def join_wrapped(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with those joined that are the rest of the line before."""
    joined: list[Line] = []
    last = ""  # the last physical line
    for line in lines:
        if joined and _continues(joined[-1], last, line):
            before = joined[-1].text
            hyphen = before.endswith("-") and line.text[:1].islower() and before[-2:-1].isalpha()
            joined[-1] = replace(
                joined[-1], text=before[:-1] + line.text if hyphen else f"{before} {line.text}"
            )
        else:
            joined.append(line)
        last = line.text
    return tuple(joined)


def _continues(whole: Line, last: str, line: Line) -> bool:
    if len(whole.text) > LONGEST_LINE:
        return False
    if line.bullet or line.heading or line.gap or whole.heading or "\t" in line.text:
        return False
    if whole.bullet and (found := find_period(whole.text)) and found[1] < 3:
        return False  # a post written as a bullet; what follows is what was done there
    if line.text[:1].islower() and (whole.bullet or len(last) >= _WRAPS_AT):
        return True
    if whole.bullet and line.indent > whole.indent:
        return len(last) >= _WRAPS_AT // 2 and not find_period(line.text)
    if whole.bullet and not line.text[:1].isupper():  # "… about EUR" / "600k"
        return len(last) >= _WRAPS_AT // 2 and not find_period(line.text)
    if whole.bullet and line.indent <= whole.indent and not _UNFINISHED.search(last):
        return False
    if len(last) < _WRAPS_AT or find_period(line.text) or find_period(last):
        return False
    return not last.endswith((".", ":", ";", "!", "?")) or (
        not whole.bullet and len(last) >= _WRAPS_AT and len(line.text.split()) > 6
    )


def _numbered(text: str) -> list[Line]:
    found: list[Line] = []
    gap = True
    for number, whole_line in enumerate(text.splitlines(), start=1):
        raw = whole_line[:LONGEST_LINE]
        expanded = raw.replace("\t", "    ") if not raw.strip("\t").count("\t") else raw
        indent = len(expanded) - len(expanded.lstrip())
        text_only = re.sub(r"(?<=\S) {3,}(?=\S)", "\t", tidy(raw).strip())  # columns by spaces
        line = line_of(text_only, f"line {number}", indent=float(indent), gap=gap)
        if line is None:
            if found and not gap and "|" in raw and _TABLE_RULE.fullmatch(raw):
                found.pop()  # the head of a table: it only names the columns
            elif found and _UNDERLINE.fullmatch(raw):
                found[-1] = replace(found[-1], heading=found[-1].heading or 2)
            gap = True
            continue
        found.append(line)
        gap = False
    return found
