"""Cut a file's lines into the sections of a résumé by their headings.

What stands before the first heading is the head: name, address, telephone. It is not read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pmjobs.resume.lines import Line
from pmjobs.resume.periods import find_period
from pmjobs.resume.record import Section

_BEFORE = (
    r"(?:(?:my|key|core|main|selected|relevant|recent|professional|additional|other|further"
    r"|previous"
    r"|technical|it|computer|personal|career|project|management|working|work|formal|academic"
    r"|areas of"
    r"|berufliche[rsn]?|wichtigste|sonstige|weitere|ausgewählte)\s+){0,3}"
)
_WORDS = {
    Section.EXPERIENCE: (
        r"experience|employment|history|employment history|work history|career|career history"
        r"|career summary|employment record|work|positions?|appointments|positions held|background"
        r"|berufserfahrung|laufbahn|stationen"
        r"|werdegang|beruflicher werdegang|praxiserfahrung|tätigkeiten|berufspraxis"
        r"|berufliche stationen|expériences?|expériences? professionnelles?|parcours professionnel"
        r"|werkervaring|ervaring|experiencia|experiencia (?:laboral|profesional)"
        r"|esperienza|esperienze professionali|erhvervserfaring|arbetslivserfarenhet"
    ),
    Section.PROJECTS: r"projects|project list|assignments|engagements|projekte|projektliste"
    r"|projets",
    Section.EDUCATION: (
        r"education|education (?:and|&) (?:training|qualifications?)|academic qualifications?"
        r"|studies"
        r"|academic background|degrees?|schooling|ausbildung|bildung|bildungsweg|studium"
        r"|aus- und weiterbildung|schulbildung|formation|formations|études|opleiding|opleidingen"
        r"|educación|formación|formación académica|istruzione|utbildning|uddannelse"
    ),
    Section.SKILLS: (
        r"skills|competenc(?:e|ies)|skills (?:and|&) (?:tools|competencies|expertise|methods)"
        r"|expertise|strengths|tools|tools (?:and|&) methods|methods|methods (?:and|&) tools"
        r"|technologies|software|capabilities|proficiencies|skill set|toolkit|knowledge"
        r"|areas of expertise|kenntnisse|fähigkeiten|kompetenzen|fachkenntnisse|edv-kenntnisse"
        r"|it-kenntnisse|methoden|methoden und werkzeuge|compétences|vaardigheden|competenties"
        r"|habilidades|competencias|aptitudes|competenze|kompetenser|kompetencer"
    ),
    Section.CERTIFICATES: (
        r"certifications?|certificates?|qualifications|licen[cs]es(?: (?:and|&) certifications?)?"
        r"|certifications? (?:and|&) (?:training|licen[cs]es|courses|memberships)|accreditations?"
        r"|professional qualifications|professional development|training"
        r"|training (?:and|&) (?:certifications?|certificates)|courses|memberships"
        r"|certificates (?:and|&) training|zertifikate|zertifizierungen|weiterbildung"
        r"|weiterbildungen"
        r"|zertifikate und weiterbildung(?:en)?|fortbildung(?:en)?|certificats|certificaten"
        r"|certificaciones|certificados|certificazioni|certifieringar"
    ),
    Section.LANGUAGES: (
        r"languages?|language skills|sprachen|sprachkenntnisse|langues|talen|idiomas|lingue|språk"
        r"|sprog"
    ),
    Section.SUMMARY: (
        r"summary|profile|about|about me|statement|objective|career objective|overview"
        r"|executive summary|key achievements|achievements|highlights|introduction|headline"
        r"|profil|kurzprofil|über mich|zusammenfassung|résumé|à propos|profiel|samenvatting|perfil"
        r"|resumen|profilo|sammanfattning"
    ),
    Section.PERSONAL: (
        r"details|information|personal (?:details|information|data)|contact|contact details"
        r"|contacts"
        r"|contact information|references?|referees|hobbies|interests|hobbies (?:and|&) interests"
        r"|interests (?:and|&) hobbies|persönliche (?:daten|angaben)|angaben zur person|kontakt"
        r"|referenzen|interessen|hobbys|hobbys und interessen|coordonnées|centres d['’]intérêt"
        r"|loisirs|persoonlijke gegevens|datos personales|dati personali|family|familie|photo"
    ),
    Section.OTHER: (
        r"publications|awards|honou?rs|awards (?:and|&) honou?rs|volunteering|voluntary work"
        r"|volunteer|volunteer work|volunteer experience|patents|talks|presentations|engagement"
        r"|ehrenamt|ehrenamtliches engagement|publikationen|auszeichnungen|military service"
        r"|availability|declaration|salary expectations?|driving licen[cs]e"
    ),
}
_HEADING = {
    section: re.compile(rf"(?:{_BEFORE}(?:{words})|{words})", re.IGNORECASE)
    for section, words in _WORDS.items()
}
# Words of `_BEFORE` make "Personal skills" skills, but "Personal information" is personal.
_ORDER = (
    Section.PERSONAL,
    Section.OTHER,
    Section.CERTIFICATES,
    Section.LANGUAGES,
    Section.EDUCATION,
    Section.PROJECTS,
    Section.EXPERIENCE,
    Section.SKILLS,
    Section.SUMMARY,
)
_INLINE = frozenset(
    {Section.SKILLS, Section.CERTIFICATES, Section.LANGUAGES, Section.EDUCATION, Section.SUMMARY}
)
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One section's lines, without its heading."""

    section: Section
    lines: tuple[Line, ...]


