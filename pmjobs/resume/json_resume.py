"""JSON Resume (jsonresume.org) → sections of lines, personal data left out.

Of `basics` only the name is looked at, to blank it out of the rest; e-mail, telephone, location,
image and profiles are not. Entries of odd types are passed over, as a hand-written file has them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pmjobs.errors import ProfileError
from pmjobs.resume.entries import certificate_of, languages_of
from pmjobs.resume.files import read_text
from pmjobs.resume.lines import Line
from pmjobs.resume.parts import Contents
from pmjobs.resume.periods import find_month
from pmjobs.resume.personal import veil_of
from pmjobs.resume.record import Education, Proof, Role, Section

_KEYS = frozenset(
    {"basics", "work", "education", "skills", "certificates", "languages", "projects"}
)
_SECTIONS = {
    "work": Section.EXPERIENCE, "projects": Section.PROJECTS, "education": Section.EDUCATION,
    "skills": Section.SKILLS, "certificates": Section.CERTIFICATES,
    "languages": Section.LANGUAGES,
}  # fmt: skip
_MOST_ENTRIES = 200


def read_json_resume(path: Path) -> Contents:
    """Return what a JSON Resume says of somebody's work.

    Raises ProfileError if it is no JSON, nested too deeply, or no JSON Resume.
    """
    return contents_of(parse_json(read_text(path), path.name), path.name)


def parse_json(text: str, name: str) -> Any:
    """Return the JSON in `text`. Raises ProfileError, with the line, if it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ProfileError(
            f"{name}: line {error.lineno}: not valid JSON ({error.msg}); correct it, or give "
            "the résumé as text"
        ) from None
    except RecursionError:
        raise ProfileError(f"{name}: nested too deeply for a résumé; not read") from None
    except ValueError:
        raise ProfileError(f"{name}: a number in it is too long; not read") from None


def contents_of(data: Any, name: str) -> Contents:
    """Return what a parsed JSON Resume says. Raises ProfileError if it is none."""
    if not isinstance(data, dict) or not _KEYS & data.keys():
        raise ProfileError(
            f"{name}: not a JSON Resume; it needs keys such as `work` (see jsonresume.org/schema)"
        )
    basics = data.get("basics")
    owner = _text(basics, "name") if isinstance(basics, dict) else None
    veil = veil_of([owner] if owner else [])

    def clean(text: str | None) -> str | None:
        return veil.clean(text) if text else None

    def line(text: str, where: str) -> list[Line]:
        cleaned = veil.clean(text)
        return [Line(cleaned, where)] if cleaned else []

    roles, education, certificates, languages, listed = [], [], [], [], []
    for key in ("work", "projects"):
        for n, entry in _entries(data, key):
            where = f"{key}[{n}]"
            if key == "projects" and not _text(entry, "startDate"):
                continue
            proofs = [
                Proof(cleaned, f"{where}.{part}")
                for part, text in _lines_of(entry)
                if (cleaned := veil.clean(text))
            ]
            title = clean(_text(entry, "position") or (_first(entry, "roles")))
            employer = clean(
                _text(entry, "name", "company") if key == "work" else _text(entry, "entity")
            )
            if title or employer:
                start, end = (find_month(_text(entry, k) or "") for k in ("startDate", "endDate"))
                current = start is not None and not _text(entry, "endDate")
                roles.append(Role(title, employer, start, end, current, tuple(proofs), where))
    for n, entry in _entries(data, "education"):
        degree = " ".join(filter(None, (_text(entry, "studyType"), _text(entry, "area"))))
        found = Education(clean(degree), clean(_text(entry, "institution")), f"education[{n}]")
        if found.qualification or found.institution:
            education.append(found)
    for n, entry in _entries(data, "skills"):
        keywords = list(_numbered(entry, "keywords"))
        # With keywords the name is that of a group: "Methods and tools".
        named = [] if keywords else [("name", _text(entry, "name"))]
        for part, text in (*named, *keywords):
            listed += line(text, f"skills[{n}].{part}") if text else []
    for n, entry in _entries(data, "certificates"):
        text = clean(_text(entry, "name", "title"))
        if text:
            dated = f"{text}, {_text(entry, 'date') or ''}".rstrip(", ")
            certificate = certificate_of(dated, Proof(text, f"certificates[{n}]"))
            certificates += [certificate] if certificate else []
    for n, entry in _entries(data, "languages"):
        text = f"{_text(entry, 'language') or ''}: {_text(entry, 'fluency') or ''}"
        languages += list(languages_of([Line(text, f"languages[{n}]")]))
    return Contents(
        sections=tuple(section for key, section in _SECTIONS.items() if data.get(key)),
        roles=tuple(roles),
        education=tuple(education),
        listed=tuple(listed),
        certificates=tuple(certificates),
        languages=tuple(languages),
    )


def _lines_of(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if summary := _text(entry, "summary", "description"):
        for n, part in enumerate(filter(str.strip, summary.splitlines())):
            yield (f"summary, line {n + 1}" if n else "summary"), part.strip()
    yield from _numbered(entry, "highlights")


def _numbered(entry: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    values = entry.get(key)
    for n, value in enumerate(values[:_MOST_ENTRIES] if isinstance(values, list) else ()):
        if isinstance(value, str) and value.strip():
            yield f"{key}[{n}]", value.strip()


def _entries(data: dict[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    values = data.get(key)
    for n, value in enumerate(values[:_MOST_ENTRIES] if isinstance(values, list) else ()):
        if isinstance(value, dict):
            yield n, value
        elif isinstance(value, str) and value.strip():
            yield n, {"name": value, "language": value}


def _text(entry: dict[str, Any], *keys: str) -> str | None:
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def _first(entry: dict[str, Any], key: str) -> str | None:
    return next((text for _, text in _numbered(entry, key)), None)
