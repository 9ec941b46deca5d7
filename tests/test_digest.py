"""The digest: new and changed ads that fit, silent when nothing is new."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

from pmjobs.compare import rank
from pmjobs.compare.digest import as_mail, digest_document, find_news
from pmjobs.compare.document import as_markdown, as_text
from pmjobs.ladder import Family
from tests.builders import TODAY, ad, estimated, reader

SINCE = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
TEXT = "Requirements\n- Risk management\n- Six Sigma"
ME = reader(3, skill=[{"name": "Risk management", "proof": "ran workshops"}])


def ranking(**levels: int):
    pairs = [(ad(TEXT, key=key), estimated(level)) for key, level in levels.items()]
    return rank(pairs, ME, today=TODAY)


def keys(news) -> list[str]:
    return [one.comparison.posting.source_id for one in news]


def test_only_what_is_new_or_changed_is_reported_best_first():
    news = find_news(ranking(a=4, b=4, c=3), {"test:a": ["new"], "test:c": ["pay changed"]})

    assert keys(news) == ["a", "c"]
    assert news[1].happened == ("pay changed",)


def test_nothing_new_is_no_digest():
    assert find_news(ranking(a=4), {}) == ()
    assert digest_document((), since=SINCE) is None


def test_what_was_answered_stays_out_and_what_is_interesting_comes_first():
    happened = dict.fromkeys(("test:a", "test:b", "test:c"), ["new"])
    marks = {"test:a": "applied", "test:c": "interesting"}

    assert keys(find_news(ranking(a=4, b=4, c=3), happened, marks=marks)) == ["c", "b"]


def test_the_report_says_the_order_it_has():
    happened = dict.fromkeys(("test:a", "test:b"), ["new"])

    plain = digest_document(find_news(ranking(a=4, b=3), happened), since=SINCE)
    marked = find_news(ranking(a=4, b=3), happened, marks={"test:b": "interesting"})

    assert plain.opening.endswith("UTC; best first.")
    assert digest_document(marked, since=SINCE).opening.endswith(
        "UTC; those you marked interesting first, then best first."
    )


def test_a_step_down_is_no_news_unless_it_was_marked():
    happened = {"test:a": ["new"]}

    assert find_news(ranking(a=1), happened) == ()
    assert keys(find_news(ranking(a=1), happened, marks={"test:a": "interesting"})) == ["a"]


def test_what_is_ruled_out_is_no_news_unless_it_was_marked():
    picky = reader(3, out={"words": ["six sigma"]})
    found = rank([(ad(TEXT, key="a"), estimated(4))], picky, today=TODAY)
    happened = {"test:a": ["pay changed"]}

    assert find_news(found, happened) == ()
    assert keys(find_news(found, happened, marks={"test:a": "interesting"})) == ["a"]


def test_a_score_below_the_least_is_no_news():
    assert find_news(ranking(a=4), {"test:a": ["new"]}, least=100) == ()


def test_at_most_so_many_are_named():
    found = ranking(**{f"a{n}": 4 for n in range(30)})
    happened = dict.fromkeys((one.key for one in found), ["new"])

    assert len(find_news(found, happened)) == 15


def test_the_report_says_what_is_shown_and_what_is_not():
    document = digest_document(find_news(ranking(a=4), {"test:a": ["new"]}), since=SINCE)

    for written in (as_text(document), as_markdown(document)):
        assert "1 ad for you" in written
        assert "1 ad that fits, new or changed since" in written
        assert "You show: Risk management" in written
        assert "You do not show: Lean and Six Sigma" in written


def test_a_similar_certificate_is_told_as_close_and_is_not_shown():
    me = reader(3, certificate=[{"name": "PRINCE2 Practitioner"}])
    found = rank([(ad("Requirements\n- PMP required", key="a"), estimated(4))], me, today=TODAY)

    text = as_text(digest_document(find_news(found, {"test:a": ["new"]}), since=SINCE))

    assert "Close: PRINCE2 Practitioner (for PMP)" in text
    assert "You show" not in text


def test_the_report_says_why_and_quotes_one_line_of_the_ad():
    quotes = {"scope": "Run four sites at once", "people": "Help out"}
    found = estimated(4, dims={"scope": 3.0, "people": 0.5}, quotes=quotes)
    ranked = rank([(ad(TEXT, key="a"), found)], ME, today=TODAY)

    text = as_text(digest_document(find_news(ranked, {"test:a": ["new"]}), since=SINCE))

    assert "Why: L4 for your L3" in text
    assert "The ad: “Run four sites at once”" in text
    assert "Help out" not in text


def test_a_marked_ad_outside_projects_is_told_to_be_so_and_not_to_be_unclear():
    why = "not project work: service delivery itsm"
    found = estimated(None, family=Family.SERVICE_DELIVERY_ITSM, reason=why)
    ranked = rank([(ad(TEXT, key="a"), found)], ME, today=TODAY)

    news = find_news(ranked, {"test:a": ["new"]}, marks={"test:a": "interesting"})
    text = as_text(digest_document(news, since=SINCE))

    assert "interesting; new; not project work; line, out" in text
    assert "Not project work: service delivery itsm" in text
    assert "annot be told" not in text


def test_a_mail_names_nobody_who_was_not_named():
    document = digest_document(find_news(ranking(a=4), {"test:a": ["new"]}), since=SINCE)

    sent = message_from_bytes(as_mail(document, now=SINCE), policy=policy.default)

    assert (sent["To"], sent["From"], sent["X-Unsent"]) == (None, None, "1")


def test_a_mail_holds_text_and_html_and_no_header_of_the_ads_making():
    posting = replace(ad(TEXT, key="a"), title="PM\nBcc: all@example.org")
    found = rank([(posting, estimated(4))], ME, today=TODAY)
    document = digest_document(find_news(found, {"test:a": ["new"]}), since=SINCE)

    sent = message_from_bytes(
        as_mail(document, to="me@example.org", sender="pmjobs@example.org", now=SINCE),
        policy=policy.default,
    )

    assert sent["Subject"] == "pmjobs: 1 ad for you"
    assert sent["Bcc"] is None
    assert sent.get_body(("plain",)) is not None
    assert "<h1>" in sent.get_body(("html",)).get_content()
