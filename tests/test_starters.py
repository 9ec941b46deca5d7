"""The list of boards to start from: whole, readable, and nothing of it is read unasked."""

from collections import Counter

import pytest

from pmjobs import places
from pmjobs.cli import main
from pmjobs.cli.sourcing import numbers_of
from pmjobs.errors import SettingsError
from pmjobs.settings import load_settings
from pmjobs.sources import check_board
from pmjobs.starters import choose, load_starters


@pytest.fixture(scope="module")
def starters():
    return load_starters(places.shipped("data/boards.toml"))


def test_every_board_of_the_list_can_be_added(starters):
    for one in starters:
        check_board(one.board)
    assert [one.number for one in starters] == list(range(1, len(starters) + 1))
    keys = Counter(one.board.key.lower() for one in starters)
    assert [key for key, n in keys.items() if n > 1] == []
    assert len({one.board.source for one in starters}) > 10


def test_what_was_seen_is_dated_and_searches_were_not_counted(starters):
    for one in starters:
        assert (one.project_titles is None) == (one.seen is None)
        assert one.project_titles is None or one.project_titles >= 2
        assert all(len(code) == 2 and code.isupper() for code in one.countries)
        assert all(kind == kind.lower() for kind in one.kinds)


def test_no_board_that_may_not_be_read_is_on_the_list(starters):
    assert not [one for one in starters if one.board.source == "smartrecruiters"]


def test_words_and_countries_choose(starters):
    everything = choose(starters)
    assert everything == list(starters)
    pmo = choose(starters, words="PMO")
    assert 0 < len(pmo) < len(starters)
    british = choose(starters, words="pmo", countries=("gb",))
    assert {one.number for one in british} < {one.number for one in pmo}
    assert all("GB" in one.countries for one in british)
    assert choose(starters, words="pmo no-such-word") == []


def test_a_damaged_list_says_what_to_do(tmp_path):
    for text in ("", "[[board]]\nname = 'x'\n", "[["):
        (tmp_path / "boards.toml").write_text(text)
        with pytest.raises(SettingsError, match="reinstall pmjobs"):
            load_starters(tmp_path / "boards.toml")
    with pytest.raises(SettingsError, match="reinstall pmjobs"):
        load_starters(tmp_path / "absent.toml")


def test_chosen_boards_are_written_once_with_what_they_need(starters, tmp_path, capsys):
    path = tmp_path / "sources.toml"
    search = next(one for one in starters if one.board.source == "jobtech")
    chosen = f"1,{search.number}"
    assert main(["sources", "browse", "--sources", str(path), "--add", chosen]) == 0
    assert main(["sources", "browse", "--sources", str(path), "--add", chosen, "--add", "2"]) == 0
    assert load_settings(path).boards == (
        starters[0].board,
        search.board,
        starters[1].board,
    )
    assert "is listed already" in capsys.readouterr().err


def test_browsing_writes_nothing(tmp_path, capsys):
    path = tmp_path / "sources.toml"
    assert main(["sources", "browse", "--sources", str(path), "--words", "pmo", "--json"]) == 0
    assert not path.exists()
    assert '"project_titles"' in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["0", "10", "3-1", "x", "", "1,,2", "-1"])
def test_numbers_that_are_not_on_the_list_are_refused(wrong):
    with pytest.raises(SettingsError, match="write numbers of the list, 1 to 9"):
        numbers_of([wrong], most=9)
