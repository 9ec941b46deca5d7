"""Run ingest now and then: a systemd user timer, a cron line, or what to do elsewhere.

The texts are made by functions without effects; `install` and `remove` write them into the
user's own folders, and nowhere else. pmjobs has no daemon: the system's own clock calls it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from xml.sax.saxutils import escape

from pmjobs.errors import PmjobsError

NAME = "pmjobs-ingest"
MARK = "# pmjobs ingest"  # ends our cron line, by which it is found again
LABEL = "org.pmjobs.ingest"  # launchd's name of the job
# Hours between two runs that every system's scheduler can say. Boards change a few times a day,
# and each reading costs a host: nothing shorter than an hour.
RHYTHMS = (1, 2, 3, 4, 6, 8, 12, 24, 168)
EARLY = 5  # the hour at which daily and weekly runs are made


class Kind(StrEnum):
    """A scheduler that can be told to run ingest."""

    SYSTEMD = "systemd"
    CRON = "cron"
    LAUNCHD = "launchd"
    WINDOWS = "windows"


Run = Callable[[Sequence[str], str | None], str]  # command, its input → its output


class ScheduleError(PmjobsError):
    """The system's scheduler cannot be used as asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the schedule looks on one kind of system."""

    kind: str  # "systemd", "cron", "launchd" or "windows"
    files: Mapping[str, str]  # path → content, to be written
    cron_line: str | None  # to be added to the user's crontab
    after: tuple[tuple[str, ...], ...]  # commands to run after the files are written
    before_removal: tuple[tuple[str, ...], ...]  # commands to run before they are removed
    words: str  # what to tell a person, who does the rest where we do not


def parse_every(text: str) -> timedelta:
    """Return an interval such as "6h" or "1d".

    >>> parse_every("12h")
    datetime.timedelta(seconds=43200)

    Raises ScheduleError for anything else, and for what not every scheduler can say.
    """
    match = re.fullmatch(r"(\d{1,4})\s*([hdw])", text.strip().lower())
    if match is None:
        raise ScheduleError(f"--every {text}: write a number and h, d or w, such as 6h or 1d")
    hours = int(match[1]) * {"h": 1, "d": 24, "w": 168}[match[2]]
    if hours not in RHYTHMS:
        raise ScheduleError(f"--every {text}: choose 1h, 2h, 3h, 4h, 6h, 8h, 12h, 1d or 1w")
    return timedelta(hours=hours)


def plan_for(
    kind: str, command: Sequence[str], *, every: timedelta, home: Path, minute: int
) -> Plan:
    """Return the schedule of `command` (a program's full path and its arguments).

    `minute` (0 to 59) is when in the hour it runs; draw it once, so that not all users ask the
    hosts at the same moment. Raises ScheduleError for a word that no schedule can hold.
    """
    for word in command:
        if not word or any(ord(letter) < 32 for letter in word):
            raise ScheduleError(f"schedule: {word!r} cannot stand in a schedule; rename it")
    makers = {"systemd": _systemd, "cron": _cron, "launchd": _launchd, "windows": _windows}
    if kind not in makers:
        raise ScheduleError(f"--kind {kind}: no scheduler; choose {', '.join(makers)}")
    return makers[kind](command, every, home, minute)


def kind_here(run: Run | None = None) -> str:
    """Return the scheduler of this machine: systemd where the user has one, else cron, …"""
    if sys.platform == "darwin":
        return "launchd"
    if sys.platform == "win32":
        return "windows"
    try:
        (run or _run)(("systemctl", "--user", "show-environment"), None)
    except ScheduleError:
        return "cron"
    return "systemd"


def install(plan: Plan, run: Run | None = None) -> str:
    """Write the plan's files, or its cron line, and return what to tell the person.

    Where that fails, ScheduleError is raised and the files are as they were before.
    """
    run = run or _run
    paths = [Path(name) for name in plan.files]
    before = {path: path.read_bytes() for path in paths if path.exists()}
    try:
        for name, content in plan.files.items():
            _write(Path(name), content)
        if plan.cron_line is not None:
            lines = [line for line in _crontab(run) if not line.endswith(MARK)]
            run(("crontab", "-"), "\n".join([*lines, plan.cron_line, ""]))
        for command in plan.after:
            run(command, None)
    except ScheduleError:
        for path in paths:
            with suppress(OSError):
                if path in before:
                    path.write_bytes(before[path])
                else:
                    path.unlink(missing_ok=True)
        raise
    return plan.words


def remove(plan: Plan, run: Run | None = None) -> str | None:
    """Take the schedule away and return what to tell the person; None if there was none.

    The files go even where the system's scheduler cannot be told; the words say so then.
    """
    run = run or _run
    words = None
    if there := [path for name in plan.files if (path := Path(name)).exists()]:
        words = "removed"
        try:
            for command in plan.before_removal:
                run(command, None)
        except ScheduleError as error:
            words = f"removed its files, but the timer could not be stopped ({error})"
        for path in there:
            path.unlink(missing_ok=True)
    if plan.cron_line is not None and _has_crontab():
        lines = _crontab(run)
        kept = [line for line in lines if not line.endswith(MARK)]
        if len(kept) < len(lines):
            run(("crontab", "-"), "\n".join([*kept, ""]) if kept else "")
            words = "removed"
    return words


