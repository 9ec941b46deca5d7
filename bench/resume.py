"""How exactly résumés are read: precision and recall by field and format.

    python bench/resume.py [--misses] [--crossed]

The files are those of tests/resumes, of invented people; what should be found was written by hand.
A value counts as found only if it is right to the letter (case and outer punctuation aside).
--crossed lays every person out in every layout (about a minute). All layouts are this project's own
and known to whoever wrote the rules: real files will be read less exactly.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from pmjobs.ladder import Dimension
from pmjobs.resume import read_resume
from pmjobs.resume.record import Month, Resume

FOLDER = Path(__file__).parent.parent / "tests" / "resumes"
TODAY = date(2026, 11, 15)
FIELDS = (
    "title", "employer", "start", "end", "bullet", "qualification", "institution", "skill",
    "certificate", "certificate date", "language", "scale", "years", "anchor within half",
)  # fmt: skip

Items = Counter[tuple[object, ...]]


def main(arguments: list[str]) -> int:
    """Print the table, and with --misses what was missed or made up."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    over = n_anchors = 0
    for person, kind, path in crossed() if "--crossed" in arguments else own_files():
        resume = read_resume(path, today=TODAY)
        for field in FIELDS:
            found, wanted = found_in(resume, person, field), wanted_in(person, field)
            for group in (kind, "all"):
                here = counts.setdefault((group, field), Counter())
                here["right"] += (found & wanted).total()
                here["found"] += found.total()
                here["wanted"] += wanted.total()
            if "--misses" in arguments and found != wanted:
                print(f"{person['id']}: {field}: missed {list(wanted - found)}")
                print(f"{' ' * len(person['id'])}  made up {list(found - wanted)}")
        for proposal in resume.anchors:
            true = person["expect"]["anchors"].get(str(proposal.dimension))
            n_anchors += 1
            if proposal.anchor > (true or 0) + 0.5:
                over += 1
                if "--misses" in arguments:
                    print(f"{person['id']}: over: {proposal.dimension} {proposal.anchor} ({true}): "
                          f"{proposal.proof.text}")  # fmt: skip
    show(counts)
    print(f"\nanchors proposed more than half above the hand-given one: {over} of {n_anchors}")
    return 0


def own_files() -> Iterator[tuple[dict, str, Path]]:  # type: ignore[type-arg]
    """Each person with the file that belongs to them."""
    for person in people():
        yield person, person["id"].split("_")[0], file_of(person["id"])


def crossed() -> Iterator[tuple[dict, str, Path]]:  # type: ignore[type-arg]
    """Each person in every layout, with dates in a style that the layout has."""
    sys.path.insert(0, str(FOLDER))
    import make

    styles = {"json": "iso", "linkedin": "mon", "pdf": "num", "docx": "long", "markdown": "mon"}
    with tempfile.TemporaryDirectory() as folder:
        for layout in make.LAYOUTS:
            kind = layout.partition("_")[0]
            style = "de" if layout == "text_german" else styles.get(kind, "num")
            for person in people():
                if not any(len(role["start"]) == 4 for role in person["roles"]):
                    laid_out = {**person, "dates": style}
                    path = Path(folder) / f"resume{make.ENDINGS[kind]}"
                    make.make(laid_out, layout, path)
                    yield laid_out, kind, path


def people() -> list[dict]:  # type: ignore[type-arg]
    """The hand-written truth, one a person."""
    return [
        json.loads(p.read_text(encoding="utf-8")) for p in sorted((FOLDER / "people").glob("*"))
    ]


def file_of(name: str) -> Path:
    """The résumé of one person."""
    return next((FOLDER / "files").glob(f"{name}.*"))


