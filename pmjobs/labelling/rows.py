"""Files of labels: one a labeller, one row a line, whole at every moment."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from pmjobs.errors import SettingsError
from pmjobs.labelling.record import AdLabel, as_row, of_row

LABELLER = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def label_file(folder: Path, labeller: str) -> Path:
    """Return the file that keeps a labeller's rows.

    Raises SettingsError if the folder is not there, or the name could not be a file's.
    """
    if not LABELLER.fullmatch(labeller):
        raise SettingsError(
            f"labeller {labeller!r}: use small letters, digits, - and _, such as anna"
        )
    if not folder.is_dir():
        raise SettingsError(f"{folder}: no such folder; make it, or name one with --labels")
    return folder / f"{labeller}.jsonl"


def read_labels(path: Path) -> list[AdLabel]:
    """Return the labels of one file, in its order; [] if it is not there yet.

    Raises SettingsError that names the first line that is no label.
    """
    labels = []
    for number, line in lines_of(path):
        try:
            labels.append(label_of(line))
        except ValueError as error:
            raise SettingsError(f"{path}: line {number}: {error}") from None
    return labels


def append_label(path: Path, label: AdLabel) -> None:
    """Add one label to a file. Whatever happens, the file holds either all or none of it."""
    row = json.dumps(as_row(label))
    with _lock(path):
        _replace(path, _ended(_content(path)) + row + "\n")


def remove_label(path: Path, ad_id: str) -> bool:
    """Take the last label of this ad out of a file; False if it holds none."""
    with _lock(path):
        lines = _content(path).split("\n")
        for at in reversed(range(len(lines))):
            if _id_of(lines[at]) == ad_id:
                _replace(path, "\n".join(lines[:at] + lines[at + 1 :]))
                return True
    return False


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (number, line) of a file's lines that are not blank; none if it is not there."""
    for number, line in enumerate(_content(path).split("\n"), start=1):
        if line.strip():
            yield number, line


def label_of(line: str) -> AdLabel:
    """Return the label of one line.

    Raises ValueError that says what is wrong with it.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not JSON; write one object a line") from None
    if not isinstance(row, dict):
        raise ValueError("not an object; write one object a line")
    return of_row(row)


def _id_of(line: str) -> str | None:
    try:
        return label_of(line).id
    except ValueError:  # a broken line is for `check_labels`, and stays
        return None


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: not UTF-8; write labels with `pmjobs label`") from None


def _ended(content: str) -> str:
    return content if not content or content.endswith("\n") else content + "\n"


def _replace(path: Path, content: str) -> None:
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_name(f".{path.name}.lock"))
