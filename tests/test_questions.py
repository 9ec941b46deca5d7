"""What the reader is told to ask: what decides the level and the ad leaves out."""

from dataclasses import replace

import pytest

from pmjobs.ladder import NOT_ENGLISH, Family
from pmjobs.questions import MOST, questions_for
from tests.builders import ad, estimated

THIN = replace(estimated(None, family=Family.UNCLEAR), reason="cannot tell: too little is said")


def asked(posting, estimate):
    return [question.about for question in questions_for(posting, estimate)]


def test_a_thin_ad_under_a_title_of_project_work_is_asked_what_it_is_and_then_all_that_decides():
    about = asked(ad("We need somebody.", title="Programme Director"), THIN)
    assert about == ["scope", "accountability", "scope", "people", "stakeholders", "autonomy"]
    assert len(about) == MOST


def test_a_thin_ad_known_to_be_project_work_is_not_asked_what_it_is():
    known = estimated(None, dims={"scope": 2.0, "people": 1.0})
    assert asked(ad("Run two moves."), known)[:2] == ["accountability", "stakeholders"]


@pytest.mark.parametrize(
    ("title", "estimate"),
    [
        ("Waiter", THIN),
        ("Programme Director", replace(THIN, reason=NOT_ENGLISH)),
        ("Project Manager", replace(THIN, family=Family.ACCOUNT_SALES, abstained=False)),
    ],
)
def test_other_work_and_other_languages_are_only_asked_what_it_is(title, estimate):
    assert asked(ad("A few words.", title=title), estimate) == ["scope"]
