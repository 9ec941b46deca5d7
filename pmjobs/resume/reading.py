"""From a file to a Resume: open it safely, read its parts, conclude what a person may confirm."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pmjobs.errors import ProfileError
from pmjobs.resume.anchors import proposed_anchors, years_managing
from pmjobs.resume.files import LARGEST_TEXT, MOST_LINES, FileKind, kind_of, read_text
from pmjobs.resume.json_resume import read_json_resume
from pmjobs.resume.lines import Line, markdown_lines, plain_lines
from pmjobs.resume.linkedin import read_linkedin
from pmjobs.resume.parts import Contents, contents_of_lines
from pmjobs.resume.questions import questions_about
from pmjobs.resume.record import CertificateFound, LanguageFound, Resume, Scale
from pmjobs.resume.sandbox import limits_hold, lines_in_child
from pmjobs.resume.scale import scale_of
from pmjobs.resume.skills import certificate_name, certificates_in, skills_of

_LEAST_TEXT = 3  # lines


def read_resume(path: Path | str, *, today: date | None = None) -> Resume:
    """Return what the file at `path` says of somebody's work.

    The format is told from the content: JSON Resume, LinkedIn data export (ZIP), PDF, DOCX,
    Markdown or plain text. `today` (default: the day it is) ends roles that go on.

    Raises ProfileError if the file is unsafe, unreadable, or says nothing about work.
    """
    path = Path(path)
    kind = kind_of(path)
    contents = _contents(path, kind)
    n_characters = sum(len(p.text) for role in contents.roles for p in role.bullets)
    if n_characters > LARGEST_TEXT:
        raise ProfileError(
            f"{path.name}: {n_characters:,} characters of experience, more than {LARGEST_TEXT:,}; "
            "keep the résumé itself"
        )
    if not (contents.roles or contents.listed or contents.education or contents.certificates):
        raise ProfileError(
            f"{path.name}: no roles, skills or education found; give sections headings such as "
            "`Experience`, with dates such as `2019 - 2021` beside each role"
        )
    notes = []
    if kind in (FileKind.PDF, FileKind.DOCX) and not limits_hold():
        notes.append("this system cannot limit a reader's memory: import only files you trust")
    return conclude(contents, kind, today=today or date.today(), notes=tuple(notes))


def conclude(
    contents: Contents, kind: FileKind, *, today: date, notes: tuple[str, ...] = ()
) -> Resume:
    """Return the Resume of a file's contents, with what is proposed and what would be asked."""
    certificates = _certificates(contents)
    scale: list[Scale] = []
    for role in contents.roles:
        for proof in role.bullets:
            scale += scale_of(proof, last=role.end, current=role.current)
    resume = Resume(
        format=kind.value,
        sections=contents.sections,
        roles=contents.roles,
        education=contents.education,
        skills=skills_of(contents.listed, contents.roles, certificates),
        certificates=certificates,
        languages=_once(contents.languages),
        scale=tuple(scale),
        years_managing=years_managing(contents.roles, today=today),
        anchors=proposed_anchors(contents.roles, scale, today=today),
        questions=(),
        notes=notes,
    )
    return replace(resume, questions=questions_about(resume))


def _contents(path: Path, kind: FileKind) -> Contents:
    if kind is FileKind.JSON_RESUME:
        return read_json_resume(path)
    if kind is FileKind.LINKEDIN:
        return read_linkedin(path)
    if kind in (FileKind.PDF, FileKind.DOCX):
        return contents_of_lines(_few(lines_in_child(path, kind), path.name))
    read = markdown_lines if kind is FileKind.MARKDOWN else plain_lines
    lines = read(read_text(path))
    if len(lines) < _LEAST_TEXT:
        raise ProfileError(f"{path.name}: too little text for a résumé; is it the right file?")
    return contents_of_lines(_few(lines, path.name))


def _few(lines: tuple[Line, ...], name: str) -> tuple[Line, ...]:
    if len(lines) > MOST_LINES:
        raise ProfileError(f"{name}: more than {MOST_LINES:,} lines; keep the résumé itself")
    return lines


def _certificates(contents: Contents) -> tuple[CertificateFound, ...]:
    """Certificates of their own section, and those of the table that stand among the skills."""
    found = {found.name.lower(): found for found in contents.certificates}
    known = {certificate_name(certificate.name) for certificate in contents.certificates}
    for line in contents.listed:
        for certificate in certificates_in(line):
            if certificate_name(certificate.name) not in known:
                found.setdefault(certificate.name.lower(), certificate)
    return tuple(found.values())


def _once(found: Iterable[LanguageFound]) -> tuple[LanguageFound, ...]:
    return tuple({each.language: each for each in found}.values())
