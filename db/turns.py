"""Whose turn it is to write. The databases' own ways of waiting serve the lucky one, not the one who waits longest."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident


class Turns:
    """So many writers at once, let in in the order in which they asked. Who is in may come in again."""

    def __init__(self, places: int) -> None:
        self._gate = Lock()
        self._free = places
        self._within: dict[int, int] = {}  # how often each thread that is in has come in
        self._waiting: deque[tuple[int, Lock]] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and hand it on at the end."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def _enter(self) -> None:
        me = get_ident()
        with self._gate:
            if me in self._within:
                self._within[me] += 1
                return
            if self._free:
                self._free -= 1
                self._within[me] = 1
                return
            mine = (me, Lock())
            mine[1].acquire()
            self._waiting.append(mine)
        try:
            mine[1].acquire()
        except BaseException:  # Ctrl-C while waiting: the place in the line must not stay behind
            self._give_up(mine)
            raise

    def _give_up(self, mine: tuple[int, Lock]) -> None:
        with self._gate:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return
        self._leave()

    def _leave(self) -> None:
        me = get_ident()
        with self._gate:
            self._within[me] -= 1
            if self._within[me]:
                return
            del self._within[me]
            if not self._waiting:
                self._free += 1
                return
            next_one, waiting = self._waiting.popleft()
            self._within[next_one] = 1
            waiting.release()