def installed(plan: Plan, run: Run | None = None) -> str | None:
    """Return the schedule as it stands on this machine, or None if there is none."""
    for name in plan.files:
        if Path(name).exists():
            return Path(name).read_text(encoding="utf-8")
    if plan.cron_line is not None and _has_crontab():
        return next((line for line in _crontab(run or _run) if line.endswith(MARK)), None)
    return None


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise ScheduleError(f"{path}: cannot be written ({error.strerror})") from None


def _systemd(command: Sequence[str], every: timedelta, home: Path, minute: int) -> Plan:
    folder = home / ".config/systemd/user"
    # In a unit file % and $ have meanings of their own.
    line = " ".join(_unit_word(word) for word in command)
    service = (
        "[Unit]\n"
        "Description=Read job boards with pmjobs\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"ExecStart={line}\n"
        "Nice=10\n"
        "# exit code 1: some boards failed; `pmjobs status` tells which\n"
        "SuccessExitStatus=1\n"
    )
    timer = (
        "[Unit]\n"
        "Description=Read job boards with pmjobs, now and then\n"
        "\n"
        "[Timer]\n"
        f"OnCalendar={_calendar(every, minute)}\n"
        "# a run that was missed while the machine slept is made up for\n"
        "Persistent=true\n"
        "RandomizedDelaySec=5min\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )
    files = {
        str(folder / f"{NAME}.timer"): timer,
        str(folder / f"{NAME}.service"): service,
    }
    return Plan(
        kind="systemd",
        files=files,
        cron_line=None,
        after=(
            ("systemctl", "--user", "daemon-reload"),
            ("systemctl", "--user", "enable", "--now", f"{NAME}.timer"),
        ),
        before_removal=(("systemctl", "--user", "disable", "--now", f"{NAME}.timer"),),
        words=(
            f"{NAME}.timer runs every {_words(every)} while you are logged in; see "
            f"`systemctl --user list-timers` and `journalctl --user -u {NAME}`. To run it when "
            "you are logged out as well: `loginctl enable-linger`"
        ),
    )


def _cron(command: Sequence[str], every: timedelta, home: Path, minute: int) -> Plan:
    # In a crontab % ends the command.
    line = " ".join(shlex.quote(word) for word in command).replace("%", "\\%")
    return Plan(
        kind="cron",
        files={},
        cron_line=f"{_cron_times(every, minute)} {line} {MARK}",
        after=(),
        before_removal=(),
        words=f"your crontab runs it every {_words(every)}; see `crontab -l`",
    )


def _cron_times(every: timedelta, minute: int) -> str:
    hours = _hours(every)
    if hours < 24:
        return f"{minute} */{hours} * * *"
    return f"{minute} {EARLY} * * {'1' if hours == 168 else '*'}"


def _calendar(every: timedelta, minute: int) -> str:
    hours = _hours(every)
    if hours < 24:
        return f"*-*-* 00/{hours}:{minute:02}:00"
    return f"{'Mon ' if hours == 168 else ''}*-*-* {EARLY:02}:{minute:02}:00"


def _hours(every: timedelta) -> int:
    return int(every.total_seconds() // 3600)


def _launchd(command: Sequence[str], every: timedelta, home: Path, minute: int) -> Plan:
    path = home / f"Library/LaunchAgents/{LABEL}.plist"
    words = "\n".join(f"    <string>{escape(word)}</string>" for word in command)
    plist = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
        '"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
        '<plist version="1.0">\n<dict>\n'
        f"  <key>Label</key><string>{LABEL}</string>\n"
        f"  <key>ProgramArguments</key>\n  <array>\n{words}\n  </array>\n"
        f"  <key>StartInterval</key><integer>{int(every.total_seconds())}</integer>\n"
        "  <key>LowPriorityIO</key><true/>\n"
        "</dict>\n</plist>\n"
    )
    return Plan(
        kind="launchd",
        files={str(path): plist},
        cron_line=None,
        after=(),
        before_removal=(),
        words=(
            f"{path} is written; start it with: launchctl load -w {shlex.quote(str(path))}\n"
            f"before you remove it: launchctl unload -w {shlex.quote(str(path))}"
        ),
    )


def _windows(command: Sequence[str], every: timedelta, home: Path, minute: int) -> Plan:
    hours = _hours(every)
    rhythm = f"/SC HOURLY /MO {hours}" if hours < 24 else f"/SC DAILY /MO {hours // 24}"
    line = subprocess.list2cmdline(command).replace('"', '\\"')
    return Plan(
        kind="windows",
        files={},
        cron_line=None,
        after=(),
        before_removal=(),
        words=(
            f'in a terminal: schtasks /Create /TN {NAME} {rhythm} /TR "{line}"\n'
            f"to remove it: schtasks /Delete /TN {NAME}"
        ),
    )


def _unit_word(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{quoted}"' if re.search(r"[^\w./%$:=@+-]", word) else quoted


def _words(every: timedelta) -> str:
    names = {1: "hour", 24: "day", 168: "week"}
    return names.get(_hours(every), f"{_hours(every)} hours")


def _crontab(run: Run) -> list[str]:
    try:
        return run(("crontab", "-l"), None).splitlines()
    except ScheduleError:
        if not _has_crontab():
            raise
        return []  # "no crontab for ..." is an error of the command, and no trouble


def _has_crontab() -> bool:
    return shutil.which("crontab") is not None


def _run(command: Sequence[str], given: str | None) -> str:
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise ScheduleError(f"{command[0]}: not on this machine; choose another kind") from None
    except subprocess.TimeoutExpired:
        raise ScheduleError(f"{command[0]}: no answer in 30 s; try again") from None
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise ScheduleError(f"{' '.join(command)}: {words[0]}")
    return done.stdout
