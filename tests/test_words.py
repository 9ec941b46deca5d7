"""Words as prints: the same words as a plain expression finds, and no two alike."""

from itertools import pairwise

import numpy as np
import pytest

from pmjobs.level.reading import TOKEN
from pmjobs.level.words import pair_print, prints_of, words_of

LINES = (
    "run the harbour crew's rota",
    "",
    "r&d, c++ and 'quoted' ''twice quoted''",
    "a b é+ab naïve 3rd x2y '& ' &",
    "the end",
)


def test_every_word_of_a_line_is_read_and_nothing_else():
    found = words_of(LINES)
    expected = [(n, word) for n, line in enumerate(LINES) for word in TOKEN.findall(line)]
    assert found.line.tolist() == [n for n, _ in expected]
    assert found.prints.tolist() == prints_of([word for _, word in expected]).tolist()


def test_pairs_never_reach_over_a_line():
    found = words_of(LINES).pairs()
    expected = [
        (n, " ".join(pair))
        for n, line in enumerate(LINES)
        for pair in pairwise(TOKEN.findall(line))
    ]
    assert found.line.tolist() == [n for n, _ in expected]
    assert found.prints.tolist() == prints_of([pair for _, pair in expected]).tolist()


def test_order_of_letters_and_of_words_counts():
    terms = ("stop", "post", "stop post", "post stop", "stops", "stop stop", "sto p'")
    assert len(set(prints_of(terms[:-1]).tolist())) == len(terms) - 1
    first, second = prints_of(("stop", "post"))
    assert pair_print(first[None], second[None]) == prints_of(("stop post",))


def test_a_long_text_has_the_same_prints_as_a_short_one():
    far = words_of([*["filling words"] * 3000, "harbour"]).prints
    assert far[-1] == words_of(["harbour"]).prints[0]


def test_texts_without_words_have_none():
    for lines in ((), ("",), ("", "3 % _ é"), ("\ud83d",)):
        assert words_of(lines).prints.size == 0
        assert words_of(lines).pairs().line.size == 0


@pytest.mark.parametrize("terms", [("two words more",), ("fine", "3"), ("",)])
def test_a_term_is_a_word_or_two(terms):
    with pytest.raises(ValueError, match="words or pairs of words"):
        prints_of(terms)


def test_prints_do_not_change_from_run_to_run():
    assert words_of(["harbour"]).prints.dtype == np.uint64
    assert words_of(["harbour"]).prints[0] == words_of(["the harbour"]).prints[1]
