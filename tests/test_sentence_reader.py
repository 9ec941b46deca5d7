"""What each sentence shows, and what an ad's sentences come to together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pmjobs.domain.cues import cues
from pmjobs.ladder import Dimension
from pmjobs.level.reading import read
from pmjobs.level.sentence_reader import (
    CUE_VALUE,
    KINDS,
    OUTPUTS,
    POOLED,
    READ,
    ZONES,
    SentenceReader,
    anchors,
    as_targets,
    parts,
    pool,
    told,
)
from pmjobs.level.vocabulary import Vocabulary
from pmjobs.parsing.sections import Zone

TERMS = ("quizzle", "wumpus", "wumpus grommet", "unread")
N_PARTS = len(OUTPUTS) + 2 * len(READ)
VOCABULARY = Vocabulary(TERMS, np.ones(len(TERMS)))
HEAVY = 2  # column of a word whose weights leave every scale


def column(name: str) -> int:
    return OUTPUTS.index(name)


@pytest.fixture
def reader():
    """A reader whose weights are easy to add up by heart; it does not read "unread"."""
    words = np.zeros((len(TERMS), len(OUTPUTS)), dtype=np.float32)
    words[0, column("scope_told")] = 0.4
    words[1, column("scope_told")] = 0.2
    words[HEAVY] = 99.0
    words[3] = 0.5
    table = np.zeros((len(cues()), len(OUTPUTS)), dtype=np.float32)
    table[:, column("autonomy_told")] = 1.0
    zones = np.zeros((len(ZONES), len(OUTPUTS)), dtype=np.float32)
    zones[0, column("kind_W")], zones[1, column("experience_told")] = 0.6, 0.3
    return SentenceReader(np.array([1, 1, 1, 0], dtype=np.float32), words, table, zones)


def reads_of(reader, text):
    return reader.read(VOCABULARY.view(read(text)))


def one(reader, words):
    """What one duty of these words shows, beyond its zone."""
    [found] = reads_of(reader, f"Duties:\n{words}")
    return found - reader.zones[0]


@pytest.mark.parametrize("text", [None, "", "Benefits\nA pension and a dental plan.", "Duties:"])
def test_of_no_sentence_nothing_is_read(reader, text):
    assert reads_of(reader, text).shape == (0, len(OUTPUTS))


def test_every_sentence_has_a_row(reader):
    text = "Duties:\nQuizzle.\nZork the blorb.\nRequirements:\nA wumpus."
    assert reads_of(reader, text).shape == (3, len(OUTPUTS))


def test_a_sentence_of_unknown_words_reads_as_its_zone(reader):
    text = "Duties:\nZork the blorb.\nRequirements:\nThe fnord of a blorb."
    zones = [s.zone for s in read(text).sentences]

    assert zones == [Zone.DUTIES, Zone.REQUIREMENTS]
    np.testing.assert_allclose(reads_of(reader, text), reader.zones)


def test_a_word_alone_counts_in_full_and_two_share(reader):
    assert one(reader, "Quizzle it.")[column("scope_told")] == pytest.approx(0.4)
    both = one(reader, "Quizzle a wumpus.")[column("scope_told")]
    assert both == pytest.approx((0.4 + 0.2) / np.sqrt(2))


def test_a_word_said_twice_in_a_sentence_counts_once(reader):
    np.testing.assert_allclose(
        one(reader, "Quizzle, quizzle, quizzle."), one(reader, "Quizzle."), atol=1e-7
    )


def test_a_term_that_is_not_read_in_sentences_adds_nothing(reader):
    assert "unread" in VOCABULARY.places
    np.testing.assert_allclose(one(reader, "The unread blorb."), 0.0, atol=1e-7)


def test_every_phrase_of_the_cue_table_adds_its_weight(reader):
    text = "Duties:\nZork the steering committee."
    hits = read(text).hits

    assert hits
    [found] = reads_of(reader, text)
    expected = min(1.0, CUE_VALUE * len(hits))
    assert found[column("autonomy_told")] == pytest.approx(expected)


def test_nothing_leaves_its_scale(reader):
    [found] = reads_of(reader, "Duties:\nThe wumpus grommet.")
    assert found.max() == 4.0
    for name, value in zip(OUTPUTS, found, strict=True):
        assert value == (4.0 if name.endswith("_anchor") else 1.0)


def test_an_anchor_is_that_of_a_sentence_that_tells_and_near_the_middle_where_it_hardly_does():
    reads = np.zeros((4, len(OUTPUTS)))
    reads[:, column("scope_told")] = [1.0, 0.5, 0.0, 0.1]
    reads[:, column("scope_anchor")] = [3.0, 1.5, 0.0, 4.0]

    found = anchors(reads)[:, READ.index(Dimension.SCOPE)]

    assert found.round(2).tolist() == [2.91, 2.83, 2.0, 4.0]
    assert told(reads)[:, READ.index(Dimension.SCOPE)].tolist() == [1.0, 0.5, 0.0, 0.1]


def test_an_ad_without_sentences_is_read_as_middling_and_as_nothing_said():
    nothing = pool(parts(np.zeros((0, len(OUTPUTS)))).sum(axis=0))

    assert nothing.shape == (len(POOLED),)
    for name, value in zip(POOLED, nothing, strict=True):
        assert value == (2.0 if name.endswith("_read_mean") else 0.0)


def test_one_sure_sentence_is_its_own_top_and_moves_the_mean():
    reads = np.zeros((1, len(OUTPUTS)))
    reads[0, column("scope_told")], reads[0, column("scope_anchor")] = 1.0, 4.0
    reads[0, column("kind_W")] = 1.0

    found = dict(zip(POOLED, pool(parts(reads).sum(axis=0)), strict=True))

    assert found["scope_read_top"] == pytest.approx(4.0)
    assert found["scope_read_mean"] == pytest.approx((4.0 + 2.0 * 0.5) / 1.5)
    assert found["scope_read_often"] == pytest.approx(np.log(2))
    assert found["scope_read_strong"] == 0.0
    assert found["share_W"] == pytest.approx(0.5)
    assert found["people_read_mean"] == 2.0


reads_drawn = arrays(
    np.float64,
    st.tuples(st.integers(0, 6), st.just(len(OUTPUTS))),
    elements=st.floats(0, 1, width=32),
)


@given(reads_drawn)
def test_sums_of_parts_pool_whatever_the_order(reads):
    brought = parts(reads)
    assert brought.shape == (len(reads), N_PARTS)
    forwards, backwards = pool(brought.sum(axis=0)), pool(brought[::-1].sum(axis=0))
    assert np.isfinite(forwards).all()
    np.testing.assert_allclose(forwards, backwards, atol=1e-9)


@given(reads_drawn)
def test_many_ads_pool_as_each_alone(reads):
    running = np.concatenate([np.zeros((1, N_PARTS)), parts(reads).cumsum(axis=0)])
    alone = [pool(row) for row in running]
    np.testing.assert_allclose(pool(running), alone)
    assert pool(running).shape == (len(reads) + 1, len(POOLED))


@given(reads_drawn.filter(len))
def test_another_sentence_never_lowers_a_top_nor_how_often_a_dimension_is_told(reads):
    rising = [i for i, name in enumerate(POOLED) if name.endswith(("_top", "_strong", "_often"))]
    fewer, all_ = (pool(parts(part).sum(axis=0))[rising] for part in (reads[:-1], reads))
    assert (all_ >= fewer - 1e-9).all()


def test_targets_name_what_a_sentence_shows_and_nothing_else():
    targets = as_targets("W", [(Dimension.SCOPE, 2.0), (Dimension.PEOPLE, 3.5)])
    shown = {name: value for name, value in zip(OUTPUTS, targets, strict=True) if value}

    assert shown == {
        "scope_told": 1.0,
        "people_told": 1.0,
        "scope_anchor": 2.0,
        "people_anchor": 3.5,
        "people_strong": 1.0,
        "kind_W": 1.0,
    }


def test_an_anchor_of_nothing_is_told_all_the_same():
    targets = dict(zip(OUTPUTS, as_targets(None, [(Dimension.PEOPLE, 0.0)]), strict=True))
    assert targets["people_told"] == 1.0
    assert targets["people_anchor"] == 0.0
    assert not any(targets[f"kind_{kind}"] for kind in KINDS)
