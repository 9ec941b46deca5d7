"""Annotated sentences: read, checked, and without a word of an ad."""

import json
import re
from collections import Counter
from itertools import product

import pytest

from pmjobs.errors import SettingsError
from pmjobs.ladder import Dimension
from pmjobs.level.corpus import CODES, INVENTED, CorpusAd, read_invented
from pmjobs.level.sentence_labels import (
    INVENTED_SENTENCES,
    READINGS,
    ZONE_LETTERS,
    SentenceLabel,
    line_of,
    print_of,
    read_annotated,
    read_invented_sentences,
)
from pmjobs.level.sentence_reader import KINDS
from pmjobs.places import shipped

ROWS = [json.loads(line) for line in shipped(READINGS).read_text(encoding="utf-8").splitlines()]
ADS = {label.ad.id: label.ad for name in INVENTED for label in read_invented(shipped(name))}
EMPTY = print_of("")
# All that a row may hold: ids, prints, offsets, letters and codes.
ALLOWED = {
    "id": re.compile(r"[0-9a-f]{12}|inv-[a-z]\d?-\d{1,2}"),
    "text_sha256": re.compile(r"[0-9a-f]{16}"),
    "reader": re.compile(r"1|2|3|author"),
}
ALLOWED_SENTENCE = re.compile(
    r"\d{1,5}-\d{1,5} (?:[bph]|d [WOPAEG]|r)"
    rf"(?: (?:{'|'.join(CODES)})(?:[0-3](?:\.5)?|4))*"
)


def an_ad(ad_id, text=""):
    return CorpusAd(ad_id, "Project Manager", "owner", None, text, None, None)


def written(tmp_path, *rows):
    path = tmp_path / "sentences.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def a_row(*sentences, ad_id="a", text_sha256=EMPTY):
    return {"id": ad_id, "text_sha256": text_sha256, "reader": "1", "sentences": sentences}


def test_every_line_of_the_file_is_read_and_written_alike(tmp_path):
    path = written(tmp_path, *(row | {"text_sha256": EMPTY} for row in ROWS))

    found = read_annotated(path, {row["id"]: an_ad(row["id"]) for row in ROWS})

    assert len(found) == len(ROWS)
    for row, annotated in zip(ROWS, found, strict=True):
        assert (annotated.ad_id, annotated.reader) == (row["id"], row["reader"])
        assert [line_of(sentence) for sentence in annotated.sentences] == row["sentences"]


def test_every_label_there_can_be_is_written_and_read_alike(tmp_path):
    codes = [
        (),
        ((Dimension.SCOPE, 0.0),),
        ((Dimension.PEOPLE, 2.5), (Dimension.QUALIFICATIONS, 4.0)),
    ]
    made = tuple(
        SentenceLabel(start, start + 9, zone, kind, told)
        for start, (zone, kind, told) in enumerate(product(ZONE_LETTERS, (None, *KINDS), codes))
        if kind is None or zone == "d"
    )

    [found] = read_annotated(written(tmp_path, a_row(*map(line_of, made))), {"a": an_ad("a")})

    assert found.sentences == made


def test_no_row_holds_a_word_of_an_ad():
    for number, row in enumerate(ROWS, 1):
        assert set(row) == {*ALLOWED, "sentences"}, number
        assert all(pattern.fullmatch(row[key]) for key, pattern in ALLOWED.items()), number
        strange = [s for s in row["sentences"] if not ALLOWED_SENTENCE.fullmatch(s)]
        assert not strange, number


def test_no_reader_reads_an_ad_twice():
    times = Counter((row["id"], row["reader"]) for row in ROWS)
    assert set(times.values()) == {1}


def test_sentences_stand_in_order_and_do_not_overlap():
    for row in ROWS:
        spans = [tuple(map(int, s.split(" ")[0].split("-"))) for s in row["sentences"]]
        assert spans, row["id"]
        assert all(start < end for start, end in spans), row["id"]
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges), row["id"]


