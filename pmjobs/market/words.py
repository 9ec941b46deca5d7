"""The market's figures in words, one line each."""

from pmjobs.market.record import Group, Inflation


def group_words(found: Group) -> str:
    """Return a group's figures in a line for people; too few ads give only their number."""
    if not found.enough:
        return f"{found.n} ads: too few to say"
    told = []
    if len(found.levels) > 1:
        told.append(", ".join(f"L{int(s.level)} {s.share:.0%}" for s in found.levels))
    elif found.levels:
        told.append(f"all L{int(found.levels[0].level)}")
    if found.years:
        told.append(f"{found.years[0]:g} years asked (median of {found.years[1]})")
    for pay in found.pay:
        told.append(f"{pay.currency} {pay.lower:,.0f}-{pay.upper:,.0f} (middle half of {pay.n})")
    return f"{found.n} ads: {'; '.join(told)}"


def inflation_words(habit: Inflation) -> str:
    """Return an employer's habit in a line for people."""
    return (
        f"claim {habit.mean:+.1f} levels ({habit.low:+.1f} to {habit.high:+.1f}, "
        f"{habit.n} ads) against {habit.market_mean:+.1f} in the market"
    )
