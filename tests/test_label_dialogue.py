"""A labelling session from script: what is shown, what is asked, what is kept."""

import io
import json
from datetime import UTC, datetime

import pytest
from rich.console import Console

from pmjobs.cli import main
from pmjobs.cli.label_dialogue import label_ads
from pmjobs.labelling import blind, fingerprint, read_labels
from pmjobs.ladder import Dimension, Family, Level, Track
from tests.builders import ad

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TEXT = """About Larkfield Harbours
At Larkfield we move four million parcels; write to jobs@larkfield-harbours.example or see larkfield.com.
The role
As our Senior Berth Programme Manager, you will own the quay renewal from start to end.
Senior Berth Programme-Manager: you chair the delivery board.
You report to the Harbour Director and lead six project managers.
Requirements
Seven years of leading renewals in a harbour.
"""  # noqa: E501
TITLE = "Senior Berth Programme Manager - Harbours (m/f/d)"

# One label: family, track, eleven codes, level, interval, years, reports, quotes, confidence.
IN_SCOPE = ["1", "3", *"33333", "-", "4", "4-5", "7", "managers", "2 3", "h"]
OUT = ["account_sales", "", "m"]


def posting(key="1", text=TEXT, title=TITLE, employer="Larkfield Harbours Ltd"):
    return ad(text, key=key, title=title, employer=employer)


def session(path, answers, postings):
    """Run a session; return (how it went, all that was shown)."""
    console = Console(file=io.StringIO(), width=120)
    left = iter(answers)

    def ask(prompt):
        console.print(prompt, end="", markup=False)
        answer = next(left, None)
        if answer is None:
            raise EOFError
        return answer

    done = label_ads(postings, path, labeller="anna", ask=ask, console=console, clock=lambda: NOW)
    assert next(left, None) is None, "not all answers were asked for"
    return done, console.file.getvalue()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "anna.jsonl"


# What is shown


def test_neither_title_nor_employer_nor_address_is_shown(path):
    _, shown = session(path, IN_SCOPE, [posting()])

    for word in ("Senior", "Berth", "Larkfield", "LARKFIELD", "jobs@", ".com", "test:1", "m/f/d"):
        assert word not in shown.replace("Senior project manager", "")  # a rung of the ladder
    assert "lead six project managers" in shown
    assert "report to the Harbour Director" in shown


def test_hidden_letters_leave_all_offsets_where_they_were():
    found = blind(posting())

    assert len(found.masked) == len(found.original) == len(TEXT)
    assert found.masked.count("\n") == TEXT.count("\n")


@pytest.mark.parametrize(
    ("employer", "text", "shown"),
    [
        ("Oakmoor Ltd", "Oakmoor, OAKMOOR and oakmoor's", "_______, _______ and _______'s"),
        ("Oakmoor Health", "At Oakmoor we sell health", "At _______ we sell health"),
        ("Oakmoor Health", "Follow @lifeatoakmoor now", "Follow ______________ now"),
        ("Oakmoor Health", "The OakmoorHealth way", "The _____________ way"),
        ("OM", "At OM om stays", "At __ om stays"),
        ("oakmoor", "at oakmoor we plan", "at _______ we plan"),
        ("Target", "Target hits its target, each target", "Target hits its target, each target"),
        (None, "Oakmoor keeps the plan", "Oakmoor keeps the plan"),
    ],
)
def test_an_employers_words_are_hidden_unless_the_ad_uses_them_plainly(employer, text, shown):
    assert blind(posting(text=text, title="", employer=employer)).masked == shown


def test_other_peoples_posts_stay_for_they_are_evidence():
    text = "You lead three project managers. You report to the Programme Director."
    assert blind(posting(text=text, title="Project Manager", employer=None)).masked == text


def test_hostile_text_sends_no_control_character_to_the_terminal(path):
    text = "You plan the work.\x1b[2J\x1b]0;owned\x07 [red]You[/red] lead \u202ethe team."
    _, shown = session(path, ["q"], [posting(text=text)])

    assert not [c for c in shown if not c.isprintable() and c != "\n"]
    assert "[red]You[/red]" in shown


