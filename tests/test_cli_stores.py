"""Commands that read make no store: a wrong --db is told, the first run gets advice."""

import json

import pytest

import pmjobs
from pmjobs.cli import main
from pmjobs.errors import StoreError
from pmjobs.store import Store

READING = {
    "search": ("search", "pmo"),
    "market": ("market", "pmo"),
    "export": ("export", "{folder}/ads.csv"),
    "changes": ("changes",),
    "history": ("history", "1"),
    "mark": ("mark", "1", "applied"),
    "marks": ("marks",),
    "duplicates": ("duplicates",),
    "skipped": ("skipped",),
    "level": ("level",),
    "prune": ("prune", "--older", "52w"),
    "digest": ("digest",),
    "compare": ("compare",),
    "compare a post": ("compare", "1"),
    "plan": ("plan",),
    "status": ("status",),
    "label": ("label", "--as", "anna"),
    "backup": ("backup", "{folder}/copy.db"),
    "explain": ("explain", "1"),
}


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("PMJOBS_HOME", str(home))
    assert main(["profile", "init"]) == 0
    (home / "sources.toml").write_text("[network]\nrequests_per_second = 1.0\n")
    return home


def arguments(name, home):
    return [word.format(folder=home.parent) for word in READING[name]]


@pytest.mark.parametrize("name", READING)
def test_a_mistyped_store_is_told_and_not_made(name, home, capsys):
    capsys.readouterr()
    typo = home / "typo.db"
    assert main([*arguments(name, home), "--db", str(typo)]) == 2
    problem = f"{typo}: no such store; `pmjobs ingest --db {typo}` makes one"
    assert problem in capsys.readouterr().err
    assert not typo.exists()
    assert sorted(path.name for path in home.parent.iterdir()) == ["home"]


@pytest.mark.parametrize("name", READING)
def test_before_the_first_run_reading_makes_no_store_and_says_what_to_do(name, home, capsys):
    capsys.readouterr()
    main(arguments(name, home))
    said = capsys.readouterr().err
    assert "no such store" not in said
    if name not in ("explain", "compare a post"):  # a file can do without one
        assert "no ads are stored yet; first: pmjobs sources add URL" in said
    assert not (home / "pmjobs.db").exists()


def test_the_first_run_is_no_error_where_nothing_is_asked_for(home, capsys):
    assert main(["search", "pmo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_import_makes_a_store(home):
    ads = home / "ads.jsonl"
    ads.write_text('{"title": "PMO Lead", "company": "Weir"}\n')
    new = home / "deeper" / "new.db"
    assert main(["import", str(ads), "--db", str(new)]) == 0
    assert new.exists()


def test_a_notebook_names_a_store_that_there_is(home, tmp_path):
    with pytest.raises(StoreError, match="no such store"):
        pmjobs.open(tmp_path / "typo.db")
    assert not (tmp_path / "typo.db").exists()
    with Store.open(tmp_path / "ads.db"), pmjobs.open(tmp_path / "ads.db") as desk:
        assert len(desk.postings()) == 0
    with pmjobs.open() as desk:
        assert len(desk.postings()) == 0


def test_who_only_imports_has_a_status_without_a_list_of_boards(home, capsys):
    (home / "sources.toml").unlink()
    ads = home / "ads.jsonl"
    ads.write_text('{"title": "PMO Lead", "company": "Weir"}\n')
    main(["import", str(ads)])
    capsys.readouterr()
    assert main(["status"]) == 0
    assert capsys.readouterr().out == "no boards are listed; open ads stored: 1\n"
    assert main(["status", "--sources", str(home / "typo.toml")]) == 2
    assert "typo.toml: there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize("every", ["2026-01-01", "0h", "soon"])
def test_how_often_is_a_span_of_time_and_no_date(every, home, capsys):
    assert main(["status", "--every", every]) == 2
    assert f"--every {every}: no span of time; write 12h, 7d or 4w" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["sources"], ["schedule"], ["profile"]])
def test_a_command_without_a_word_shows_its_help(arguments, capsys):
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Usage: ")
    assert said.err == ""


def test_a_wrong_option_is_still_an_error(capsys):
    assert main(["sources", "--nope"]) == 2
    assert capsys.readouterr().err.endswith("see --help\n")
