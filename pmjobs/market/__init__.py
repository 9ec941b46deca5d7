"""What a title is worth: levelled ads in, distributions with intervals out.

Nothing is said from fewer than `FEWEST` ads, and the number of ads stands beside every figure.
An employer's habit of inflating titles is pooled with the market's, so that three ads do not
brand a firm.
"""

from pmjobs.ladder import LevelledAd
from pmjobs.market.figures import by_country, by_employer, group, market_of
from pmjobs.market.habit import inflation
from pmjobs.market.record import FEWEST, Group, Inflation, Market, PayRange, Share
from pmjobs.market.titles import Says, has_words, says_role, says_words
from pmjobs.market.words import group_words, inflation_words

__all__ = [
    "FEWEST",
    "Group",
    "Inflation",
    "LevelledAd",
    "Market",
    "PayRange",
    "Says",
    "Share",
    "by_country",
    "by_employer",
    "group",
    "group_words",
    "has_words",
    "inflation",
    "inflation_words",
    "market_of",
    "says_role",
    "says_words",
]
