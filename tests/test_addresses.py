"""What people paste becomes the board they mean, or a message that says what to write."""

import pytest

from pmjobs.errors import SettingsError
from pmjobs.sources.addresses import board_of

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
