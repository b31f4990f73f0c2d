"""The few words in which SQLite and PostgreSQL differ where the generator speaks SQL itself."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Dialect:
    """Writes expressions over the row number `i` for one engine. `anchor` is the day that the data is made for."""

    name: str
    anchor: date

    @property
    def sqlite(self) -> bool:
        return self.name == "sqlite"

    def numbers(self, count: int) -> str:
        """A source of rows i = 1 … count."""
        if self.sqlite:
            return (
                f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n) n"
            )
        return f"generate_series(1::bigint, {count}::bigint) n(i)"

    def day(self, days: str) -> str:
        """The anchor plus a number of days."""
        if self.sqlite:
            return f"date('{self.anchor}', ({days}) || ' days')"
        return f"(date '{self.anchor}' + ({days})::int)"

    def day_from(self, day: str, days: str) -> str:
        """A day plus a number of days."""
        return f"date({day}, ({days}) || ' days')" if self.sqlite else f"({day} + ({days})::int)"

    def moment(self, day: str, seconds: str) -> str:
        """A UTC moment so many seconds into a day."""
        if self.sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%S.000000', {day}, ({seconds}) || ' seconds')"
        return f"({day}::timestamp + make_interval(secs => ({seconds})::int))"

    def digits(self, number: str, width: int) -> str:
        """A number with leading zeros."""
        if self.sqlite:
            return f"substr('{'0' * width}' || ({number}), -{width})"
        return f"lpad(({number})::text, {width}, '0')"


def chance(number: str, salt: int, below: int) -> str:
    """A number below `below` that looks random and is the same in every run and on both engines."""
    return f"((({number}) * {7919 + 2 * salt} + {salt * 104729} + ({number}) / 97 * {31 + salt}) % {below})"
