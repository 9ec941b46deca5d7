"""Budgets: the post's own money, scaled by sector."""

import pytest

from pmjobs.level.quantities import find_budget
from pmjobs.parsing.sections import Sentence, Zone


def budget(text):
    return find_budget(text.lower(), [Sentence(0, len(text), Zone.DUTIES)])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Manage a budget of £4m across two sites.", 4e6),
        ("Deliver projects of $500k - $2 million each.", 2e6),
        ("Own the 12 million euro move.", 12e6),
        ("Capital works of EUR 250,000.", 250_000),
        ("A $1.5 billion scheme.", 1.5e9),
        ("Benefits realisation of £300,000 a project.", 300_000),
        ("Deliver schemes of £50k to £200k.", 200_000),
    ],
)
def test_reads_the_largest_sum(text, amount):
    assert budget(text).amount == amount


@pytest.mark.parametrize(
    "text",
    [
        "A firm with revenue of $3 billion.",
        "Pay of £60k per annum.",
        "Serve 3 million customers.",
        "The town lacks 4-7 million new homes.",
        "We pay £95,000 to £110,000.",
        "Offering £36-42k plus benefits.",
        "For this post the current range is $134,500 to $165,100.",
        "£36,000 to £42,000, depending on what you bring.",
        "A team of 12 in 4 countries.",
        "Fees of $900.",
        "Version 1.2.3m.4 of the plan.",
    ],
)
def test_other_numbers_are_no_budget(text):
    assert budget(text) is None


def test_construction_sums_are_scaled_down():
    found = budget("Manage construction of £12m with subcontractors and architects.")
    assert found.scaled == pytest.approx(3e6)


def test_offsets_name_the_sum():
    text = "Manage a budget of £4m across two sites."
    assert text[budget(text).start : budget(text).end] == "£4m"
