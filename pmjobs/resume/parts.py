"""From lines to what they say, whatever format they came in: the shared middle of the import."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmjobs.resume.entries import certificates_of, education_of, languages_of
from pmjobs.resume.headings import Part, parts_of
from pmjobs.resume.lines import Line
from pmjobs.resume.personal import names_in_head, veil_of
from pmjobs.resume.record import (
    CertificateFound,
    Education,
    LanguageFound,
    Role,
    Section,
)
from pmjobs.resume.roles import roles_of


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file says before anything is concluded from it."""

    sections: tuple[Section, ...]
    roles: tuple[Role, ...]
    education: tuple[Education, ...]
    listed: tuple[Line, ...]  # the lines of sections of skills
    certificates: tuple[CertificateFound, ...]
    languages: tuple[LanguageFound, ...]


def contents_of_lines(lines: Sequence[Line]) -> Contents:
    """Return what the lines of one file say; the head and personal sections are left out."""
    veil = veil_of(names_in_head(lines))
    parts = [
        Part(part.section, veil.clean_lines(part.lines))
        for part in parts_of(lines)
        if part.section not in (Section.PERSONAL, Section.OTHER)
    ]

    def of(*sections: Section) -> list[Line]:
        return [line for part in parts if part.section in sections for line in part.lines]

    roles = [r for p in parts if p.section is Section.EXPERIENCE for r in roles_of(p.lines)]
    if not roles:
        roles = [r for p in parts if p.section is Section.PROJECTS for r in roles_of(p.lines)]
    return Contents(
        sections=tuple(dict.fromkeys(part.section for part in parts)),
        roles=tuple(roles),
        education=tuple(education_of(of(Section.EDUCATION))),
        listed=tuple(of(Section.SKILLS)),
        certificates=tuple(certificates_of(of(Section.CERTIFICATES))),
        languages=tuple(languages_of(of(Section.LANGUAGES))),
    )
