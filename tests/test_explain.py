"""What an explanation says, and that every word of it has a line or a count behind it."""

import pytest

from pmjobs.explain import QuotedLine, explain, likely_words, quoted_lines, verdict
from pmjobs.explain.page import highlighted, page
from pmjobs.ladder import Dimension, Evidence, Family, Level, LevelEstimate, SenseFound, Track
from pmjobs.market import LevelledAd, group_words
from pmjobs.posting import Location, Posting

TEXT = "You keep the action log.\n<b>You</b> chair the delivery board & own a 4m budget."


def posting(title="Senior Project Manager", **facts):
    given = {"source": "x", "source_id": "1", "employer": "Brackwater Rail", "description": TEXT}
    return Posting(title=title, locations=(Location("York", country="GB"),), **{**given, **facts})


def estimate(**changes):
    plain = {
        "family": Family.PROJECT_DELIVERY,
        "track": Track.PROJECT,
        "level": Level(2),
        "level_low": Level(2),
        "level_high": Level(3),
        "probabilities": {Level(n): p for n, p in zip(range(1, 8), (0.1, 0.6, 0.3), strict=False)},
        "abstained": False,
        "reason": None,
        "title_level": Level(4),
        "dimensions": {Dimension.ACCOUNTABILITY: 1.0},
        "senses": (),
        "evidence": (),
        "flags": (),
        "experience_years": None,
        "salary": None,
        "model_id": "level-test",
    }
    return LevelEstimate(**{**plain, **changes})


def sense(name):
    return SenseFound(name, TEXT[:7], 0, 7)


def market_ad(n, **changes):
    facts = {
        "key": f"m:{n}",
        "title": "Senior Project Manager, Stations",
        "employer": "Brackwater Rail",
        "country": "GB",
        "level": Level(3),
        "title_level": Level(4),
        "years": None,
        "currency": None,
        "pay_low": None,
        "pay_high": None,
        "period": None,
    }
    return LevelledAd(**{**facts, **changes})


def test_senior_in_title_only_is_said_plainly():
    said = verdict("Senior Project Manager", estimate(senses=(sense("S11"),)))
    assert said == "senior in title, not shown in the work: the work is L2 (between L2 and L3)"


@pytest.mark.parametrize(
    ("senses", "rests"),
    [(("S9",), "depth"), (("S10",), "years"), (("S9", "S10"), "depth and years")],
)
def test_what_a_senior_title_rests_on_is_named(senses, rests):
    said = verdict("Senior Project Manager", estimate(senses=tuple(map(sense, senses))))
    assert said.startswith("senior in title, not shown in the work: the work is L2")
    assert said.endswith(f"; the title rests on {rests} only")


def level_three(**known):
    return estimate(level=Level(3), level_low=Level(3), title_level=Level(3), **known)


@pytest.mark.parametrize("title", ["Project Lead", "Senior Project Manager"])
def test_a_title_that_claims_no_more_than_the_work_is_not_called_senior_in_title_only(title):
    said = verdict(title, level_three(senses=(sense("S10"),)))
    assert said == "the title says what the work is: the work is L3"


def test_a_lead_below_the_claim_of_a_project_lead_is_no_senior_in_title():
    said = verdict("Project Lead", estimate(title_level=Level(3), level_high=Level(2)))
    assert said == "the work is 1 level less than the title claims: the work is L2"


def test_a_title_that_says_senior_is_never_called_plain_whatever_it_claims():
    above = estimate(level=Level(5), title_level=Level(3), senses=(sense("S1"), sense("S6")))
    said = verdict("Senior Implementation Manager", above)
    assert said.startswith("the work is 2 levels more than the title claims")
    below = verdict("Senior Implementation Manager", estimate(title_level=Level(3)))
    assert below.startswith("senior in title, not shown in the work")


