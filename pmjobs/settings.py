"""Which boards to read, and how to behave on the network: `sources.toml`, read and edited.

The file belongs to the user: reading it never changes it, and an edit keeps every comment and
every blank line. A file that cannot be meant as it stands is a SettingsError that says where
and what to do; nothing in it is guessed or ignored.
"""

import math
import os
import re
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pmjobs.errors import SettingsError
from pmjobs.posting import Board

MAX_FILE_BYTES = 4_000_000  # some 40,000 boards
MAX_RATE = 10_000.0  # requests a second; loopback only
# Nobody's public host is asked faster than this, whatever the file says.
MAX_PUBLIC_RATE = 1.0  # requests a second and host

NEW_FILE = """\
# Boards that `pmjobs ingest` reads. One [[board]] each:
#
# [[board]]
# source = "greenhouse"   # pmjobs sources list --available
# board = "acme"          # the name in the board's links
# base_url = "https://boards-api.eu.greenhouse.io"   # only for mirrors and regional hosts

[network]
# Tell the hosts who is asking: an e-mail address or a web page of yours.
# contact = "you@example.org"
requests_per_second = 1.0   # a host
allow_loopback = false      # true lets pmjobs ask servers on this machine (127.0.0.0/8, ::1)
"""


@dataclass(frozen=True, slots=True)
class Network:
    """How to behave towards the hosts that are asked."""

    contact: str | None = None  # e-mail address or URL, sent with every request
    requests_per_second: float = 1.0  # a host; hosts beyond this machine: at most MAX_PUBLIC_RATE
    allow_loopback: bool = False  # 127.0.0.0/8 and ::1, for demos and tests; nothing else private


@dataclass(frozen=True, slots=True)
class Settings:
    """What one `sources.toml` says."""

    boards: tuple[Board, ...] = ()
    network: Network = Network()


def load_settings(path: Path) -> Settings:
    """Return what the file says. Raises SettingsError naming the place and the remedy."""
    table = _read(path)
    for name in table:
        if name not in ("board", "network"):
            raise SettingsError(
                f"{path.name}: {name}: unknown; boards go under [[board]], the rest under [network]"
            )
    entries = table.get("board", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SettingsError(f"{path.name}: board: write [[board]], with two brackets, for each")
    boards = tuple(
        _board(entry, f"{path.name}: board {number}") for number, entry in enumerate(entries, 1)
    )
    seen: set[str] = set()
    for board in boards:
        if board.key in seen:
            raise SettingsError(f"{path.name}: {board.key} is listed twice; remove one of them")
        seen.add(board.key)
    return Settings(boards, _network(table.get("network", {}), f"{path.name}: network"))


def add_board(path: Path, board: Board) -> None:
    """Add one [[board]] to the file, made if it is absent; comments stay as they are.

    Raises SettingsError if the board is listed already or the file cannot be used.
    """
    import tomlkit  # here: only edits need it

    if path.exists():
        if any(board.key == listed.key for listed in load_settings(path).boards):
            raise SettingsError(f"{path.name}: {board.key} is listed already; nothing to do")
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
    else:
        document = tomlkit.parse(NEW_FILE)
    entry = tomlkit.table()
    entry["source"] = board.source
    entry["board"] = board.board
    if board.base_url is not None:
        entry["base_url"] = board.base_url
    for name, value in _grouped(board.options).items():
        entry[name] = value[0] if len(value) == 1 else value
    _board(entry.unwrap(), f"{path.name}: {board.key}")  # an edit never breaks the file
    entries = document.setdefault("board", tomlkit.aot())
    entries.append(entry)
    before, heading, rest = tomlkit.dumps(document).rpartition("[[board]]")
    _replace(path, before.rstrip("\n") + "\n\n" + heading + rest)


def remove_board(path: Path, board: Board) -> None:
    """Remove the [[board]] with this source and board name from the file.

    Raises SettingsError if it is not listed.
    """
    import tomlkit

    keys = [listed.key for listed in load_settings(path).boards]
    if board.key not in keys:
        raise SettingsError(
            f"{path.name}: {board.key} is not listed; see `pmjobs sources list` for what is"
        )
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    entries: Any = document["board"]
    del entries[keys.index(board.key)]
    if not len(entries):
        del document["board"]
    _replace(path, tomlkit.dumps(document))


def check_url(url: str, where: str) -> None:
    """Raise SettingsError unless `url` is a plain http or https address with a host."""
    try:
        parts = urlsplit(url)
        port_ok = parts.port is None or parts.port > 0
    except ValueError:
        port_ok = False
    if not port_ok or parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"{where}: {url!r} is no address; write https://host/path")
    if parts.username or parts.password:
        raise SettingsError(f"{where}: leave the password out of the address")
    if any(ord(letter) < 33 for letter in url):
        raise SettingsError(f"{where}: take the blanks out of the address")


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SettingsError(f"{path.name}: larger than {MAX_FILE_BYTES:,} bytes; split it")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(
            f"{path}: there is no such file; `pmjobs sources add greenhouse:NAME` starts one"
        ) from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path.name}: not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(
            r"^(.*) \(at (?:line (\d+), column (\d+)|(end of document))\)$", str(error)
        )
        if place is None:
            raise SettingsError(f"{path.name}: not TOML: {error}") from None
        line = f"line {place[2]}, column {place[3]}" if place[2] else "at the end"
        raise SettingsError(f"{path.name}: {line}: {place[1]}; mend this line") from None


