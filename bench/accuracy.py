"""How exactly pay and years are read, on labelled cases: precision and recall of whole tuples.

Run: python bench/accuracy.py [--corpus ADS.jsonl.gz] [--errors]

A tuple is right only as a whole: currency, minimum, maximum and period, or minimum and maximum
years. price-parser, which reads one amount and its sign, is measured beside it for pay: on the
same text, and told where to look. The cases are described in tests/accuracy/README.md; those of
the corpus are left out where the corpus is not at hand.
"""

import argparse
import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.money import SIGNS
from pmjobs.parsing.salary import parse_salary

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "accuracy"
CORPUS = ROOT.parent / "shared" / "corpus" / "ads.jsonl.gz"

Answer = tuple[Any, ...] | None


@dataclass(frozen=True)
class Case:
    name: str
    field: str  # "salary" or "years"
    text: str
    start: int  # where the statement stands in the text
    end: int
    dollar: str | None
    expected: Answer


@dataclass(frozen=True)
class Score:
    cases: int
    right: int  # tuples that are right as a whole
    given: int  # tuples the reader gave
    stated: int  # tuples there are

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.stated if self.stated else 1.0


def invented_cases() -> list[Case]:
    """Return the invented cases, two for each text: its pay and its years."""
    cases = []
    for number, line in enumerate(_lines(CASES / "invented.jsonl"), start=1):
        for field in ("salary", "years"):
            cases.append(
                Case(
                    f"invented {number}",
                    field,
                    line["text"],
                    0,
                    len(line["text"]),
                    line["dollar"],
                    _tuple(field, line[field]),
                )  # fmt: skip
            )
    return cases


def corpus_cases(ads: Path, *, labelled_in: int) -> list[Case]:
    """Return the corpus cases of one round, with the whole description as their text."""
    lines = [line for line in _lines(CASES / "corpus.jsonl") if line["round"] == labelled_in]
    wanted = {line["id"] for line in lines}
    with gzip.open(ads, "rt", encoding="utf-8") as file:
        texts = {ad["id"]: ad["description"] for ad in map(json.loads, file) if ad["id"] in wanted}
    return [
        Case(
            line["id"],
            line["field"],
            texts[line["id"]],
            line["start"],
            line["end"],
            line.get("dollar"),
            _tuple(line["field"], line["expected"]),
        )  # fmt: skip
        for line in lines
    ]


def pmjobs_reader(case: Case) -> Answer:
    """Return what the project's parsers read in the whole text."""
    if case.field == "years":
        years = parse_experience(case.text)
        return years and (years.minimum, years.maximum)
    salary = parse_salary(case.text, dollar=case.dollar)
    return salary and (salary.currency, salary.minimum, salary.maximum, salary.period)


def price_parser_reader(case: Case) -> Answer:
    """Return what price-parser alone reads in the whole text."""
    return _price(case.text, case.dollar)


def price_parser_told_where(case: Case) -> Answer:
    """Return what price-parser alone reads where the statement stands."""
    return _price(case.text[max(0, case.start - 4) : case.end + 4], case.dollar)


def score(cases: Iterable[Case], reader: Callable[[Case], Answer]) -> Score:
    """Return how many whole tuples a reader gets right, gives, and should give."""
    answers = [(reader(case), case.expected) for case in cases]
    return Score(
        cases=len(answers),
        right=sum(given is not None and given == expected for given, expected in answers),
        given=sum(given is not None for given, _ in answers),
        stated=sum(expected is not None for _, expected in answers),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="how exactly pay and years are read")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="ADS.jsonl.gz")
    parser.add_argument("--errors", action="store_true", help="list the wrong answers")
    args = parser.parse_args()
    sets = [("invented", invented_cases())]
    if args.corpus.exists():
        sets.append(("corpus 1", corpus_cases(args.corpus, labelled_in=1)))
        sets.append(("corpus 2", corpus_cases(args.corpus, labelled_in=2)))
    print(
        f"{'set':10}{'field':8}{'reader':28}{'cases':>6}{'stated':>8}{'precision':>11}{'recall':>8}"
    )
    for name, cases in sets:
        for field in ("salary", "years"):
            chosen = [case for case in cases if case.field == field]
            readers = [("pmjobs", pmjobs_reader)]
            if field == "salary":
                readers.append(("price-parser alone", price_parser_reader))
                if name != "invented":
                    readers.append(("price-parser, told where", price_parser_told_where))
            for reader_name, reader in readers:
                result = score(chosen, reader)
                print(
                    f"{name:10}{field:8}{reader_name:28}{result.cases:6}{result.stated:8}"
                    f"{result.precision:11.3f}{result.recall:8.3f}"
                )
            if args.errors:
                for case in chosen:
                    if (given := pmjobs_reader(case)) != case.expected:
                        print(f"    {case.name}: expected {case.expected}, read {given}")


def _price(text: str, dollar: str | None) -> Answer:
    # Here and not at the top: only this comparison needs the library.
    from price_parser import Price

    price = Price.fromstring(text)
    sign = price.currency or ""
    currency = dollar if sign == "$" else SIGNS.get(sign.lower(), sign or None)
    if price.amount is None or currency is None:
        return None
    return currency, price.amount, None, None


def _tuple(field: str, expected: list[Any] | None) -> Answer:
    if expected is None:
        return None
    if field == "years":
        return tuple(expected)
    currency, low, high, period = expected
    return currency, low and Decimal(low), high and Decimal(high), period


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    main()
