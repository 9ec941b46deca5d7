"""Find the skills of the table in a résumé's lines, and keep what the table does not have.

The words that need care ("MSP", "RAID", "Lean") follow terms.toml as they do in ads; a section of
skills counts as a statement of skill, so that weak words count there and not in a role's lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pmjobs.compare.words import Mention, find_words
from pmjobs.domain.skills import Group, plain, skill_named, skills
from pmjobs.resume.entries import certificate_of
from pmjobs.resume.lines import Line
from pmjobs.resume.periods import last_index
from pmjobs.resume.record import CertificateFound, Month, Proof, Role, SkillFound

_SPLIT = re.compile(r"\t+|[,;|•·]\s*|\s+[/–—]\s+|\s{3,}|\s+-\s+")
_RATING = re.compile(
    r"[\s:–—-]*\(?\b(?:expert\w*|advanced|intermediate|beginner|basic|proficient|good|excellent"
    r"|\d+\+?\s*years?"
    r"|[1-5]\s*/\s*5|very good|sehr gut|gut|grundkenntnisse)\)?$|[\s★☆●○]+$",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_CERTIFICATE_GROUPS = (Group.CERTIFICATIONS, Group.EDUCATION)


def mentions(text: str, *, stated: bool) -> tuple[Mention, ...]:
    """Return the skills of the table that `text` names.

    `stated` says that the text lists skills, so that weak words count.

    >>> [m.skill for m in mentions("Jira and a RAID log", stated=False)]
    ['jira', 'raid_logs']
    >>> mentions("a small plant", stated=False)
    ()
    """
    return tuple(m for m in find_words(text).mentions if stated or not m.weak)


def skills_of(
    listed: Iterable[Line], roles: Sequence[Role], certificates: Sequence[CertificateFound]
) -> tuple[SkillFound, ...]:
    """Return each skill once, with the words it came from and its last use in a role.

    Certificates of the table are left to the section of certificates.
    """
    found: dict[str, SkillFound] = {}
    for role in roles:
        for proof in role.bullets:
            for mention in mentions(proof.text, stated=False):
                if skills()[mention.skill].group in _CERTIFICATE_GROUPS:
                    continue
                words = proof.text[mention.start : mention.end]
                name = skills()[mention.skill].name
                this = SkillFound(name, words, proof, role.end, in_use=role.current)
                if name not in found or _later(this, found[name]):
                    found[name] = this
    named = {plain(certificate.name) for certificate in certificates}
    for line in listed:
        for this in _stated(line):
            if plain(this.skill) not in named and this.skill not in found:
                found[this.skill] = this
    return tuple(found.values())


def certificate_name(text: str) -> str | None:
    """Return the name in the table of the certificate that `text` names, or None.

    >>> certificate_name("PRINCE2® Practitioner")
    'PRINCE2 Practitioner'
    """
    bare = re.sub(r"[®™©]", "", text)
    for mention in mentions(bare, stated=True):
        if skills()[mention.skill].group is Group.CERTIFICATIONS:
            return skills()[mention.skill].name
    skill = skill_named(bare)
    return skill.name if skill and skill.group is Group.CERTIFICATIONS else None


def certificates_in(line: Line) -> Iterator[CertificateFound]:
    """Yield the certificates of the table that one line of a section of skills names."""
    for item in _SPLIT.split(line.text):
        if certificate_name(item):
            found = certificate_of(item.strip(" .()"), Proof(line.text, line.where))
            if found:
                yield found


def _stated(line: Line) -> Iterator[SkillFound]:
    """Skills that one line of a section of skills lists."""
    proof = Proof(line.text, line.where)
    label, colon, rest = line.text.partition(":")
    text = rest if colon and len(label) < 40 and rest.strip() else line.text
    for raw in _SPLIT.split(_outside_brackets(text)):
        item = _RATING.sub("", raw.strip(" .()–—-")).strip()
        if not any(char.isalpha() for char in item):
            continue
        inside = mentions(item, stated=True)
        kinds = [m for m in inside if skills()[m.skill].group not in _CERTIFICATE_GROUPS]
        for mention in kinds:
            name = skills()[mention.skill].name
            yield SkillFound(name, item[mention.start : mention.end], proof, None)
        if not inside:
            skill = skill_named(item)
            if skill and skill.group not in _CERTIFICATE_GROUPS:
                yield SkillFound(skill.name, item, proof, None)
            elif not skill and len(item.split()) <= _MOST_WORDS:
                yield SkillFound(item, item, proof, None, known=False)


def _outside_brackets(text: str) -> str:
    """Brackets become commas: "Planning (MS Project, Primavera)" lists three things."""
    return re.sub(r"[()\[\]]", ",", text)


def _later(this: SkillFound, other: SkillFound) -> bool:
    if this.in_use != other.in_use:
        return this.in_use
    return _index(this.last_used) > _index(other.last_used)


def _index(month: Month | None) -> int:
    return last_index(month) if month else 0
