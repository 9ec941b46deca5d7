"""Boards that misbehave, through the command line: a clear message each, the others unharmed."""

import json

import pytest

from pmjobs.cli import main
from tests.loopback import Answer, serving

GOOD = {
    "jobs": [
        {"id": 1, "title": "Project Manager", "content": "&lt;p&gt;Run it.&lt;/p&gt;"},
        {"id": 2, "content": "&lt;p&gt;No title here.&lt;/p&gt;"},
        {"id": 3, "title": "Project Manager, no text", "content": ""},
    ],
    "meta": {"total": 3},
}
# board → (what it answers, what the message has to say)
BAD = {
    "nobody": (Answer(status=404, json={"status": 404}), "no board called 'nobody'"),
    "busy": (Answer(status=429, headers={"Retry-After": "0"}), "429"),
    "broken": (Answer(status=500), "500"),
    "cut": (Answer(json=GOOD, cut=60), "cut"),
    "page": (Answer("<html>We are moving</html>"), "instead of JSON"),
    "other": (Answer(json={"message": "hello"}), "jobs"),
}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))

    def command(*arguments):
        code = main([*map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return command


def sources_file(folder, hosts):
    text = "[network]\nrequests_per_second = 1000\nallow_loopback = true\n"
    for name, url in hosts.items():
        text += f'[[board]]\nsource = "greenhouse"\nboard = "{name}"\nbase_url = "{url}"\n'
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def route(board):
    return f"/v1/boards/{board}/jobs"


@pytest.mark.parametrize("board", BAD)
def test_a_bad_board_fails_alone(board, run, tmp_path):
    answer, message = BAD[board]
    # A server each, since a host that answers 429 or 500 is left alone for the rest of the run.
    with (
        serving({route("good"): Answer(json=GOOD)}) as good,
        serving({route(board): answer}) as bad,
    ):
        path = sources_file(tmp_path, {"good": good.url, board: bad.url})
        code, out, _ = run("ingest", "--sources", path, "--json")
    report = {entry["board"]: entry for entry in json.loads(out)["boards"]}
    assert code == 1
    assert message in report[f"greenhouse:{board}"]["failed"]
    assert report["greenhouse:good"]["new"] == 2


def test_an_ad_without_title_is_skipped_and_can_be_looked_at(run, tmp_path):
    with serving({route("good"): Answer(json=GOOD)}) as good:
        code, _, _ = run("ingest", "--sources", sources_file(tmp_path, {"good": good.url}))
    assert code == 0
    _, out, _ = run("skipped", "--json")
    assert [(row["ad"], row["why"]) for row in json.loads(out)] == [
        ("greenhouse:good/2", "title: missing")
    ]


def test_an_ad_without_text_is_stored_and_cannot_be_told(run, tmp_path):
    with serving({route("good"): Answer(json=GOOD)}) as good:
        run("ingest", "--sources", sources_file(tmp_path, {"good": good.url}))
    run("level")
    _, out, _ = run("explain", "greenhouse:good/3", "--json")
    answer = json.loads(out)
    assert answer["verdict"] == "cannot tell: no text"
    assert answer["estimate"]["level"] is None


def test_a_page_without_a_jobposting_says_so(run, tmp_path):
    with serving({"/careers": Answer("<html><p>Join us!</p></html>")}) as host:
        path = tmp_path / "sources.toml"
        path.write_text(
            "[network]\nallow_loopback = true\nrequests_per_second = 1000\n"
            f'[[board]]\nsource = "jsonld_page"\nboard = "{host.url}/careers"\n',
            encoding="utf-8",
        )
        _, out, _ = run("ingest", "--sources", path, "--json")
    assert "JobPosting" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ingest",), "there is no such file; `pmjobs sources add"),
        (("ingest", "--sources", "{folder}/bad.toml"), "bad.toml: line 1"),
        (("compare", "--profile", "{folder}/bad.toml"), "bad.toml"),
        (("compare", "--profile", "{folder}/none.toml"), "none.toml"),
        (("explain", "nothing-of-that-name"), "neither a stored ad nor a file"),
        (("level", "--input", "{folder}/none.jsonl"), "no such file"),
        (("level", "--model", "{folder}"), "pmjobs train"),
        (("sources", "add", "https://www.linkedin.com/jobs/view/1"), "terms forbid"),
        (("sources", "remove", "greenhouse:acme"), "sources.toml"),
    ],
)
def test_foreseen_trouble_is_one_line_that_says_what_to_do(arguments, message, run, tmp_path):
    (tmp_path / "bad.toml").write_text("x = = 1", encoding="utf-8")
    code, out, err = run(*(text.format(folder=tmp_path) for text in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("pmjobs: ")
    assert err.count("\n") == 1
    assert message in err


def test_a_board_is_added_listed_and_removed(run, tmp_path):
    path = tmp_path / "sources.toml"
    run("sources", "add", "https://jobs.lever.co/acme", "--sources", path)
    _, out, _ = run("sources", "list", "--sources", path, "--json")
    assert json.loads(out) == [{"source": "lever", "board": "acme", "base_url": None}]
    run("sources", "remove", "lever:acme", "--sources", path)
    assert json.loads(run("sources", "list", "--sources", path, "--json")[1]) == []