def _board(entry: dict[str, Any], where: str) -> Board:
    for name in ("source", "board"):
        value = entry.get(name)
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f'{where}: {name}: missing; write {name} = "…"')
    where = f"{where} ({entry['source']}:{entry['board']})"
    base_url = entry.get("base_url")
    if base_url is not None:
        if not isinstance(base_url, str):
            raise SettingsError(f"{where}: base_url: write it in quotes")
        check_url(base_url, f"{where}: base_url")
    options: list[tuple[str, str]] = []
    for name, value in entry.items():
        if name not in ("source", "board", "base_url"):
            options += [(name, text) for text in _texts(value, f"{where}: {name}")]
    return Board(
        source=entry["source"].strip(),
        board=entry["board"].strip(),
        base_url=base_url.rstrip("/") if base_url else None,
        options=tuple(options),
    )


def _texts(value: Any, where: str) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, str | int):
        return [str(value)]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise SettingsError(f"{where}: write a text, a whole number, true/false or a list of texts")


def _network(table: Any, where: str) -> Network:
    if not isinstance(table, dict):
        raise SettingsError(f"{where}: write [network] on a line of its own")
    known = Network.__dataclass_fields__
    for name in table:
        if name not in known:
            raise SettingsError(f"{where}: {name}: unknown; known are {', '.join(known)}")
    contact = table.get("contact")
    if contact is not None and (
        not isinstance(contact, str) or not re.fullmatch(r"[!-'*-~]{3,200}", contact.strip())
    ):
        raise SettingsError(f"{where}: contact: write one e-mail address or URL in quotes")
    allow_loopback = table.get("allow_loopback", False)
    if not isinstance(allow_loopback, bool):
        raise SettingsError(f"{where}: allow_loopback: write true or false, without quotes")
    rate = table.get("requests_per_second", 1.0)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not math.isfinite(rate):
        raise SettingsError(f"{where}: requests_per_second: write a number such as 1.0")
    highest = MAX_RATE if allow_loopback else MAX_PUBLIC_RATE
    if not 0 < rate <= highest:
        raise SettingsError(
            f"{where}: requests_per_second: write more than 0 and at most {highest:g}"
        )
    return Network(contact.strip() if contact else None, float(rate), allow_loopback)


def _grouped(options: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in options:
        grouped.setdefault(name, []).append(value)
    return grouped


def _replace(path: Path, text: str) -> None:
    """Put `text` in the file's place at once: a crash leaves the old file or the new one."""
    target = path.resolve()  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; keep what the user had chosen
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        temporary.replace(target)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        temporary.unlink(missing_ok=True)