def test_senior_work_under_a_lead_is_senior_work_under_a_plain_title():
    found = estimate(
        level=Level(4), level_high=Level(4), level_low=Level(4), title_level=Level(3),
        senses=(sense("S1"), sense("S6")),
    )  # fmt: skip
    assert verdict("Project Lead", found) == "senior work under a plain title: the work is L4"


def test_senior_work_under_a_plain_title_is_said_plainly():
    found = estimate(
        level=Level(4), level_high=Level(4), level_low=Level(4), title_level=Level(3),
        senses=(sense("S1"), sense("S6")),
    )  # fmt: skip
    assert verdict("Project Manager", found) == "senior work under a plain title: the work is L4"


def test_a_title_that_claims_more_is_not_called_plain():
    found = estimate(level=Level(4), title_level=Level(5), senses=(sense("S1"), sense("S6")))
    assert verdict("Programme Manager", found).startswith("the work is 1 level less than")


def test_a_thin_ad_gets_its_reason_and_no_level():
    thin = estimate(level=None, abstained=True, reason="cannot tell: no text")
    assert verdict("Senior Project Manager", thin) == "cannot tell: no text"


def test_an_honest_title_is_said_to_be_one():
    said = verdict("Project Coordinator", estimate(title_level=Level(2), level_high=Level(2)))
    assert said == "the title says what the work is: the work is L2"


def test_the_ad_itself_is_not_counted_among_the_others():
    others = [market_ad(n) for n in range(5)] + [market_ad(9, key="x:1")]
    found = explain(posting(), estimate(), others)
    assert found.market_group.n == 5


def test_copies_of_the_ad_itself_are_no_witnesses():
    others = [market_ad(n, opening=n) for n in range(5)]
    others += [market_ad(9, key="x:1", opening=9), market_ad(10, opening=9)]
    assert explain(posting(), estimate(), others).market_group.n == 5


def test_the_market_is_the_same_country_and_the_same_words():
    others = [market_ad(n) for n in range(5)]
    others += [market_ad(n, country="US") for n in range(10, 15)]
    others += [market_ad(n, title="Senior Programme Manager") for n in range(20, 25)]
    found = explain(posting(), estimate(), others)
    assert (found.market_group.n, found.employer_group.n) == (5, 10)


def test_the_market_of_a_plain_title_leaves_seniors_and_assistants_out():
    titles = ["Project Manager", "IT Project Manager", "Project Mgr II", "Project Manager, Rail"]
    others = [market_ad(n, title=title) for n, title in enumerate([*titles, "PM, Stations"])]
    others += [market_ad(9, title="Senior Project Manager")]
    others += [market_ad(10, title="Assistant Project Manager")]
    found = explain(posting("Construction Project Manager"), estimate(), others)
    assert (found.market_group.name, found.market_group.n) == ("project manager, GB", 5)
    assert (found.employer_group.name, found.employer_group.n) == (
        "Brackwater Rail: project manager",
        5,
    )


def test_too_few_ads_are_counted_and_no_more():
    found = explain(posting(), estimate(), [market_ad(n) for n in range(4)])
    assert (found.market_group.n, found.market_group.levels) == (4, ())


def test_ads_of_the_same_level_tell_what_they_ask_and_pay_and_no_shares():
    others = [market_ad(n, level=Level(2), years=5) for n in range(6)]
    found = explain(posting(), estimate(), others).level_group
    assert (found.name, found.levels) == ("L2, GB", ())
    assert group_words(found) == "6 ads; 5 years asked (median of 6)"
    silent = explain(posting(), estimate(), [market_ad(n, level=Level(2)) for n in range(6)])
    assert group_words(silent.level_group) == "6 ads; too few of them state years or pay"


