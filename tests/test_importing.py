"""What people saved comes into the store: once, redacted, with a reason for every row left out."""

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from pmjobs.errors import BusyError
from pmjobs.importing import import_files
from pmjobs.posting import Board, Payload, Posting
from pmjobs.store import Answer, Store

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TEXT = "You plan the dredging of three harbours. Write to jo@weir.example or call +44 20 7946 0958."


def row(number: int, **stated) -> dict[str, str]:
    return {
        "site": "indeed",
        "job_url": f"https://weir.example/jobs/{number}",
        "title": f"Project Manager {number}",
        "company": "Weir Ltd",
        "location": "Leeds, United Kingdom",
        "description": TEXT,
        "emails": "jo@weir.example",
    } | stated


def write_csv(path, rows, *, delimiter=",", encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_parquet(path, rows):
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ads.db") as store:
        yield store


def imported(store, *paths, now=NOW):
    return import_files(paths, store, now=now)


def counts(report):
    return report.new, report.changed, report.unchanged, len(report.skipped)


TABLES = {
    "a.csv": lambda path, rows: write_csv(path, rows),
    "semicolons.csv": lambda path, rows: write_csv(path, rows, delimiter=";"),
    "a.tsv": lambda path, rows: write_csv(path, rows, delimiter="\t"),
    "utf16.csv": lambda path, rows: write_csv(path, rows, encoding="utf-16"),
    "marked.csv": lambda path, rows: write_csv(path, rows, encoding="utf-8-sig"),
    "a.json": lambda path, rows: path.write_text(json.dumps(rows)),
    "inside.json": lambda path, rows: path.write_text(json.dumps({"n": 2, "jobs": rows})),
    "a.jsonl": lambda path, rows: path.write_text("\n".join(map(json.dumps, rows)) + "\n\n"),
    "no-ending": lambda path, rows: path.write_text("\n".join(map(json.dumps, rows))),
    "a.parquet": write_parquet,
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_every_kind_come_in_and_a_second_time_nothing_changes(name, store, tmp_path):
    path = tmp_path / name
    TABLES[name](path, [row(1), row(2, title="Größe & Change Lead")])

    [first] = imported(store, path)
    before = [(s.posting, s.first_seen) for s in store.postings()]
    [second] = imported(store, path, now=NOW + timedelta(days=1))

    assert (counts(first), first.failure) == ((2, 0, 0, 0), None)
    assert counts(second) == (0, 0, 2, 0)
    assert [(s.posting, s.first_seen) for s in store.postings()] == before
    assert [posting.title for posting, _ in before] == ["Project Manager 1", "Größe & Change Lead"]
    assert {posting.source for posting, _ in before} == {"import"}
    assert before[0][0].source_id == "weir.example/jobs/1"
    assert store.problems() == []


def test_people_are_redacted_before_anything_is_kept(store, tmp_path):
    imported(store, write_csv(tmp_path / "a.csv", [row(1)]))
    [stored] = store.postings()
    kept = f"{store.payload(stored.id).body} {stored.posting}"
    assert "jo@weir.example" not in kept
    assert "7946" not in kept
    assert "[e-mail]" in stored.posting.description


def test_an_import_closes_nothing(store, tmp_path):
    imported(store, write_csv(tmp_path / "a.csv", [row(1), row(2)]))
    for day in range(1, 5):
        imported(store, write_csv(tmp_path / "a.csv", [row(2)]), now=NOW + timedelta(days=day))
    assert len(list(store.postings())) == 2


def test_ads_of_boards_are_left_as_they_are(store, tmp_path):
    board = Board("greenhouse", "weir")
    ad = Posting(source="greenhouse", source_id="weir/1", title="Project Manager 1")
    payload = Payload("greenhouse", "weir/1", None, NOW, "{}")
    run_id = store.start_run(NOW)
    store.save_answer(
        run_id, Answer(board=board, read_at=NOW, digest="d", reader="1", ads=[(payload, ad)])
    )
    imported(store, write_csv(tmp_path / "a.csv", [row(1)]))
    assert [s.posting.key for s in store.postings()] == [
        "greenhouse:weir/1",
        "import:weir.example/jobs/1",
    ]


def test_the_same_ad_in_two_files_is_one_and_its_changes_are_history(store, tmp_path):
    first = write_csv(tmp_path / "a.csv", [row(1)])
    tracked = row(1, job_url="https://weir.example/jobs/1?utm_source=mail", title="PMO Lead")
    second = write_csv(tmp_path / "b.csv", [tracked])
    a, b = imported(store, first, second)
    assert (counts(a), counts(b)) == ((1, 0, 0, 0), (0, 1, 0, 0))
    [stored] = store.postings()
    assert stored.posting.title == "PMO Lead"


def test_ads_without_a_link_are_known_by_what_they_are_called(store, tmp_path):
    rows = [row(1, job_url=""), row(2, job_url=""), row(1, job_url="")]
    [report] = imported(store, write_csv(tmp_path / "a.csv", rows))
    assert counts(report) == (2, 0, 0, 0)


def test_one_link_behind_all_rows_names_no_ad(store, tmp_path):
    front = "https://weir.example/careers"
    rows = [row(number, job_url=front) for number in (1, 2, 3)]
    path = write_csv(tmp_path / "a.csv", rows)
    assert counts(imported(store, path)[0]) == (3, 0, 0, 0)
    assert counts(imported(store, path)[0]) == (0, 0, 3, 0)


def test_a_bad_row_costs_itself_and_says_why(store, tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps(row(1)),
        "{broken",
        "[1, 2]",
        json.dumps(row(2, title="")),
        json.dumps(row(3, description="x" * 2_000_001)),
        "[" * 100_000,
        json.dumps(row(4, min_amount=float("nan"), date_posted="soon")),
    ]
    path.write_text("\n".join(lines))
    [report] = imported(store, path)
    assert counts(report) == (2, 0, 0, 5)
    assert {f"{s.source_id}: {s.field}: {s.problem}"[:52] for s in report.skipped} == {
        "a.jsonl: row 2: JSON: not readable (Expecting proper",
        "a.jsonl: row 3: row: not an object",
        "a.jsonl: row 4: title: missing",
        "a.jsonl: row 5: description: longer than 2,000,000 c",
        "a.jsonl: row 6: JSON: not readable (nested too deep)",
    }
    assert {s.source_id for s in store.skipped()} == {s.source_id for s in report.skipped}


def test_a_csv_line_with_too_many_cells_costs_itself(store, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("title,company\nPM,Weir\nPM, Weir, Leeds\n\nPMO Lead,\n")
    [report] = imported(store, path)
    assert counts(report) == (2, 0, 0, 1)
    assert "3 cells under 2 columns" in report.skipped[0].problem


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.csv", b"colour,size\nred,3\n", "none is known to hold a title (found: colour, size)"),
        ("a.csv", b"", "empty"),
        ("a.json", b"{}", "no list of ads"),
        ("a.json", b"[1", "not readable"),
        ("a.json", b"[" * 100_000, "nested too deep"),
        ("a.parquet", b"PAR1 and no more", "Parquet: not readable"),
        ("a.html", b"<h1>Welcome</h1>", "no ad found in it"),
        ("a.eml", b"Subject: Lunch\n\nAt noon?", "no ad found in it"),
        ("a.xyz", b"\x00\x01\x02", "not known what it is"),
    ],
)
def test_a_file_that_holds_no_ads_says_so_and_the_others_are_read(
    name, content, problem, store, tmp_path
):
    bad = tmp_path / name
    bad.write_bytes(content)
    good = write_csv(tmp_path / "good.csv", [row(1)])
    failed, read = imported(store, bad, good)
    assert problem in failed.failure
    assert counts(read) == (1, 0, 0, 0)


def test_files_that_are_not_there_and_too_large_are_told(store, tmp_path, monkeypatch):
    monkeypatch.setattr("pmjobs.importing.MAX_TABLE_BYTES", 10)
    absent, large = imported(store, tmp_path / "none.csv", write_csv(tmp_path / "a.csv", [row(1)]))
    assert "no such file" in absent.failure
    assert "more than 10; split it" in large.failure


def test_more_rows_than_are_read_at_once_are_all_kept(store, tmp_path, monkeypatch):
    monkeypatch.setattr("pmjobs.importing.ADS_AT_ONCE", 10)
    path = write_csv(
        tmp_path / "a.csv", [row(number) for number in range(35)] + [row(99, title="")]
    )
    told = []
    [report] = import_files([path], store, now=NOW, on_progress=told.append)
    assert (counts(report), report.failure) == ((35, 0, 0, 1), None)
    assert told == [10, 10, 10, 5]
    assert len(list(store.skipped())) == 1
    monkeypatch.setattr("pmjobs.importing.MAX_ROWS", 20)
    [report] = imported(store, path)
    assert "more than 20; split the file" in report.failure


def test_a_saved_page_and_an_alert_come_in_beside_tables(store, tmp_path):
    fields = {"@type": "JobPosting", "title": "PMO Lead", "description": f"<p>{TEXT}</p>"}
    page = tmp_path / "saved.html"
    page.write_text(
        "<!-- saved from url=(0)https://weir.example/jobs/9 -->"
        f'<script type="application/ld+json">{json.dumps(fields)}</script>'
    )
    alert = tmp_path / "alert.eml"
    link = "https://www.linkedin.com/comm/jobs/view/4021001/?midToken=x"
    alert.write_text(f"Subject: Alert\n\nProgramme Lead\nWeir Ltd\nRemote\nView job: {link}\n")
    [one, two] = imported(store, page, alert)
    assert (one.kind, two.kind) == ("page", "mail")
    ads = [stored.posting for stored in store.postings()]
    assert [(ad.title, ad.source_id) for ad in ads] == [
        ("PMO Lead", "weir.example/jobs/9"),
        ("Programme Lead", "www.linkedin.com/jobs/view/4021001"),
    ]
    assert "[e-mail]" in ads[0].description
    assert (ads[1].employer, ads[1].description) == ("Weir Ltd", None)


def pdf(text):
    """Return a PDF of one page with a line of text each."""
    shown = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
    stream = f"BT /F1 9 Tf 14 TL 40 800 Td {shown} ET".encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, starts = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        starts.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def word(path, text):
    document = pytest.importorskip("docx").Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(path)


VACANCY = (
    "Senior Project Manager\nCompany: Weir Ltd\nLocation: Leeds, UK\n"
    "You plan the dredging of three harbours with the engineers of the yard.\n"
    "Salary: £52,000 - £58,000 per year\nWrite to jo@weir.example."
)
DOCUMENTS = {
    "a.txt": ("text", lambda path: path.write_text(VACANCY, encoding="utf-16")),
    "a.md": ("text", lambda path: path.write_text(f"# {VACANCY}")),
    "a.pdf": ("PDF", lambda path: path.write_bytes(pdf(VACANCY))),
    "a.docx": ("Word", lambda path: word(path, VACANCY)),
    "pdf-without-ending": ("PDF", lambda path: path.write_bytes(pdf(VACANCY))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_text_pdf_or_word_file_is_one_ad(name, store, tmp_path):
    kind, write = DOCUMENTS[name]
    write(tmp_path / name)
    [report] = imported(store, tmp_path / name)
    assert (report.failure, report.kind, counts(report)) == (None, kind, (1, 0, 0, 0))
    [stored] = store.postings()
    ad = stored.posting
    assert (ad.title, ad.employer) == ("Senior Project Manager", "Weir Ltd")
    assert [place.country for place in ad.locations] == ["GB"]
    assert ad.base_salary.maximum == 58_000
    assert "weir.example" not in f"{ad} {store.payload(stored.id).body}"
    assert counts(imported(store, tmp_path / name)[0]) == (0, 0, 1, 0)


def test_texts_of_one_title_and_no_employer_are_as_many_ads(store, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Project Manager\n{name}: You plan the works.")
    reports = imported(store, tmp_path / "a.txt", tmp_path / "b.txt")
    assert [counts(report) for report in reports] == [(1, 0, 0, 0)] * 2


def test_a_text_without_a_title_says_where_to_write_it(store, tmp_path):
    (tmp_path / "a.txt").write_text("You plan the dredging of three harbours.")
    [report] = imported(store, tmp_path / "a.txt")
    assert 'a.txt: title: missing; write the title into the first line, or "Title' in report.failure


def test_a_mailbox_is_read_mail_by_mail_and_an_ad_in_two_of_them_once(store, tmp_path):
    def mail(link, place):
        lines = f"Programme Lead\nWeir Ltd\n{place}\nView job: {link}\n\n"
        return f"From a@b Mon Nov  2 09:00:00 2026\nSubject: Alert\n\n{lines}"

    link = "https://www.linkedin.com/comm/jobs/view/402100{}/?midToken=x"
    lunch = "From a@b Mon Nov  2 10:00:00 2026\nSubject: Lunch\n\nAt noon?\n\n"
    path = tmp_path / "alerts.mbox"
    mails = (mail(link.format(1), "Remote"), lunch, mail(link.format(2), "Leeds, United Kingdom"))
    path.write_text("".join((*mails, mail(link.format(1), "Leeds, United Kingdom"))))
    before = path.read_bytes()
    [report] = imported(store, path)
    assert (report.kind, report.failure, counts(report)) == ("mailbox", None, (2, 0, 0, 0))
    assert path.read_bytes() == before

    path.write_text(lunch)
    assert "no ad found in it" in imported(store, path)[0].failure


def test_of_a_folder_every_file_in_it_is_told_of_and_none_below(store, tmp_path):
    folder = tmp_path / "saved"
    (folder / "deeper").mkdir(parents=True)
    write_csv(folder / "b.csv", [row(1)])
    (folder / "a.txt").write_text(VACANCY)
    (folder / "c.png").write_bytes(b"\x89PNG\0")
    (folder / ".hidden.txt").write_text(VACANCY)
    (folder / "deeper" / "d.txt").write_text(VACANCY)
    text, table, picture = imported(store, folder)
    assert [report.path.name for report in (text, table, picture)] == ["a.txt", "b.csv", "c.png"]
    assert (counts(text), counts(table)) == ((1, 0, 0, 0), (1, 0, 0, 0))
    assert "not known what it is" in picture.failure

    (tmp_path / "empty").mkdir()
    [empty] = imported(store, tmp_path / "empty")
    assert "a folder without files" in empty.failure


def test_a_run_at_work_on_the_store_is_not_disturbed(store, tmp_path):
    path = write_csv(tmp_path / "a.csv", [row(1)])
    with Store.open(tmp_path / "ads.db") as other, other.locked(), pytest.raises(BusyError):
        imported(store, path)


def test_it_works_on_every_database(store_url, tmp_path):
    path = write_csv(
        tmp_path / "a.csv", [row(1, description="a\0b \ud83d".encode("utf-8", "replace").decode())]
    )
    with Store.open(store_url) as store:
        assert counts(imported(store, path)[0]) == (1, 0, 0, 0)
        assert counts(imported(store, path)[0]) == (0, 0, 1, 0)


@pytest.mark.shared
def test_a_recorded_file_of_python_jobspy_is_read_whole(shared, store):
    path = shared / "payloads" / "27_saved_html" / "yshauly+JobSpy__glassdoor_jobs.json"
    [report] = imported(store, path)
    assert counts(report) == (692, 0, 0, 0)
    postings = [stored.posting for stored in store.postings()]
    assert sum(posting.employer is not None for posting in postings) > 650
    assert all(posting.description and posting.date_posted for posting in postings)


@pytest.mark.shared
def test_saved_pages_of_linkedin_are_read(shared, store):
    pages = sorted((shared / "payloads" / "27_saved_html" / "mock").glob("*.html"))
    assert len(pages) == 3
    assert [counts(report) for report in imported(store, *pages)] == [(1, 0, 0, 0)] * 3
