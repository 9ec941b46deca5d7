"""Texts of Windows, of Unix, and what is no text."""

import random

import pytest

from pmjobs.ad_file import posting_of_file
from pmjobs.parsing.decoding import decoded
from pmjobs.resume.files import read_text

TEXT = "Project Manager\r\nYou answer for a budget of £4.5m – the client’s – in Zürich.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_whatever_program_wrote_it(encoding, tmp_path):
    path = tmp_path / "ad.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert decoded(path.read_bytes()) == TEXT
    assert read_text(path) == TEXT
    posting = posting_of_file(path)
    assert posting.title == "Project Manager"
    assert "a budget of £4.5m – the client’s – in Zürich" in posting.description


@pytest.mark.parametrize("size", [40, 400, 40_000])
def test_random_bytes_are_no_text(size):
    assert decoded(random.Random(size).randbytes(size)) is None


def test_a_page_of_windows_is_read_too(tmp_path):
    path = tmp_path / "ad.html"
    path.write_bytes(f"<html><p>{TEXT}</p></html>".encode("cp1252"))
    assert "£4.5m" in posting_of_file(path).description
    path.write_bytes(f"<html><p>{TEXT}</p></html>".encode("utf-16"))
    assert "£4.5m" in posting_of_file(path).description
