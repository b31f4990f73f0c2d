"""Turns of the pages: one at a time, given back whatever happens, not kept for long."""

from threading import Event, Thread

import pytest

from lib.ui.turns import Turns

PATIENCE = 20  # seconds for what must happen; what must not is given a moment
MOMENT = 0.2


def waiting(turns: Turns) -> Event:
    """Somebody else asks for a turn; the event is set when they have had it."""
    had = Event()

    def take() -> None:
        with turns.turn():
            had.set()

    Thread(target=take, daemon=True).start()
    return had


def test_one_waits_for_the_other() -> None:
    turns = Turns(PATIENCE)
    with turns.turn():
        had = waiting(turns)
        assert not had.wait(MOMENT)
    assert had.wait(PATIENCE)


def test_a_page_that_fails_gives_its_turn_back() -> None:
    turns = Turns(PATIENCE)
    with pytest.raises(ValueError, match="no"), turns.turn():
        raise ValueError("no")
    assert waiting(turns).wait(PATIENCE / 2)


def test_who_works_for_long_keeps_nobody_waiting() -> None:
    turns = Turns(0)
    with turns.turn():
        assert waiting(turns).wait(PATIENCE)


def test_a_turn_that_was_passed_on_is_not_given_back_twice() -> None:
    turns = Turns(0)
    slow, quick = turns.turn(), turns.turn()
    slow.__enter__()
    quick.__enter__()
    turns._longest = PATIENCE
    slow.__exit__(None, None, None)
    had = waiting(turns)
    assert not had.wait(MOMENT)
    quick.__exit__(None, None, None)
    assert had.wait(PATIENCE)
