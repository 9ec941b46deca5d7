"""Files and standard streams behind one pair of names; output appears whole or not at all."""

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pmjobs.errors import PmjobsError


@contextmanager
def reading(path: Path) -> Iterator[TextIO]:
    """Yield the text of `path` for reading; "-" is standard input. Wrong UTF-8 is replaced.

    A file named .gz is unpacked as it is read.
    """
    if str(path) == "-":
        yield sys.stdin
        return
    if not path.is_file():
        raise PmjobsError(f"{path}: no such file; give a file of ads, one JSON object a line")
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as file:
        yield file


@contextmanager
def writing(path: Path | None) -> Iterator[TextIO]:
    """Yield a text file that takes `path`'s place once it is whole; None is standard output."""
    if path is None or str(path) == "-":
        yield sys.stdout
        return
    if path.is_char_device():  # /dev/null and its like cannot be replaced
        with path.open("w", encoding="utf-8") as file:
            yield file
        return
    if not path.parent.is_dir():
        raise PmjobsError(f"{path}: its folder does not exist; make it first")
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8") as file:
            yield file
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
