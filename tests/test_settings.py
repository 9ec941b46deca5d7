"""sources.toml: read as written, refused with a place and a remedy, edited with care."""

import pytest

from pmjobs.errors import SettingsError
from pmjobs.posting import Board
from pmjobs.settings import Network, Settings, add_board, load_settings, remove_board

WRITTEN = """\
# my boards
[[board]]
source = "greenhouse"  # the good one
board = "acme"

[[board]]
source = "lever"
board = "borealis"
base_url = "https://api.eu.lever.co/"
query = ["pmo", "programme manager"]
limit = 20
active = true

[network]
contact = "ada@example.org"
requests_per_second = 0.5
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "sources.toml"
    file.write_text(WRITTEN, encoding="utf-8")
    return file


def test_boards_and_network_are_read_as_written(path):
    assert load_settings(path) == Settings(
        boards=(
            Board("greenhouse", "acme"),
            Board(
                "lever",
                "borealis",
                "https://api.eu.lever.co",
                (("query", "pmo"), ("query", "programme manager"), ("limit", "20"),
                 ("active", "true")),
            ),
        ),
        network=Network("ada@example.org", 0.5, False),
    )  # fmt: skip


def test_an_empty_file_has_no_boards_and_polite_defaults(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text("", encoding="utf-8")

    assert load_settings(path) == Settings((), Network(None, 1.0, False))


BOARD = '[[board]]\nsource = "lever"\nboard = "acme"\n'

# (what the user wrote, what pmjobs says)
MISTAKES = [
    ("[[board]\n", "sources.toml: line 1, column 8: .*mend this line"),
    ('[network]\ncontact = "a', "sources.toml: (line 2|at the end)"),
    ('[board]\nsource = "lever"\n', "write \\[\\[board\\]\\], with two brackets"),
    ("boards = 3\n", "sources.toml: boards: unknown; boards go under"),
    ('[[board]]\nsource = "lever"\n', "board 1: board: missing; write board = "),
    ("[[board]]\nsource = 3\n", "board 1: source: missing"),
    (BOARD + 'base_url = "ftp://a"\n', r"board 1 \(lever:acme\): base_url: 'ftp://a' is no addr"),
    (BOARD + 'base_url = "http://a:99999"\n', "base_url: 'http://a:99999' is no address"),
    (BOARD + 'base_url = "https://me:secret@a"\n', "leave the password out"),
    (BOARD + "base_url = 3\n", "base_url: write it in quotes"),
    (BOARD + "since = 2026-01-01\n", "since: write a text, a whole number"),
    (BOARD + BOARD, "lever:acme is listed twice; remove one"),
    ("[network]\nspeed = 3\n", "network: speed: unknown; known are contact, requests_per"),
    ("network = 3\n", r"write \[network\] on a line of its own"),
    ("[network]\nrequests_per_second = 0\n", "write more than 0 and at most 1"),
    ("[network]\nrequests_per_second = 50\n", "write more than 0 and at most 1"),
    ("[network]\nrequests_per_second = nan\n", "write a number such as 1.0"),
    ('[network]\nrequests_per_second = "1"\n', "write a number such as 1.0"),
    ("[network]\nallow_loopback = 1\n", "write true or false"),
    ('[network]\ncontact = "a\\r\\nX-Evil: 1"\n', "write one e-mail address or URL"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_remedy(tmp_path, text, message):
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError, match=message):
        load_settings(path)


def test_an_absent_file_says_how_to_start_one(tmp_path):
    with pytest.raises(SettingsError, match="no such file; `pmjobs sources add"):
        load_settings(tmp_path / "sources.toml")


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingsError, match="not UTF-8 text"):
        load_settings(path)


def test_high_rates_are_for_loopback_only(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text("[network]\nrequests_per_second = 900\nallow_loopback = true\n", "utf-8")

    assert load_settings(path).network == Network(None, 900.0, True)


def test_adding_a_board_keeps_every_line_the_user_wrote(path):
    add_board(path, Board("ashby", "cirrus", options=(("query", "a"), ("query", "b"))))

    text = path.read_text(encoding="utf-8")
    assert all(line in text.splitlines() for line in WRITTEN.splitlines())
    assert load_settings(path).boards[2] == Board(
        "ashby", "cirrus", None, (("query", "a"), ("query", "b"))
    )
    assert load_settings(path).network.contact == "ada@example.org"


def test_adding_to_no_file_starts_a_commented_one(tmp_path):
    path = tmp_path / "new" / "sources.toml"

    add_board(path, Board("greenhouse", "acme"))

    assert load_settings(path) == Settings((Board("greenhouse", "acme"),), Network())
    assert path.read_text(encoding="utf-8").startswith("# Boards that `pmjobs ingest` reads.")
    assert [p.name for p in path.parent.iterdir()] == ["sources.toml"]  # nothing left over


def test_adding_a_board_twice_is_an_error_and_changes_nothing(path):
    with pytest.raises(SettingsError, match="greenhouse:acme is listed already"):
        add_board(path, Board("greenhouse", "acme"))

    assert path.read_text(encoding="utf-8") == WRITTEN


def test_a_board_that_could_not_be_read_back_is_not_added(path):
    with pytest.raises(SettingsError, match="is no address"):
        add_board(path, Board("ashby", "cirrus", base_url="nonsense"))

    assert path.read_text(encoding="utf-8") == WRITTEN


def test_removing_a_board_leaves_the_others(path):
    remove_board(path, Board("greenhouse", "acme"))

    assert [board.key for board in load_settings(path).boards] == ["lever:borealis"]
    assert path.read_text(encoding="utf-8").startswith("# my boards")


def test_removing_the_last_board_leaves_a_file_that_still_reads(path):
    remove_board(path, Board("greenhouse", "acme"))
    remove_board(path, Board("lever", "borealis"))
    assert load_settings(path).boards == ()

    add_board(path, Board("lever", "borealis"))
    assert load_settings(path).boards == (Board("lever", "borealis"),)


def test_removing_an_unknown_board_says_where_to_look(path):
    with pytest.raises(SettingsError, match="lever:nobody is not listed; see `pmjobs sources li"):
        remove_board(path, Board("lever", "nobody"))


def test_a_link_to_the_file_stays_a_link(path, tmp_path):
    link = tmp_path / "link.toml"
    link.symlink_to(path)

    add_board(link, Board("ashby", "cirrus"))

    assert link.is_symlink()
    assert len(load_settings(path).boards) == 3
