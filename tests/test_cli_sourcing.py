"""sources add, sources check and import at the command line. Hosts are on loopback."""

import json

import pytest

from pmjobs.cli import main
from pmjobs.settings import load_settings
from pmjobs.store import Store
from tests.loopback import Answer, serving

NETWORK = "[network]\nallow_loopback = true\nrequests_per_second = 2000\n"
BOARD = "/v1/boards/{}/jobs"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))
    (tmp_path / "sources.toml").write_text(NETWORK)
    return tmp_path


def boards(home):
    return [board.key for board in load_settings(home / "sources.toml").boards]


def test_a_careers_page_is_looked_behind_and_its_board_added(home, capsys):
    page = Answer(
        '<script src="https://boards.greenhouse.io/embed/job_board/js?for=weir"></script>'
    )
    with serving({"/careers": page}) as host:
        assert main(["sources", "add", f"{host.url}/careers"]) == 0
    assert boards(home) == ["greenhouse:weir"]
    said = capsys.readouterr().err
    assert "embed/job_board/js?for=weir" in said
    assert "added greenhouse:weir" in said


def test_several_boards_are_listed_and_none_is_added(home, capsys):
    page = Answer(
        '<a href="https://jobs.lever.co/weir">A</a><a href="https://weir.recruitee.com">B</a>'
    )
    with serving({"/careers": page}) as host:
        assert main(["sources", "add", f"{host.url}/careers"]) == 2
    assert boards(home) == []
    assert capsys.readouterr().out.splitlines() == [
        "pmjobs sources add lever:weir",
        "pmjobs sources add recruitee:weir",
    ]


def test_a_page_without_a_system_says_what_to_do_and_adds_nothing(home, capsys):
    with serving({"/careers": Answer("<p>We build weirs.</p>")}) as host:
        assert main(["sources", "add", f"{host.url}/careers"]) == 2
        assert "no job system found" in capsys.readouterr().err
        assert boards(home) == []
        # who knows better says so, and nobody is asked
        assert main(["sources", "add", f"jsonld_page:{host.url}/careers"]) == 0
    assert boards(home) == [f"jsonld_page:{host.url}/careers"]


def test_a_known_address_is_added_without_asking_anybody(home, capsys):
    assert main(["sources", "add", "https://jobs.smartrecruiters.com/Weir/1-pm"]) == 0
    assert boards(home) == ["smartrecruiters:Weir"]
    assert "off, since SmartRecruiters' robots.txt" in capsys.readouterr().err


def test_a_search_that_lacks_what_it_needs_is_not_added_and_what_to_write_is_said(
    home, capsys, monkeypatch
):
    monkeypatch.delenv("PMJOBS_ADZUNA_ID", raising=False)
    monkeypatch.setenv("PMJOBS_ADZUNA_KEY", "k")
    add = ["sources", "add", "adzuna:pm"]
    for more, problem in (
        ((), "adzuna:pm: query: missing"),
        (("query=pmo",), "adzuna:pm: country: missing; write one of gb, us"),
        (("query=pmo", "country=xx"), "adzuna:pm: country: 'xx'; write one of gb, us"),
        (("query=pmo", "colour=red"), "adzuna:pm: colour: unknown; known are"),
        (("query",), "--set query: write NAME=VALUE"),
    ):
        assert main([*add, *(word for one in more for word in ("--set", one))]) == 2
        said = capsys.readouterr().err
        assert problem in said
        assert "--set" in said
        assert boards(home) == []

    assert main([*add, "--set", "query=pmo", "--set", "country=gb", "--set", "country=de"]) == 0
    [board] = load_settings(home / "sources.toml").boards
    assert board.options == (("query", "pmo"), ("country", "gb"), ("country", "de"))
    said = capsys.readouterr().err
    assert "set PMJOBS_ADZUNA_ID in the environment" in said
    assert "developer.adzuna.com" in said


def test_a_board_that_is_not_listed_is_told_with_those_that_are(home, capsys):
    main(["sources", "add", "greenhouse:weir"])
    for command in (["ingest"], ["sources", "check"]):
        capsys.readouterr()
        assert main([*command, "--only", "weir", "--only", "nope"]) == 2
        said = capsys.readouterr().err
        assert "--only nope: not in" in said
        assert "listed are greenhouse:weir" in said


def test_a_failure_names_its_board_once(home, capsys):
    with (home / "sources.toml").open("a") as file:
        file.write('[[board]]\nsource = "adzuna"\nboard = "pm"\nquery = "pmo"\n')
    assert main(["ingest"]) == 2
    assert capsys.readouterr().out.count("adzuna:pm: ") == 1
    assert main(["sources", "check"]) == 2
    assert capsys.readouterr().out.count("adzuna:pm: ") == 1


def test_check_tells_each_board_apart_and_its_exit_code_says_how_many(home, capsys):
    routes = {BOARD.format("weir"): Answer(json={"jobs": [{"id": 1, "title": "PMO Lead"}]})}
    with serving(routes) as host:
        for name in ("weir", "gone"):
            add = ["sources", "add", f"greenhouse:{name}", "--base-url", host.url]
            assert main(add) == 0
        capsys.readouterr()
        assert main(["sources", "check", "--json"]) == 1
        good, bad = json.loads(capsys.readouterr().out)
        assert main(["sources", "check", "--only", "greenhouse:weir"]) == 0
        assert "greenhouse:weir" in capsys.readouterr().out
        assert main(["sources", "check", "--only", "gone"]) == 2
    assert good == {
        "board": "greenhouse:weir",
        "answers": True,
        "allowed": True,
        "n_ads": 1,
        "n_project_ads": 1,
        "problem": None,
    }
    assert (bad["answers"], bad["n_ads"]) == (False, None)
    assert "no board called 'gone'" in bad["problem"]


def test_check_without_boards_says_what_to_do(home, capsys):
    assert main(["sources", "check"]) == 2
    assert "`pmjobs sources add URL` adds one" in capsys.readouterr().err


def test_import_reports_each_file(home, capsys):
    good, bad, none = home / "good.csv", home / "bad.csv", home / "none.csv"
    good.write_text("title,company\nPMO Lead,Weir\n")
    bad.write_text("title,company\nPM,Weir\n,Bolt\n")
    assert main(["import", str(good)]) == 0
    assert "pmjobs level" in capsys.readouterr().err
    assert main(["import", str(good), str(bad), "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["new"], first["unchanged"]) == (0, 1)
    assert second["skipped_ads"] == ["bad.csv: row 3: title: missing"]
    assert main(["import", str(none)]) == 2
    assert "no such file" in " ".join(capsys.readouterr().out.split())
    with Store.open(home / "pmjobs.db") as store:
        assert [s.posting.employer for s in store.postings()] == ["Weir", "Weir"]


def test_all_words_of_a_search_are_listed(home, capsys):
    with (home / "sources.toml").open("a") as file:
        file.write('\n[[board]]\nsource = "reed"\nboard = "mine"\nquery = ["pm", "pmo lead"]\n')

    assert main(["sources", "list", "--json"]) == 0
    assert [row["query"] for row in json.loads(capsys.readouterr().out)] == ["pm; pmo lead"]
