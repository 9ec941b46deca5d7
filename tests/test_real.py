"""The program on recorded answers of real boards: what `make real` shows, in short."""

import json
import shutil

import pytest

from bench.real import RECORDINGS, sources_toml
from pmjobs.board_server import boards_of, recorded, serving
from pmjobs.cli import main

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def runs(shared, tmp_path_factory):
    """Two runs of ingest over the recordings, then level; returns (reports, store)."""
    work = tmp_path_factory.mktemp("real")
    for name, recording in RECORDINGS.items():
        target = work / "boards" / f"{name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shared / "payloads" / f"{recording}.json", target)
    with serving(recorded(work / "boards")) as url:
        sources = work / "sources.toml"
        sources.write_text(sources_toml(boards_of(work / "boards", url)), encoding="utf-8")
        yield work, sources


def command(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_two_runs_then_levels_and_an_explanation(runs, capsys, monkeypatch):
    work, sources = runs
    monkeypatch.setenv("PMJOBS_HOME", str(work))
    files = ("--sources", sources, "--db", work / "real.db")

    first, second = (json.loads(command(capsys, "ingest", *files, "--json")[1]) for _ in range(2))

    # 75 + 201 + 121 + 4 + 156 + 2 + 13 ads stand on the seven recorded boards.
    assert (first["totals"]["new"], first["failed"]) == (572, 0)
    assert second["totals"] == {**dict.fromkeys(second["totals"], 0), "unchanged": 572}
    assert second["saved"] >= 6
    assert second["bytes_received"] < first["bytes_received"] / 100

    code, out = command(capsys, "level", "--db", work / "real.db", "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(answers) >= 5
    assert all(answer["in_scope"] for answer in answers)

    told = next(answer for answer in answers if answer["level"])
    code, out = command(capsys, "explain", told["id"], "--db", work / "real.db", "--json")
    explained = json.loads(out)
    assert code == 0
    assert explained["estimate"]["evidence"]
    assert explained["questions"]
