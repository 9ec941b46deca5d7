"""The case for one post: what to show, and what is still missing."""

from dataclasses import replace

from pmjobs.compare import compare
from pmjobs.compare.case import case_document, together
from pmjobs.compare.document import as_html, as_text
from pmjobs.ladder import Family
from tests.builders import TODAY, ad, estimated, reader

TEXT = "Requirements\n- Risk management\n- Six Sigma\n- Stakeholder management"
ME = reader(3, skill=[{"name": "Risk management", "proof": "ran eleven risk workshops"}])
INSIDE = "Larkfield Dental Supplies Ltd"


def told(employer=INSIDE, level=4, **more) -> str:
    dims = {"scope": 2.0, "people": 3.0}
    quotes = {"people": "Lead four project managers"}
    found = estimated(level, dims=dims, quotes=quotes, title_level=3, **more)
    posting = ad(TEXT, employer=employer, title="Programme Manager")
    return " ".join(as_text(case_document(compare(posting, found, ME, today=TODAY), ME)).split())


def test_the_case_leads_with_what_the_reader_can_prove():
    case = told()
    assert "They want: “Risk management” - Your proof: ran eleven risk workshops" in case


def test_a_word_out_of_a_quoted_line_is_no_line_of_its_own():
    found = estimated(4, dims={"autonomy": 3.5}, quotes={"autonomy": "Report to the board monthly"})
    word = replace(found.evidence[0], anchor=4.0, quote="board", start=14, end=19)
    found = replace(found, evidence=(word, replace(found.evidence[0], anchor=3.0)))

    case = as_text(case_document(compare(ad(TEXT), found, ME, today=TODAY), ME))

    assert "3 of 4 for your 2: “Report to the board monthly”" in " ".join(case.split())


def test_a_similar_certificate_is_told_as_close_and_never_as_proof():
    me = reader(3, certificate=[{"name": "PRINCE2 Practitioner"}])
    found = compare(ad("Requirements\n- PMP required"), estimated(4), me, today=TODAY)

    case = as_text(case_document(found, me))

    assert "PMP (essential): “PMP required”; close: PRINCE2 Practitioner" in case
    assert "Lead with\n" not in case
    assert "Your proof" not in case


def test_the_case_names_the_gaps_with_what_to_do():
    case = told()
    assert "Lean and Six Sigma (essential" in case
    assert "They want: “Six Sigma”" in case


def test_duties_done_already_come_with_the_readers_proof_and_the_others_with_the_ads_words():
    case = told()
    assert "proof of scope" in case
    assert "proof of people" not in case
    assert "3 of 4 for your 2: “Lead four project managers”" in case


def test_a_post_at_ones_own_employer_is_argued_as_a_promotion():
    assert "A post at your own employer" in told()
    assert "A post at your own employer" not in told("Quillstone Ltd")


def test_the_level_of_the_work_stands_beside_the_readers_and_the_titles():
    case = told()
    assert "The work is L4, Senior project manager; you work at L3, Project manager." in case
    assert "Its title claims less than the work: L3, Project manager." in case


def test_a_level_that_cannot_be_told_is_said_so():
    assert "The ad's level cannot be told. Move: unclear" in told(level=None)


def test_a_post_outside_projects_is_told_to_be_so_and_not_to_be_unclear():
    why = "not project work: service delivery itsm"

    case = told(level=None, family=Family.SERVICE_DELIVERY_ITSM, reason=why)

    assert "Not project work: service delivery itsm. Move: line." in case
    assert "annot be told" not in case


def test_several_posts_are_one_document_and_nothing_in_them_is_markup():
    posting = ad("Requirements\n- Risk management <script>", title="<b>PM</b>")
    case = case_document(compare(posting, estimated(4), ME, today=TODAY), ME)

    page = as_html(together([case, case]))

    assert together([case]) is case
    assert "2 posts" in page
    assert "<b>PM" not in page
    assert "<script" not in page


def test_what_is_said_of_a_duty_stays_within_what_its_quoted_line_shows():
    found = estimated(4, dims={"people": 4.0}, quotes={"people": "Lead a team of eight"})
    weaker = replace(found.evidence[0], anchor=3.0)
    found = replace(found, evidence=(replace(weaker, anchor=1.0, quote="Help out"), weaker))

    case = as_text(case_document(compare(ad(TEXT), found, ME, today=TODAY), ME))

    assert "People leadership, 3 of 4 for your 2: “Lead a team of eight”" in case
