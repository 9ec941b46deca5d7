"""compare, plan, mark and marks as a person uses them."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pmjobs.cli import main
from pmjobs.posting import Board, Location, Payload
from pmjobs.profile.write import template
from pmjobs.store import Answer, Store
from tests.builders import ad, estimated, pay

NOW = datetime.now(UTC)
PROFILE = """
[now]
title = "Project Manager"
employer = "Larkfield Dental Supplies"
track = "project"
[pay]
amount = 50000
currency = "GBP"
period = "YEAR"
basis = "permanent"
[level]
accountability = { anchor = 2, proof = "answered for a move of 300 desks" }
scope = { anchor = 2, proof = "twelve months, four sites" }
people = { anchor = 2, proof = "led nine people" }
stakeholders = { anchor = 2, proof = "reported to the board" }
[[skill]]
name = "Risk management"
proof = "ran eleven risk workshops"
"""
TEXT = "Requirements\n- Risk management\n- Six Sigma"
GB = (Location("Leeds", country="GB"),)
ADS = [
    (ad(TEXT, key="a/1", title="Senior PM", salary=pay(70_000), locations=GB), estimated(4)),
    (ad(TEXT, key="a/2", title="PM", locations=GB), estimated(3)),
    (ad(TEXT, key="a/3", title="Programme Lead <x>"), estimated(4)),
    (ad(TEXT, key="a/4", title="Assistant", salary=pay(30_000)), estimated(1)),
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's folder with a profile and a store of four levelled ads, ids 1 to 4."""
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "160")
    (tmp_path / "profile.toml").write_text(PROFILE, "utf-8")
    with Store.open(tmp_path / "pmjobs.db") as store:
        fill(store, ADS, NOW - timedelta(hours=1))
    return tmp_path


def fill(store, ads, at):
    run_id = store.start_run(at)
    payloads = [(Payload(p.source, p.source_id, None, at, repr(p)), p) for p, _ in ads]
    board = Board("test", "a")
    store.save_answer(
        run_id, Answer(board=board, read_at=at, digest=repr(ads), reader="1", ads=payloads)
    )
    by_key = {stored.posting.key: stored for stored in store.postings()}
    store.save_estimates([(by_key[p.key], estimate) for p, estimate in ads], now=at)


