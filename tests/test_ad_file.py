"""One ad in a file of any kind: what it states is read, contacts are out, no ad is an error."""

import json
import random
from decimal import Decimal

import pytest

from pmjobs.ad_file import posting_of_file, text_of_bytes
from pmjobs.cli import main
from pmjobs.errors import PmjobsError
from pmjobs.parsing.ad_lines import posting_of
from pmjobs.parsing.labels import labelled
from pmjobs.parsing.saved import posting_of_text
from pmjobs.posting import EmploymentType, WorkPlace

BODY = """You plan the dredging of three harbours and report to the sponsor.
At least five years of experience in managing projects.
Salary: £52,000 - £58,000 per year. This is a full-time post. Hybrid, two days in the office.
Questions? Jo Weir, jo@weir.example, +44 20 7946 0958.
"""
TEXT = f"Senior Project Manager\nCompany: Weir Ltd\nLocation: Leeds, UK\n\n{BODY}"


def as_html(text):
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body>"


FILES = {
    "ad.txt": TEXT,
    "ad.md": TEXT.replace("Senior", "# Senior").replace("Company:", "**Company:**"),
    "plain.html": as_html(TEXT),
    "headed.html": as_html(TEXT * 3).replace("<body>", "<body><h1>Senior Project Manager</h1>"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_states_is_read_from_it(name, tmp_path):
    path = tmp_path / name
    path.write_text(FILES[name], encoding="utf-8")
    ad = posting_of_file(path)
    assert (ad.title, ad.employer) == ("Senior Project Manager", "Weir Ltd")
    assert [(place.locality, place.country) for place in ad.locations] == [("Leeds", "GB")]
    assert (ad.base_salary.minimum, ad.base_salary.currency) == (Decimal(52_000), "GBP")
    assert ad.experience_years.minimum == 5
    assert ad.remote.kind is WorkPlace.HYBRID
    assert ad.employment_type == (EmploymentType.FULL_TIME,)


def test_a_text_is_read_as_the_same_ad_in_json_lines():
    ad = posting_of_text(TEXT, "ad.txt")
    other = posting_of({"id": "1", "description": TEXT, "location": "Leeds, UK"}, where="line 1")
    for fact in ("base_salary", "experience_years", "employment_type", "remote", "locations"):
        assert getattr(ad, fact) == getattr(other, fact), fact


@pytest.mark.parametrize(
    ("text", "title", "employer", "location"),
    [
        ("Employer: Weir Ltd\nPlace of work: Leeds", None, "Weir Ltd", "Leeds"),
        ("- Job title: PMO Lead\n- Location:\nLeeds", "PMO Lead", None, "Leeds"),
        ("| Company | Weir |", None, None, None),
        ("Company: our client, a builder of weirs", None, None, None),
        ("Company: A\nCompany: B", None, None, None),
        ("Location: you work in each of our nine yards, mostly in the north", None, None, None),
        ("Company:\nLocation: Leeds", None, None, "Leeds"),
        ("The company: a maker of weirs", None, None, None),
        ("\n".join(["A line."] * 60) + "\nCompany: Weir", None, None, None),
    ],
)  # fmt: skip
def test_only_a_plain_label_at_the_top_counts(text, title, employer, location):
    found = labelled(text)
    assert (found.title, found.employer, found.location) == (title, employer, location)


def test_a_title_may_stand_behind_its_label():
    assert posting_of_text("Job title: PMO Lead\n\nYou plan.", "ad.txt").title == "PMO Lead"
    assert posting_of_text("Weir Ltd\nVacancy: PMO Lead\nYou plan.", "ad.txt").title == "PMO Lead"
    assert posting_of_text("Weir Ltd\nYou plan.", "ad.txt").title == ""
    assert posting_of_text("PMO Lead: harbours\nYou plan.", "ad").title == "PMO Lead: harbours"


JSON_AD = {"title": "PMO Lead", "employer": "Weir", "description": TEXT, "phone": "020 7946 0958"}
LD = {"@type": "JobPosting", "title": "PMO Lead", "description": f"<p>{BODY}</p>"}
CONTACTS = {
    "ad.txt": TEXT,
    "ad.html": as_html(TEXT),
    "mailto.html": "<html><a href='mailto:jo@weir.example'>jo@weir.example</a> You plan.</html>",
    "ad.json": json.dumps(JSON_AD),
    "ld.json": json.dumps(LD),
    "ld.html": f'<html><script type="application/ld+json">{json.dumps(LD)}</script></html>',
}


@pytest.mark.parametrize("name", CONTACTS)
def test_nobodys_address_and_number_stay_in_the_ad_of_a_file(name, tmp_path):
    path = tmp_path / name
    path.write_text(CONTACTS[name], encoding="utf-8")
    ad = str(posting_of_file(path))
    assert "weir.example" not in ad
    assert "7946" not in ad
    assert "[e-mail]" in ad


def test_a_page_written_by_explain_names_nobody_and_its_quotes_fit(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path / "home"))
    path, page = tmp_path / "ad.txt", tmp_path / "page.html"
    path.write_text(f"{TEXT}\nYou manage the budget. Write to kay@weir.example to lead the team.\n")
    assert main(["explain", str(path), "--html", str(page)]) == 0
    written = page.read_text("utf-8")
    assert "weir.example" not in written
    assert "7946" not in written

    capsys.readouterr()
    assert main(["explain", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    description = posting_of_file(path).description
    quotes = told["estimate"]["evidence"]
    assert all(description[q["start"] : q["end"]] == q["quote"] for q in quotes)


RANDOM = random.Random(1).randbytes(3_000)
WRONG = {
    "random.pdf": (RANDOM, "not a file pmjobs can read; give a text, a page, a PDF"),
    "random.html": (RANDOM, "not a file pmjobs can read"),
    "tagged.html": (b"<html>" + RANDOM, "not a file pmjobs can read"),
    "nul.txt": (b"Project Manager\0\0\0", "not a file pmjobs can read"),
    "broken.pdf": (b"%PDF-1.7\n" + RANDOM, "broken.pdf: "),
    "broken.docx": (b"PK\x03\x04" + RANDOM, "not a file pmjobs can read"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + RANDOM, "save it as .docx"),
    "ad.rtf": (rb"{\rtf1 Project Manager}", "an RTF file"),
    "a.png": (b"\x89PNG\r\n" + RANDOM, "a picture"),
    "empty.txt": (b"", "empty; save it again"),
    "blank.txt": (b" \n\n", "empty; save it again"),
    "empty.html": (b"<html><body></body></html>", "no words in it"),
    "bad.json": (b'{"title": "PMO Lead", "descr', "bad.json: JSON: not readable"),
    "bad.txt": (b'{"title": "PMO Lead", "descr', "bad.txt: JSON: not readable"),
    "lines.txt": (b'{"title": "A"}\n{"title": "B"}', "several values; pmjobs import reads"),
    "deep.json": (b"[" * 100_000, "deep.json: JSON: nested too deeply"),
    "deep.txt": (b"[" * 100_000, "deep.txt: JSON: nested too deeply"),
    "inside.json": (
        b'{"title": "A", "x": ' + b"[" * 9_000 + b"]" * 9_000 + b"}",
        "inside.json: JSON: nested too deeply",
    ),
    "number.json": (b"42", "number.json: JSON: not an ad"),
    "number": (b"42", "no words in it"),
    "other.json": (b'{"colour": "red"}', "other.json: JSON: not an ad"),
    "none.json": (b"[]", "a list of 0 ads"),
    "list.json": (b'[{"title": "A"}, {"title": "B"}]', "2 ads; `pmjobs import` reads lists"),
    "a.eml": (b"Subject: PMO Lead\n\nYou plan.", "a mail, or a page kept as one; `pmjobs import"),
    "a.mbox": (b"From a\nSubject: PMO Lead\n\nYou plan.", "`pmjobs import"),
    "a.csv": (b"title,company\nPMO Lead,Weir\n", "a table; `pmjobs import"),
    "a.jsonl": (b'{"title": "A"}\n', "JSON lines; `pmjobs import"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("command", ["explain", "compare"])
def test_what_is_no_ad_is_an_error_that_says_what_to_do(
    command, name, tmp_path, monkeypatch, capsys
):
    content, problem = WRONG[name]
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))
    path = tmp_path / name
    path.write_bytes(content)
    if command == "compare":
        main(["profile", "init"])
        capsys.readouterr()
    assert main([command, str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert name in said.err
    assert problem in said.err


@pytest.mark.parametrize("text", ["[Company] is hiring a PMO Lead.", "{you} plan", "1. You plan"])
def test_a_text_with_a_bracket_is_no_broken_json(text):
    assert posting_of_text(text, "ad.txt").description == text


def test_a_binary_stream_is_refused_too():
    with pytest.raises(PmjobsError, match="standard input: not a file"):
        text_of_bytes(RANDOM, "standard input")
