"""The dialogue in which a person labels ads by the rubric, without title, employer or model.

Answers come from any function that takes a prompt, so a script can give them too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rich.columns import Columns
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from pmjobs import labelling
from pmjobs.cli import label_answers as answers
from pmjobs.domain.families import families
from pmjobs.domain.levels import dimensions, rungs
from pmjobs.labelling import AdLabel, BlindAd, Confidence, Reports
from pmjobs.ladder import IN_SCOPE, Dimension, Family, Level, Track
from pmjobs.parsing.sections import Sentence, Zone
from pmjobs.posting import Posting

T = TypeVar("T")
Ask = Callable[[str], str]  # takes the prompt; raises EOFError when nobody answers any more

SKIP, BACK, QUIT, MORE = "s", "u", "q", "?"
KEYS = "? explains · s skips this ad · u takes one step back · q ends, and all given labels stay"
COUNTED = (Zone.DUTIES, Zone.REQUIREMENTS)
DIMENSION_HINT = f"0 to 4 in halves; Enter: not stated; {answers.REST} leaves out the rest"
REPORTS_MEANING = {
    Reports.NONE: "the ad shows that it directs nobody",
    Reports.MATRIX: "directs a project team without line authority",
    Reports.LINE: "line-manages other staff",
    Reports.MANAGERS: "has project managers, or any people managers, under it",
}


@dataclass(frozen=True, slots=True)
class Done:
    """How a session went."""

    labelled: int
    skipped: int
    left: int  # neither labelled nor skipped


class Turned(Exception):  # noqa: N818 - no error but a turn of the dialogue
    """The person asked for the next ad, one step back, or the end."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def label_ads(
    postings: Sequence[Posting],
    path: Path,
    *,
    labeller: str,
    ask: Ask,
    console: Console,
    clock: Callable[[], datetime],
) -> Done:
    """Ask for a label of each ad in turn; each stands in the file before the next ad is shown."""
    index = skipped = 0
    given: list[int] = []
    console.print(Text(KEYS, style="dim"))
    while index < len(postings):
        questions = _Questions(ask, console)
        console.rule(f"ad {index + 1} of {len(postings)}", align="left")
        try:
            found = _label(postings[index], questions, labeller=labeller, clock=clock)
        except (EOFError, KeyboardInterrupt):
            break
        except Turned as turn:
            if turn.key == QUIT:
                break
            if turn.key == SKIP:
                skipped, index = skipped + 1, index + 1
            elif questions.answered:
                continue  # back to the first question about this ad
            elif given:
                index = given.pop()
                labelling.remove_label(path, postings[index].key)
                questions.say("the last label is taken back")
            else:
                questions.say("this session has given no label to take back")
            continue
        labelling.append_label(path, found)
        given.append(index)
        index += 1
    return Done(len(given), skipped, len(postings) - index)


