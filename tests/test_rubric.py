"""The rubric's twelve worked examples come out at their levels by its own arithmetic."""

import pytest

from pmjobs.ladder import Dimension as D
from pmjobs.ladder import Level, Track
from pmjobs.level.rubric import distance, rubric_level

ACC, SCO, PEO, STA = D.ACCOUNTABILITY, D.SCOPE, D.PEOPLE, D.STAKEHOLDERS
AUT, STR, COM, PRO = D.AUTONOMY, D.STRATEGIC, D.COMMERCIAL, D.PROGRAMME
EXP, QUA, REM = D.EXPERIENCE, D.QUALIFICATIONS, D.REMUNERATION

EXAMPLES = {
    "1 agency senior in name": (
        {ACC: 1, SCO: 1, PEO: 1, STA: 1, AUT: 1, COM: 1, EXP: 1, REM: 1}, None, 2),
    "2 claims platform": (
        {ACC: 3, SCO: 3, PEO: 3, STA: 3, AUT: 3, COM: 3, PRO: 2, REM: 3}, None, 4),
    "3 support officer": ({ACC: 1, SCO: 1, AUT: 1, QUA: 0.5, REM: 1}, Track.SUPPORT, 2),
    "4 family support programme": ({}, None, None),
    "5 one launch": (
        {ACC: 2, SCO: 2, PEO: 2, STA: 2, AUT: 2, PRO: 2, EXP: 2, REM: 3}, None, 3),
    "6 hospital hub office": (
        {ACC: 3, SCO: 3.5, PEO: 3, STA: 3, AUT: 3, STR: 2, PRO: 4, REM: 4}, Track.PMO, 5),
    "7 culture only": ({}, None, None),
    "8 three refurbishments": (
        {ACC: 2, SCO: 1, PEO: 2, STA: 2, AUT: 2, COM: 2, PRO: 1, REM: 2}, None, 3),
    "9 release train": (
        {ACC: 3, SCO: 3, PEO: 4, STA: 3, AUT: 3, COM: 3, PRO: 3, REM: 3}, Track.DELIVERY, 5),
    "10 solar farm": (
        {ACC: 3, SCO: 3, STA: 3.5, AUT: 3, COM: 3, PRO: 1, EXP: 1, REM: 1}, None, 4),
    "11 merging universities": (
        {ACC: 4, SCO: 4, PEO: 4, STA: 4, AUT: 4, STR: 3, COM: 3, PRO: 4}, None, 6),
    "12 rail schemes": (
        {ACC: 3, SCO: 3, PEO: 2, STA: 3, AUT: 3, PRO: 1.5, QUA: 3.5, REM: 3}, None, 4),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_worked_example(name):
    coded, track, level = EXAMPLES[name]
    assert rubric_level(coded, track=track).level == level


def test_price_against_duties_is_a_conflict_and_duties_win():
    coded, _, _ = EXAMPLES["10 solar farm"]
    answer = rubric_level(coded)
    assert answer.conflict
    assert answer.level == Level.SENIOR


def test_l7_needs_the_mandate():
    everything = dict.fromkeys(list(D)[:8], 4.0)
    assert rubric_level(everything).level == Level.HEAD
    assert rubric_level(everything, mandate=True).level == Level.EXECUTIVE


def test_owning_nothing_caps_at_l2_but_at_l3_for_a_pmo():
    coded = {ACC: 1.5, SCO: 3, STA: 3, AUT: 3}
    assert rubric_level(coded).level == Level.COORDINATOR
    assert rubric_level(coded, track=Track.PMO).level == Level.PROJECT_MANAGER


def test_a_profile_is_nearest_to_itself():
    from pmjobs.domain.levels import dimensions

    for level in list(Level)[:6]:
        coded = {d: info.profile[level - 1] for d, info in dimensions().items()}
        assert distance(coded, level) == 0
