"""Files that mean harm, or are only broken, give one clear message and no traceback."""

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pmjobs.errors import ProfileError
from pmjobs.resume import files, read_resume, sandbox
from pmjobs.resume.files import FileKind, kind_of
from pmjobs.resume.sandbox import lines_in_child

FILES = Path(__file__).parent / "resumes" / "files"
WORD = FILES / "docx_headings.docx"
PDF = FILES / "pdf_bullets.pdf"


def refused(path, *words):
    with pytest.raises(ProfileError) as caught:
        read_resume(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path) if "no such file" in message else path.name), message
    for word in words:
        assert word in message, message
    return message


def rezipped(path, change):
    """A copy of a Word file, its members as `change(name, data)` gives them."""
    out = io.BytesIO()
    with zipfile.ZipFile(WORD) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(out.getvalue())
    return path


def test_a_missing_file_is_named(tmp_path):
    refused(tmp_path / "none.pdf", "no such file", "check the path")


def test_a_folder_is_no_resume(tmp_path):
    refused(tmp_path, "a folder")


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    path = tmp_path / "cv.pdf"
    path.write_bytes(b"  \n")
    refused(path, "empty")


def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "cv.txt"
    os.mkfifo(path)
    refused(path, "not an ordinary file")


def test_a_giant_file_is_not_opened(tmp_path):
    path = tmp_path / "cv.pdf"
    with path.open("wb") as file:
        file.truncate(files.LARGEST_FILE + 1)  # sparse: takes no room
    refused(path, "more than", "save it without pictures")


def test_giant_text_is_not_read(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_bytes(b"project manager 2019 - 2020\n" * 100_000)
    refused(path, "bytes of text")


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ("password-protected or old Word",)),
        (b"{\\rtf1 Project Manager}", ("RTF", "save it as .docx")),
        (b"<!DOCTYPE html><html>CV</html>", ("HTML", "plain text")),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, ("picture",)),
        (b"\x7fELF\x02\x01" + b"\x00" * 99, ("not a file pmjobs can read",)),
        (b"PK\x03\x04 and no more of it", ("damaged",)),
        (b"%PDF-1.7 and no more of it", ("export it again",)),
        (b"PK\x05\x06" + b"\x00" * 18, ("empty",)),
    ],
)
def test_what_is_no_resume_is_named_for_what_it_is(tmp_path, start, words):
    path = tmp_path / "resume.docx"
    path.write_bytes(start)
    refused(path, *words)


def test_the_ending_of_the_name_does_not_matter(tmp_path):
    path = tmp_path / "resume.txt"
    path.write_bytes(WORD.read_bytes())
    assert kind_of(path) is FileKind.DOCX
    assert read_resume(path).roles[0].title == "Clinical Project Manager"


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    bomb = rezipped(
        tmp_path / "bomb.docx",
        lambda name, data: b"<w:p/>" * 5_000_000 if name == "word/document.xml" else data,
    )
    assert bomb.stat().st_size < 200_000
    refused(bomb, "not opened")


