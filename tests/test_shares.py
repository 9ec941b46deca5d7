"""`explain --json` takes the score apart, and its parts can be put together again."""

import json
import math

import pytest

from pmjobs.cli import main
from tests.test_estimating import HELPER, SENIOR, TAIL

TOO_SHORT = "Manage projects. Project manager needed."


def explained(text, tmp_path, capsys, *more):
    file = tmp_path / "ad.json"
    file.write_text(json.dumps({"title": "Project Manager", "description": text}))
    assert main(["explain", str(file), "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture(autouse=True)
def no_store_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.mark.parametrize("text", [SENIOR, HELPER, SENIOR + TAIL, f"{HELPER}\n{SENIOR}"])
def test_base_sentences_and_facts_add_up_to_the_score(text, tmp_path, capsys):
    parts = explained(text, tmp_path, capsys)["contributions"]
    by_sentences = sum(sentence["adds"] for sentence in parts["sentences"])
    total = parts["base"] + by_sentences + sum(parts["facts"].values())
    assert total == pytest.approx(parts["score"], abs=1e-6)


@pytest.mark.parametrize("text", [SENIOR, HELPER, SENIOR + TAIL])
def test_the_probabilities_follow_from_score_and_cuts(text, tmp_path, capsys):
    made = explained(text, tmp_path, capsys)
    score, cuts = made["contributions"]["score"], made["contributions"]["cuts"]
    below = [0.0, *(1 / (1 + math.exp(score - cut)) for cut in cuts), 1.0]
    follow = [high - low for low, high in zip(below, below[1:], strict=False)]
    if "gate" in made["estimate"]["flags"]:
        follow[5:] = [follow[5] + follow[6], 0.0]
    assert [made["estimate"]["probabilities"][str(n)] for n in range(1, 8)] == pytest.approx(
        follow, abs=1e-6
    )


def test_every_sentence_is_found_by_its_offsets(tmp_path, capsys):
    sentences = explained(SENIOR + TAIL, tmp_path, capsys)["contributions"]["sentences"]
    quoted = [(SENIOR + TAIL)[s["start"] : s["end"]] for s in sentences]
    assert any("chair the delivery board" in words for words in quoted)
    assert not any("Dental cover" in words for words in quoted)


def test_an_ad_without_probabilities_has_no_contributions(tmp_path, capsys):
    assert explained(TOO_SHORT, tmp_path, capsys)["contributions"] is None