def test_a_long_text_without_blanks_is_hidden_in_no_time():
    text = "a." * 20_000 + "x" * 20_000
    assert len(blind(posting(text=text)).masked) == 40_000


def test_the_rubrics_reading_is_told_only_after_the_level(path):
    _, shown = session(path, IN_SCOPE, [posting()])
    assert shown.index("level 1-7") < shown.index("the codes read as L4 too")


# What is kept


def test_a_full_label(path):
    done, _ = session(path, IN_SCOPE, [posting()])

    (label,) = read_labels(path)
    assert (done.labelled, done.skipped, done.left) == (1, 0, 0)
    assert (label.id, label.text_sha256) == ("test:1", fingerprint(TEXT))
    assert (label.family, label.track) == (Family.PROJECT_DELIVERY, Track.PROGRAMME)
    assert (label.level, label.low, label.high) == (Level(4), Level(4), Level(5))
    assert label.dimensions == dict.fromkeys(tuple(Dimension)[:5], 3.0)
    assert (label.years, str(label.reports), str(label.confidence)) == (7.0, "managers", "h")
    assert label.labelled_at == NOW
    assert [TEXT[start:end][:18] for start, end in label.evidence] == [
        "As our Senior Bert",
        "Senior Berth Progr",
    ]


def test_all_but_the_decision_can_be_left_out(path):
    session(path, ["1", "project", "-", "", "", "", "", "l"], [posting()])

    (label,) = read_labels(path)
    assert (label.level, label.low, label.years, label.reports) == (None, None, None, None)
    assert (label.dimensions, label.evidence) == ({}, ())


def test_work_out_of_scope_is_asked_no_more_than_its_family(path):
    session(path, OUT, [posting()])

    (label,) = read_labels(path)
    assert (label.family, label.track, label.level) == (Family.ACCOUNT_SALES, None, None)


def test_a_level_can_be_changed_once_the_codes_have_spoken(path):
    low = ["1", "1", "1", "1", "1", "1", "1", "-"]
    _, shown = session(path, [*low, "5", "2", "", "", "", "", "m"], [posting()])

    assert "the codes read as L2, you say L5" in shown
    assert read_labels(path)[0].level == Level(2)


def test_the_person_has_the_last_word(path):
    low = ["1", "1", "1", "1", "1", "1", "1", "-"]
    session(path, [*low, "5", "", "", "", "", "", "m"], [posting()])
    assert read_labels(path)[0].level == Level(5)


def test_slips_of_the_keys_are_asked_again(path):
    slips = ["99", "pro", "nothing", *OUT]
    _, shown = session(path, slips, [posting()])

    assert shown.count("the beginning of one name") == 2  # "pro" begins several names
    assert shown.count("1 to 18, or the beginning of a name") == 1
    assert len(read_labels(path)) == 1


@pytest.mark.parametrize(
    ("at", "slip", "said"),
    [
        (2, "2.3", "0 to 4 in halves"),
        (2, "nan", "0 to 4 in halves"),
        (8, "8", "1 to 7, or Enter"),
        (9, "5-6", "the interval has to hold L4"),
        (10, "inf", "0 to 50, or Enter"),
        (12, "1 2 3 4", "at most 3"),
        (12, "0", "numbers of sentences"),
    ],
)
def test_every_wrong_answer_says_what_would_be_right(path, at, slip, said):
    _, shown = session(path, [*IN_SCOPE[:at], slip, *IN_SCOPE[at:]], [posting()])

    assert said in shown
    assert read_labels(path)[0].level == Level(4)


def test_help_explains_the_question_at_hand(path):
    _, shown = session(path, ["?", "1", "?", "1", "?", "q"], [posting()])

    assert "Quota, pipeline, upsell" in shown
    assert "What fails if this person fails" in shown
    assert "culture phrase" in shown


# Turns


def test_what_was_given_is_kept_whenever_the_session_ends(path):
    for ending in (["q"], [], ["1", "3", "q"], ["1", "3", "2"]):
        path.unlink(missing_ok=True)
        done, _ = session(path, [*OUT, *ending], [posting("1"), posting("2"), posting("3")])
        assert (done.labelled, done.left) == (1, 2)
        assert [label.id for label in read_labels(path)] == ["test:1"]


