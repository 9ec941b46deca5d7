"""What the README shows can be done as it is printed, and the demo says the same."""

import re
import shlex
from pathlib import Path

import pytest

from pmjobs.cli import main
from pmjobs.cli.demonstrating import to_try

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- \w+ -->\n```console\n\$ (pmjobs .+)\n", README)


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
