"""Where an export's rows are read, whose they are, and in whose words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping

from lib.words import Words

Record = dict[str, Any]
Reader = Callable[["Source"], Iterator[Record]]
AT_ONCE = 2000  # rows


@dataclass(frozen=True)
class Source:
    """Where the rows are read, whose they are, and in whose words."""

    connection: Connection
    path: str | None
    words: Words

    def stream(self, sentence: Any) -> Iterator[RowMapping]:
        """A sentence's rows, a portion at a time."""
        result = self.connection.execution_options(yield_per=AT_ONCE).execute(sentence)
        yield from result.mappings()

    def reason(self, row: RowMapping) -> str | None:
        """A loss reason's name."""
        name: str | None = row["loss_reason_en"] if self.words.language == "en" else row["loss_reason"]
        return name


def plain(sentence: Callable[[str | None], Any]) -> Reader:
    """Rows as a sentence gives them."""
    return lambda source: (dict(row) for row in source.stream(sentence(source.path)))