def test_control_c_ends_the_session_like_q(path):
    def ask(_):
        raise KeyboardInterrupt

    done = label_ads(
        [posting()], path, labeller="anna", ask=ask,
        console=Console(file=io.StringIO()), clock=lambda: NOW,
    )  # fmt: skip
    assert (done.labelled, done.left) == (0, 1)


def test_a_skipped_ad_leaves_no_row(path):
    done, _ = session(path, ["s", "1", "3", "s", *OUT], [posting(n) for n in "123"])

    assert (done.labelled, done.skipped, done.left) == (1, 2, 0)
    assert [label.id for label in read_labels(path)] == ["test:3"]


def test_one_step_back_takes_the_last_label_back_and_asks_again(path):
    again = ["operations_line", "", "l"]
    done, shown = session(path, [*OUT, "u", *again, *OUT], [posting("1"), posting("2")])

    assert "the last label is taken back" in shown
    assert [label.family for label in read_labels(path)] == [
        Family.OPERATIONS_LINE,
        Family.ACCOUNT_SALES,
    ]
    assert done.labelled == 2


def test_one_step_back_within_an_ad_begins_that_ad_again(path):
    session(path, [*OUT, "1", "3", "u", *OUT], [posting("1"), posting("2")])
    assert [str(label.family) for label in read_labels(path)] == ["account_sales"] * 2


def test_there_may_be_nothing_to_take_back(path):
    _, shown = session(path, ["u", *OUT], [posting()])
    assert "no label to take back" in shown


# The command


def test_the_command_labels_stored_ads_and_chooses_others_next_time(
    demo_db, tmp_path, monkeypatch, capsys
):
    def run():
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*OUT, "s", "q"]) + "\n"))
        return main(["label", "--as", "anna", "--db", str(demo_db), "--labels", str(tmp_path)])

    assert (run(), run()) == (0, 0)

    labels = read_labels(tmp_path / "anna.jsonl")
    assert len({label.id for label in labels}) == 2
    assert "1 labels added" in capsys.readouterr().err
    assert main(["label", "--check", str(tmp_path / "anna.jsonl"), "--db", str(demo_db)]) == 0
    assert "2 labels, 0 wrong" in capsys.readouterr().out


def test_labels_go_to_the_users_folder_unless_there_is_one_here(
    demo_db, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def run():
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*OUT, "q"]) + "\n"))
        return main(["label", "--as", "anna", "--db", str(demo_db)])

    assert run() == 0
    assert len(read_labels(tmp_path / "home" / "labels" / "anna.jsonl")) == 1
    (tmp_path / "data" / "labels").mkdir(parents=True)
    assert run() == 0
    assert len(read_labels(tmp_path / "data" / "labels" / "anna.jsonl")) == 1


def test_check_names_the_lines_and_fails(tmp_path, capsys):
    path = tmp_path / "anna.jsonl"
    path.write_text("{}\n", encoding="utf-8")

    assert main(["label", "--check", str(path)]) == 1
    assert f"{path}: line 1: id: missing" in capsys.readouterr().out
    assert main(["label", "--check", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["wrong"] == [{"line": 1, "problem": "id: missing"}]


def test_agreement_prints_figures_with_counts(tmp_path, capsys):
    files = []
    for name in ("anna", "ben"):
        files.append(tmp_path / f"{name}.jsonl")
        session(files[-1], [*IN_SCOPE, *OUT], [posting("1"), posting("2")])

    assert main(["label", "--agreement", *map(str, files)]) == 0
    out = capsys.readouterr().out
    assert "2 ads labelled by both (2 and 2)" in out
    assert "level: exact" in out
    assert main(["label", "--agreement", *map(str, files), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scope_kappa"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "whose labels? give a name, such as --as anna"),
        (["--as", "../x"], "use small letters"),
        (["--as", "anna", "--labels", "none"], "none: no such folder"),
        (["--check", "none.jsonl"], "none.jsonl: no such file"),
        (["--agreement", "a.jsonl", "b.jsonl"], "a.jsonl: no such file"),
        (["--as", "anna", "--input", "-", "--labels", "."], "give the ads as a file"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["label", *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
