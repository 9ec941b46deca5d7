"""LinkedIn's data export (a ZIP of CSV files) → what somebody did.

Positions, Projects, Skills, Certifications, Education and Languages are read. Of Profile.csv only
the two name columns are looked at, to blank the name out of the rest; every other file (messages,
connections, addresses) stays shut.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from pmjobs.errors import ProfileError
from pmjobs.resume.entries import certificate_of, languages_of
from pmjobs.resume.files import check_zip, read_member
from pmjobs.resume.lines import Line, join_wrapped, line_of
from pmjobs.resume.parts import Contents
from pmjobs.resume.periods import find_month
from pmjobs.resume.personal import Veil, veil_of
from pmjobs.resume.record import CertificateFound, Education, Proof, Role, Section

_MOST_ROWS = 200
_LONGEST_DESCRIPTION = 10_000  # characters; LinkedIn itself takes 2,000
_SECTIONS = {
    "positions.csv": Section.EXPERIENCE, "education.csv": Section.EDUCATION,
    "skills.csv": Section.SKILLS, "certifications.csv": Section.CERTIFICATES,
    "languages.csv": Section.LANGUAGES,
}  # fmt: skip

Row = dict[str, str]


def read_linkedin(path: Path) -> Contents:
    """Return what a LinkedIn data export says. Raises ProfileError if it cannot be read."""
    with check_zip(path) as archive:
        members = {name.rsplit("/", 1)[-1].lower(): name for name in archive.namelist()}

        def rows(file: str) -> list[tuple[str, Row]]:
            return _rows(archive, members[file], path.name) if file in members else []

        owner = [
            f"{row.get('first name', '')} {row.get('last name', '')}".strip()
            for _, row in rows("profile.csv")
        ]
        veil = veil_of(owner)
        return Contents(
            sections=tuple(section for file, section in _SECTIONS.items() if rows(file)),
            roles=tuple(
                role for where, row in rows("positions.csv") if (role := _role(row, where, veil))
            ),
            education=tuple(_education(rows("education.csv"), veil)),
            listed=tuple(
                Line(text, where)
                for where, row in rows("skills.csv")
                if (text := veil.clean(row.get("name", "")))
            ),
            certificates=tuple(
                found
                for where, row in rows("certifications.csv")
                if (found := _certificate(row, where, veil))
            ),
            languages=tuple(
                found
                for where, row in rows("languages.csv")
                for found in languages_of(
                    [Line(f"{row.get('name', '')}: {row.get('proficiency', '')}", where)]
                )
            ),
        )


def _rows(archive: zipfile.ZipFile, member: str, name: str) -> list[tuple[str, Row]]:
    try:
        text = read_member(archive, member).decode("utf-8-sig", errors="replace")
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise ProfileError(
            f"{name}: {member} is damaged ({type(error).__name__}); download the export again"
        ) from None
    file = member.rsplit("/", 1)[-1]
    try:
        table = list(csv.reader(io.StringIO(text.replace("\x00", ""))))[:_MOST_ROWS]
    except csv.Error as error:
        raise ProfileError(f"{name}: {file}: not a table ({error}); download it again") from None
    if not table:
        return []
    keys = [key.strip().lower() for key in table[0]]
    return [
        (f"{file}, row {n}", dict(zip(keys, map(str.strip, row), strict=False)))
        for n, row in enumerate(table[1:], start=1)
        if any(row)
    ]


def _role(row: Row, where: str, veil: Veil) -> Role | None:
    title, employer = veil.clean(row.get("title", "")), veil.clean(row.get("company name", ""))
    if not title and not employer:
        return None
    start, end = find_month(row.get("started on", "")), find_month(row.get("finished on", ""))
    current = start is not None and not row.get("finished on")
    bullets = tuple(
        Proof(text, line.where)
        for line in _description(row.get("description", ""), where)
        if (text := veil.clean(line.text))
    )
    return Role(title, employer, start, end, current, bullets, where)


def _description(text: str, where: str) -> tuple[Line, ...]:
    lines = (line_of(part, where) for part in text[:_LONGEST_DESCRIPTION].splitlines())
    return join_wrapped(line for line in lines if line)


def _education(rows: Iterable[tuple[str, Row]], veil: Veil) -> Iterable[Education]:
    for where, row in rows:
        degree = veil.clean(row.get("degree name", ""))
        school = veil.clean(row.get("school name", ""))
        if degree or school:
            yield Education(degree, school, where)


def _certificate(row: Row, where: str, veil: Veil) -> CertificateFound | None:
    name = veil.clean(row.get("name", ""))
    if not name:
        return None
    found = certificate_of(name, Proof(name, where))
    if found is None:
        return None
    return CertificateFound(
        found.name,
        find_month(row.get("started on", "")) or found.awarded,
        find_month(row.get("finished on", "")) or found.expires,
        found.proof,
    )