def parts_of(lines: Sequence[Line]) -> tuple[Part, ...]:
    """Return the sections of a file in its order; the head is left out.

    A file without any heading is one section of experience from its first blank line on, so
    that the name at its top is left out all the same.
    """
    depths = [line.heading for line in lines if line.heading and section_of(line.text)]
    depth = min(depths, default=0)
    parts: list[tuple[Section, list[Line]]] = []
    seen_first = False
    for line in lines:
        section, rest = _opens(line, parts[-1][0] if parts else None)
        if section is None and seen_first and line.heading and line.heading <= depth:
            section = Section.OTHER
        if section is None:
            if parts:
                parts[-1][1].append(line)
            continue
        seen_first = True
        parts.append((section, [rest] if rest else []))
    if not parts:
        return _without_headings(lines)
    return tuple(Part(section, tuple(found)) for section, found in parts)


def section_of(text: str) -> Section | None:
    """Return the section that `text` is the heading of, or None.

    >>> section_of("PROFESSIONAL EXPERIENCE:")
    <Section.EXPERIENCE: 'experience'>
    >>> section_of("Experience with Jira and Confluence")
    """
    bare = re.sub(r"[^\w\s&'’-]", " ", text).strip(" -_&").replace("&", " & ")
    if re.fullmatch(r"(?:\w ){3,}\w", bare):  # spaced out: "S K I L L S"
        bare = bare.replace(" ", "")
    bare = re.sub(r"^(?:\d+|[ivx]+)[.)]?\s+", "", " ".join(bare.split()), flags=re.IGNORECASE)
    if not bare or len(bare.split()) > _MOST_WORDS:
        return None
    for section in _ORDER:
        if _HEADING[section].fullmatch(bare):
            return section
    # "Experience and projects", "Skills & languages": the first names what follows
    first, found, second = re.sub(r"\s(?:&|und|et|en|y)\s", " and ", bare).partition(" and ")
    if found and section_of(second) is not None:
        return section_of(first)
    return None


def _opens(line: Line, now: Section | None) -> tuple[Section | None, Line | None]:
    """The section that `line` opens, and what of it is already content."""
    if line.bullet or find_period(line.text):
        return None, None
    if section := section_of(line.text):
        # Under a role, "Projects" or "Achievements" in ordinary type only labels its bullets.
        inner = section in (Section.SUMMARY, Section.PROJECTS, Section.EXPERIENCE, Section.SKILLS)
        labels = now is Section.EXPERIENCE and inner and not line.heading and not line.gap
        if labels and not line.text.isupper():
            return None, None
        return section, None
    label, colon, rest = line.text.partition(":")
    if colon and rest.strip() and len(label) < 40:
        section = section_of(label)
        if section is Section.PERSONAL:
            return section, None
        if section in _INLINE and (line.gap or now is not Section.EXPERIENCE or line.heading):
            if now is section:
                return None, None
            return section, replace(line, text=rest.strip())
    return None, None


def _without_headings(lines: Iterable[Line]) -> tuple[Part, ...]:
    kept = list(lines)
    for n, line in enumerate(kept[1:], start=1):
        if line.gap:
            return (Part(Section.EXPERIENCE, tuple(kept[n:])),)
    return ()
