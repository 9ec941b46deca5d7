"""A short report as text, Markdown or HTML; words of ads are shown as words, whatever they hold."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH = 96  # characters a line of text


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report: a title, then paragraphs, a table, points, any of them absent."""

    title: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    points: tuple[str, ...] = ()
    parts: tuple["Section", ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Document:
    """A report: its title, an opening, its sections."""

    title: str
    opening: str
    sections: tuple[Section, ...]


def as_text(document: Document) -> str:
    """Return the report as plain text for a terminal or a mail."""
    title = _line(document.title)
    lines = [title, "=" * len(title), "", *_wrapped(document.opening), ""]
    for section in document.sections:
        lines += _text_of(section, "-")
    return "\n".join(lines).rstrip() + "\n"


def as_markdown(document: Document) -> str:
    """Return the report as Markdown."""
    lines = [f"# {_mark(document.title)}", "", _mark(document.opening), ""]
    for section in document.sections:
        lines += _markdown_of(section, "##")
    return "\n".join(lines).rstrip() + "\n"


def as_html(document: Document) -> str:
    """Return the report as one page of HTML that loads nothing from anywhere."""
    body = "".join(_html_of(section, 2) for section in document.sections)
    title, opening = _escaped(document.title), _escaped(document.opening)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{title}</h1><p>{opening}</p>{body}</body></html>\n"
    )


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;"
    "vertical-align:top}h2{margin-top:2rem}"
)


def _text_of(section: Section, underline: str) -> list[str]:
    title = _line(section.title)
    lines = [title, *([underline * len(title)] if underline else [])]
    for paragraph in section.paragraphs:
        lines += _wrapped(paragraph)
    if section.rows:
        lines += _columns(section.columns, section.rows)
    for point in section.points:
        lines += textwrap.wrap(_line(point), WIDTH, initial_indent="- ", subsequent_indent="  ")
    lines.append("")
    for part in section.parts:
        lines += _text_of(part, "")
    return lines


def _columns(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    table = [tuple(map(_line, row)) for row in (columns, *rows)]
    widths = [max(len(row[n]) for row in table) for n in range(len(columns))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def _markdown_of(section: Section, hashes: str) -> list[str]:
    lines = [f"{hashes} {_mark(section.title)}", ""]
    for paragraph in section.paragraphs:
        lines += [_mark(paragraph), ""]
    if section.rows:
        lines += [_row(section.columns), _row(["---"] * len(section.columns), raw=True)]
        lines += [*(_row(row) for row in section.rows), ""]
    if section.points:
        lines += [*(f"- {_mark(point)}" for point in section.points), ""]
    for part in section.parts:
        lines += _markdown_of(part, f"{hashes}#")
    return lines


def _row(cells: Sequence[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cells if raw else map(_mark, cells))} |"


def _mark(text: str) -> str:
    """Take the meaning from every sign that Markdown or HTML would act on."""
    return re.sub(r"([\\`*_\[\]<>|#~!])", r"\\\1", _line(text))


def _html_of(section: Section, depth: int) -> str:
    parts = [f"<h{depth}>{_escaped(section.title)}</h{depth}>"]
    parts += [f"<p>{_escaped(paragraph)}</p>" for paragraph in section.paragraphs]
    if section.rows:
        head = "".join(f"<th>{_escaped(name)}</th>" for name in section.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{_escaped(cell)}</td>' for cell in row)}</tr>"
            for row in section.rows
        )
        parts.append(f"<table><tr>{head}</tr>{body}</table>")
    if section.points:
        points = "".join(f"<li>{_escaped(point)}</li>" for point in section.points)
        parts.append(f"<ul>{points}</ul>")
    parts += [_html_of(part, min(depth + 1, 6)) for part in section.parts]
    return "".join(parts)


def _escaped(text: str) -> str:
    return escape(_line(text))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(_line(text), WIDTH)


def _line(text: str) -> str:
    """One line without control characters, so that a terminal stays what it is."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