def found_in(resume: Resume, person: dict, field: str) -> Items:  # type: ignore[type-arg]
    """What was read, as comparable items."""
    roles = list(enumerate(resume.roles))
    if field == "title":
        return Counter((n, plain(r.title)) for n, r in roles if r.title)
    if field == "employer":
        return Counter((n, plain(r.employer)) for n, r in roles if r.employer)
    if field == "start":
        return Counter((n, str(r.start)) for n, r in roles if r.start)
    if field == "end":
        return Counter(
            (n, "now" if r.current else str(r.end)) for n, r in roles if r.current or r.end
        )
    if field == "bullet":
        return Counter((n, plain(b.text)) for n, r in roles for b in r.bullets)
    if field == "qualification":
        return Counter((plain(e.qualification),) for e in resume.education if e.qualification)
    if field == "institution":
        return Counter((plain(e.institution),) for e in resume.education if e.institution)
    if field == "skill":
        # Skills that only a role's lines show are no errors of the list, nor asked of it.
        wanted = {item[0] for item in wanted_in(person, "skill")}
        listed = [
            s for s in resume.skills if plain(s.skill) in wanted or not (s.last_used or s.in_use)
        ]
        return Counter((plain(s.skill),) for s in listed)
    if field == "certificate":
        return Counter((plain(c.name),) for c in resume.certificates)
    if field == "certificate date":
        return Counter((plain(c.name), str(c.awarded)) for c in resume.certificates if c.awarded)
    if field == "language":
        return Counter((x.language, x.level) for x in resume.languages)
    if field == "scale":
        wanted_scale = {item[0] for item in wanted_in(person, field)}
        return Counter(
            {(s.kind.value, s.value, s.currency) for s in resume.scale}
            if wanted_scale or resume.scale
            else set()
        )
    if field == "years":
        years, true = resume.years_managing, person["expect"]["years"]
        if years is None:
            return Counter()
        # A tenth either way is rounding.
        return Counter([(true if true is not None and abs(years - true) <= 0.11 else years,)])
    given = person["expect"]["anchors"]
    return Counter(
        (str(p.dimension), "right")
        if str(p.dimension) in given and abs(p.anchor - given[str(p.dimension)]) <= 0.5
        else (str(p.dimension), p.anchor)
        for p in resume.anchors
    )


def wanted_in(person: dict, field: str) -> Items:  # type: ignore[type-arg]
    """What a careful reader finds, as comparable items."""
    expect, style = person["expect"], person["dates"]
    roles = list(enumerate(person["roles"]))
    if field == "title":
        titles = expect.get("titles") or [r["title"] for r in person["roles"]]
        return Counter((n, plain(t)) for n, t in enumerate(titles))
    if field == "employer":
        return Counter((n, plain(r["employer"])) for n, r in roles)
    if field == "start":
        return Counter((n, stated(r["start"], style)) for n, r in roles)
    if field == "end":
        return Counter((n, stated(r["end"], style) if r["end"] else "now") for n, r in roles)
    if field == "bullet":
        return Counter((n, plain(b)) for n, r in roles for b in r["bullets"])
    if field == "qualification":
        return Counter((plain(e["qualification"]),) for e in person["education"])
    if field == "institution":
        return Counter((plain(e["institution"]),) for e in person["education"])
    if field == "skill":
        return Counter((plain(name or written),) for written, name in person["skills"].items())
    if field == "certificate":
        return Counter((plain(c["name"]),) for c in person["certificates"])
    if field == "certificate date":
        return Counter((plain(c["name"]), stated(c["date"], style)) for c in person["certificates"])
    if field == "language":
        return Counter((x["language"], x["level"]) for x in person["languages"])
    if field == "scale":
        return Counter(
            (kind, Decimal(value), currency) for kind, value, currency in expect["scale"]
        )
    if field == "years":
        return Counter([(expect["years"],)] if expect["years"] is not None else [])
    return Counter((str(Dimension(d)), "right") for d in expect["anchors"])


def stated(text: str, style: str) -> str:
    """A month as far as the file's style of dates states it."""
    year, _, month = text.partition("-")
    return str(Month(int(year), int(month) if month and style != "year" else None))


def plain(text: str | None) -> str:
    """Text for comparison."""
    return " ".join((text or "").casefold().split()).strip(" .,;")


def show(counts: dict[tuple[str, str], Counter[str]]) -> None:
    """Print precision and recall, a row a field, a column a format."""
    groups = [g for g in ("text", "markdown", "json", "linkedin", "docx", "pdf", "all")
              if any(group == g for group, _ in counts)]  # fmt: skip
    print(f"{'precision / recall':<20}" + "".join(f"{g:>14}" for g in groups) + f"{'n':>6}")
    for field in FIELDS:
        cells = []
        for group in groups:
            here = counts[group, field]
            cells.append(
                f"{share(here['right'], here['found'])} / {share(here['right'], here['wanted'])}"
            )
        total = counts["all", field]["wanted"]
        print(f"{field:<20}" + "".join(f"{cell:>14}" for cell in cells) + f"{total:>6}")


def share(part: int, whole: int) -> str:
    """A share with two figures, or a dash where there is nothing to share."""
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
