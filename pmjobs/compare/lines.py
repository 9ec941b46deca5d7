"""The ad's own lines behind what a comparison says of it: how far a dimension is borne out.

The model codes a dimension for the whole ad; a reader sees one line of it. What is said beside a
line stays within what that line shows.
"""

from pmjobs.ladder import Dimension, Evidence, LevelEstimate


def best_line(estimate: LevelEstimate, dimension: Dimension) -> Evidence | None:
    """Return the ad's strongest quoted line for a dimension, or None where none is quoted."""
    quoted = (line for line in estimate.evidence if line.dimension is dimension)
    return max(quoted, key=lambda line: line.anchor, default=None)


def anchor_shown(estimate: LevelEstimate, dimension: Dimension) -> float | None:
    """Return the ad's anchor (0 to 4), at most that of its strongest line; None: not shown.

    Where no line is quoted the code of the whole ad stands alone.
    """
    code, line = estimate.dimensions.get(dimension), best_line(estimate, dimension)
    return code if code is None or line is None else min(code, line.anchor)
