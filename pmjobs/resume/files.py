"""Tell what a person's file is by its content, and refuse what is unsafe or unreadable.

The extension is only used in messages. Every refusal is a ProfileError that names the file,
what is wrong with it and what to do.
"""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from pmjobs.errors import ProfileError
from pmjobs.parsing.decoding import decoded, foreign

LARGEST_FILE = 20_000_000  # bytes; résumés with a photo are rarely beyond 5 MB
LARGEST_TEXT = 150_000  # bytes of plain text or Markdown: fifty pages
LARGEST_JSON = 2_000_000  # bytes; a photo may be in it
MOST_LINES = 2_000
LARGEST_UNPACKED = 100_000_000  # bytes of all members of a ZIP together
LARGEST_MEMBER = 40_000_000  # bytes of one member
MOST_MEMBERS = 2_000
WORST_RATIO = 200  # unpacked to packed; text packs about 1:10, a bomb 1:1000

_MARKDOWN = re.compile(
    r"^\s{0,3}#{1,6} \S|^\*\*\S|^\s*\|.*\|\s*$|^={4,}\s*$|\]\(https?:", re.MULTILINE
)


class FileKind(StrEnum):
    """What a file is, by its first bytes."""

    PDF = "pdf"
    DOCX = "docx"
    LINKEDIN = "linkedin"
    JSON_RESUME = "json-resume"
    MARKDOWN = "markdown"
    TEXT = "text"


def kind_of(path: Path) -> FileKind:
    """Return what the file at `path` is.

    Raises ProfileError if it is missing, empty, too large, or nothing that can be read.
    """
    start = _first_bytes(path)
    name = path.name
    if b"%PDF-" in start[:1024]:
        return FileKind.PDF
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if start.startswith(b"PK\x05\x06"):
        raise ProfileError(f"{name}: the ZIP file is empty; download your export again")
    if problem := foreign(start):
        raise ProfileError(f"{name}: {problem}")
    if re.match(rb"\s*<(?:!doctype html|html)", start, re.IGNORECASE):
        raise ProfileError(f"{name}: an HTML page; save it as PDF or plain text")
    size = path.stat().st_size
    largest = LARGEST_JSON if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in b"{[" else LARGEST_TEXT
    if size > largest:
        raise ProfileError(
            f"{name}: {size:,} bytes of text, more than {largest:,}; keep the résumé itself"
        )
    text = read_text(path)
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")) and '"' in text:
        return FileKind.JSON_RESUME
    if len(_MARKDOWN.findall(text)) >= 2:
        return FileKind.MARKDOWN
    return FileKind.TEXT


def read_text(path: Path) -> str:
    """Return the text of a small file in UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises ProfileError if it is no text.
    """
    text = decoded(path.read_bytes())
    if text is None:
        raise ProfileError(
            f"{path.name}: not a file pmjobs can read; use PDF, DOCX, Markdown, plain text, "
            "JSON Resume or a LinkedIn data export"
        )
    return text


def check_zip(path: Path) -> zipfile.ZipFile:
    """Return the ZIP file at `path`, opened, after a look at what it would unpack to.

    Raises ProfileError for a bomb, a locked or a broken one.
    """
    try:
        archive = zipfile.ZipFile(path)
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ProfileError(f"{path.name}: the file is damaged ({error}); save it again") from None
    problem = None
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MOST_MEMBERS:
        problem = f"{len(members):,} files inside, more than {MOST_MEMBERS:,}"
    elif unpacked > LARGEST_UNPACKED:
        problem = f"it unpacks to {unpacked:,} bytes, more than {LARGEST_UNPACKED:,}"
    elif any(member.file_size > LARGEST_MEMBER for member in members):
        problem = f"one file inside is larger than {LARGEST_MEMBER:,} bytes"
    elif unpacked > 1_000_000 and unpacked / packed > WORST_RATIO:
        problem = f"it unpacks to {unpacked // packed} times its size, like a zip bomb"
    elif any(member.flag_bits & 1 for member in members):
        problem = "it is locked with a password"
    if problem:
        archive.close()
        raise ProfileError(f"{path.name}: {problem}; not opened, save the résumé again on its own")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one member's bytes, never more than LARGEST_MEMBER, whatever the file claims."""
    with archive.open(name) as member:
        data = member.read(LARGEST_MEMBER + 1)
    if len(data) > LARGEST_MEMBER:
        raise ProfileError(f"{name}: larger than the file claims; not read")
    return data


def _first_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ProfileError(f"{path.name}: a folder; name one file")
        if not path.is_file():
            raise ProfileError(f"{path.name}: not an ordinary file; name one file")
        if size > LARGEST_FILE:
            raise ProfileError(
                f"{path.name}: {size:,} bytes, more than {LARGEST_FILE:,}; save it without pictures"
            )
        with path.open("rb") as file:
            start = file.read(4096)
    except FileNotFoundError:
        raise ProfileError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise ProfileError(f"{path.name}: cannot be opened ({error.strerror})") from None
    if not start.strip():
        raise ProfileError(f"{path.name}: the file is empty; save the résumé again")
    return start


def _kind_of_zip(path: Path) -> FileKind:
    with check_zip(path) as archive:
        names = [name.rsplit("/", 1)[-1].lower() for name in archive.namelist()]
        paths = {name.lower() for name in archive.namelist()}
    if "word/document.xml" in paths:
        return FileKind.DOCX
    if {"positions.csv", "skills.csv", "education.csv", "certifications.csv"} & set(names):
        return FileKind.LINKEDIN
    what = "an OpenDocument file; save it as .docx or PDF" if "mimetype" in names else (
        "a ZIP file without Positions.csv or Skills.csv; a LinkedIn export has them, ask LinkedIn "
        "for the larger archive"
    )  # fmt: skip
    raise ProfileError(f"{path.name}: {what}")
