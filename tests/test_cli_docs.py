"""Every command has help, an example, and a place in the README."""

from pathlib import Path

import pytest
import typer

from pmjobs.cli import app

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def commands(group=None, path=("pmjobs",)):
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


@pytest.mark.parametrize(("line", "command"), list(commands()), ids=lambda v: str(v))
def test_command_has_help_an_example_and_a_place_in_the_readme(line, command):
    assert command.help
    assert not command.help.endswith(".")
    assert command.epilog.startswith(f"example: {line}")
    assert line in README
