"""The market's figures in words, one line each; the number of ads stands beside every figure."""

from collections.abc import Iterator

from pmjobs.market.record import Group, Inflation, PayRange, Share


def group_words(found: Group) -> str:
    """Return a group's figures in a line for people; too few ads give only their number."""
    if not found.enough:
        return f"{ads_words(found.n)}: too few to say"
    told = "; ".join(price_words(found))
    if found.levels:
        return f"{ads_words(found.n)}: {'; '.join(filter(None, (levels_words(found), told)))}"
    return f"{ads_words(found.n)}; {told or 'too few of them state years or pay'}"


def levels_words(found: Group) -> str:
    """Return a group's shares with their intervals: "L3 29% (10-58%), L4 71% (42-90%)"."""
    if len(found.levels) == 1:
        (one,) = found.levels
        return f"all L{int(one.level)} ({interval_words(one)})"
    shares = (f"L{int(s.level)} {s.share:.0%} ({interval_words(s)})" for s in found.levels)
    return ", ".join(shares)


def interval_words(share: Share) -> str:
    """Return a share's 90 % interval, "10-58%"."""
    return f"{share.low * 100:.0f}-{share.high * 100:.0f}%"


def price_words(found: Group) -> Iterator[str]:
    """Yield what a group's ads ask and pay, with the number of ads that say so."""
    if found.years:
        yield f"{found.years[0]:g} years asked (median of {found.years[1]})"
    yield from map(pay_words, found.pay)


def pay_words(pay: PayRange) -> str:
    """Return the middle half of what is paid: "GBP 52,000-61,000 a year (middle half of 7)"."""
    told = f"{pay.currency} {pay.lower:,.0f}-{pay.upper:,.0f} a {str(pay.period).lower()}"
    assumed = f", {pay.n_assumed} read as a year's" if pay.n_assumed else ""
    return f"{told} (middle half of {pay.n}{assumed})"


def ads_words(n: int) -> str:
    """Return "1 ad", "2 ads"."""
    return f"{n:,} ad{'' if n == 1 else 's'}"


def inflation_words(habit: Inflation) -> str:
    """Return an employer's habit in a line for people.

    "titles claim as much as the work shows (−0.3 to +0.2, 7 ads; market +0.1)"
    """
    levels = f"{abs(habit.mean):.1f}".removesuffix(".0")
    if levels == "0":
        claim = "as much as"
    else:
        step = "level" if levels == "1" else "levels"
        claim = f"{levels} {step} {'more' if habit.mean > 0 else 'less'} than"
    spread = f"{_signed(habit.low)} to {_signed(habit.high)}, {ads_words(habit.n)}"
    return f"titles claim {claim} the work shows ({spread}; market {_signed(habit.market_mean)})"


def _signed(levels: float) -> str:
    """Return "+0.2", "−0.2" with a true minus, or "0.0"."""
    told = f"{levels:+.1f}"
    return "0.0" if told in ("+0.0", "-0.0") else told.replace("-", "−")
