"""What people paste becomes the board they mean, or a message that says what to write."""

import pytest

from pmjobs.errors import SettingsError
from pmjobs.sources import SOURCES, check_board
from pmjobs.sources.addresses import board_of, find_system

# (pasted, source, board, base_url)
MEANT = [
    ("greenhouse:acme", "greenhouse", "acme", None),
    ("https://boards.greenhouse.io/acme", "greenhouse", "acme", None),
    ("https://job-boards.greenhouse.io/acme/jobs/4021?gh_src=x", "greenhouse", "acme", None),
    ("https://boards.greenhouse.io/embed/job_board?for=acme&b=1", "greenhouse", "acme", None),
    (
        "https://job-boards.eu.greenhouse.io/acme/jobs/1",
        "greenhouse",
        "acme",
        "https://boards-api.eu.greenhouse.io",
    ),
    ("https://jobs.lever.co/acme/0f3a/apply", "lever", "acme", None),
    ("https://jobs.eu.lever.co/acme", "lever", "acme", "https://api.eu.lever.co"),
    ("https://jobs.ashbyhq.com/Acme%20Ltd", "ashby", "Acme Ltd", None),
    ("https://apply.workable.com/acme/j/AB12/", "workable", "acme", None),
    ("https://acme.workable.com/jobs/7", "workable", "acme", None),
    ("https://acme.recruitee.com/o/pm", "recruitee", "acme", None),
    ("https://acme.jobs.personio.de/job/7?display=en", "personio", "acme", None),
    ("https://acme.jobs.personio.com", "personio", "acme", None),
    ("https://acme.teamtailor.com/jobs/7-pm", "teamtailor", "acme", None),
    ("https://acme.bamboohr.com/careers/86", "bamboohr", "acme", None),
    ("https://acme.pinpointhq.com/en/postings/7", "pinpoint", "acme", None),
    ("https://ats.rippling.com/en-GB/acme/jobs/7", "rippling", "acme", None),
    ("https://www.governmentjobs.com/careers/acme", "neogov", "acme", None),
    ("https://jobs.smartrecruiters.com/Acme/74-pm", "smartrecruiters", "Acme", None),
    ("https://acme.wd5.myworkdayjobs.com/en-US/Ext/job/x_R1", "workday", "acme.wd5/Ext", None),
    ("https://acme.wd103.myworkdayjobs.com/Ext", "workday", "acme.wd103/Ext", None),
    (
        "https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/7",
        "oracle",
        "abcd.fa.us2/CX_1",
        None,
    ),
    (
        "https://weworkremotely.com/categories/remote-product-jobs.rss",
        "weworkremotely",
        "remote-product-jobs",
        None,
    ),
    ("https://acme.example/jobs.rss?q=pm", "feed", "https://acme.example/jobs.rss?q=pm", None),
    ("https://acme.example/?feed=x", "jsonld_page", "https://acme.example/?feed=x", None),
    ("https://acme.example/jobs/feed/", "feed", "https://acme.example/jobs/feed/", None),
    ("https://acme.example/jobs/7", "jsonld_page", "https://acme.example/jobs/7", None),
]


@pytest.mark.parametrize(("pasted", "source", "board", "base_url"), MEANT)
def test_pasted_text_names_a_board(pasted, source, board, base_url):
    found = board_of(pasted)
    assert (found.source, found.board, found.base_url) == (source, board, base_url)


