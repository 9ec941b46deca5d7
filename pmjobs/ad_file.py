"""Verb: a file that a person saved → the one ad in it: text, page, JSON, PDF or Word.

What it is, is told by how it begins. Tables and mails hold many ads: `pmjobs.importing` reads
those, and the one ad of a file like these through this reader.
"""

from pathlib import Path
from typing import Any

from pmjobs.errors import PmjobsError, ProfileError
from pmjobs.parsing.decoding import decoded, foreign, is_text
from pmjobs.parsing.saved import ad_in_text, posting_of_text
from pmjobs.posting import Posting

MAX_BYTES = 20_000_000

# What holds many ads, by its ending: what it is, and which command reads it.
_OF_MANY = {
    **dict.fromkeys((".eml", ".mbox", ".mhtml", ".mht"), "a mail, or a page kept as one"),
    **dict.fromkeys((".csv", ".tsv", ".parquet"), "a table"),
    **dict.fromkeys((".jsonl", ".ndjson"), "JSON lines"),
}


def posting_of_file(path: Path, *, title: str | None = None) -> Posting:
    """Return the ad in the file at `path`; `title` wins over what it says.

    Raises PmjobsError for what is no ad that can be read, saying what reads it if anything does.
    """
    return posting_of_text(text_of_file(path), path.name, title=title)


def ad_of_file(path: Path) -> dict[str, Any]:
    """Return what the ad at `path` states: see `pmjobs.parsing.saved.ad_in_text`.

    Raises PmjobsError as `posting_of_file` does.
    """
    return ad_in_text(text_of_file(path), path.name)


def text_of_file(path: Path) -> str:
    """Return a file's text; PDF and Word files, as vacancies often are, are read in a child."""
    if what := _OF_MANY.get(path.suffix.lower()):
        other = ", or `pmjobs level --input`" if what == "JSON lines" else ""
        raise PmjobsError(f"{path.name}: {what}; `pmjobs import {path}`{other} reads it")
    if (size := path.stat().st_size) > MAX_BYTES:
        raise PmjobsError(f"{path.name}: {size:,} bytes, more than {MAX_BYTES:,}; give one ad")
    data = path.read_bytes()
    if b"%PDF-" in data[:1024] or data.startswith(b"PK\x03\x04"):
        return _text_of_document(path)
    return text_of_bytes(data, path.name)


def text_of_bytes(data: bytes, name: str) -> str:
    """Return the text or the page that `data` is. Raises PmjobsError, with `name`, otherwise."""
    if not data.strip():
        raise PmjobsError(f"{name}: empty; save it again")
    if problem := foreign(data[:100]):
        raise PmjobsError(f"{name}: {problem}")
    text = _page(data) if _is_page(data) else decoded(data)
    if text is None:
        raise _unreadable(name)
    return text


def _is_page(data: bytes) -> bool:
    return b"<html" in data[:2000].lower() or data.lstrip()[:1] == b"<"


def _page(data: bytes) -> str | None:
    from pmjobs.parsing.pages import page_text  # takes time, and a text needs none of it

    text = page_text(data)
    return text if is_text(text) else None


def _text_of_document(path: Path) -> str:
    from pmjobs.resume.files import FileKind, kind_of
    from pmjobs.resume.sandbox import lines_in_child

    try:
        kind = kind_of(path)
    except ProfileError:  # its words are about résumés
        raise _unreadable(path.name) from None
    if kind not in (FileKind.PDF, FileKind.DOCX):
        raise _unreadable(path.name)
    lines = lines_in_child(path, kind)
    return "\n".join(f"- {line.text}" if line.bullet else line.text for line in lines)


def _unreadable(name: str) -> PmjobsError:
    return PmjobsError(
        f"{name}: not a file pmjobs can read; give a text, a page, a PDF or a Word file (.docx)"
    )
