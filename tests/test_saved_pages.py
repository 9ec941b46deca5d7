"""Pages that people saved, and the links in them. All ads are invented."""

import json

import pytest

from pmjobs.parsing.jobposting import posting_from
from pmjobs.parsing.links import ad_link, known_ad
from pmjobs.parsing.pages import ads_in_page, page_text, saved_from
from pmjobs.parsing.saved import posting_of_text

TEXT = "<p>You plan the dredging of three harbours.</p><p>You report to the sponsor.</p>"

GUEST = f"""<h1 class="top-card-layout__title">Project Manager, Harbours</h1>
<h4><span class="topcard__flavor">Weir Ltd</span>
<span class="topcard__flavor topcard__flavor--bullet">Leeds, England, United Kingdom</span></h4>
<div class="description__text"><div class="show-more-less-html__markup">{TEXT}</div></div>"""

MEMBER = f"""<div class="job-details-jobs-unified-top-card__company-name"><a>Weir Ltd</a></div>
<div class="job-details-jobs-unified-top-card__job-title"><h1>Project Manager, Harbours</h1></div>
<div class="job-details-jobs-unified-top-card__tertiary-description-container">
<span class="tvm__text">Leeds, England, United Kingdom</span> · <span>2 weeks ago</span></div>
<div id="job-details"><h2>About the job</h2>{TEXT}</div><h1>Other jobs</h1>"""

INDEED = f"""<h2 data-testid="jobsearch-JobInfoHeader-title"><span>Project Manager, Harbours
<span> - job post</span></span></h2><div data-testid="inlineHeader-companyName">Weir Ltd</div>
<div data-testid="inlineHeader-companyLocation">Leeds, England, United Kingdom</div>
<div id="salaryInfoAndJobType"><span>£55,000 - £60,000 a year</span><span> - Full-time</span></div>
<div id="jobDescriptionText">{TEXT}</div>"""

GLASSDOOR = f"""<h4 class="EmployerProfile_employerNameHeading__bXBYr">Weir Ltd</h4>
<h1 id="jd-job-title-1010">Project Manager, Harbours</h1>
<div data-test="location">Leeds, England, United Kingdom</div>
<div class="JobDetails_jobDescription__uW_fK">{TEXT}</div>"""


@pytest.mark.parametrize("html", [GUEST, MEMBER, INDEED, GLASSDOOR])
def test_saved_pages_of_sites_that_forbid_programs_are_read(html):
    [ad] = ads_in_page(f"<html><body>{html}</body></html>")
    posting = posting_from(ad, source="import", source_id="x", url=None)
    assert (posting.title, posting.employer) == ("Project Manager, Harbours", "Weir Ltd")
    assert [(p.locality, p.country) for p in posting.locations] == [("Leeds", "GB")]
    assert "You plan the dredging of three harbours." in posting.description


def test_pay_beside_the_text_is_read_with_it():
    [ad] = ads_in_page(INDEED)
    posting = posting_from(ad, source="import", source_id="x", url=None)
    assert posting.base_salary.currency == "GBP"


def test_what_a_page_tells_search_engines_comes_first():
    fields = {"@type": "JobPosting", "title": "PMO Lead", "description": "You report."}
    html = f'<script type="application/ld+json">{json.dumps(fields)}</script>{GUEST}'
    assert [ad["title"] for ad in ads_in_page(html)] == ["PMO Lead"]


def test_a_page_of_no_known_site_is_an_ad_only_if_its_one_heading_says_so():
    text = "<p>You plan and report, week by week, with a team of nine.</p>" * 6
    assert [ad["title"] for ad in ads_in_page(f"<h1>Programme Manager</h1>{text}")] == [
        "Programme Manager"
    ]
    assert ads_in_page(f"<h1>About us</h1>{text}") == []
    assert ads_in_page(f"<h1>Programme Manager</h1><h1>PMO Lead</h1>{text}") == []
    assert ads_in_page("<h1>Programme Manager</h1><p>Gone.</p>") == []


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- saved from url=(0034)https://weir.example/jobs/7?id=9&amp;b=1 -->",
        "<!--\n Page saved with SingleFile \n url: https://weir.example/jobs/7?id=9&b=1 \n-->",
        '<link rel="canonical" href="https://weir.example/jobs/7?id=9&amp;b=1">',
        "<meta property='og:url' content='https://weir.example/jobs/7?id=9&b=1'>",
    ],
)
def test_a_saved_page_says_where_it_came_from(mark):
    assert saved_from(f"<html>{mark}<body></body></html>") == "https://weir.example/jobs/7?id=9&b=1"
    assert saved_from("<link rel=canonical href='file:///etc/x'>") is None


def test_the_ad_of_a_saved_page_has_the_pages_address_and_not_the_readers():
    mark = "<!-- saved from url=(0)https://uk.linkedin.com/jobs/view/pm-at-weir-402177?trk=me -->"
    [ad] = ads_in_page(f"{mark}{GUEST}")
    assert ad["url"] == "https://www.linkedin.com/jobs/view/402177"


@pytest.mark.parametrize(
    ("link", "ad"),
    [
        ("https://www.linkedin.com/comm/jobs/view/40217?trk=a", "linkedin.com/jobs/view/40217"),
        (
            "https://www.linkedin.com/jobs/search/?currentJobId=40217&keywords=pm",
            "linkedin.com/jobs/view/40217",
        ),
        (
            "https://uk.indeed.com/rc/clk/dl?jk=0123456789abcdef&from=ja",
            "uk.indeed.com/viewjob?jk=0123456789abcdef",
        ),
        (
            "https://www.glassdoor.co.uk/partner/jobListing.htm?pos=1&jobListingId=101&guid=z",
            "glassdoor.co.uk/job-listing/j?jl=101",
        ),
        (
            "https://t.example/r?u=https%3A%2F%2Fweir.example%2Fj%3Fgh_jid%3D7%26utm_medium%3Dx",
            "weir.example/j?gh_jid=7",
        ),
        ("https://weir.example/#/jobs/7", "weir.example/#/jobs/7"),
        ("https://weir.example/jobs/7#apply", "weir.example/jobs/7"),
    ],
)
def test_links_lead_to_the_ad_and_say_nothing_of_the_reader(link, ad):
    assert ad_link(link).split("://")[1].removeprefix("www.") == ad


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/feed",
        "https://www.linkedin.com/jobs/search/?currentJobId=x",
        "https://uk.indeed.com/viewjob?jk=<b>",
        "https://indeed.example/viewjob?x=1",
        "http://[::1/jobs",
    ],
)
def test_other_links_are_no_known_ads(link):
    assert known_ad(link) is None
    assert isinstance(ad_link(link), str)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1251", "iso-8859-5"])
def test_a_page_is_read_in_the_characters_it_names(charset):
    html = f"<meta charset={charset}><h1>Руководитель проекта</h1>"
    assert "Руководитель проекта" in page_text(html.encode(charset))


def test_a_wrong_name_of_characters_does_no_harm():
    assert "Größe" in page_text("<meta charset=utf-8>Größe".encode("cp1252"))
    assert "Größe" in page_text("<meta charset=no-such-thing>Größe".encode("cp1252"))


def test_explaining_a_saved_page_reads_it_the_same_way():
    assert posting_of_text(GUEST, "saved.html").title == "Project Manager, Harbours"


def test_hostile_pages_end_soon():
    for html in ("<h1>" * 200_000, "<link " * 200_000, "<!-- saved from url=(" * 50_000):
        assert ads_in_page(html) == []