def test_a_bomb_that_lies_about_its_size_is_stopped_while_unpacking(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_MEMBER", 10_000)
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Positions.csv", "Title\n" + "x" * 50_000)
    monkeypatch.setattr(files, "check_zip", zipfile.ZipFile)
    with files.check_zip(path) as archive, pytest.raises(ProfileError, match="larger than"):
        files.read_member(archive, "Positions.csv")


def test_too_many_members_are_not_looked_at(tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(files.MOST_MEMBERS + 1):
            archive.writestr(f"{n}.csv", "x")
    refused(path, "files inside")


def test_a_zip_that_is_neither_word_nor_linkedin_says_what_was_looked_for(tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("me.jpg", "x")
    refused(path, "Positions.csv", "LinkedIn")


def test_a_file_with_macros_is_refused(tmp_path):
    path = rezipped(tmp_path / "cv.docx", lambda name, data: data)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    refused(path, "macros", "without them")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_not_expanded(tmp_path, encoding):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><w:document>&l9;</w:document>'
    path = rezipped(
        tmp_path / "cv.docx",
        lambda name, data: bomb.encode(encoding) if name == "word/document.xml" else data,
    )
    refused(path, "declares XML entities")


def test_a_deeply_nested_word_file_is_refused(tmp_path):
    deep = b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000
    path = rezipped(
        tmp_path / "cv.docx",
        lambda name, data: (
            data.replace(b"<w:body>", b"<w:body>" + deep) if name == "word/document.xml" else data
        ),
    )
    refused(path, "cv.docx")


def test_a_locked_pdf_asks_for_one_without_a_password(tmp_path):
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "cv.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret"))
    canvas.drawString(50, 700, "Project Manager, Alder Ltd, 2018 - 2020")
    canvas.save()
    refused(path, "locked with a password")


def test_a_scanned_pdf_is_said_to_have_no_text(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "cv.pdf"
    canvas = Canvas(str(path))
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.save()
    refused(path, "no text in it", "scan")


def test_a_pdf_of_too_many_pages_is_refused(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "book.pdf"
    canvas = Canvas(str(path))
    for _ in range(61):
        canvas.drawString(50, 700, "page")
        canvas.showPage()
    canvas.save()
    refused(path, "61 pages")


def test_a_pdf_whose_page_runs_for_ever_is_stopped_by_the_clock(tmp_path):
    path = tmp_path / "slow.pdf"
    path.write_bytes(PDF.read_bytes())
    with pytest.raises(ProfileError, match="more than 0.01 s"):
        lines_in_child(path, FileKind.PDF, time_s=0.01)


@pytest.mark.skipif(not sandbox.limits_hold(), reason="this system cannot limit memory")
def test_the_child_cannot_take_more_memory_than_it_may():
    code = (
        "from pmjobs.resume import sandbox; sandbox._limit_self()\n"
        "try:\n    bytearray(sandbox.MEMORY_BYTES)\nexcept MemoryError:\n    print('stopped')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "stopped\n"


@pytest.mark.skipif(not sandbox.limits_hold(), reason="this system cannot limit files")
def test_the_child_cannot_write_files(tmp_path):
    code = (
        "import sys; from pmjobs.resume import sandbox; sandbox._limit_self()\n"
        "try:\n    open(sys.argv[1], 'w', buffering=1).write('x\\n')\n"
        "except OSError:\n    print('stopped')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out")], capture_output=True, text=True
    )
    assert "stopped" in done.stdout or done.returncode < 0


def test_the_child_sees_nothing_of_the_environment(monkeypatch, tmp_path):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        return subprocess.CompletedProcess(command, 0, b"[]", b"")

    monkeypatch.setenv("SECRET_TOKEN", "hush")
    monkeypatch.setattr(sandbox.subprocess, "run", run)
    lines_in_child(tmp_path / "cv.pdf", FileKind.PDF)
    assert "SECRET_TOKEN" not in seen


def test_a_child_that_dies_is_a_message(monkeypatch, tmp_path):
    monkeypatch.setattr(
        sandbox.subprocess, "run", lambda c, **_: subprocess.CompletedProcess(c, -11, b"", b"")
    )
    with pytest.raises(ProfileError, match="took too much memory"):
        lines_in_child(tmp_path / "cv.pdf", FileKind.PDF)


def test_a_missing_reader_names_what_to_install(tmp_path):
    code = (
        "import sys; sys.modules['pdfplumber'] = None\n"
        "from pmjobs.resume.sandbox import child; sys.exit(child(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "pdf", str(PDF)], capture_output=True, text=True
    )
    assert done.returncode == 3
    assert "pip install 'pmjobs[resume]'" in done.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"work": ' + "[" * 100_000 + "]" * 100_000 + "}", ("nested too deeply",)),
        ('{"work": [}', ("line 1", "not valid JSON")),
        ('{"work": ' + "9" * 5_000 + "}", ("number", "too long")),
        ('{"jobs": ["x"]}', ("not a JSON Resume", "jsonresume.org")),
        ('["work"]', ("not a JSON Resume",)),
        ('{"work": 7, "skills": {"a": 1}}', ("no roles, skills",)),
    ],
)
def test_bad_json_is_one_line(tmp_path, text, words):
    path = tmp_path / "resume.json"
    path.write_text(text, encoding="utf-8")
    refused(path, *words)


def test_text_without_work_says_what_is_missing(tmp_path):
    path = tmp_path / "poem.txt"
    path.write_text("Roses are red\n\nviolets are blue\nand so\nare you\n", encoding="utf-8")
    refused(path, "no roles", "headings")


def test_odd_bytes_in_text_are_read_as_well_as_they_can_be(tmp_path):
    path = tmp_path / "cv.txt"
    text = "Experience\n\nProject Manager, Müller GmbH, 2018 – 2020\n- Ran “it”\x0c\n"
    path.write_bytes(text.encode("cp1252"))
    assert read_resume(path).roles[0].employer == "Müller GmbH"
    path.write_text(text, encoding="utf-16")
    assert read_resume(path).roles[0].employer == "Müller GmbH"


def test_json_entries_of_odd_types_are_passed_over(tmp_path):
    path = tmp_path / "resume.json"
    odd = [None, 7, "text", [], {"position": 3, "name": None, "highlights": "x", "startDate": {}}]
    good = {"position": "Project Manager", "name": "Alder", "startDate": "2019-01"}
    data = dict.fromkeys(("education", "skills", "certificates", "languages", "projects"), odd)
    path.write_text(json.dumps({**data, "basics": [], "work": [*odd, good]}), encoding="utf-8")
    assert "Project Manager" in [role.title for role in read_resume(path).roles]


def test_words_in_a_file_cannot_become_keys_of_the_profile(tmp_path):
    import tomllib

    from pmjobs.resume import propose_profile

    path = tmp_path / "cv.txt"
    path.write_text(
        'Experience\n\nProject Manager"\u2028[out], Alder """ Ltd, 2018 - 2020\n'
        '- Managed a "budget" of £2m \\" \x85 # [pay] amount = 1\n\nSkills\n'
        'Jira, a"b\\c, = 3\n',
        encoding="utf-8",
    )
    table = tomllib.loads(propose_profile(read_resume(path)))
    assert set(table) <= {"now", "experience", "skill", "certificate", "wishes"}


def test_reading_does_not_touch_the_file(tmp_path):
    path = tmp_path / "cv.docx"
    path.write_bytes(WORD.read_bytes())
    path.chmod(stat.S_IRUSR)
    before = path.read_bytes()
    read_resume(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_endless_highlights_are_not_gone_through(tmp_path):
    path = tmp_path / "resume.json"
    role = {"position": "Project Manager", "highlights": ["led 1 team of 3 people " * 40] * 200}
    path.write_text(json.dumps({"work": [role] * 5}), encoding="utf-8")
    refused(path, "characters of experience")
