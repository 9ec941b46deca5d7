"""Whether an ad tells too little of the work for a level: then nothing is said.

The rubric abstains under three duty dimensions with a quote, and under about 60 words of duties
(levels.md, 3.2). Short ads tell duties among the requirements, so it takes few words of both; and
a short ad that shows as many dimensions as the rubric wants for high confidence (3.1, S7) is no
thin one but a dense one.
"""

from pmjobs.domain.levels import gates
from pmjobs.ladder import DUTY_DIMENSIONS
from pmjobs.level.evidence import dimensions_shown
from pmjobs.level.model import Look
from pmjobs.level.reading import Reading

DENSE = 5  # duty dimensions
FEW_DUTY_WORDS, FEW_WORDS = 60, 100


def is_thin(look: Look, reading: Reading) -> bool:
    """Return whether too few duty dimensions are told of, or in too few words."""
    shown = len(set(dimensions_shown(look.reads)) & set(DUTY_DIMENSIONS))
    short = reading.n_duty_words < FEW_DUTY_WORDS and reading.n_words < FEW_WORDS
    return bool(shown < (DENSE if short else gates()["scoring"]["fewest_duties"]))
