"""The market's figures in words, one line each; the number of ads stands beside every figure."""

from collections.abc import Iterator

from pmjobs.market.record import Group, Inflation, PayRange, Share


def group_words(found: Group) -> str:
    """Return a group's figures in a line for people; too few ads give only their number."""
    if not found.enough:
        return f"{ads_words(found.n)}: too few to say"
    told = [levels_words(found)] if found.levels else []
    return f"{ads_words(found.n)}: {'; '.join((*told, *price_words(found)))}"


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
    """Return an employer's habit in a line for people."""
    return (
        f"claim {habit.mean:+.1f} levels ({habit.low:+.1f} to {habit.high:+.1f}, "
        f"{habit.n} ads) against {habit.market_mean:+.1f} in the market"
    )
