"""What an ad wants, what the reader has, which move it is, and whether it is a step up.

Pure: records in, records out; no network, no database, no trained model. Ads come with their level
estimate, which this part does not make.
"""

from pmjobs.compare.comparison import (
    Comparison,
    compare,
    comparison_as_json,
    rank,
    read_posting,
)

__all__ = ["Comparison", "compare", "comparison_as_json", "rank", "read_posting"]
