"""Pages draw one after the other.

Threads of one interpreter share its time: five pages that draw at once are all done when the last one is, and the ticks
of walls between them wait as long. In turns the first is done after a fifth of that. Ticks are short and take no turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic

LONGEST = 0.25  # seconds; who is not done by then waits for something (a database, a file) or works for long


class Turns:
    """A turn that one holds at a time, but nobody keeps from the others for longer than `longest` seconds."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._changed = Condition()
        self._holder: object | None = None
        self._since = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and give it back at the end, however that comes."""
        me = object()
        with self._changed:
            while self._holder is not None and (left := self._since + self._longest - monotonic()) > 0:
                self._changed.wait(left)
            self._holder, self._since = me, monotonic()
        try:
            yield
        finally:
            with self._changed:
                if self._holder is me:
                    self._holder = None
                    self._changed.notify()


pages = Turns()
