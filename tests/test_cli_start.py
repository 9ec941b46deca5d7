"""The command line answers at once: help imports nothing heavy."""

import json
import subprocess
import sys

import pytest

HEAVY = ("pandas", "sklearn", "sqlalchemy", "httpx", "numpy", "scipy", "bs4", "lxml", "resiliparse")

LOADED = """
import json, sys
from pmjobs.cli import main
code = main({arguments!r})
print()
print(json.dumps([code, sorted(m for m in sys.modules if "." not in m)]))
"""


def modules_after(*arguments):
    program = LOADED.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [("--help",), ("level", "--help"), ("sources", "--help")])
def test_help_imports_nothing_heavy(arguments):
    assert not modules_after(*arguments) & set(HEAVY)


def test_the_network_is_not_touched_by_levelling_a_file(tmp_path):
    ads = tmp_path / "ads.jsonl"
    ads.write_text('{"id": "1", "title": "PM", "employer": "A", "description": "x"}\n', "utf-8")
    loaded = modules_after("level", "--input", str(ads), "--output", str(tmp_path / "out.jsonl"))
    assert not loaded & {"httpx", "sqlalchemy", "pandas"}


def test_explaining_a_text_imports_only_what_a_text_needs(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # no store of the user's
    ad = tmp_path / "ad.txt"
    ad.write_text("Project Manager\n\nYou will run the move of our depot.\n", "utf-8")
    loaded = modules_after("explain", str(ad))
    assert not loaded & (set(HEAVY) - {"numpy"})
