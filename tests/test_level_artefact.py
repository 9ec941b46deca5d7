"""The shipped model loads; a tampered, foreign or broken one is refused with a remedy."""

import json
import shutil
import sys
from subprocess import run

import pytest

from pmjobs.errors import ArtefactError
from pmjobs.level.artefact import load_model
from pmjobs.places import shipped

SHIPPED = shipped("models/level")


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "level"
    shutil.copytree(SHIPPED, copy)
    return copy


def change_card(folder, **changes):
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")


def test_the_shipped_model_loads_and_is_small(folder):
    model = load_model(folder)
    assert model.model_id.startswith("level-")
    assert 0.5 < model.mass_80 < model.mass_90 < 1
    assert sum(path.stat().st_size for path in folder.iterdir()) < 11_000_000


@pytest.mark.parametrize("name", ["arrays.npz", "terms.json"])
def test_a_changed_file_is_refused(folder, name):
    body = bytearray((folder / name).read_bytes())
    body[len(body) // 2] ^= 1
    (folder / name).write_bytes(body)
    with pytest.raises(ArtefactError, match=f"{name}: changed since it was trained.*pmjobs train"):
        load_model(folder)


def test_a_card_made_to_fit_changed_files_is_refused(folder):
    import hashlib

    body = b"[]"
    (folder / "terms.json").write_bytes(body)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["files"]["terms.json"] = hashlib.sha256(body).hexdigest()
    change_card(folder, files=card["files"])
    with pytest.raises(ArtefactError, match="does not belong to its files"):
        load_model(folder)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ladder": ["ONE"]}, "another ladder"),
        ({"cues": "0"}, "another cue table"),
        ({"reading": 0}, "another way of reading"),
        ({"format": 99}, "another version"),
        ({"families": 7}, "not a level model"),
        ({"files": {}}, "not a model's card"),
    ],
)
def test_a_model_for_another_pmjobs_is_refused(folder, changes, said):
    change_card(folder, **changes)
    with pytest.raises(ArtefactError, match=said):
        load_model(folder)


def test_a_missing_file_is_named(folder):
    (folder / "arrays.npz").unlink()
    with pytest.raises(ArtefactError, match=r"arrays\.npz: missing"):
        load_model(folder)


def test_no_model_at_all_says_how_to_make_one(tmp_path):
    with pytest.raises(ArtefactError, match="no model in .*pmjobs train"):
        load_model(tmp_path / "none")


def test_the_vocabulary_holds_no_text_longer_than_two_words():
    terms = json.loads((SHIPPED / "terms.json").read_text(encoding="utf-8"))
    assert max(len(term.split(" ")) for term in terms) <= 2


def test_estimating_needs_neither_scikit_learn_nor_scipy_nor_pandas():
    code = (
        "import sys; from pmjobs.places import shipped; from pmjobs.posting import Posting;"
        "from pmjobs.level.artefact import load_model;"
        "from pmjobs.estimating import estimate_posting;"
        "estimate_posting(Posting(source='t', source_id='1', title='PM', description='You lead.'),"
        " load_model(shipped('models/level')));"
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'sqlalchemy') if m in sys.modules])"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
