"""What the README shows can be done as it is printed, and the demo says the same."""

import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from pmjobs.cli import main
from pmjobs.cli.demonstrating import to_try
from pmjobs.doctor import EXTRAS as LOOKED_FOR
from pmjobs.errors import PmjobsError
from pmjobs.evaluate import evaluate

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- \w+ -->\n```console\n\$ (pmjobs .+)\n", README)


EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]


@pytest.fixture
def checkout(demo_db, tmp_path, monkeypatch):
    """A folder that looks as a checkout does after `make demo`, and the current one."""
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path / "home"))
    (tmp_path / ".pmjobs").mkdir()
    (tmp_path / ".pmjobs" / "demo.db").symlink_to(demo_db)
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_whose_answer_is_shown_works_as_printed(line, checkout, capsys):
    assert main(shlex.split(line)[1:]) == 0
    assert "Senior Project Manager" in capsys.readouterr().out


def test_the_demo_ends_with_the_commands_that_the_readme_shows(checkout):
    lines = to_try(checkout / ".pmjobs" / "demo.db", checkout / "data/sample/profile.toml")

    assert len(SHOWN) == 2
    assert [line[line.index(" ") :] for line in SHOWN] == [
        re.sub(r"^.*?(?= explain | compare )", "", line) for line in lines
    ]


def test_every_extra_in_the_table_is_one():
    table = README[README.index("| extra | for |") :].split("\n\n")[0]
    named = {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }

    assert named == set(EXTRAS) - {"dev", "microdata"}


@pytest.mark.parametrize(("module", "extra"), [(m, e) for m, (_, e) in LOOKED_FOR.items()])
def test_the_doctor_looks_for_what_an_extra_brings(module, extra):
    assert any(one.startswith(module) for one in EXTRAS[extra])


def test_evaluating_without_its_extra_says_which_to_install(monkeypatch):
    monkeypatch.setattr("pmjobs.evaluate.find_spec", lambda name: None)

    with pytest.raises(PmjobsError, match=r"pip install 'pmjobs\[train\]'"):
        evaluate(ROOT)


def test_excel_without_its_extra_says_which_to_install(demo_db, monkeypatch, tmp_path, capsys):
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    assert main(["export", str(tmp_path / "ads.xlsx"), "--db", str(demo_db)]) == 2
    assert "pip install 'pmjobs[excel]'" in capsys.readouterr().err
