"""Annotated sentences become lessons, and lessons a reader of sentences."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import random_array
from sklearn.linear_model import Ridge

from pmjobs.domain.cues import cues
from pmjobs.ladder import Dimension, Family
from pmjobs.level.background import NUMBER_WORDS
from pmjobs.level.conjugate import conjugate_ridge
from pmjobs.level.corpus import CorpusAd, Label
from pmjobs.level.lessons import (
    FEWEST_SENTENCES,
    TITLE_WORDS,
    Lesson,
    lessons_from,
    lessons_of,
)
from pmjobs.level.reading import read
from pmjobs.level.sentence_labels import AnnotatedAd, SentenceLabel
from pmjobs.level.sentence_reader import OUTPUTS, ZONES, as_targets
from pmjobs.level.vocabulary import Vocabulary
from pmjobs.parsing.sections import Zone, sentences
from tests import taught

TEXT = (
    "Our story\nWe are a family of builders and we value diversity.\n"
    "Your duties\nOwn the plan of one yard.\n"
    "As our Senior Project Manager, you will brief boards.\n"
    "Requirements\nA degree in engineering."
)
NONE = Vocabulary((), np.zeros(0))
SCOPE_TOLD = OUTPUTS.index("scope_told")


def label_of(text, family=Family.PROJECT_DELIVERY):
    ad = CorpusAd("a", "Project Manager", "owner", None, text, None, None)
    return Label(ad, family, None, None, {}, None, (), invented=False)


def place(words):
    """Where `words` stand in TEXT."""
    start = TEXT.index(words)
    return start, start + len(words)


def reading(*told, reader="1"):
    """One annotator's reading; `told` are (words, zone, kind, codes)."""
    marks = tuple(SentenceLabel(*place(w), zone, kind, codes) for w, zone, kind, codes in told)
    return AnnotatedAd("a", reader, marks)


def lessons(*readings, family=Family.PROJECT_DELIVERY, invented=()):
    return lessons_from(readings, {"a": label_of(TEXT, family)}, {"a": "owner"}, invented)


def lesson(words, *, kind=None, codes=(), group="g", coded=True, zone=Zone.DUTIES):
    return Lesson(tuple(words.split()), (), zone, tuple(as_targets(kind, codes)), group, coded)


PLAN = "Own the plan of one yard."
BRIEF = "As our Senior Project Manager, you will brief boards."


def test_two_readings_become_their_mean():
    codes = ((Dimension.SCOPE, 1.0),), ((Dimension.SCOPE, 3.0), (Dimension.AUTONOMY, 2.0))
    one, two = (reading((PLAN, "d", kind, told)) for kind, told in zip("WO", codes, strict=True))

    [found] = lessons(one, replace(two, reader="2"))

    shown = {name: value for name, value in zip(OUTPUTS, found.targets, strict=True) if value}
    assert shown == {
        "scope_told": 1.0,
        "scope_anchor": 2.0,
        "scope_strong": 0.5,
        "autonomy_told": 0.5,
        "autonomy_anchor": 1.0,
        "kind_W": 0.5,
        "kind_O": 0.5,
    }


def test_one_reading_is_taken_as_it_is():
    [found] = lessons(reading((PLAN, "d", "W", ((Dimension.SCOPE, 1.5),))))

    assert found.targets == tuple(as_targets("W", [(Dimension.SCOPE, 1.5)]))
    assert (found.group, found.zone, found.coded) == ("owner", Zone.DUTIES, True)
    assert found.words == ("own", "the", "plan", "of", "one", "yard")


def test_headings_and_boilerplate_are_no_lessons():
    marks = [
        ("Our story", "h", None, ()),
        ("We are a family of builders and we value diversity.", "b", None, ()),
        ("Your duties", "h", None, ()),
        (PLAN, "d", "W", ()),
        ("Requirements", "h", None, ()),
        ("A degree in engineering.", "r", None, ()),
    ]
    assert {s.start for s in sentences(TEXT)} >= {place(words)[0] for words, *_ in marks}

    found = lessons(reading(*marks))

    assert [one.zone for one in found] == [Zone.DUTIES, Zone.REQUIREMENTS]
    assert found[1].words == ("degree", "in", "engineering")


def test_invented_sentences_teach_too_unless_they_are_of_no_duty_and_no_requirement():
    mark = SentenceLabel(0, 9, "d", "W", ((Dimension.SCOPE, 2.0),))
    invented = [
        ("Plan moves.", mark),
        ("A degree.", replace(mark, zone="r", kind=None)),
        ("We care.", replace(mark, zone="b", kind=None)),
    ]

    found = lessons(invented=invented)

    assert [one.zone for one in found] == [Zone.DUTIES, Zone.REQUIREMENTS]
    assert {(one.group, one.coded) for one in found} == {("", True)}


def test_the_ads_name_for_its_own_post_is_no_word_of_a_lesson():
    [found] = lessons(reading((BRIEF, "d", "W", ())))
    assert found.words == ("as", "our", "you", "will", "brief", "boards")


def test_lessons_hold_the_cues_that_a_reading_would_find():
    [found] = lessons(reading((BRIEF, "d", "W", ())))
    whole = read(TEXT)
    at = next(i for i, s in enumerate(whole.sentences) if s.start == place(BRIEF)[0])
    assert sorted(found.cues) == sorted(h.cue.index for h in whole.hits if h.sentence == at)


