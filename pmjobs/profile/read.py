"""A profile from a file. Every message names the file, the key, and what to write instead."""

import difflib
import json
import math
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from pmjobs.domain.characteristics import characteristics
from pmjobs.domain.moves import Move
from pmjobs.domain.sectors import sectors
from pmjobs.domain.skills import Group, skill_named, skills
from pmjobs.errors import ProfileError
from pmjobs.ladder import DUTY_DIMENSIONS, Dimension, Track
from pmjobs.posting import PayPeriod, WorkPlace
from pmjobs.profile.record import (
    Basis,
    Depth,
    LargestProject,
    OwnAnchor,
    OwnCertificate,
    OwnPay,
    OwnSkill,
    Profile,
    RuledOut,
    WantedStep,
)

LARGEST_FILE = 1_000_000  # bytes
LONGEST_TEXT = 2_000  # characters a value
MOST_ENTRIES = 500  # skills or certificates

# About the person, not about the work: never read, wherever a file holds them.
PERSONAL = frozenset(
    (
        *("name", "full_name", "first_name", "last_name", "surname", "person", "photo", "picture"),
        *("image", "birth_date", "birthdate", "date_of_birth", "dob", "born", "age", "gender"),
        *("sex", "pronouns", "nationality", "citizenship", "marital_status", "email", "phone"),
        *("telephone", "mobile", "address", "religion", "ethnicity"),
    )
)
_DEGREES = {"none": None, "degree": "edu_degree", "master": "edu_master"}
Choice = TypeVar("Choice", bound=StrEnum)


def load_profile(path: Path) -> Profile:
    """Return the profile in `path`, TOML or JSON.

    Raises ProfileError, naming the place and the remedy, if the file cannot be read or a value
    cannot be understood.
    """
    return profile_from(_table(path), path.name)


def profile_from(table: Mapping[str, Any], where: str = "profile") -> Profile:
    """Return the profile that `table` (as read from TOML or JSON) describes.

    Raises ProfileError as `load_profile` does; `where` begins its messages.
    """
    top = _Part(table, where, "now level experience skill certificate pay places wishes out")
    now = top.part("now", "title employer track country sectors enterprise_mandate")
    experience = top.part(
        "experience",
        "years_managing_projects years_leading_programmes years_working degree largest",
    )
    places = top.part("places", "countries towns remote")
    wishes = top.part("wishes", " ".join(["step", *characteristics()]))
    return Profile(
        title=now.text("title"),
        employer=now.text("employer"),
        track=now.choice("track", Track),
        sectors=now.among("sectors", sectors()),
        country=_country(now, now.text("country")),
        enterprise_mandate=now.flag("enterprise_mandate"),
        anchors=_anchors(top),
        years_managing=experience.number("years_managing_projects", 0, 60),
        years_programmes=experience.number("years_leading_programmes", 0, 60),
        years_working=experience.number("years_working", 0, 70),
        largest=_largest(experience),
        skills=tuple(_skill(entry) for entry in top.parts("skill", "name depth last_used proof")),
        certificates=_certificates(top, experience),
        pay=_pay(top),
        countries=tuple(_country(places, code) or "" for code in places.texts("countries")),
        towns=places.texts("towns"),
        remote=places.choice("remote", WorkPlace),
        step=wishes.choice("step", WantedStep) or WantedStep.UP,
        wishes=_wishes(wishes),
        out=_out(top),
    )


