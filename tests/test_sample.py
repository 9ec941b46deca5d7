"""The sample boards have the shape of real answers, cover the ladder, and can be read."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmjobs.errors import ParseError
from pmjobs.ladder import IN_SCOPE, Family, Level, Track
from pmjobs.parsing.contacts import redact
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.profile import load_profile
from pmjobs.sources import parse, split

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
LEVELS = json.loads((SAMPLE / "levels.json").read_text())

# The keys of recorded answers.
GREENHOUSE = {
    "absolute_url", "company_name", "content", "data_compliance", "departments", "first_published",
    "id", "internal_job_id", "language", "location", "metadata", "offices", "requisition_id",
    "title", "updated_at", "application_deadline",
}  # fmt: skip
LEVER = {
    "additional", "additionalPlain", "applyUrl", "categories", "country", "createdAt",
    "description", "descriptionBody", "descriptionBodyPlain", "descriptionPlain", "hostedUrl",
    "id", "lists", "opening", "openingPlain", "text", "workplaceType",
}  # fmt: skip
ASHBY = {
    "address", "applyUrl", "compensation", "department", "descriptionHtml", "descriptionPlain",
    "employmentType", "id", "isListed", "isRemote", "jobUrl", "location", "publishedAt",
    "secondaryLocations", "shouldDisplayCompensationOnJobPostings", "team", "title",
    "workplaceType",
}  # fmt: skip


def answers(source: str) -> dict[str, object]:
    return {file.stem: json.loads(file.read_text()) for file in (SAMPLE / source).glob("*.json")}


def reads() -> list[BoardRead]:
    when = datetime(2026, 11, 20, tzinfo=UTC)
    boards = [
        (Board(source=source, board=file.stem), file)
        for source in ("greenhouse", "lever", "ashby")
        for file in sorted((SAMPLE / source).glob("*.json"))
    ] + [
        (Board(source="jsonld_page", board=f"http://127.0.0.1:8000/careers/{file.name}"), file)
        for file in sorted((SAMPLE / "pages").glob("*.html"))
    ]
    return [
        split(board, [Document(url=board.board, body=file.read_bytes(), fetched_at=when)])
        for board, file in boards
    ]


@pytest.fixture(scope="module")
def payloads() -> list[Payload]:
    return [payload for read in reads() for payload in read.payloads]


@pytest.fixture(scope="module")
def postings(payloads: list[Payload]) -> dict[str, Posting]:
    found = {}
    for payload in payloads:
        try:
            posting = parse(payload)
        except ParseError:
            continue
        found[posting.key] = posting
    return found


def test_greenhouse_ads_have_the_keys_of_real_ones():
    for answer in answers("greenhouse").values():
        assert answer["meta"] == {"total": len(answer["jobs"])}
        for job in answer["jobs"]:
            assert set(job) == GREENHOUSE
            assert job["content"].startswith("&lt;")


def test_lever_ads_have_the_keys_of_real_ones():
    for answer in answers("lever").values():
        for job in answer:
            assert set(job) - {"salaryRange"} == LEVER
            assert job["createdAt"] > 1_700_000_000_000
            assert all(set(part) == {"text", "content"} for part in job["lists"])


def test_ashby_ads_have_the_keys_of_real_ones():
    for answer in answers("ashby").values():
        assert set(answer) == {"apiVersion", "jobs"}
        assert all(set(job) == ASHBY for job in answer["jobs"])


def test_some_titles_have_outer_blanks_as_real_ones_do():
    titles = [job["title"] for answer in answers("greenhouse").values() for job in answer["jobs"]]

    assert any(title != title.strip() for title in titles)


def test_every_ad_that_can_be_read_has_an_intended_level_and_no_other_has(
    postings: dict[str, Posting],
):
    assert set(postings) == set(LEVELS)
    assert len(postings) >= 60
    assert len({posting.employer for posting in postings.values()}) >= 12


def test_the_ad_without_a_title_is_the_only_one_that_cannot_be_read(payloads: list[Payload]):
    problems = []
    for payload in payloads:
        try:
            parse(payload)
        except ParseError as error:
            problems.append((payload.source_id.rsplit("/")[-1], str(error)))

    assert len(problems) == 1
    assert "title" in problems[0][1]
    assert "no-title" in problems[0][0]


def test_the_unlisted_ad_does_not_appear(postings: dict[str, Posting]):
    assert not any("not advertised" in posting.title for posting in postings.values())


def test_one_ad_has_no_text(postings: dict[str, Posting]):
    assert [key for key, posting in postings.items() if posting.description is None] == [
        key for key, intended in LEVELS.items() if intended["note"].startswith("NO TEXT")
    ]


def test_every_level_and_track_is_covered():
    levels = Counter(intended["level"] for intended in LEVELS.values())
    tracks = {intended["track"] for intended in LEVELS.values() if intended["track"]}

    assert all(levels[int(level)] >= 5 for level in Level)
    assert tracks == {str(track) for track in Track}


def test_intentions_are_coherent():
    for key, intended in LEVELS.items():
        in_scope = Family(intended["family"]) in IN_SCOPE
        if intended["level"] is None:
            assert intended["track"] is None, key
        else:
            assert in_scope, key
            assert intended["level_low"] <= intended["level"] <= intended["level_high"], key


def test_no_address_and_no_number_survives_redaction(
    payloads: list[Payload], postings: dict[str, Posting]
):
    raw = "".join(file.read_text() for file in SAMPLE.rglob("*.*") if file.suffix != ".md")
    assert len(set(re.findall(r"[\w.]+@[\w.]+\.example", raw))) >= 8  # there is something to find

    for text in [payload.body for payload in payloads] + [
        posting.description or "" for posting in postings.values()
    ]:
        assert not re.search(r"[\w.]+@[\w.]+\.example", text)
        assert not re.search(r"01632 ?960|555-01\d\d|7946 0\d\d\d", text)
        assert redact(text) == text


def test_pay_years_and_work_places_come_in_many_forms(postings: dict[str, Posting]):
    pay = [posting.base_salary for posting in postings.values() if posting.base_salary]
    places = {posting.remote.kind for posting in postings.values() if posting.remote}

    assert {salary.currency for salary in pay} >= {"GBP", "EUR", "USD", "CAD", "AUD"}
    assert len({salary.period for salary in pay if salary.period}) >= 4
    assert sum(posting.experience_years is not None for posting in postings.values()) >= 20
    assert len(places) == 3


def test_senior_is_used_often_enough_to_compare_an_employer_with_itself(
    postings: dict[str, Posting],
):
    senior = Counter(
        posting.employer for posting in postings.values() if "senior" in posting.title.lower()
    )
    british = [
        key
        for key, posting in postings.items()
        if "senior project manager" in posting.title.lower() and posting.country == "GB"
    ]

    assert sum(count >= 6 for count in senior.values()) >= 2
    assert len(british) >= 5


def test_the_invented_reader_is_a_project_manager_who_can_be_compared():
    profile = load_profile(SAMPLE / "profile.toml")

    assert profile.level is Level.PROJECT_MANAGER
    assert all(skill.skill for skill in profile.skills)
    assert all(certificate.skill for certificate in profile.certificates)
