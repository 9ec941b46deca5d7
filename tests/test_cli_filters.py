"""What people write for a country, a level, a gap: understood, or told what to write."""

import json
from datetime import UTC, datetime

import pytest

from pmjobs.cli import main
from pmjobs.cli.options import country_of
from pmjobs.errors import PmjobsError
from pmjobs.importing import import_files
from pmjobs.store import Store

ADS = [
    {"title": "PMO Lead", "company": "Weir", "location": "Leeds, United Kingdom"},
    {"title": "PMO Analyst", "company": "Wehr", "location": "Ulm, Germany"},
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))
    (tmp_path / "ads.json").write_text(json.dumps(ADS))
    with Store.open(tmp_path / "pmjobs.db") as store:
        import_files([tmp_path / "ads.json"], store, now=datetime(2026, 11, 2, tzinfo=UTC))
    assert main(["profile", "init"]) == 0
    return tmp_path


@pytest.mark.parametrize("name", ["GB", "gb", "UK", "uk", "England", "united kingdom", "GBR"])
def test_a_country_may_be_written_as_people_write_it(name, home, capsys):
    assert country_of(name) == "GB"
    capsys.readouterr()
    assert main(["search", "pmo", "--country", name, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert main(["sources", "browse", "--country", name, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) > 1


@pytest.mark.parametrize("name", ["Narnia", "XX", "", "Europe"])
def test_what_is_no_country_is_told(name, home, capsys):
    with pytest.raises(PmjobsError, match="write two letters, GB, or a name"):
        country_of(name)
    for command in (["search", "pmo"], ["compare"], ["sources", "browse"]):
        assert main([*command, "--country", name]) == 2
        assert f"--country {name}: no country {name!r} is known" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--level", "9"), "--level 9: write numbers from 1 to 7"),
        (("--level", "0.."), "--level 0..: write numbers from 1 to 7"),
        (("--level", "5..4"), "--level 5..4: nothing is between; write 4..5"),
        (("--gap", "9..1"), "--gap 9..1: write numbers from -6 to 6"),
        (("--gap", "-1..-2"), "--gap -1..-2: nothing is between; write -2..-1"),
        (("--level", "x"), "--level x: no range"),
    ],
)
def test_a_range_that_nothing_can_be_in_is_told(options, problem, home, capsys):
    assert main(["search", "pmo", *options]) == 2
    assert problem in capsys.readouterr().err
    if options[0] == "--level":
        assert main(["compare", *options]) == 2
        assert problem in capsys.readouterr().err


@pytest.mark.parametrize("words", ['""', "-pmo", "?!"])
def test_words_that_look_for_nothing_are_told(words, home, capsys):
    assert main(["search", "--", words]) == 2
    assert "name at least one word that an ad should have" in capsys.readouterr().err


def test_without_words_the_newest_ads_are_shown(home, capsys):
    for words in ([], [""], [" "]):
        assert main(["search", *words, "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)) == 2