def _table(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ProfileError(f"{path.name}: larger than {LARGEST_FILE:,} bytes; shorten it")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ProfileError(
            f"{path}: there is no such file; `pmjobs profile init` writes one to fill in"
        ) from None
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{path.name}: not UTF-8 text; save it as UTF-8") from None
    if path.suffix.lower() == ".json" or text.lstrip().startswith("{"):
        return _json(text, path.name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        if place is None:
            raise ProfileError(f"{path.name}: not TOML: {error}; mend this line") from None
        line = f"line {place[2]}, column {place[3]}" if place[2] else "at the end"
        raise ProfileError(f"{path.name}: {line}: {place[1]}; mend this line") from None
    except RecursionError:
        raise ProfileError(f"{path.name}: nested too deeply; write it as `init` does") from None


def _json(text: str, name: str) -> dict[str, Any]:
    try:
        table = json.loads(text)
    except json.JSONDecodeError as error:
        raise ProfileError(
            f"{name}: line {error.lineno}, column {error.colno}: {error.msg}; mend this line"
        ) from None
    except (RecursionError, ValueError):
        raise ProfileError(f"{name}: nested too deeply; write it as `init` does") from None
    if not isinstance(table, dict):
        raise ProfileError(f"{name}: not a profile; write one JSON object, or start with `init`")
    return table


class _Part:
    """One table of the file, with checked access to its keys."""

    def __init__(self, table: Any, where: str, known: str) -> None:
        if not isinstance(table, Mapping):
            raise ProfileError(f"{where}: not a table; write [{where.split(': ')[-1]}] above it")
        self.where = where
        self.table = {k: v for k, v in table.items() if str(k).lower() not in PERSONAL}
        if known.startswith("name "):  # a skill's or certificate's name is no person's
            self.table["name"] = table.get("name")
        names = known.split()
        for key in self.table:
            if key not in names:
                near = difflib.get_close_matches(str(key), names, 1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"
                raise ProfileError(f"{where}: {key}: unknown; {hint}")

    def fail(self, key: str, problem: str) -> ProfileError:
        return ProfileError(f"{self.where}: {key}: {problem}")

    def part(self, key: str, known: str) -> "_Part":
        return _Part(self.table.get(key, {}), f"{self.where}: {key}", known)

    def parts(self, key: str, known: str) -> list["_Part"]:
        entries = self.table.get(key, [])
        if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
            raise self.fail(key, f"write [[{key}]], with two brackets, at most {MOST_ENTRIES}")
        return [
            _Part(entry, f"{self.where}: {key} {number}", known)
            for number, entry in enumerate(entries, 1)
        ]

    def text(self, key: str) -> str | None:
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise self.fail(key, f"write a text of at most {LONGEST_TEXT} characters in quotes")
        return value.strip() or None

    def needed(self, key: str) -> str:
        if (value := self.text(key)) is None:
            raise self.fail(key, f'missing; write {key} = "…"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.table.get(key, [])
        if isinstance(values, str):
            values = [values]
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise self.fail(key, 'write a list of texts, ["…", "…"]')
        return tuple(v.strip() for v in values if v.strip())

    def among(self, key: str, known: Mapping[str, Any]) -> tuple[str, ...]:
        for value in self.texts(key):
            if value not in known:
                near = difflib.get_close_matches(value, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
                raise self.fail(key, f"{value!r} is unknown; {hint}")
        return self.texts(key)

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        if (value := self.text(key)) is None:
            return None
        try:
            return kind(value.lower())
        except ValueError:
            pass
        try:
            return kind(value.upper())
        except ValueError:
            names = ", ".join(str(one).lower() for one in kind)
            raise self.fail(key, f"{value!r} is unknown; write one of {names}") from None

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, "write true or false, without quotes")
        return value

    def number(self, key: str, low: float, high: float) -> float | None:
        value = self.table.get(key)
        if value is None:
            return None
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not math.isfinite(value) or not low <= value <= high:
            raise self.fail(key, f"write a number from {low:g} to {high:g}, without quotes")
        return float(value)

    def whole(self, key: str, low: int, high: int) -> int | None:
        value = self.number(key, low, high)
        return None if value is None else int(value)

    def money(self, key: str) -> Decimal | None:
        value = self.number(key, 0, 1e12)
        return None if value is None else Decimal(str(self.table[key]))

    def currency(self, key: str) -> str | None:
        value = self.text(key)
        if value is not None and not re.fullmatch(r"[A-Za-z]{3}", value):
            raise self.fail(key, f'{value!r} is no currency; write three letters, "EUR"')
        return value.upper() if value else None


def _country(part: _Part, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[A-Za-z]{2}", value):
        raise part.fail("country", f'{value!r} is no country code; write two letters, "GB"')
    return value.upper() if value else None


def _anchors(top: _Part) -> dict[Dimension, OwnAnchor]:
    level = top.part("level", " ".join(DUTY_DIMENSIONS))
    found = {}
    for dimension in DUTY_DIMENSIONS:
        value = level.table.get(dimension)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = {"anchor": value}
        if value is None:
            continue
        entry = _Part(value, f"{level.where}: {dimension}", "anchor proof")
        anchor = entry.number("anchor", 0, 4)
        if anchor is None:
            continue
        if anchor * 2 != int(anchor * 2):
            raise entry.fail("anchor", f"{anchor:g} is no half step; write 0, 0.5, 1 … 4")
        found[dimension] = OwnAnchor(anchor, entry.text("proof"))
    return found


def _largest(experience: _Part) -> LargestProject:
    part = experience.part("largest", "budget currency team months countries proof")
    budget, currency = part.money("budget"), part.currency("currency")
    if budget is not None and currency is None:
        raise part.fail("currency", 'missing; a budget needs one: write currency = "EUR"')
    return LargestProject(
        budget=budget,
        currency=currency,
        team=part.whole("team", 0, 100_000),
        months=part.whole("months", 0, 600),
        countries=part.whole("countries", 0, 200),
        proof=part.text("proof"),
    )


def _skill(entry: _Part) -> OwnSkill:
    name = entry.needed("name")
    known = skill_named(name)
    depth = entry.text("depth")
    if depth is not None and depth.upper() not in Depth.__members__:
        names = ", ".join(step.name.lower() for step in Depth)
        raise entry.fail("depth", f"{depth!r} is unknown; write one of {names}")
    return OwnSkill(
        name=name,
        skill=known.id if known else None,
        depth=Depth[depth.upper()] if depth else None,
        last_used=entry.whole("last_used", 1950, 2100),
        proof=entry.text("proof"),
    )


def _certificates(top: _Part, experience: _Part) -> tuple[OwnCertificate, ...]:
    found = []
    for entry in top.parts("certificate", "name year"):
        name = entry.needed("name")
        known = skill_named(name, among=(Group.CERTIFICATIONS, Group.EDUCATION))
        found.append(
            OwnCertificate(name, known.id if known else None, entry.whole("year", 1950, 2100))
        )
    degree = experience.text("degree")
    if degree is not None and degree not in _DEGREES:
        raise experience.fail(
            "degree", f"{degree!r} is unknown; write one of {', '.join(_DEGREES)}"
        )
    if degree and (held := _DEGREES[degree]):
        found.append(OwnCertificate(skills()[held].name, held, None))
    return tuple(found)


def _pay(top: _Part) -> OwnPay | None:
    part = top.part("pay", "amount currency period basis fte")
    amount = part.money("amount")
    if amount is None:
        return None
    if (currency := part.currency("currency")) is None:
        raise part.fail("currency", 'missing; write currency = "EUR"')
    if amount <= 0:
        raise part.fail("amount", "write what you earn, or leave [pay] out")
    period = part.choice("period", PayPeriod) or PayPeriod.YEAR
    basis = part.choice("basis", Basis) or Basis.PERMANENT
    return OwnPay(amount, currency, period, basis, part.number("fte", 0.05, 1) or 1.0)


def _wishes(part: _Part) -> dict[str, float]:
    weights = {name: part.number(name, 0, 3) for name in characteristics()}
    return {name: weight for name, weight in weights.items() if weight}


def _out(top: _Part) -> RuledOut:
    part = top.part("out", "employers sectors words moves places")
    return RuledOut(
        employers=part.texts("employers"),
        sectors=part.among("sectors", sectors()),
        words=part.texts("words"),
        moves=part.among("moves", {str(move): move for move in Move}),
        places=tuple(WorkPlace(p) for p in part.among("places", {str(w): w for w in WorkPlace})),
    )