@pytest.mark.parametrize(
    ("family", "codes", "coded"),
    [
        (Family.PROJECT_DELIVERY, (), True),
        (Family.OTHER, (), False),
        (Family.OTHER, ((Dimension.SCOPE, 1.0),), True),
    ],
)
def test_ads_of_other_work_teach_dimensions_only_if_they_are_coded(family, codes, coded):
    [found] = lessons(reading((PLAN, "d", "E", codes)), family=family)
    assert found.coded is coded


def test_uncoded_lessons_teach_the_kind_of_work_but_no_dimension():
    many = [lesson("paint the gate", kind="E", coded=False) for _ in range(20)]
    many += [lesson("own the plan", kind="W", codes=[(Dimension.SCOPE, 2.0)]) for _ in range(20)]
    made = lessons_of(many, NONE)
    weights = made.reader().words[made.vocabulary.places["paint"]]

    assert weights[OUTPUTS.index("kind_E")] > 0.1
    assert not weights[: OUTPUTS.index("kind_W")].any()


def test_a_reader_foretells_what_it_was_taught():
    told = [lesson("lead the yard", kind="W", codes=[(Dimension.SCOPE, 3.0)]) for _ in range(30)]
    untold = [lesson("paint one fence", kind="E") for _ in range(30)]
    made = lessons_of([*told, *untold], NONE)

    texts = "Duties:\nLead the yard.\nPaint one fence."
    lead, paint = made.reader().read(made.vocabulary.view(read(texts)))

    assert lead[SCOPE_TOLD] > 0.7
    assert lead[OUTPUTS.index("scope_anchor")] > 2.0
    assert paint[SCOPE_TOLD] < 0.3
    assert paint[OUTPUTS.index("kind_E")] > 0.7


def test_without_leaves_a_group_out_and_nothing_else():
    told = [lesson("lead the yard", codes=[(Dimension.SCOPE, 3.0)], group="a") for _ in range(9)]
    untold = [lesson("lead one fence", group=g) for g in "bc" for _ in range(5)]
    made = lessons_of([*told, *untold], NONE)

    held = made.without({"a", "never seen"})

    assert held.groups.tolist() == ["b"] * 5 + ["c"] * 5
    assert held.x.shape == (10, made.x.shape[1])
    np.testing.assert_array_equal(held.x.toarray(), made.x.toarray()[9:])
    assert (held.targets.shape, held.coded.shape) == ((10, len(OUTPUTS)), (10,))
    assert made.reader().words[:, SCOPE_TOLD].any()
    assert not held.reader().words[:, SCOPE_TOLD].any()
    assert len(made.groups) == 19


def test_words_of_titles_and_numbers_are_not_read():
    rank = "senior principal staff associate level twelve years million"
    made = lessons_of([lesson(f"the {rank} director and manager") for _ in range(50)], NONE)
    read_ = {t for t, rarity in zip(made.vocabulary.terms, made.idf, strict=True) if rarity}

    assert {"director", "manager", "and manager"} <= read_
    assert set(rank.split()) <= TITLE_WORDS | NUMBER_WORDS
    assert not [term for term in read_ if set(term.split()) & (TITLE_WORDS | NUMBER_WORDS)]


def test_no_shipped_lesson_teaches_words_of_titles_and_numbers():
    made = taught.material().lessons
    read_ = {t for t, rarity in zip(made.vocabulary.terms, made.idf, strict=True) if rarity}

    assert len(read_) > 500
    assert not [term for term in read_ if set(term.split()) & (TITLE_WORDS | NUMBER_WORDS)]


def test_a_term_of_too_few_sentences_is_not_read():
    often = [lesson("quizzle") for _ in range(FEWEST_SENTENCES)]
    seldom = [lesson("wumpus wumpus wumpus") for _ in range(FEWEST_SENTENCES - 1)]
    made = lessons_of([*often, *seldom], NONE)
    assert made.vocabulary.terms == ("quizzle",)


def test_the_given_vocabulary_comes_first_and_keeps_its_rarity():
    given = Vocabulary(("harbour", "quizzle"), np.array([1.5, 2.5]))
    made = lessons_of([lesson("wumpus quizzle") for _ in range(8)], given)

    assert made.vocabulary.terms == ("harbour", "quizzle", "wumpus", "wumpus quizzle")
    assert made.vocabulary.idf.tolist() == [1.5, 2.5, 0.0, 0.0]
    assert made.vocabulary.n_in_rows == 2
    assert made.idf[0] == 0.0
    assert (made.idf[1:] > 0).all()
    assert made.x.shape == (8, 4 + len(cues()) + len(ZONES))


@pytest.mark.parametrize("penalty", [0.5, 3.0, 50.0])
def test_ridge_agrees_with_scikit_learn(penalty):
    random = np.random.default_rng(7)
    x = random_array((300, 60), density=0.1, format="csr", rng=random, dtype=np.float32)
    targets = random.normal(size=(300, 4)).astype(np.float32)
    targets[:, 3] = 0.0

    found = conjugate_ridge(x, targets, penalty)

    model = Ridge(penalty, fit_intercept=False, solver="cholesky").fit(x.toarray(), targets)
    assert found.shape == (60, 4)
    np.testing.assert_allclose(found, model.coef_.T, atol=0.01 * np.abs(model.coef_).max())
    assert not found[:, 3].any()