@pytest.mark.parametrize(
    ("pasted", "message"),
    [
        ("grnhouse:acme", "'grnhouse' is no source; known are greenhouse"),
        ("acme", "write source:name"),
        ("greenhouse:", "the board's name is missing"),
        ("https:///jobs", "is no address"),
        ("https://www.linkedin.com/jobs/view/1", "LinkedIn's terms forbid"),
        ("https://uk.indeed.com/viewjob?jk=1", "Indeed's terms forbid"),
        ("https://www.glassdoor.co.uk/job-listing/x", "Glassdoor's terms forbid"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(pasted, message):
    with pytest.raises(SettingsError, match=message):
        board_of(pasted)


def test_a_mirror_replaces_the_public_address():
    assert board_of("lever:acme", base_url="http://127.0.0.1:9").base_url == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("link", "key", "base_url"),
    [
        ("https://boards.greenhouse.io/embed/job_board/js?for=acme", "greenhouse:acme", None),
        ("//boards.greenhouse.io/embed/job_app?token=7&for=acme", "greenhouse:acme", None),
        (
            "https://job-boards.eu.greenhouse.io/embed/job_board?for=acme",
            "greenhouse:acme",
            "https://boards-api.eu.greenhouse.io",
        ),
        ("https://api.lever.co/v0/postings/acme?mode=json", "lever:acme", None),
        ("https://jobs.ashbyhq.com/acme/embed?version=2", "ashby:acme", None),
        ("https://apply.workable.com/api/v1/widget/accounts/acme", "workable:acme", None),
        ("https://www.workable.com/api/accounts/acme?details=true", "workable:acme", None),
        (
            "https://acme.na.teamtailor.com/jobs",
            "teamtailor:acme",
            "https://acme.na.teamtailor.com",
        ),
        ("https://acme.bamboohr.com/jobs/embed2.php", "bamboohr:acme", None),
        ("https://ats.us1.rippling.com/acme/jobs", "rippling:acme", None),
        ("https://careers.smartrecruiters.com/Acme", "smartrecruiters:Acme", None),
        (
            "https://api.smartrecruiters.com/v1/companies/Acme/postings",
            "smartrecruiters:Acme",
            None,
        ),
        ("https://acme.wd1.myworkdayjobs.com/wday/cxs/acme/Ext/jobs", "workday:acme.wd1/Ext", None),
        (
            "https://wd3.myworkdaysite.com/en-US/recruiting/acme/Ext",
            "workday:acme.wd3/Ext",
            "https://wd3.myworkdaysite.com",
        ),
        (
            "https://ab.fa.em2.oraclecloud.com/hcmRestApi/resources/latest/x?finder=f;siteNumber=CX_2",
            "oracle:ab.fa.em2/CX_2",
            None,
        ),
        (
            "https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=acme",
            "neogov:acme",
            None,
        ),
    ],
)
def test_scripts_and_interfaces_name_the_board_they_ask(link, key, base_url):
    found = find_system(link)
    assert (found.key, found.base_url) == (key, base_url)


@pytest.mark.parametrize(
    "link",
    [
        "https://boards.greenhouse.io/embed/job_board.js",
        "https://www.workable.com/pricing",
        "https://jobs.workable.com/view/ab12",
        "https://www.teamtailor.com",
        "https://support.recruitee.com/en",
        "https://app.bamboohr.com/login",
        "https://apply.workable.com/j/AB12",
        "https://evil.example/?x=https://jobs.lever.co/acme",
        "https://jobs.lever.co.evil.example/acme",
    ],
)
def test_a_systems_own_pages_and_others_are_no_board(link):
    assert find_system(link) is None


SEARCHES = [
    (
        "https://www.adzuna.co.uk/search?q=project+manager&w=Leeds",
        "adzuna:gb-project-manager-leeds",
        {"country": "gb", "query": "project manager", "location": "Leeds"},
    ),
    ("https://www.arbeitnow.com", "arbeitnow:newest", {}),
    (
        "https://www.arbeitsagentur.de/jobsuche/suche?was=Projektleiter&wo=Ulm&umkreis=25",
        "arbeitsagentur:projektleiter-ulm-25",
        {"query": "Projektleiter", "location": "Ulm", "distance": "25"},
    ),
    ("https://news.ycombinator.com/submitted?id=whoishiring", "hackernews:who-is-hiring", {}),
    ("https://himalayas.app/jobs?q=pmo", "himalayas:pmo", {"query": "pmo"}),
    ("https://jobicy.com/jobs?q=pmo", "jobicy:pmo", {"query": "pmo"}),
    (
        "https://arbetsformedlingen.se/platsbanken/annonser?q=projektledare",
        "jobtech:projektledare",
        {"query": "projektledare"},
    ),
    (
        "https://uk.jooble.org/SearchResult?ukw=pmo&rgns=Leeds",
        "jooble:pmo-leeds",
        {"query": "pmo", "location": "Leeds"},
    ),
    (
        "https://www.reed.co.uk/jobs/project-manager-jobs-in-leeds",
        "reed:project-manager-leeds",
        {"query": "project manager", "location": "leeds"},
    ),
    ("https://reliefweb.int/jobs?search=pmo", "reliefweb:pmo", {"query": "pmo"}),
    ("https://remoteok.com", "remoteok:newest", {}),
    (
        "https://remotive.com/remote-jobs/project-management",
        "remotive:project-management",
        {"category": "project-management"},
    ),
    (
        "https://www.themuse.com/search/category/project-management",
        "themuse:project-management",
        {"category": "Project Management"},
    ),
    (
        "https://www.usajobs.gov/Search/Results?k=program%20manager&j=0340",
        "usajobs:program-manager-0340",
        {"query": "program manager", "series": "0340"},
    ),
    ("https://weworkremotely.com/remote-jobs.rss", "weworkremotely:all", {}),
]


@pytest.mark.parametrize(("pasted", "key", "options"), SEARCHES)
def test_the_address_of_a_search_becomes_the_search(pasted, key, options):
    found = board_of(pasted)
    assert (found.key, dict(found.options)) == (key, options)
    check_board(found)


def test_every_source_can_be_named_by_an_address():
    named = {source for _, source, _, _ in MEANT} | {key.split(":")[0] for _, key, _ in SEARCHES}
    # A page is taken for a careers site, and a board without its API for one, by looking at it.
    assert set(SOURCES) - named == {"careers_site", "ashby_graphql"}


@pytest.mark.parametrize(
    "pasted",
    [
        "https://www.reed.co.uk/jobs/project-manager/5501",
        "https://remotive.com/remote-jobs/project-management/pm-77",
        "https://himalayas.app/companies/acme/jobs/pm",
    ],
)
def test_one_ad_on_a_job_site_is_a_page(pasted):
    assert board_of(pasted).source == "jsonld_page"