def shown(ad: BlindAd) -> RenderableType:
    """Return what the labeller sees of an ad: numbered sentences with their zones."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right", style="dim")
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    number = 0
    for sentence in ad.sentences:
        if sentence.heading:
            table.add_row("", "", Text(ad.shown(sentence), style="bold"))
            continue
        number += 1
        style = "" if sentence.zone in COUNTED else "dim"
        table.add_row(str(number), str(sentence.zone), Text(ad.shown(sentence), style=style))
    return table


class _Questions:
    """Puts questions until the answer can be read."""

    def __init__(self, ask: Ask, console: Console) -> None:
        self._ask = ask
        self._console = console
        self.answered = False  # whether any question about this ad is answered

    def say(self, what: RenderableType) -> None:
        self._console.print(Text(what) if isinstance(what, str) else what)

    def put(self, prompt: str, read: Callable[[str], T], more: Iterable[str] = (KEYS,)) -> T:
        """Return the answer; `more` are the lines that "?" shows."""
        while True:
            said = self._ask(f"{prompt}: ").strip()
            if said in (SKIP, BACK, QUIT):
                raise Turned(said)
            if said == MORE:
                for line in more:
                    self.say(line)
                continue
            try:
                answer = read(said)
            except ValueError as error:
                self.say(str(error))
                continue
            self.answered = True
            return answer


def _label(
    posting: Posting, questions: _Questions, *, labeller: str, clock: Callable[[], datetime]
) -> AdLabel:
    ad = labelling.blind(posting)
    questions.say(shown(ad))
    label = AdLabel(
        id=posting.key,
        text_sha256=labelling.fingerprint(posting.description or ""),
        family=_family(questions),
        track=None,
        level=None,
        low=None,
        high=None,
        confidence=Confidence.LOW,
        labeller=labeller,
        labelled_at=clock(),
        rubric=labelling.rubric_version(),
    )
    if label.family in IN_SCOPE:
        label = _levelled(label, questions)
    lines = [sentence for sentence in ad.sentences if not sentence.heading]
    return replace(label, evidence=_evidence(lines, questions), confidence=_confidence(questions))


def _family(questions: _Questions) -> Family:
    questions.say(_menu(list(Family)))
    tests = families()
    more = [f"{family}: {tests[family].test}" for family in Family if family in tests]
    return questions.put("family", lambda said: answers.choice(said, list(Family)), more)


def _levelled(label: AdLabel, questions: _Questions) -> AdLabel:
    questions.say(_menu(list(Track)))
    track = questions.put("track", lambda said: answers.choice(said, list(Track)))
    label = replace(label, track=track, dimensions=_dimensions(questions))
    ladder = [f"{int(level)}  {rung.name}: {rung.definition}" for level, rung in rungs().items()]
    for line in ladder:
        questions.say(line)
    level = questions.put("level 1-7 (Enter: cannot tell)", answers.level, ladder)
    level = _second_look(replace(label, level=level), questions)
    low = high = None
    if level is not None:
        around: Level = level
        prompt = f"interval you would defend, such as 3-4 (Enter: {int(level)} alone)"
        low, high = questions.put(prompt, lambda said: answers.interval(said, around))
    years = questions.put("least years of experience asked for (Enter: not stated)", answers.years)
    questions.say(_menu(list(Reports)))
    reports = questions.put(
        "who reports to the post (Enter: not stated)",
        lambda said: answers.maybe_choice(said, list(Reports)),
        [f"{name}: {meaning}" for name, meaning in REPORTS_MEANING.items()],
    )
    return replace(label, level=level, low=low, high=high, years=years, reports=reports)


def _dimensions(questions: _Questions) -> dict[Dimension, float]:
    coded: dict[Dimension, float] = {}
    questions.say(DIMENSION_HINT)
    for dimension, info in dimensions().items():
        questions.say(Text(f"{info.name}: {info.question}", style="bold"))
        for number, meaning in enumerate(info.anchors):
            questions.say(f"  {number}  {meaning}")
        found = questions.put(str(dimension), answers.code, [DIMENSION_HINT, *info.traps])
        if isinstance(found, float):
            coded[dimension] = found
        elif found == answers.REST:
            break
    return coded


def _second_look(label: AdLabel, questions: _Questions) -> Level | None:
    """Say what the codes read as, now that the level is given; the person has the last word."""
    if label.level is None or not label.dimensions:
        return label.level
    read, said = labelling.rubric_reading(label), int(label.level)
    if read is None:
        questions.say(f"{label.n_duties} coded duty dimensions are too few to read a level from")
    elif read == label.level:
        questions.say(f"the codes read as L{said} too")
    else:
        questions.say(f"the codes read as L{int(read)}, you say L{said}")
        again = questions.put(f"level (Enter keeps {said})", answers.level)
        return again or label.level
    return label.level


def _evidence(lines: Sequence[Sentence], questions: _Questions) -> tuple[tuple[int, int], ...]:
    numbers = questions.put(
        f"up to {answers.MOST_QUOTES} sentences that decided, such as 4 9 (Enter: none)",
        lambda said: answers.numbers(said, len(lines)),
    )
    return tuple((lines[number - 1].start, lines[number - 1].end) for number in numbers)


def _confidence(questions: _Questions) -> Confidence:
    return questions.put(
        "how sure: h, m or l", lambda said: answers.choice(said.lower(), list(Confidence))
    )


def _menu(choices: Sequence[str]) -> Columns:
    return Columns([Text(f"{n} {choice}") for n, choice in enumerate(choices, start=1)])