def test_a_line_is_quoted_once_with_all_it_shows_and_the_way_it_pulls():
    evidence = (
        Evidence(Dimension.SCOPE, 3.0, "Run both sites.", 0, 15, 0.6),
        Evidence(Dimension.PEOPLE, 1.0, "Book the rooms.", 16, 31, -0.4),
        Evidence(Dimension.QUALIFICATIONS, 2.0, "A degree.", 32, 41, 0.01),
        Evidence(Dimension.PROGRAMME, 2.5, "Run both sites.", 0, 15, 0.6),
    )

    assert quoted_lines(estimate(evidence=evidence)) == [
        QuotedLine("scope 3, programme 2.5", "Run both sites.", "up"),
        QuotedLine("people 1", "Book the rooms.", "down"),
        QuotedLine("qualifications 2", "A degree.", ""),
    ]


@pytest.mark.parametrize(
    ("usual", "share", "pull"),
    [
        ("below", -0.5, "down: below usual"),
        ("below", 0.5, "up"),
        ("above", -0.5, "down"),
        ("above", 0.5, "up"),
        ("below", -0.05, ""),
    ],
)
def test_a_fact_that_pulls_down_for_being_below_the_usual_says_so(usual, share, pull):
    fact = Evidence(Dimension.SCOPE, 3.0, "£2m", 0, 3, share, usual)
    assert quoted_lines(estimate(evidence=(fact,))) == [QuotedLine("scope 3", "£2m", pull)]


def test_a_fact_in_the_very_words_of_its_sentence_adds_its_share_to_the_sentences():
    words = "Three years of experience"
    evidence = (
        Evidence(Dimension.EXPERIENCE, 2.5, words, 0, 25, 0.2),
        Evidence(Dimension.AUTONOMY, 2.0, words, 0, 25, 0.2),
        Evidence(Dimension.EXPERIENCE, 2.0, words, 0, 25, -0.5, "below"),
    )
    assert quoted_lines(estimate(evidence=evidence)) == [
        QuotedLine("experience 2.5, autonomy 2, experience 2", words, "down: below usual")
    ]


def test_ad_text_is_escaped_in_the_page():
    quote = "<b>You</b> chair the delivery board"
    start = TEXT.index(quote)
    evidence = Evidence(Dimension.AUTONOMY, 3.0, quote, start, start + len(quote))
    made = page(explain(posting(title="<script>x</script>"), estimate(evidence=(evidence,))))
    assert "<script" not in made
    assert "<b>You" not in made
    assert "<mark title='autonomy 3'>&lt;b&gt;You&lt;/b&gt; chair the delivery board</mark>" in made


def test_the_narrower_set_stands_beside_the_wider_one():
    sets = {"level_low": Level(2), "level_high": Level(4), "level": Level(3)}
    both = estimate(**sets, likely_low=Level(3), likely_high=Level(4))
    assert likely_words(both) == "in 8 of 10 such ads the level is L3-L4, in 9 of 10 L2-L4"
    assert likely_words(both) in page(explain(posting(), both))
    assert likely_words(estimate(**sets, likely_low=Level(2), likely_high=Level(4))) is None
    assert likely_words(estimate(**sets)) is None


def test_a_page_that_cannot_tell_draws_no_levels():
    thin = estimate(level=None, abstained=True, reason="cannot tell: too little is said")
    assert "Which level is the work?" not in page(explain(posting(), thin))
    assert "Which level is the work?" in page(explain(posting(), estimate()))


def test_highlighting_keeps_the_text_to_the_letter():
    spans = [Evidence(Dimension.SCOPE, 1.0, "", 4, 8), Evidence(Dimension.SCOPE, 1.0, "", 2, 6)]
    marked = highlighted("abcdefghij", spans)
    assert marked.replace("<mark title='scope 1'>", "").replace("</mark>", "") == "abcdefghij"


def test_what_a_source_asks_to_be_shown_is_shown_and_links_cannot_run_code():
    named = posting(attribution="Jobs by Somebody", url="https://example.org/ads/1?a=1&b='2'")
    made = page(explain(named, estimate()))
    assert "Jobs by Somebody" in made
    assert "href='https://example.org/ads/1?a=1&amp;b=&#x27;2&#x27;'" in made
    assert "javascript:" not in page(explain(posting(url="javascript:alert(1)"), estimate()))
