"""The schedule: texts for each system, and what install and remove write."""

import plistlib
import shlex
from configparser import ConfigParser
from datetime import timedelta
from pathlib import Path

import pytest

from pmjobs.cli import main
from pmjobs.schedule import (
    MARK,
    ScheduleError,
    install,
    installed,
    kind_here,
    parse_every,
    plan_for,
    remove,
)

COMMAND = ["/opt/my tools/pmjobs", "ingest", "--db", "/data/100%/$ads.db"]
DAY = timedelta(days=1)


class Machine:
    """Plays systemctl and crontab, and notes what was asked of them."""

    def __init__(self, crontab: str | None = None, *, systemd: bool = True) -> None:
        self.crontab = crontab
        self.systemd = systemd
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, command, given):
        self.asked.append(tuple(command))
        if command[0] == "systemctl" and not self.systemd:
            raise ScheduleError("systemctl: not on this machine")
        if tuple(command) == ("crontab", "-l"):
            if self.crontab is None:
                raise ScheduleError("crontab -l: no crontab for me")
            return self.crontab
        if tuple(command) == ("crontab", "-"):
            self.crontab = given
        return ""


@pytest.fixture(autouse=True)
def crontab_is_there(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")


def plan(kind: str, home: Path, every: timedelta = DAY):
    return plan_for(kind, COMMAND, every=every, home=home, minute=17)


@pytest.mark.parametrize(
    ("text", "hours"), [("1h", 1), ("6h", 6), (" 1D ", 24), ("12 h", 12), ("1w", 168), ("7d", 168)]
)
def test_an_interval_is_read(text, hours):
    assert parse_every(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "6", "h", "0h", "30m", "5h", "2w", "-1d", "1.5h", "99999h"])
def test_what_is_no_interval_is_told(text):
    with pytest.raises(ScheduleError, match="--every"):
        parse_every(text)


def test_a_systemd_timer_names_the_command_to_the_letter(tmp_path):
    files = {Path(name).name: text for name, text in plan("systemd", tmp_path).files.items()}
    timer, service = (ConfigParser(interpolation=None) for _ in range(2))
    timer.read_string(files["pmjobs-ingest.timer"])
    service.read_string(files["pmjobs-ingest.service"])
    assert timer["Timer"]["OnCalendar"] == "*-*-* 05:17:00"
    assert timer["Timer"]["Persistent"] == "true"
    line = service["Service"]["ExecStart"]
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]
    assert words == COMMAND


def test_installing_a_timer_writes_only_into_the_users_folder(tmp_path):
    machine = Machine()
    words = install(plan("systemd", tmp_path), machine)
    assert sorted(p.name for p in (tmp_path / ".config/systemd/user").iterdir()) == [
        "pmjobs-ingest.service",
        "pmjobs-ingest.timer",
    ]
    assert machine.asked[-1] == ("systemctl", "--user", "enable", "--now", "pmjobs-ingest.timer")
    assert "every day" in words
    assert installed(plan("systemd", tmp_path), machine).startswith("[Unit]")

    assert remove(plan("systemd", tmp_path), machine)
    assert machine.asked[-1] == ("systemctl", "--user", "disable", "--now", "pmjobs-ingest.timer")
    assert list((tmp_path / ".config/systemd/user").iterdir()) == []
    assert not remove(plan("systemd", tmp_path), machine)
    assert installed(plan("systemd", tmp_path), machine) is None


@pytest.mark.parametrize(
    ("hours", "times"),
    [
        (1, "17 */1 * * *"),
        (6, "17 */6 * * *"),
        (12, "17 */12 * * *"),
        (24, "17 5 * * *"),
        (168, "17 5 * * 1"),
    ],
)
def test_a_cron_line_runs_at_a_minute_of_its_own(tmp_path, hours, times):
    line = plan("cron", tmp_path, timedelta(hours=hours)).cron_line
    assert line.startswith(f"{times} ")
    assert line.endswith(MARK)
    command = line.removeprefix(times).removesuffix(MARK).replace("\\%", "%")
    assert shlex.split(command) == COMMAND


@pytest.mark.parametrize(
    ("hours", "calendar"),
    [(1, "*-*-* 00/1:17:00"), (6, "*-*-* 00/6:17:00"), (168, "Mon *-*-* 05:17:00")],
)
def test_a_timer_runs_at_the_same_times_as_cron_would(tmp_path, hours, calendar):
    files = plan("systemd", tmp_path, timedelta(hours=hours)).files
    assert any(f"OnCalendar={calendar}\n" in text for text in files.values())


