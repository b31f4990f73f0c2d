"""A line's arithmetic in words that a customer can follow."""

from decimal import Decimal

from lib.premiums.trials import Line, plain


def sentence(line: Line) -> str:
    """`2,500.00 × 0.6 × 0.85 = 1,275.00`; the amount alone where nothing is multiplied."""
    if not line.factors:
        return money(line.amount)
    return " × ".join([money(line.base_amount), *map(plain, line.factors)]) + f" = {money(line.amount)}"


def money(amount: Decimal) -> str:
    """Yuan with both cents."""
    return f"{amount:,.2f}"
