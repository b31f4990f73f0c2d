"""How busy a dealership is: seasons, weekends and holidays, the hours of a day."""

from datetime import date

from lib.workdays import Workdays

SEASONS = (0.95, 0.62, 1.02, 0.96, 1.06, 1.08, 0.86, 0.9, 1.18, 1.14, 1.1, 1.24)
VISITS = {9: 6, 10: 14, 11: 13, 12: 6, 13: 8, 14: 14, 15: 15, 16: 12, 17: 9}
CALLS = {8: 3, 9: 10, 10: 14, 11: 12, 12: 5, 13: 6, 14: 11, 15: 12, 16: 11, 17: 8, 18: 5, 19: 3}
ONLINE = {8: 4, 9: 7, 10: 9, 11: 9, 12: 8, 13: 7, 14: 7, 15: 8, 16: 8, 17: 7, 18: 6, 19: 7, 20: 7, 21: 5}
OFFICE = {9: 14, 10: 18, 11: 14, 13: 6, 14: 16, 15: 16, 16: 12, 17: 6}
GROWTH = 0.12  # from the first day of the year shown to its last


def showroom(day: date) -> float:
    """How busy the showroom is on a day, 1 on average."""
    return SEASONS[day.month - 1] * (0.83 if Workdays().is_workday(day) else 1.42)


def grown(day: date, first: date, last: date) -> float:
    """How far business has grown by a day of the year shown, 1 in its middle."""
    return 1 + GROWTH * ((day - first).days / max(1, (last - first).days) - 0.5)
