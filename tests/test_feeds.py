"""RSS and Atom: what feeds hold becomes payloads; hostile and broken ones are clear errors."""

import pytest

from pmjobs import sources
from pmjobs.errors import FetchError
from pmjobs.posting import Board, Document
from pmjobs.sources.feeds import entries_of
from tests.replay import FOLDER, MOMENT, document, split, stated

ITEM = "<item><title>{}</title><guid>https://jobs.example/1</guid></item>"
RSS = '<rss version="2.0"><channel><title>Jobs</title>{}</channel></rss>'


def answer(source: str, name: str, board: str = "acme", **options: str) -> list:
    """Every posting in an invented answer."""
    body = (FOLDER / source / "answers" / name).read_bytes()
    return [sources.parse(one) for one in split(source, body, board=board, **options).payloads]


def test_a_guid_that_is_no_address_is_unique_by_its_feed():
    read = split(
        "feed",
        (FOLDER / "feed/answers/guids_that_are_no_addresses.xml").read_bytes(),
        board="https://feed.example/rss",
    )

    assert [one.source_id for one in read.payloads] == [
        "feed.example/job-7",
        "https://jobs.example/8",
    ]
    assert [(one.field, one.problem) for one in read.skipped] == [("id", "missing")]
    assert "jo@vane.example" not in read.payloads[0].body
    assert sources.parse(read.payloads[0]).title == "Project Lead & Planner"
    assert sources.parse(read.payloads[0]).employer == "Vane & Mull"


def test_a_feed_shows_the_newest_so_an_absent_ad_may_be_open():
    assert not split("feed", RSS.format(ITEM.format("PM")), board="https://a.example/").whole
    assert not split("weworkremotely", RSS.format(ITEM.format("PM"))).whole
    assert split("neogov", RSS.format("")).whole


def test_atom_has_its_text_once():
    (posting,) = answer("feed", "atom.xml", "https://jobs.example/feed")

    assert posting.title == "Change & Project Manager"
    assert stated(posting)["date_posted"] == "2026-11-01"
    assert posting.description == "Move a hospital."
    (entry,) = entries_of(document((FOLDER / "feed/answers/atom.xml").read_bytes()), "here")
    assert "content" not in entry


def test_what_the_user_says_of_a_feed_is_part_of_its_ads():
    (posting,) = answer(
        "feed", "atom.xml", "https://jobs.example/feed", employer="Vane", language="en"
    )

    assert (posting.employer, posting.language) == ("Vane", "en")


def test_a_feed_that_breaks_off_gives_what_came():
    first, *_ = answer("feed", "cut_short.xml", "https://jobs.example/feed")

    assert (first.title, first.description) == ("Scrum Master", "Two teams & a board")


def test_a_category_of_we_work_remotely():
    (posting,) = answer("weworkremotely", "category.xml")

    assert posting.source_id == "tern-project-manager"
    assert (posting.employer, posting.title) == ("Tern", "Project Manager")
    assert posting.description == "Headquarters: Oslo, Norway\nYou run two launches."


def test_an_agency_s_feed_with_a_byte_order_mark():
    (posting,) = answer("neogov", "byte_order_mark.xml", "lindenfold")

    assert posting.source_id == "lindenfold/31"
    assert posting.employer == "City of Lindenfold"
    assert stated(posting)["base_salary"] == {
        "currency": "USD",
        "minimum": "45.5",
        "maximum": None,
        "period": "HOUR",
        "text": posting.base_salary.text,
    }


BOMB = (
    '<?xml version="1.0"{}?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    '<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "latin-1"])
def test_a_feed_that_declares_entities_is_refused(encoding):
    bomb = BOMB.format(f' encoding="{encoding}"').encode(encoding)

    with pytest.raises(FetchError, match="here: XML that declares entities of its own"):
        entries_of(document(bomb), "here")


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "unicode_escape"])
def test_an_encoding_that_could_hide_entities_is_refused(encoding):
    bomb = BOMB.format(f' encoding="{encoding}"')
    hidden = bomb.replace("<!ENTITY", r"\x3c!ENTITY" if encoding == "unicode_escape" else "+ADw-!E")
    body = bomb.encode(encoding) if encoding == "cp037" else hidden.encode()

    with pytest.raises(FetchError, match="here: (?:a feed in an encoding|neither RSS nor Atom)"):
        entries_of(document(body), "here")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "neither RSS nor Atom"),
        (b"<!doctype html><title>Down</title>", "neither RSS nor Atom"),
        (b'{"jobs": []}', "neither RSS nor Atom"),
        (b"\x00\xff\xfe", "neither RSS nor Atom"),
        (b"<rss>" + b"<a>" * 200_000, "too large to read"),
        (b"<rss>" + b" " * 20_000_000, "too large to read"),
    ],
)
@pytest.mark.parametrize("source", ["feed", "weworkremotely", "neogov"])
def test_what_is_no_feed_is_an_error(source, body, message):
    with pytest.raises(FetchError, match=f"^{source}:acme: .*{message}"):
        split(source, body)


def test_a_feed_is_read_from_bytes_and_never_opens_a_file_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "<rss").write_text(RSS.format(ITEM.format("secret")))

    with pytest.raises(FetchError, match="neither RSS nor Atom"):
        entries_of(document(b"<rss"), "here")


def test_the_same_feed_gives_the_same_payloads():
    body = (FOLDER / "weworkremotely/answers/category.xml").read_bytes()
    later = Document("https://elsewhere.example/", body, MOMENT)

    once = sources.split(Board("weworkremotely", "all"), [document(body)])
    again = sources.split(Board("weworkremotely", "all"), [later])

    assert [one.body for one in once.payloads] == [one.body for one in again.payloads]