def test_readings_of_invented_ads_hold_for_the_texts_at_hand():
    invented = {row["id"] for row in ROWS if row["id"].startswith("inv-")}
    assert invented == ADS.keys()

    found = read_annotated(shipped(READINGS), ADS)  # a wrong fingerprint would raise

    assert {annotated.ad_id for annotated in found} == ADS.keys()
    for annotated in found:
        text = ADS[annotated.ad_id].description
        for sentence in annotated.sentences:
            quote = text[sentence.start : sentence.end]
            assert len(quote) == sentence.end - sentence.start, annotated.ad_id
            assert quote == quote.strip(), annotated.ad_id
            assert re.search(r"\w", quote), annotated.ad_id


def test_ads_that_are_not_at_hand_are_passed_over(tmp_path):
    path = written(tmp_path, a_row("0-9 b", ad_id="elsewhere"), a_row("0-9 b"))
    assert [found.ad_id for found in read_annotated(path, {"a": an_ad("a")})] == ["a"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{not json", "not JSON"),
        (a_row("0-9 d W acc7"), "cannot read '0-9 d W acc7'"),
        (a_row("0-9 d W acc2.25"), "cannot read"),
        (a_row("0-9 d W pace2"), "cannot read"),
        (a_row("0-9 x"), "cannot read"),
        (a_row("0-9 d Q"), "cannot read"),
        (a_row("0-9"), "cannot read"),
        (a_row("9 d"), "cannot read"),
        (a_row("a-9 d"), "cannot read"),
        (a_row("0-9 d W acc2 and a word of the ad"), "cannot read"),
        (a_row("0-9 d W acc4.5"), "cannot read"),
        (a_row("0-9 d W acc2 acc3"), "cannot read"),
        (a_row("0-9 b W"), "cannot read"),
        (a_row("9-9 b"), "cannot read"),
        ('{"id": "a"}', "not an object with id, text_sha256"),
        ("[1]", "not an object"),
        (a_row("0-9 b", text_sha256="0" * 16), "another text"),
    ],
)
def test_a_damaged_line_is_named_by_file_and_line(tmp_path, row, said):
    path = written(tmp_path, a_row("0-9 b"), row)
    with pytest.raises(SettingsError, match=re.escape(f"{path}:2: ")) as caught:
        read_annotated(path, {"a": an_ad("a")})
    assert said in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match="nowhere.jsonl: no such file"):
        read_annotated(tmp_path / "nowhere.jsonl", {})
    with pytest.raises(SettingsError, match="nowhere.jsonl: no such file"):
        read_invented_sentences(tmp_path / "nowhere.jsonl")


def test_a_damaged_invented_sentence_is_named_by_file_and_line(tmp_path):
    path = written(tmp_path, {"text": "Plan it.", "says": "d W"}, {"text": "Do it.", "says": "d Z"})
    with pytest.raises(SettingsError, match=re.escape(f"{path}:2: ")):
        read_invented_sentences(path)


def test_a_fingerprint_tells_texts_apart_and_takes_any_text():
    assert print_of("Plan it.") != print_of("Plan it. ")
    assert re.fullmatch(r"[0-9a-f]{16}", print_of("half a pair \ud83d"))


def test_invented_sentences_are_read_and_none_stands_twice():
    found = read_invented_sentences(shipped(INVENTED_SENTENCES))

    assert len(found) > 3000
    same = Counter(" ".join(re.findall(r"\w+", text.lower())) for text, _ in found)
    assert [text for text, n in same.items() if n > 1] == []
    for text, label in found:
        assert (label.start, label.end) == (0, len(text))
        assert text == text.strip()
        assert all(0 <= anchor <= 4 for _, anchor in label.codes), text
        assert len({dimension for dimension, _ in label.codes}) == len(label.codes), text
        assert (label.kind is not None) == (label.zone == "d"), text


def test_invented_sentences_show_every_dimension_at_the_top_and_at_the_bottom():
    seen = {
        code
        for _, label in read_invented_sentences(shipped(INVENTED_SENTENCES))
        for code in label.codes
    }
    for dimension in tuple(Dimension)[:10]:
        at = [anchor for found, anchor in seen if found is dimension]
        assert min(at) <= 1.0, dimension
        assert max(at) == 4.0, dimension
