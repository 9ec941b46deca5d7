"""The tables of skills, words, moves, characteristics and plans hold together."""

import pytest

from pmjobs.domain import read_table
from pmjobs.domain.characteristics import characteristics
from pmjobs.domain.levels import dimensions
from pmjobs.domain.moves import Move, Step
from pmjobs.domain.plan import benefits, certificate_gates, equivalents, gap_advice
from pmjobs.domain.sectors import sectors
from pmjobs.domain.skills import (
    GapKind,
    Group,
    aliases,
    ambiguous_terms,
    plain,
    skill_named,
    skills,
    spellings,
)
from pmjobs.ladder import DUTY_DIMENSIONS, Dimension

LEADS = {"training", "doing", "coach", "mentor"}


def test_every_skill_can_be_named_by_its_own_name_and_id():
    for skill in skills().values():
        assert skill_named(skill.name) is skill
        assert skill_named(skill.id) is skill


def test_no_alias_stands_for_two_skills():
    words: dict[str, str] = {}
    for skill in skills().values():
        for alias in skill.aliases:
            assert words.setdefault(plain(alias), skill.id) == skill.id, alias


def test_every_group_and_every_kind_of_gap_is_used():
    assert {skill.group for skill in skills().values()} == set(Group)
    assert {skill.gap for skill in skills().values()} == set(GapKind)


def test_what_a_skill_feeds_is_a_duty_and_its_sector_is_in_the_table():
    for skill in skills().values():
        assert skill.feeds is None or skill.feeds in DUTY_DIMENSIONS
        assert skill.sector is None or skill.sector in sectors()
        assert all(1 <= number <= 29 for number in skill.apm)
        if skill.group in (Group.TECHNICAL, Group.LEADERSHIP, Group.STRATEGIC):
            assert skill.feeds is not None, skill.id
            assert skill.expected_from is not None, skill.id


@pytest.mark.parametrize("part", ["weak", "exact", "british"])
def test_words_that_need_care_are_aliases(part):
    known = {plain(alias) for skill in skills().values() for alias in skill.aliases}

    assert {plain(word) for word in read_table("terms")[part]} <= known


def test_terms_that_need_care_are_aliases_and_have_a_rule():
    known = {plain(alias) for skill in skills().values() for alias in skill.aliases}

    assert set(ambiguous_terms()) <= known
    for row in read_table("terms")["term"]:
        assert row.get("needs") or row.get("unless"), row["term"]


def test_american_spelling_is_found_too_unless_it_means_something_else():
    texts = {alias.text for alias in aliases()}

    assert "benefits realization" in texts
    assert "programme management" in texts
    assert "program management" not in texts
    assert spellings("go live") == {"go live"}


def test_plain_text_keeps_its_length():
    for text in ("Go-Live — “now”", "İstanbul", "don’t\tstop", "ÄÖÜ ß"):
        assert len(plain(text)) == len(text)


def test_moves_and_steps_stand_in_the_order_of_showing():
    assert [row["id"] for row in read_table("moves")["move"]] == list(Move)
    assert [row["id"] for row in read_table("moves")["step"]] == list(Step)


def test_characteristics_have_cues_that_are_plain_and_stand_in_one_list_only():
    assert len(characteristics()) == 10
    for one in characteristics().values():
        lists = [one.shown, one.hinted, one.never, one.friends]
        words = [word for phrases in lists for word in phrases]
        assert len(words) == len(set(words)), one.id
        assert all(word == plain(word).strip() for word in words)
        assert one.from_anchor is None or one.dimension is not None


def test_every_kind_of_gap_has_advice_whose_lead_exists():
    assert set(gap_advice()) == set(GapKind)
    for advice in gap_advice().values():
        assert advice.lead in LEADS
        assert 0 < advice.closeness <= 1
        assert advice.months > 0


def test_gates_and_equivalents_point_at_skills():
    for gate in certificate_gates().values():
        assert skills()[gate.certificate].certificate
        assert gate.until_then is None or skills()[gate.until_then].certificate
        assert gate.months <= gate.months_without_degree
    for wanted, closing in equivalents().items():
        assert wanted in skills()
        assert set(closing) <= set(skills())
        assert wanted not in closing


def test_every_duty_has_a_benefit():
    assert set(benefits()) == set(DUTY_DIMENSIONS)


def test_weights_add_up_to_a_hundred_and_questions_are_about_dimensions():
    assert sum(info.weight for info in dimensions().values()) == 100
    assert {Dimension(name) for name in read_table("questions")["dimension"]} == set(
        DUTY_DIMENSIONS
    )