def said(capsys, *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def lines(capsys, *arguments: str) -> list[dict]:
    return [json.loads(line) for line in said(capsys, *arguments).splitlines()]


def test_compare_ranks_with_ids_and_explains_the_order(home, capsys):
    out = said(capsys, "compare")
    first, second, *_ = [line for line in out.splitlines() if line.strip()[:1].isdigit()]

    assert first.split()[0] == "1"
    assert second.split()[0] == "3"
    assert "score = requirements (25) + step (45)" in out
    assert "left out" not in out


@pytest.mark.parametrize("columns", [80, 60])
def test_a_narrow_terminal_keeps_title_and_employer_and_folds_the_rest(
    home, capsys, monkeypatch, columns
):
    monkeypatch.setenv("COLUMNS", str(columns))
    said(capsys, "mark", "1", "interesting")

    found = said(capsys, "compare", "--level", "4", "--left-out").splitlines()

    first = next(n for n, line in enumerate(found) if "Senior PM, Quillstone Ltd" in line)
    assert found[first].split()[-2:] == ["L4", "+1"]
    below = " ".join(" ".join(found[first + 1 : first + 3]).split())
    assert below.startswith("interesting; real step up; up + out; 1✓ 1✗ 0?")
    left = next(n for n, line in enumerate(found) if "Assistant, Quillstone Ltd" in line)
    assert found[left + 1].strip() == "L1"
    assert all(len(line) <= columns for line in found)


def test_what_a_filter_leaves_out_is_counted_and_listed_on_demand(home, capsys):
    counted = said(capsys, "compare", "--level", "4", "--pay", "10%")
    listed = said(capsys, "compare", "--level", "4", "--pay", "10%", "--left-out")

    assert "3 ads left out" in counted
    assert "pay: the ad states no pay (2)" in counted
    assert "Left out: 3 ads" in listed
    assert any("Assistant" in line and "L1; pay: 40% less" in line for line in listed.splitlines())


def test_what_the_profile_rules_out_is_left_out_as_its_template_says(home, capsys):
    with (home / "profile.toml").open("a", encoding="utf-8") as profile:
        profile.write('\n[out]\nwords = ["programme lead"]\n')
    why = "you ruled out 'programme lead'"

    counted = said(capsys, "compare")
    listed = said(capsys, "compare", "--left-out")

    assert f"1 ad left out (--left-out lists them): {why}" in " ".join(counted.split())
    assert "Programme Lead" not in counted
    assert any("Programme Lead" in line and why in line for line in listed.splitlines())
    assert "leaves such ads out; --left-out lists them" in template()


def test_json_holds_every_ad_those_left_out_last_with_the_reason(home, capsys):
    found = lines(capsys, "compare", "--country", "gb", "--json")

    assert [(one["stored_id"], one["left_out"]) for one in found] == [
        (1, None),
        (2, None),
        (3, ["names no country"]),
        (4, ["names no country"]),
    ]


def test_no_filter_leaves_anything_out_of_the_file_that_is_asked_for(home, capsys):
    target = home / "out.jsonl"
    assert main(["compare", "--output", str(target)]) == 0
    assert len(target.read_text("utf-8").splitlines()) == len(ADS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--shows", "fun"), "fun: no characteristic"),
        (("--pay", "much"), "--pay much: no percentage; write 10%"),
        (("--level", "x"), "--level x: no range"),
        (("--move", "away"), "away"),
        (("--markdown", "x.md"), "need a POST"),
        (("nothing.txt",), "neither a stored ad nor a file"),
    ],
)
def test_a_wrong_option_is_refused_in_words(home, capsys, arguments, words):
    assert main(["compare", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_mark_is_shown_used_and_kept_with_its_history(home, capsys):
    said(capsys, "mark", "3", "interesting")
    said(capsys, "mark", "test:a/1", "not-for-me", "--why", "too far")
    out = said(capsys, "compare", "--left-out")
    marked = lines(capsys, "compare", "--marked", "interesting", "--json")
    said(capsys, "mark", "1", "none")

    assert any("interesting" in line and "Programme Lead" in line for line in out.splitlines())
    assert any("marked not-for-me" in line and "Senior PM" in line for line in out.splitlines())
    assert [one["stored_id"] for one in marked if one["left_out"] is None] == [3]
    now = json.loads(said(capsys, "marks", "--json"))
    assert [(one["posting_id"], one["kind"]) for one in now] == [(3, "interesting")]
    told = said(capsys, "marks", "1", "--history")
    assert "too far" in told
    assert "none" in told


def test_an_ad_that_is_not_stored_cannot_be_marked(home, capsys):
    assert main(["mark", "99", "applied"]) == 2
    assert "99: no such ad in the store" in capsys.readouterr().err


def test_the_case_for_a_file_at_ones_own_employer(home, capsys, monkeypatch):
    monkeypatch.setattr("pmjobs.cli.posting_ref.load_model", lambda folder: None)
    monkeypatch.setattr(
        "pmjobs.cli.posting_ref.estimate_posting", lambda posting, model: estimated(4)
    )
    vacancy = home / "vacancy.txt"
    vacancy.write_text(f"Senior Project Manager\n{TEXT}\n", "utf-8")

    told = said(capsys, "compare", str(vacancy), "--internal")
    outside = said(capsys, "compare", str(vacancy))
    [as_json] = lines(capsys, "compare", str(vacancy), "--internal", "--json")

    assert "The case for Senior Project Manager, Larkfield Dental Supplies" in told
    assert "A post at your own employer" in told
    assert "Your proof: ran eleven risk workshops" in told
    assert "A post at your own employer" not in outside
    assert as_json["moves"] == ["up"]
    assert as_json["gaps"][0]["skill"] == "Lean and Six Sigma"


def test_every_id_in_an_answer_is_one_that_explain_finds(home, capsys, monkeypatch):
    answered = [line["id"] for line in lines(capsys, "compare", "--json")]
    answered += [line["id"] for line in lines(capsys, "digest", "--since", "2020-01-01", "--json")]
    answered += [line["id"] for line in lines(capsys, "compare", "3", "--json")]
    with Store.open(home / "pmjobs.db") as store:
        assert answered
        assert all(store.find(name) for name in answered)


def test_the_case_for_a_file_is_named_by_the_file(home, capsys, monkeypatch):
    monkeypatch.setattr("pmjobs.cli.posting_ref.load_model", lambda folder: None)
    monkeypatch.setattr(
        "pmjobs.cli.posting_ref.estimate_posting", lambda posting, model: estimated(4)
    )
    vacancy = home / "vacancy.txt"
    vacancy.write_text(f"Senior Project Manager\n{TEXT}\n", "utf-8")
    [found] = lines(capsys, "compare", str(vacancy), "--json")
    assert found["id"] == str(vacancy)


def test_the_case_for_a_stored_ad_needs_no_model(home, capsys):
    page = home / "case.html"
    assert main(["compare", "3", "--html", str(page)]) == 0

    text = page.read_text("utf-8")
    assert "Programme Lead &lt;x&gt;" in text
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_a_vacancy_may_be_a_word_file(home, capsys, monkeypatch, kind):
    monkeypatch.setattr("pmjobs.cli.posting_ref.load_model", lambda folder: None)
    monkeypatch.setattr(
        "pmjobs.cli.posting_ref.estimate_posting", lambda posting, model: estimated(4)
    )
    vacancy = home / f"vacancy.{kind}"
    words = ("Senior Project Manager", "Requirements", "Risk management", "Six Sigma")
    if kind == "docx":
        docx = pytest.importorskip("docx")
        document = docx.Document()
        for line in words:
            document.add_paragraph(line)
        document.save(str(vacancy))
    else:
        vacancy.write_text("\n".join(words), "utf-8")

    [found] = lines(capsys, "compare", str(vacancy), "--json")

    assert found["title"] == "Senior Project Manager"
    assert [gap["skill"] for gap in found["gaps"]] == ["Lean and Six Sigma"]


def test_no_escape_sequence_of_an_ad_reaches_the_terminal(home, capsys):
    nasty = ad(
        f"{TEXT}\n- Budgets \x1b]0;x\x07", key="a/1", title="PM \x1b[2J", employer="A\x1b[8m"
    )
    with Store.open(home / "pmjobs.db") as store:
        fill(store, [(nasty, estimated(4))], NOW)
    said(capsys, "mark", "1", "applied")
    for command in (["compare", "--details", "1"], ["compare", "1"], ["plan"], ["marks"]):
        assert "\x1b" not in said(capsys, *command)
    assert "\x1b" not in said(capsys, "compare", "--left-out", "--level", "7")


def test_a_plan_is_text_markdown_page_or_json(home, capsys):
    markdown, page = home / "plan.md", home / "plan.html"
    text = said(capsys, "plan")
    written = said(capsys, "plan", "--markdown", str(markdown), "--html", str(page))
    as_json = json.loads(said(capsys, "plan", "--json"))

    assert "What to work on" in text
    assert written == ""
    assert markdown.read_text("utf-8").startswith("# Your plan")
    assert "Programme Lead &lt;x&gt;" in page.read_text("utf-8")
    assert as_json["n_ads"] == 3
    assert as_json["gaps"][0]["gap"]["name"] == "Lean and Six Sigma"


def test_a_plan_can_be_made_for_named_or_marked_ads(home, capsys):
    said(capsys, "mark", "2", "interesting")
    assert json.loads(said(capsys, "plan", "--ids", "4, test:a/1", "--json"))["n_ads"] == 2
    assert json.loads(said(capsys, "plan", "--marked", "interesting", "--json"))["n_ads"] == 1

    assert main(["plan", "--ids", "1,99"]) == 2
    assert "--ids 99: no such open, levelled ad" in capsys.readouterr().err


def test_what_is_not_for_me_is_no_part_of_the_plan(home, capsys):
    said(capsys, "mark", "1", "not-for-me")
    assert json.loads(said(capsys, "plan", "--json"))["n_ads"] == 2
