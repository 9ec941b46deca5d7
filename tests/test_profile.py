"""Profiles: what is read, what is refused and in which words, what is never read at all."""

import json
import stat
import tomllib
from dataclasses import fields, is_dataclass

import pytest

from pmjobs.errors import ProfileError
from pmjobs.ladder import Level
from pmjobs.profile import Depth, gaps_in, init_profile, load_profile, profile_as_json, profile_from
from pmjobs.profile.write import template
from tests.builders import RATINGS, reader


def written(tmp_path, text: str, name: str = "me.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("level", RATINGS)
def test_the_level_is_that_of_the_self_rating(level):
    assert reader(level).level == level


def test_the_title_does_not_touch_the_level():
    assert reader(3, now={"title": "Chief Delivery Officer"}).level == Level.PROJECT_MANAGER


def test_a_profile_without_a_rating_has_no_level_and_says_so():
    me = reader(None)

    assert me.level is None
    assert gaps_in(me)[0].startswith("level: none of the eight duty dimensions is coded")


def test_init_writes_an_empty_profile_that_only_its_owner_can_read(tmp_path):
    path = tmp_path / "me.toml"

    init_profile(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_profile(path).anchors == {}
    assert load_profile(path) == profile_from({})


def test_init_never_overwrites(tmp_path):
    path = written(tmp_path, "[now]\n")

    with pytest.raises(ProfileError, match="there is a file already; edit it, or name another"):
        init_profile(path)
    assert path.read_text() == "[now]\n"


def test_what_the_template_proposes_can_be_read_when_the_hashes_are_taken_away(tmp_path):
    keys = (line.removeprefix("# ") for line in template().splitlines())
    kept = [
        line
        for line in keys
        if line.startswith("[") or (" = " in line and line.split(" = ")[0].isidentifier())
    ]
    me = load_profile(written(tmp_path, "\n".join(kept)))

    assert me.level == Level.PROJECT_MANAGER
    assert me.skills[0].skill == "risk_management"
    assert me.skills[0].depth is Depth.COMPETENT
    assert me.pay is not None


def test_json_is_read_like_toml(tmp_path):
    table = {"now": {"track": "pmo"}, "skill": [{"name": "Jira"}]}
    path = written(tmp_path, json.dumps(table), "me.json")

    assert load_profile(path) == profile_from(table)


# (what is wrong, the file, words of the message)
BAD = [
    ("no TOML", "[now\ntitle = 1", "me.toml: line 1, column 5: "),
    ("cut short", "[now", "me.toml: at the end"),
    ("a key nobody knows", "[now]\ntitel = 'PM'", "now: titel: unknown; did you mean title?"),
    ("a table nobody knows", "[skils]", "me.toml: skils: unknown; did you mean skill?"),
    ("a value for a table", "now = 3", "now: not a table; write [now] above it"),
    ("a number as title", "[now]\ntitle = 3", "now: title: write a text"),
    ("a track nobody knows", "[now]\ntrack = 'pm'", "now: track: 'pm' is unknown; write one of"),
    ("a sector nobody knows", "[now]\nsectors = ['it']", "sectors: 'it' is unknown"),
    ("a country in words", "[now]\ncountry = 'England'", "country: 'England' is no country code"),
    ("an anchor above four", "[level.scope]\nanchor = 5", "level: scope: anchor: write a number"),
    ("an anchor in quotes", "[level.scope]\nanchor = '2'", "without quotes"),
    ("an anchor of a third", "[level.scope]\nanchor = 2.3", "2.3 is no half step"),
    ("not a number", "[level.scope]\nanchor = nan", "write a number from 0 to 4"),
    ("an unknown dimension", "[level.charm]\nanchor = 2", "level: charm: unknown"),
    ("years below nothing", "[experience]\nyears_working = -1", "years_working: write a number"),
    ("a budget without currency", "[experience.largest]\nbudget = 5", "a budget needs one"),
    ("a currency in words", "[experience.largest]\ncurrency = 'euro'", "is no currency"),
    ("a degree nobody knows", "[experience]\ndegree = 'PhD'", "degree: 'PhD' is unknown"),
    ("one bracket", "[skill]\nname = 'Jira'", "skill: write [[skill]], with two brackets"),
    ("a skill without a name", "[[skill]]\ndepth = 'expert'", "skill 1: name: missing"),
    ("a depth nobody knows", "[[skill]]\nname = 'Jira'\ndepth = 'good'", "'good' is unknown"),
    ("pay without a currency", "[pay]\namount = 5", "pay: currency: missing"),
    ("pay of nothing", "[pay]\namount = 0\ncurrency = 'EUR'", "write what you earn"),
    ("a period nobody knows", "[pay]\namount = 5\ncurrency = 'EUR'\nperiod = 'moon'", "'moon'"),
    ("a wish nobody knows", "[wishes]\nfame = 3", "wishes: fame: unknown; known are step"),
    ("too great a wish", "[wishes]\nbreadth = 9", "breadth: write a number from 0 to 3"),
    ("a move nobody knows", "[out]\nmoves = ['dwon']", "'dwon' is unknown; did you mean down?"),
    ("yes for true", "[now]\nenterprise_mandate = 'yes'", "write true or false, without quotes"),
    ("a list of numbers", "[places]\ntowns = [1]", "towns: write a list of texts"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "text", "words"), BAD)
def test_a_bad_profile_says_where_and_what_to_do(tmp_path, wrong, text, words):
    with pytest.raises(ProfileError) as caught:
        load_profile(written(tmp_path, text))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_profile_says_how_to_make_one(tmp_path):
    with pytest.raises(ProfileError, match="no such file; `pmjobs profile init` writes one"):
        load_profile(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (b"x" * 1_000_001, "larger than 1,000,000 bytes"),
        (b"{" * 5000, "mend this line"),
        (b'{"now": ' + b"[" * 100_000, "nested too deeply"),
        (b"x = " + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_an_unreadable_file_is_one_line_of_advice(tmp_path, content, words):
    path = tmp_path / "me.toml"
    path.write_bytes(content)

    with pytest.raises(ProfileError, match=words):
        load_profile(path)


PERSONAL = {
    "name": "Jo Marlow",
    "gender": "female",
    "birth_date": "1971-02-03",
    "nationality": "Danish",
    "photo": "me.png",
}


def test_who_the_reader_is_is_never_read(tmp_path):
    known = {"now": {"track": "project"}, "skill": [{"name": "Jira"}]}
    me = profile_from(
        {**PERSONAL, "person": PERSONAL, **known, "now": {**PERSONAL, **known["now"]}}
    )

    assert me == profile_from(known)
    assert not any(str(value) in repr(me) for value in PERSONAL.values())


def test_no_record_of_the_profile_has_a_place_for_it():
    def names(record) -> set[str]:
        found = set()
        for field in fields(record):
            found.add(field.name)
            value = getattr(record, field.name)
            if is_dataclass(value):
                found |= names(value)
        return found

    assert not names(reader()) & {"name", "person", "gender", "age", "photo", "nationality"}


AMBIGUOUS = [
    ("skill", "MSP", None),
    ("skill", "CSM", None),
    ("skill", "PMP", "cert_pmp"),
    ("skill", "prince2 practitioner", "cert_prince2_p"),
    ("skill", "Benefits realization", "benefits"),
    ("skill", "stakeholder engagement", "stakeholder_management"),
    ("certificate", "CSM", "cert_agile"),
    ("certificate", "PRINCE2 Foundation", "cert_prince2_f"),
    ("certificate", "Swimming, bronze", None),
]


@pytest.mark.parametrize(("kind", "name", "expected"), AMBIGUOUS)
def test_names_are_read_by_the_table_of_skills(kind, name, expected):
    me = profile_from({kind: [{"name": name}]})

    assert (me.skills or me.certificates)[0].skill == expected


def test_an_ambiguous_skill_is_asked_back():
    lines = gaps_in(profile_from({"skill": [{"name": "MSP"}]}))

    assert any("MSP: can also be managed service provider" in line for line in lines)


def test_what_was_understood_is_plain_json():
    me = reader(
        4,
        pay={"amount": 52000, "currency": "gbp"},
        skill=[{"name": "Jira", "depth": "expert", "last_used": 2026}],
        wishes={"step": "same", "breadth": 2},
    )
    shown = json.loads(json.dumps(profile_as_json(me)))

    assert shown["level"] == 4
    assert shown["pay"]["currency"] == "GBP"
    assert shown["wishes"] == {"breadth": 2.0}
    assert shown["skills"][0]["skill"] == "jira"


def test_the_template_is_toml_as_it_stands():
    assert set(tomllib.loads(template())) >= {"now", "level", "pay", "wishes", "out"}
