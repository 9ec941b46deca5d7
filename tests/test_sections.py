"""An ad's sentences: duties, requirements, package and boilerplate, with exact offsets."""

from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.sections import Zone, sentences

AD = """About Brightwater
We are a family firm with offices across the valley.

What you will do
- Manage the depot move from plan to handover
- Report to the board each month

About you
At least three years of managing projects.

Benefits
A pension scheme and 25 days of holiday.

We are an equal opportunity employer. Tell us if you need help with the form."""

TAIL = """

What we offer
Dental cover, a 401(k) plan and free lunch.
You will enjoy flexible hours.

Equal opportunities
All applicants are considered regardless of race, age or religion."""


def zones(text):
    return {text[s.start : s.end]: s.zone for s in sentences(text) if not s.heading}


def test_headings_decide():
    told = zones(AD)
    assert told["We are a family firm with offices across the valley."] is Zone.BOILERPLATE
    assert told["- Manage the depot move from plan to handover"] is Zone.DUTIES
    assert told["At least three years of managing projects."] is Zone.REQUIREMENTS
    assert told["A pension scheme and 25 days of holiday."] is Zone.PACKAGE


def test_what_follows_legal_text_is_legal_text_until_a_heading():
    assert zones(AD)["Tell us if you need help with the form."] is Zone.BOILERPLATE


def test_text_without_headings_is_read_sentence_by_sentence():
    told = zones("We are a leading bank. You will manage the move. A degree is welcome.")
    assert list(told.values()) == [Zone.BOILERPLATE, Zone.DUTIES, Zone.REQUIREMENTS]


def test_appended_boilerplate_changes_nothing_before_it():
    before, after = sentences(AD), sentences(AD + TAIL)
    assert after[: len(before)] == before
    assert {s.zone for s in after[len(before) :]} <= {Zone.PACKAGE, Zone.BOILERPLATE}


def test_lost_line_breaks_are_found_again():
    text = "You will keep the plan on timeManage the budgetLead weekly reviews, and more."
    assert "Manage the budget" in zones(text)


def test_heading_inside_a_line_counts_where_breaks_were_lost():
    text = "We build bridges." + " Our firm is old." * 20 + " Responsibilities: Manage the works."
    assert zones(text)["Manage the works."] is Zone.DUTIES


def test_nothing_in_nothing_out():
    assert sentences("") == ()
    assert sentences(" \n\t•\n") == ()


@given(st.text(max_size=400))
def test_sentences_are_in_order_and_within_the_text(text):
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        end = sentence.end
