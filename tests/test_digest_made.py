"""Digests from the store: each piece of news once, nothing missed, silent without news."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest

from pmjobs.cli import main
from pmjobs.digest import make_digest, told
from pmjobs.errors import BusyError
from pmjobs.store import MarkKind, Store
from tests.builders import ad, estimated, pay, reader
from tests.test_cli_compare import PROFILE, TEXT, fill

MODEL = SimpleNamespace(model_id="test")  # all ads of the builders are levelled by it
ME = reader(3, skill=[{"name": "Risk management", "proof": "ran workshops"}])
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE = ad(TEXT, key="a/1", title="Senior PM", salary=pay(60_000))
TWO = ad(TEXT, key="a/2", title="Delivery Lead")
LOW = ad(TEXT, key="a/3", title="Assistant")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "pmjobs.db") as store:
        yield store


def show(store, *ads, at):
    fill(store, [(one, estimated(1 if one is LOW else 4)) for one in ads], at)


def read(store, now, **more) -> dict[str, tuple[str, ...]]:
    """Make the next digest, note it, and return what it tells: key → what happened."""
    found = make_digest(store, ME, MODEL, since=None, now=now, **more)
    told(store, found)
    return {one.comparison.posting.source_id: one.happened for one in found.news}


def test_each_ad_is_told_once_and_again_when_it_changes(store):
    show(store, ONE, TWO, at=MONDAY)
    first = read(store, MONDAY + HOUR)
    second = read(store, MONDAY + 2 * HOUR)
    dearer = replace(ONE, base_salary=pay(65_000), title="Lead PM")
    show(store, dearer, TWO, at=MONDAY + 3 * HOUR)
    third = read(store, MONDAY + 4 * HOUR)

    assert first == {"a/1": ("new",), "a/2": ("new",)}
    assert second == {}
    assert third == {"a/1": ("title changed", "pay changed")}


def test_what_does_not_fit_or_is_answered_or_closed_is_not_told(store):
    show(store, ONE, TWO, LOW, at=MONDAY)
    store.save_mark(1, MarkKind.NOT_FOR_ME, MONDAY)
    for hours in (1, 2, 3):
        show(store, ONE, LOW, at=MONDAY + hours * HOUR)

    assert read(store, MONDAY + 4 * HOUR) == {}


def test_a_higher_threshold_tells_less(store):
    show(store, ONE, at=MONDAY)
    assert read(store, MONDAY + HOUR, least=99) == {}


def test_the_first_digest_looks_back_a_week(store):
    show(store, ONE, at=MONDAY)
    show(store, ONE, TWO, at=MONDAY + timedelta(days=7))
    assert read(store, MONDAY + timedelta(days=8)) == {"a/2": ("new",)}


def test_those_beyond_the_most_are_counted(store):
    show(store, ONE, TWO, at=MONDAY)
    found = make_digest(store, ME, MODEL, since=None, now=MONDAY + HOUR, most=1)

    assert (len(found.news), found.n_more) == (1, 1)
    assert "1 more fit" in found.document().opening


def test_what_happens_while_it_is_made_is_for_the_next_digest(store):
    show(store, ONE, at=MONDAY)
    show(store, ONE, TWO, at=MONDAY + 2 * HOUR)

    assert list(read(store, MONDAY + HOUR)) == ["a/1"]
    assert list(read(store, MONDAY + 3 * HOUR)) == ["a/2"]


def test_it_waits_for_ingest_rather_than_miss_what_is_being_written(store, tmp_path):
    with (
        Store.open(tmp_path / "pmjobs.db") as other,
        other.locked(),
        pytest.raises(BusyError, match="another run"),
    ):
        make_digest(store, ME, MODEL, since=None, now=MONDAY, wait_s=0.1)
    assert store.last_digest() is None


def test_ads_without_a_level_are_levelled_first(store, monkeypatch):
    fill(store, [(ONE, estimated(4))], MONDAY)
    newer = SimpleNamespace(model_id="newer")
    monkeypatch.setattr(
        "pmjobs.estimating.estimate_many",
        lambda ads, model, n_jobs: [replace(estimated(5), model_id="newer") for _ in ads],
    )

    found = make_digest(store, ME, newer, since=None, now=MONDAY + HOUR)

    assert [int(one.comparison.estimate.level) for one in found.news] == [5]


# as a command


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))
    monkeypatch.setattr("pmjobs.level.artefact.load_model", lambda folder: MODEL)
    (tmp_path / "profile.toml").write_text(PROFILE, "utf-8")
    with Store.open(tmp_path / "pmjobs.db") as store:
        show(store, replace(ONE, title="Senior PM <i>"), TWO, at=datetime.now(UTC) - HOUR)
    return tmp_path


def test_news_is_printed_once_and_then_there_is_silence(home, capsys):
    assert main(["digest"]) == 0
    first = capsys.readouterr()
    assert main(["digest", "--html", str(home / "d.html"), "--eml", str(home / "d.eml")]) == 0
    second = capsys.readouterr()

    assert "2 ads for you" in first.out
    assert second == ("", "")
    assert sorted(path.suffix for path in home.iterdir() if path.stem == "d") == []


def test_files_are_written_and_escaped(home, capsys):
    files = [str(home / f"d.{ending}") for ending in ("md", "html", "eml")]
    assert main(["digest", "--markdown", files[0], "--html", files[1], "--eml", files[2]]) == 0

    assert "Senior PM \\<i\\>" in (home / "d.md").read_text("utf-8")
    assert "Senior PM &lt;i&gt;" in (home / "d.html").read_text("utf-8")
    mail = message_from_bytes((home / "d.eml").read_bytes(), policy=policy.default)
    assert mail["Subject"] == "pmjobs: 2 ads for you"
    assert mail["To"] is None
    assert capsys.readouterr().out == ""


def test_a_digest_that_could_not_be_written_is_told_again(home, capsys):
    assert main(["digest", "--html", str(home / "nowhere" / "d.html")]) == 2
    assert main(["digest"]) == 0
    assert "2 ads for you" in capsys.readouterr().out


def test_a_look_back_takes_nothing_from_the_next_digest(home, capsys):
    assert main(["digest", "--since", "1d", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert main(["digest"]) == 0

    assert [one["happened"] for one in found] == [["new"], ["new"]]
    assert "2 ads for you" in capsys.readouterr().out


@pytest.mark.parametrize(
    "address", ["me@example.org\nBcc: you@example.org", "me@example.org\r", "me"]
)
def test_an_address_that_is_none_is_refused(home, capsys, address):
    assert main(["digest", "--eml", str(home / "d.eml"), "--to", address]) == 2
    assert "no mail address" in capsys.readouterr().err
    assert not (home / "d.eml").exists()
