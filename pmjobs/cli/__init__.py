"""The `pmjobs` command: arguments in, one library call, text out.

Every command is a thin skin around a verb. Imports that cost time (pandas, scikit-learn, SQL)
stand inside the commands, so that `pmjobs --help` answers at once.
"""

import sys
from collections.abc import Sequence
from enum import StrEnum

import typer

from pmjobs.cli import (
    comparing,
    demonstrating,
    ingesting,
    keeping,
    labelling,
    levelling,
    logs,
    marking,
    profiling,
    scheduling,
    sourcing,
)
from pmjobs.errors import PmjobsError

app = typer.Typer(
    name="pmjobs",
    help="Reads project-work ads, tells the real level behind the title, compares it with you.",
    epilog="first steps: pmjobs demo, then pmjobs sources add URL, pmjobs ingest, pmjobs level",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class LogLevel(StrEnum):
    """How much of the log is shown."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"pmjobs {version('pmjobs')}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="show the version and exit"
    ),
    log: LogLevel | None = typer.Option(None, help="show the log on stderr, from this level up"),
    log_json: bool = typer.Option(False, "--log-json", help="log as JSON lines"),
) -> None:
    """Options that stand before the command."""
    logs.configure(log and str(log), as_json=log_json)


for commands in (
    demonstrating,
    ingesting,
    sourcing,
    levelling,
    profiling,
    comparing,
    marking,
    keeping,
    scheduling,
    labelling,
):
    commands.add_to(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 done, 1 done in part, 2 could not do it."""
    try:
        code = app(args=argv, standalone_mode=False)
    except PmjobsError as error:
        print(f"pmjobs: {error}", file=sys.stderr)
        return 2
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        print("pmjobs: stopped; what was finished is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        return 0
    except OSError as error:
        print(f"pmjobs: {error.filename or 'file'}: {error.strerror or error}", file=sys.stderr)
        return 2
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        words: str = error.format_message()
        if type(error).__name__ == "NoArgsIsHelpError":  # a bare `pmjobs`, a bare `pmjobs sources`
            print(words)
            return 0
        print(f"pmjobs: {words.rstrip('.')}; see --help", file=sys.stderr)  # a wrong option
        return 2
    return code if isinstance(code, int) else 0