def test_a_crontabs_other_lines_stay(tmp_path):
    machine = Machine("MAILTO=me\n5 4 * * * backup\n")
    install(plan("cron", tmp_path), machine)
    install(plan("cron", tmp_path, timedelta(hours=6)), machine)
    lines = machine.crontab.splitlines()
    assert lines[:2] == ["MAILTO=me", "5 4 * * * backup"]
    assert len(lines) == 3
    assert lines[2] == installed(plan("cron", tmp_path), machine)

    assert remove(plan("cron", tmp_path), machine)
    assert machine.crontab == "MAILTO=me\n5 4 * * * backup\n"
    assert not remove(plan("cron", tmp_path), machine)


def test_a_user_without_a_crontab_gets_one(tmp_path):
    machine = Machine(None)
    install(plan("cron", tmp_path), machine)
    assert len(machine.crontab.splitlines()) == 1
    remove(plan("cron", tmp_path), machine)
    assert machine.crontab == ""


def test_a_launchd_job_is_a_property_list(tmp_path):
    made = plan("launchd", tmp_path)
    [(path, text)] = made.files.items()
    job = plistlib.loads(text.encode())
    assert (job["ProgramArguments"], job["StartInterval"]) == (COMMAND, 86_400)
    assert f"launchctl load -w {shlex.quote(path)}" in made.words


def test_windows_gets_instructions_and_no_files(tmp_path):
    made = plan("windows", tmp_path)
    assert made.files == {}
    assert "/SC DAILY /MO 1" in made.words
    assert '\\"/opt/my tools/pmjobs\\" ingest' in made.words


@pytest.mark.parametrize("kind", ["systemd", "cron", "launchd", "windows"])
def test_a_line_break_cannot_smuggle_a_second_command_in(tmp_path, kind):
    with pytest.raises(ScheduleError, match="cannot stand in a schedule"):
        plan_for(kind, ["pmjobs", "x\nrm"], every=DAY, home=tmp_path, minute=0)


def test_without_systemd_there_is_cron():
    assert kind_here(Machine(systemd=True)) == "systemd"
    assert kind_here(Machine(systemd=False)) == "cron"


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / ".config").write_text("")
    with pytest.raises(ScheduleError, match="cannot be written"):
        install(plan("systemd", tmp_path), Machine())


def test_a_kind_of_scheduler_that_there_is_not_is_told(tmp_path, capsys):
    with pytest.raises(ScheduleError, match="--kind foo: no scheduler; choose systemd, cron"):
        plan("foo", tmp_path)
    for command in ("install", "show", "remove"):
        assert main(["schedule", command, "--kind", "foo"]) == 2
        assert "'foo' is not one of 'systemd', 'cron'" in capsys.readouterr().err


def test_a_timer_that_cannot_be_started_leaves_no_files(tmp_path):
    with pytest.raises(ScheduleError, match="not on this machine"):
        install(plan("systemd", tmp_path), Machine(systemd=False))
    assert list((tmp_path / ".config/systemd/user").iterdir()) == []


def test_a_timer_that_cannot_be_changed_stays_as_it_was(tmp_path):
    install(plan("systemd", tmp_path), Machine())
    before = installed(plan("systemd", tmp_path), Machine())
    with pytest.raises(ScheduleError):
        install(plan("systemd", tmp_path, timedelta(hours=6)), Machine(systemd=False))
    assert installed(plan("systemd", tmp_path), Machine()) == before


def test_a_timers_files_go_even_if_systemd_cannot_be_told_and_that_is_said(tmp_path):
    install(plan("systemd", tmp_path), Machine())
    words = remove(plan("systemd", tmp_path), Machine(systemd=False))
    assert words.startswith("removed its files, but the timer could not be stopped (systemctl: ")
    assert list((tmp_path / ".config/systemd/user").iterdir()) == []


def test_where_there_is_neither_cron_nor_systemd_there_is_no_schedule(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert main(["schedule", "show"]) == 1
    assert capsys.readouterr().out.startswith("no schedule")
    assert main(["schedule", "remove"]) == 0
    assert capsys.readouterr().out == "there was no schedule\n"
    assert main(["schedule", "install"]) == 2
    assert "crontab: not on this machine" in capsys.readouterr().err


def test_a_timer_is_found_from_a_session_without_systemd(tmp_path, monkeypatch, capsys):
    install(plan("systemd", tmp_path), Machine())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("pmjobs.schedule._run", Machine(systemd=False))
    assert main(["schedule", "show"]) == 0
    assert "OnCalendar" in capsys.readouterr().out
    assert main(["schedule", "remove"]) == 0
    assert main(["schedule", "show"]) == 1
