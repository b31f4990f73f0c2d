"""The thread of a serving process that keeps the sums of months."""

import threading

from lib.summaries import keeping


class Keeper:
    """Runs beside the server. Every process may have one: they take turns."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._thread = threading.Thread(
            target=keeping.keep_on, args=(self._ending.wait,), name="summaries", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Let it finish the month that it is at."""
        self._ending.set()
        self._thread.join(10)
