"""Each sentence's share of the score, and the quotes that are chosen by it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmjobs.level.contributions import contributions
from pmjobs.level.evidence import LONGEST_QUOTE, MANY_QUOTES, find_evidence
from pmjobs.level.reading import read
from pmjobs.level.stated import Stated
from tests import taught

HELPER = (
    "Duties:\nAssist the project manager and take minutes at meetings.\n"
    "Book rooms, file documents and chase actions.\nUpdate the action log."
)
SENIOR = (
    "Duties:\nLead a complex programme end to end across several sites.\n"
    "Chair the steering committee and brief the executive board.\n"
    "Manage a budget of £4m and negotiate contracts with suppliers.\n"
    "Line manage three project managers.\n"
    "Requirements\nAt least eight years of experience leading programmes.\nA degree in engineering."
)
STRONG = (
    "Lead the whole transformation programme, direct its programme managers and account to the "
    "executive board for its benefits."
)
TOLD_OF = [*HELPER.splitlines()[1:], *SENIOR.splitlines()[1:5], STRONG, "Zork the blorb."]


def moved(text):
    """What each part adds to the score of a text, and the score itself."""
    model = taught.classifier()
    view = model.vocabulary_.view(read(text))
    look = model.scorer_.look(view)
    return contributions(view, look, model.scorer_), model.scorer_.score(look)


def assert_adds_up(text):
    found, score = moved(text)
    total = found.base + found.sentences.sum() + sum(found.facts.values())
    assert found.sentences.shape == (len(read(text).sentences),)
    assert total == pytest.approx(score, abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        HELPER,
        SENIOR,
        f"{SENIOR}\n{HELPER}",
        f"Duties:\n{STRONG}",
        f"Duties:\n{STRONG}\n{STRONG}\n{STRONG}",
        "Duties:\nZork the blorb.",
        "Requirements\nAt least 12 years of experience managing projects.",
        "Duties:\nHold the project's budget of $20 million.",
        *(label.ad.description for label in taught.labels()[::9]),
    ],
)
def test_base_shares_and_facts_are_the_score(text):
    assert_adds_up(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(TOLD_OF), max_size=12))
def test_shares_add_up_whatever_is_said_however_often(lines):
    assert_adds_up("\n".join(["Duties:", *lines]))


@pytest.mark.parametrize("text", [None, "", "Benefits\nA pension and a dental plan."])
def test_an_ad_that_says_nothing_has_the_base_alone(text):
    found, score = moved(text)
    assert found.sentences.shape == (0,)
    assert not any(found.facts.values())
    assert found.base == pytest.approx(score, abs=1e-9)


def test_the_base_is_the_same_for_every_ad():
    assert moved(SENIOR)[0].base == moved(HELPER)[0].base == moved(None)[0].base


@pytest.mark.parametrize("text", [HELPER, "Duties:\nPlan the work.\nUpdate the plan.", SENIOR])
def test_an_added_sentence_of_strong_work_has_a_positive_share(text):
    head, _, rest = text.partition("\n")
    found, after = moved(f"{head}\n{STRONG}\n{rest}")
    assert found.sentences[0] > 0
    assert after > moved(text)[1]


def test_strong_work_has_a_larger_share_than_a_helpers():
    head, _, rest = HELPER.partition("\n")
    found, _ = moved(f"{head}\n{STRONG}\n{rest}")
    assert found.sentences[0] > found.sentences[1:].max()


def test_a_sentence_said_twice_shares_alike():
    found, _ = moved(f"Duties:\n{STRONG}\n{STRONG}")
    assert found.sentences[0] == pytest.approx(found.sentences[1], abs=1e-9)


def test_a_sentence_said_again_adds_less_than_it_did_alone():
    [alone] = moved(f"Duties:\n{STRONG}")[0].sentences
    assert moved(f"Duties:\n{STRONG}\n{STRONG}")[0].sentences.sum() < 2 * alone


def test_more_years_and_a_larger_budget_never_take_away():
    for kind, was, others in (
        (Stated.YEARS, "eight", ("two", "four", "eight", "twelve")),
        (Stated.BUDGET, "£4m", ("£100k", "£4m", "£50m")),
    ):
        added = [moved(SENIOR.replace(was, other))[0].facts[kind] for other in others]
        assert added == sorted(added)


def test_a_higher_boss_never_takes_away_and_nothing_else_moves():
    bosses = ("project manager", "programme manager", "director", "chief executive officer")
    found = [moved(f"{SENIOR}\nDuties:\nYou report to the {boss}.") for boss in bosses]
    scores = [score for _, score in found]
    assert scores == sorted(scores)
    assert len({round(float(one.sentences.sum()), 9) for one, _ in found}) == 1


def evidence_of(text):
    """Every quote of a text with the sentence it is from, and the sentences' shares."""
    model = taught.classifier()
    reading = read(text)
    look = model.scorer_.look(model.vocabulary_.view(reading))
    shares = contributions(model.vocabulary_.view(reading), look, model.scorer_).sentences
    found = find_evidence(text, reading, look.reads, shares)
    owners = [
        next(i for i, s in enumerate(reading.sentences) if s.start <= quote.start < s.end)
        for quote in found
    ]
    return found, owners, shares


LONG = f"Duties:\n{STRONG[:-1]}, and {', '.join(['keep the plan of every site'] * 12)}."
QUOTED = [SENIOR, f"{SENIOR}\n{HELPER}", LONG, *(x.ad.description for x in taught.labels()[::11])]


@pytest.mark.parametrize("text", QUOTED)
def test_quotes_are_verbatim(text):
    found, _, _ = evidence_of(text)
    assert found
    for quote in found:
        assert quote.quote
        assert text[quote.start : quote.end] == quote.quote
        assert len(quote.quote) <= LONGEST_QUOTE


@pytest.mark.parametrize("text", QUOTED)
def test_distinct_sentences_come_first_and_the_strongest_of_them_first(text):
    found, owners, shares = evidence_of(text)
    n_distinct = len(set(owners))

    assert len(set(owners[:n_distinct])) == n_distinct
    strength = [abs(shares[i]) for i in owners[:n_distinct]]
    assert strength == sorted(strength, reverse=True)
    assert [q.contribution for q in found] == [round(float(shares[i]), 4) for i in owners]


@pytest.mark.parametrize("text", QUOTED)
def test_a_dimension_has_few_quotes_and_none_twice(text):
    found, owners, _ = evidence_of(text)
    dimensions = [quote.dimension for quote in found]
    assert all(dimensions.count(d) <= MANY_QUOTES for d in dimensions)
    assert len(set(zip(dimensions, owners, strict=True))) == len(found)


def test_quotes_bear_anchors_in_halves():
    for quote in evidence_of(SENIOR)[0]:
        assert quote.anchor * 2 in range(9)


def test_where_no_sentence_is_there_is_no_evidence():
    assert evidence_of("")[0] == ()


def test_some_ads_quote_a_sentence_again_for_another_dimension():
    again = [len(owners) - len(set(owners)) for _, owners, _ in map(evidence_of, QUOTED)]
    assert np.sum(again) > 0  # or the order of distinct sentences was never put to the test
