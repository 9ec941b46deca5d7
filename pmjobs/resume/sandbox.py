"""Read PDF and DOCX files in a child process that may use only so much time and memory.

The child gets the file's path, writes lines as JSON and ends. Whatever a hostile file does to
its parser (endless loops, gigabytes, a crash), the caller gets a ProfileError. Where the system
has no such limits (Windows), time is still limited, and the caller is told.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from pmjobs.errors import ProfileError
from pmjobs.resume.files import FileKind
from pmjobs.resume.lines import Line

TIME_S = 30
MEMORY_BYTES = 1_000_000_000  # of address space; an ordinary résumé takes about 250 MB of it
LARGEST_ANSWER = 20_000_000  # bytes
_REFUSED = 3  # exit code of the child for a ProfileError


def lines_in_child(path: Path, kind: FileKind, *, time_s: float = TIME_S) -> tuple[Line, ...]:
    """Return the lines of the PDF or DOCX at `path`.

    Raises ProfileError if the file is refused, or takes more than `time_s` or MEMORY_BYTES.
    """
    start = "import sys; from pmjobs.resume.sandbox import child; sys.exit(child(sys.argv[1:]))"
    command = [sys.executable, "-B", "-c", start, kind.value, str(path.resolve())]
    # The child needs to find pmjobs, and nothing else of this process's environment.
    environment = {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONUTF8": "1"}
    if "SYSTEMROOT" in os.environ:  # Windows cannot start a process without it
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=time_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ProfileError(
            f"{path.name}: reading it took more than {time_s:g} s; export it again, or give the "
            "text as .txt"
        ) from None
    if done.returncode == _REFUSED:
        raise ProfileError(json.loads(done.stdout))
    if done.returncode or len(done.stdout) > LARGEST_ANSWER:
        raise ProfileError(
            f"{path.name}: reading it failed or took too much memory; export it again, or give "
            "the text as .txt"
        )
    return tuple(Line(**row) for row in json.loads(done.stdout))


def limits_hold() -> bool:
    """Whether this system can limit a child's memory."""
    try:
        import resource
    except ImportError:
        return False
    return hasattr(resource, "RLIMIT_AS")


def _limit_self() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: only the caller's clock guards
    for name, value in (
        ("RLIMIT_AS", MEMORY_BYTES),
        ("RLIMIT_CPU", TIME_S),
        ("RLIMIT_FSIZE", 0),  # it writes no file
        ("RLIMIT_CORE", 0),
    ):
        try:
            limit = getattr(resource, name)
            _, hard = resource.getrlimit(limit)
            if hard != resource.RLIM_INFINITY:
                value = min(value, hard)
            resource.setrlimit(limit, (value, hard))
        except (AttributeError, ValueError, OSError):
            continue  # macOS knows the name of some limits and refuses to set them


def child(arguments: list[str]) -> int:
    """Read one file within limits; write its lines, or why it is refused, as JSON.

    This is what the child process runs. Returns its exit code.
    """
    kind, path = FileKind(arguments[0]), Path(arguments[1])
    _limit_self()
    # What parsers log of a file is its text.
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    try:
        if kind is FileKind.PDF:
            from pmjobs.resume.pdf import lines_of_pdf as read
        else:
            from pmjobs.resume.word import lines_of_docx as read
        lines = read(path)
    except ProfileError as error:
        return _refuse(str(error))
    except ModuleNotFoundError as error:
        return _refuse(
            f"{path.name}: reading this kind of file needs {error.name}; install it with "
            "`pip install 'pmjobs[resume]'`"
        )
    except MemoryError:
        return _refuse(f"{path.name}: it needs too much memory; give the text as .txt")
    except RecursionError:
        return _refuse(f"{path.name}: it is nested too deeply; export it again")
    except Exception as error:
        # Parsers of hostile files raise anything; the kind of error says enough.
        return _refuse(f"{path.name}: damaged ({type(error).__name__}); export it again")
    sys.stdout.write(json.dumps([asdict(line) for line in lines]))
    return 0


def _refuse(message: str) -> int:
    sys.stdout.write(json.dumps(message))
    return _REFUSED
