"""Labels that people give: which ads come first, what is kept of a label, who agrees with whom."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pmjobs.errors import SettingsError
from pmjobs.labelling import (
    AdLabel,
    Confidence,
    agreement,
    append_label,
    check_labels,
    choose,
    fingerprint,
    label_file,
    read_labels,
    remove_label,
    rubric_version,
    training_labels,
)
from pmjobs.labelling.record import as_row, of_row
from pmjobs.ladder import Dimension, Family, Level, Track
from pmjobs.level.corpus import read_corpus
from tests.builders import ad, estimated

TEXT = "You keep the ferry timetable project on course.\nYou chair its board."
SURE = {4: 1.0}
UNSURE = {3: 0.5, 4: 0.5}


def label(key="test:1", level=3, text=TEXT, **changes):
    rung = Level(level) if level else None
    plain = {
        "id": key,
        "text_sha256": fingerprint(text),
        "family": Family.PROJECT_DELIVERY,
        "track": Track.PROJECT,
        "level": rung,
        "low": rung,
        "high": rung,
        "confidence": Confidence.HIGH,
        "labeller": "anna",
        "labelled_at": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        "rubric": rubric_version(),
    }
    return AdLabel(**{**plain, **changes})


def out_of_scope(key="test:1", family=Family.ACCOUNT_SALES, **changes):
    return label(key, level=None, family=family, track=None, **changes)


def codes(*anchors):
    return dict(zip(Dimension, map(float, anchors), strict=False))


def chosen(pairs, **options):
    found = choose(pairs, **{"count": 20, "per_employer": 20, **options})
    return [choice.posting.source_id for choice in found]


def told(key, employer=None, **estimate):
    return ad(f"{TEXT} {key}", key=key, employer=employer or f"{key} Ltd"), estimated(**estimate)


# Which ads come first


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"probabilities": UNSURE}, {"probabilities": SURE}),
        ({"probabilities": SURE, "low": 2, "high": 6}, {"probabilities": SURE}),
        ({"probabilities": {1: 1.0}, "level": 1}, {"probabilities": SURE}),
        (
            {"probabilities": SURE, "dims": {"accountability": 1, "scope": 1, "autonomy": 1}},
            {"probabilities": SURE, "dims": {"accountability": 3, "scope": 3, "autonomy": 3}},
        ),
        (
            {"family": Family.OTHER, "level": None, "title_level": 4},
            {"family": Family.OTHER, "level": None, "title_level": None},
        ),
    ],
    ids=["spread probabilities", "a wide set", "a rare level", "rubric differs", "scope doubted"],
)
def test_the_ad_of_which_a_label_teaches_more_comes_first(first, second):
    pairs = []
    for key, facts in (("a-less", second), ("b-more", first)):
        posting, found = told(key, **facts)
        pairs.append((posting, replace(found, abstained=False)))

    assert chosen(pairs) == ["b-more", "a-less"]


def test_the_order_does_not_depend_on_how_the_ads_come():
    pairs = [told(str(n), probabilities=UNSURE if n % 2 else SURE) for n in range(9)]
    assert chosen(pairs) == chosen(pairs[::-1]) == list("135702468")


def test_no_employer_has_more_than_its_share():
    pairs = [told(str(n), employer="Quillstone Ltd", probabilities=UNSURE) for n in range(5)]
    pairs += [told("9", probabilities=SURE)]

    assert chosen(pairs, per_employer=2) == ["0", "1", "9"]


def test_an_employer_is_the_same_in_capitals():
    pairs = [told("1", employer="Quillstone"), told("2", employer="QUILLSTONE")]
    assert chosen(pairs, per_employer=1) == ["1"]


def test_ads_that_are_labelled_thin_empty_or_copies_are_left_out():
    thin = (ad(TEXT, key="thin"), estimated(None))
    empty = (ad(None, key="empty"), estimated())
    one, copy = (ad(TEXT, key="one"), estimated()), (ad(TEXT, key="two"), estimated())
    done = told("done")

    assert chosen([thin, empty, one, copy, done], done={"test:done"}) == ["one"]


def test_no_more_ads_than_asked_for():
    assert chosen([told(str(n)) for n in range(5)], count=2) == ["0", "1"]


# Rows


def test_a_label_is_the_same_after_writing_and_reading(tmp_path):
    path = tmp_path / "anna.jsonl"
    full = label(
        level=4,
        low=Level(3),
        high=Level(5),
        dimensions=codes(3, 2.5),
        years=7.0,
        evidence=((0, 47), (48, 68)),
    )

    append_label(path, full)
    append_label(path, out_of_scope("test:2"))

    assert read_labels(path) == [full, out_of_scope("test:2")]


def test_a_row_holds_no_word_of_the_ad():
    row = json.dumps(as_row(label(evidence=((0, 47),))))
    assert not [word for word in ("ferry", "timetable", "course", "chair", "board") if word in row]


def test_a_line_that_was_cut_off_does_not_swallow_the_next_label(tmp_path):
    path = tmp_path / "anna.jsonl"
    path.write_text('{"id": "te', encoding="utf-8")

    append_label(path, label())

    assert json.loads(path.read_text(encoding="utf-8").splitlines()[1])["id"] == "test:1"


def test_a_file_is_whole_if_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "anna.jsonl"
    append_label(path, label())

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        append_label(path, label("test:2"))

    assert read_labels(path) == [label()]
    assert not list(tmp_path.glob("*.part"))


def test_two_sessions_at_once_lose_no_label(tmp_path):
    path = tmp_path / "anna.jsonl"

    with ThreadPoolExecutor(4) as sessions:
        list(sessions.map(lambda n: append_label(path, label(f"test:{n}")), range(40)))

    assert {found.id for found in read_labels(path)} == {f"test:{n}" for n in range(40)}


def test_the_last_label_of_an_ad_can_be_taken_out(tmp_path):
    path = tmp_path / "anna.jsonl"
    for key in ("test:1", "test:2", "test:3"):
        append_label(path, label(key))

    assert remove_label(path, "test:2")
    assert not remove_label(path, "test:2")
    assert [found.id for found in read_labels(path)] == ["test:1", "test:3"]


@pytest.mark.parametrize("name", ["../anna", "Anna", "", "a b", "anna.jsonl"])
def test_a_labeller_is_a_plain_name(tmp_path, name):
    with pytest.raises(SettingsError, match="small letters"):
        label_file(tmp_path, name)


def test_labels_go_into_a_folder_that_is_there(tmp_path):
    with pytest.raises(SettingsError, match="no such folder; make it"):
        label_file(tmp_path / "none", "anna")


# Checks

# (what is changed in a good row, what is said of it)
WRONG = [
    ({"family": "gardening"}, "family: 'gardening' is not a valid Family"),
    ({"level": 8}, "level: 8 is not 1 to 7"),
    ({"level": True}, "level: True is not a number"),
    ({"low": 4, "high": 5}, "level: 3 is outside 4-5"),
    ({"low": None}, "low, high: missing"),
    ({"level": None}, "low, high: given without a level"),
    ({"track": None}, "track: missing"),
    ({"family": "other"}, "track: given, but other is not levelled"),
    ({"dims": {"acc": 2.3}}, "dims: 2.3 is not 0 to 4 in halves"),
    ({"dims": {"acc": 4.5}}, "dims: 4.5 is not 0 to 4 in halves"),
    ({"dims": {"luck": 2}}, "dims: 'luck' is none of acc, scope"),
    ({"ev": ["You chair its board."]}, "ev: not a list of [start, end]; quotes are offsets"),
    ({"ev": [[9, 9]]}, "ev: not a list of [start, end]"),
    ({"years": 800}, "years: 800 is not 0 to 50"),
    ({"reports": "everyone"}, "reports: 'everyone' is not a valid Reports"),
    ({"conf": None}, "conf: missing"),
    ({"labelled_at": "2026-11-24T09:30:00"}, "has no time zone"),
    ({"text": "You chair"}, "text: not a field of a label; no text belongs here"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=lambda v: v if isinstance(v, str) else "")
def test_a_wrong_row_is_named_with_its_line(tmp_path, change, said):
    path = tmp_path / "anna.jsonl"
    rows = [as_row(label("test:0")), {**as_row(label()), **change}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    found = check_labels(path)

    assert (found.n_rows, len(found.wrong), found.wrong[0].line) == (2, 1, 2)
    assert said in found.wrong[0].problem
    with pytest.raises(SettingsError, match=r"anna\.jsonl: line 2: "):
        read_labels(path)


def test_lines_that_are_no_objects_are_wrong_too(tmp_path):
    path = tmp_path / "anna.jsonl"
    path.write_text('oops\n[1]\n\n{"id": "test:1"}\n' + "[" * 5000 + "\n", encoding="utf-8")

    found = check_labels(path)

    assert [finding.line for finding in found.wrong] == [1, 2, 4, 5]
    assert found.n_rows == 4


def checked(tmp_path, *labels, texts=None, name="anna"):
    path = tmp_path / f"{name}.jsonl"
    for one in labels:
        append_label(path, one)
    found = check_labels(path, texts)
    return [f.problem for f in found.wrong], [f.problem for f in found.odd]


def test_a_sound_file_has_nothing_wrong_and_nothing_odd(tmp_path):
    sound = label(level=3, dimensions=codes(2, 2, 2, 2, 2), evidence=((0, 47),))
    assert checked(
        tmp_path, sound, out_of_scope("test:2"), texts={"test:1": TEXT, "test:2": TEXT}
    ) == ([], [])


def test_an_ad_labelled_twice_and_a_row_in_anothers_file_are_wrong(tmp_path):
    wrong, _ = checked(tmp_path, label(), label(), name="ben")
    assert wrong == [
        "labeller: 'anna' in the file of 'ben'",
        "test:1: labelled before in this file; keep one",
        "labeller: 'anna' in the file of 'ben'",
    ]


def test_labels_have_to_point_at_the_text_that_was_read(tmp_path):
    texts = {"test:1": TEXT + " Now with a bonus.", "test:2": TEXT}
    behind = label("test:2", evidence=((60, 6000),))

    wrong, _ = checked(tmp_path, label(), behind, label("test:3"), texts=texts)

    assert wrong == [
        "test:1: the ad's text has changed since it was read",
        "test:2: ev: a quote ends behind the text",
        "test:3: no such ad; it may have left the store",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (label(level=5, dimensions=codes(1, 1, 1, 1)), "the codes read as L2, the label says L5"),
        (label(dimensions=codes(2, 2)), "a level, though only 2 duty dimensions are coded"),
        (label(level=0, dimensions=codes(2, 2, 2)), "no level, though 3 duty dimensions are coded"),
        (label(rubric="0" * 12), "labelled by another wording of the rubric"),
    ],
)  # fmt: skip
def test_what_the_rubric_reads_otherwise_is_odd_but_not_wrong(tmp_path, given, said):
    assert checked(tmp_path, given) == ([], [said])


def test_an_executive_is_believed_to_have_the_mandate(tmp_path):
    top = label(level=7, dimensions=codes(4, 4, 4, 4, 4, 4, 4, 4))
    assert checked(tmp_path, top) == ([], [])


def test_a_file_that_is_not_there_cannot_be_checked(tmp_path):
    with pytest.raises(SettingsError, match="no such file"):
        check_labels(tmp_path / "anna.jsonl")


def test_a_label_out_of_scope_has_no_level():
    with pytest.raises(ValueError, match="account_sales is not levelled"):
        of_row({**as_row(out_of_scope()), "level": 3})


# Agreement


def both(*pairs):
    """Labels of two people, who gave ad n the levels of pair n; None is out of scope."""
    sides = zip(*pairs, strict=True)
    return [
        [label(f"test:{n}", lv) if lv else out_of_scope(f"test:{n}") for n, lv in enumerate(side)]
        for side in sides
    ]


def test_agreement_on_a_known_matrix():
    # (1, 2, 3, 4) against (1, 2, 4, 3): the squares seen add up to 0 + 0 + 1 + 1 = 2. By chance
    # each level of one meets each of the other a quarter time: 40 / 4 = 10. Kappa is 1 - 2 / 10.
    found = agreement(*both((1, 1), (2, 2), (3, 4), (4, 3)))

    assert found.qwk == pytest.approx(0.8)
    assert (found.exact, found.within_one, found.mean_step) == (0.5, 1.0, 0.0)
    assert found.disagreed == ("test:2", "test:3")


def test_scope_kappa_on_a_known_matrix():
    # Yes/yes 2, yes/no 1, no/no 1: seen .75, chance .75*.5 + .25*.5 = .5; (.75-.5)/(1-.5) = .5.
    found = agreement(*both((3, 3), (3, 3), (3, None), (None, None)))

    assert found.scope_kappa == pytest.approx(0.5)
    assert (found.scope_same, found.n_scope, found.n_levelled) == (0.75, 4, 2)


def test_who_is_always_higher_shows_in_the_mean_step():
    found = agreement(*both((2, 3), (3, 4), (4, 6)))
    assert found.mean_step == pytest.approx(4 / 3)
    assert found.within_one == pytest.approx(2 / 3)


def test_nothing_in_common_gives_no_figures():
    found = agreement([label("test:1")], [label("test:2")])
    assert (found.n_first, found.n_second, found.n_both) == (1, 1, 0)
    assert (found.qwk, found.exact, found.scope_kappa, found.mean_step) == (None,) * 4


def test_one_level_throughout_weighs_nothing():
    found = agreement(*both((3, 3), (3, 3)))
    assert (found.exact, found.qwk, found.scope_kappa) == (1.0, None, None)


def test_an_unclear_family_says_nothing_of_scope():
    unclear = out_of_scope("test:0", Family.UNCLEAR)
    assert agreement([unclear], [label("test:0")]).n_scope == 0


def test_labels_of_another_text_are_left_out():
    found = agreement([label()], [label(text=TEXT + " Closed.")])
    assert (found.n_both, found.n_other_text) == (0, 1)


# Training


def test_training_takes_every_label_whose_text_is_at_hand(tmp_path):
    for key in ("test:1", "test:2", "test:3"):
        append_label(tmp_path / "anna.jsonl", label(key, evidence=((0, 8),)))
    append_label(tmp_path / "ben.jsonl", label("test:1", level=4, labeller="ben"))
    append_label(tmp_path / "ben.jsonl", out_of_scope("test:2", Family.UNCLEAR, labeller="ben"))
    (tmp_path / "README.md").write_text("no labels", encoding="utf-8")

    found = training_labels(tmp_path, [ad(TEXT, key="1"), ad(TEXT + "!", key="2")])

    assert [(one.ad.id, one.level, one.quotes) for one in found.labels] == [
        ("test:1", Level(3), ("You keep",)),
        ("test:1", Level(4), ()),
    ]
    assert found.labels[0].ad.owner == "Quillstone Ltd"
    assert found.left_out == (
        "test:2: the ad's text has changed since it was read",
        "test:3: no such ad; it may have left the store",
        "test:2: the ad's text has changed since it was read",
    )


def test_training_wants_a_folder_that_is_there(tmp_path):
    with pytest.raises(SettingsError, match="no such folder"):
        training_labels(tmp_path / "none", [])


def test_labels_of_people_stand_behind_those_of_the_corpus(tmp_path):
    append_label(tmp_path / "anna.jsonl", label())
    own = training_labels(tmp_path, [ad(TEXT, key="1")]).labels
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    row = {
        "id": "c1",
        "title": "Planner",
        "employer": "Brackwater Rail",
        "description": "You plan.",
    }
    with gzip.open(corpus / "ads.jsonl.gz", "wt") as file:
        file.write(json.dumps(row) + "\n")
    label_row = {"id": "c1", "family": "project_delivery", "track": "project", "level": 3}
    (corpus / "labels.jsonl").write_text(json.dumps(label_row) + "\n", encoding="utf-8")

    ads, labels = read_corpus(corpus, own=own)

    assert list(ads) == ["c1", "test:1"]
    assert [one.ad.id for one in labels] == ["c1", "test:1"]
