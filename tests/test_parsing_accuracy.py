"""Pay and years are read as exactly as bench/accuracy.py last showed, on both labelled sets."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def accuracy():
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "bench" / "accuracy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(accuracy, cases, field):
    chosen = [case for case in cases if case.field == field]
    return accuracy.score(chosen, accuracy.pmjobs_reader)


@pytest.mark.parametrize("field", ["salary", "years"])
def test_invented_cases_are_read(accuracy, field):
    result = scores(accuracy, accuracy.invented_cases(), field)
    assert result.cases >= 300
    assert result.precision >= 0.97
    assert result.recall >= 0.97


@pytest.mark.parametrize("field", ["salary", "years"])
def test_corpus_cases_are_read(accuracy, shared, field):
    ads = shared / "corpus" / "ads.jsonl.gz"
    cases = [case for n in (1, 2) for case in accuracy.corpus_cases(ads, labelled_in=n)]
    result = scores(accuracy, cases, field)
    assert result.cases >= 250
    assert result.precision >= 0.95
    assert result.recall >= 0.95


def test_price_parser_alone_reads_few_of_them(accuracy):
    cases = [case for case in accuracy.invented_cases() if case.field == "salary"]
    alone = accuracy.score(cases, accuracy.price_parser_reader)
    assert alone.recall < scores(accuracy, cases, "salary").recall / 2


def test_the_corpus_cases_hold_no_text():
    for line in (ROOT / "tests" / "accuracy" / "corpus.jsonl").read_text().splitlines():
        case = json.loads(line)
        assert set(case) <= {"id", "field", "round", "start", "end", "dollar", "expected"}
        assert 0 <= case["start"] < case["end"]
        assert len(line) < 200
