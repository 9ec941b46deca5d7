"""The ad's own lines behind what a comparison says of it: how far a dimension is borne out.

The model codes a dimension for the whole ad; a reader sees one line of it. What is said beside a
line stays within what that line shows.
"""

from collections.abc import Collection

from pmjobs.ladder import Dimension, Evidence, LevelEstimate


def best_line(estimate: LevelEstimate, dimension: Dimension) -> Evidence | None:
    """Return the ad's strongest quoted line for a dimension, or None where none is quoted.

    A few words out of a line that is quoted itself ("board", a fact) are no line.
    """
    quoted = (line for line in estimate.evidence if line.dimension is dimension)
    texts = {line.quote for line in estimate.evidence}
    lines = (line for line in quoted if not _part_of_one(line.quote, texts))
    return max(lines, key=lambda line: line.anchor, default=None)


def _part_of_one(words: str, texts: Collection[str]) -> bool:
    return any(words in text and words != text for text in texts)


def anchor_shown(estimate: LevelEstimate, dimension: Dimension) -> float | None:
    """Return the ad's anchor (0 to 4), at most that of its strongest line; None: not shown.

    Where no line is quoted the code of the whole ad stands alone.
    """
    code, line = estimate.dimensions.get(dimension), best_line(estimate, dimension)
    return code if code is None or line is None else min(code, line.anchor)
