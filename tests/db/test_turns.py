"""Writers are let in one after the other, in the order in which they asked."""

import threading
from collections.abc import Callable
from time import sleep

import pytest

from db.engine import Database
from db.terms import Subject
from db.turns import Turns
from lib import data
from lib.access import SYSTEM


def started(*acts: Callable[[], None]) -> list[threading.Thread]:
    """Threads that begin in this order, each once the one before waits or works."""
    threads = [threading.Thread(target=act, daemon=True) for act in acts]
    for thread in threads:
        thread.start()
        sleep(0.02)
    return threads


@pytest.mark.parametrize("places", [1, 3])
def test_who_asks_first_is_let_in_first_and_never_more_than_there_are_places(places: int) -> None:
    turns, within, most, order, let_go = Turns(places), [0], [0], list[int](), threading.Event()

    def writer(number: int) -> Callable[[], None]:
        def act() -> None:
            with turns.turn():
                order.append(number)
                within[0] += 1
                most[0] = max(most[0], within[0])
                let_go.wait(10)
                within[0] -= 1

        return act

    threads = started(*(writer(number) for number in range(8)))
    assert order == list(range(places))
    let_go.set()
    for thread in threads:
        thread.join(10)
    assert sorted(order) == list(range(8))
    assert most == [places]
    if places == 1:  # of several who are let in at once none is the first
        assert order == list(range(8))


def test_who_is_in_may_come_in_again_and_hands_on_only_when_wholly_out() -> None:
    turns, seen = Turns(1), list[str]()

    def other() -> None:
        with turns.turn():
            seen.append("other")

    with turns.turn():
        with turns.turn():
            (thread,) = started(other)
        seen.append("first")
    thread.join(10)
    assert seen == ["first", "other"]


def test_a_writer_that_fails_hands_its_turn_on() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="wrong"), turns.turn():
        raise ValueError("wrong")
    done = threading.Event()

    def other() -> None:
        with turns.turn():
            done.set()

    started(other)
    assert done.wait(10)


def test_two_writers_to_one_subject_do_not_wait_for_each_other(
    postgresql_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is either lost: the version is the sum of its parts."""
    before, numbers, both = data.fresh(data.versions), {}, threading.Barrier(2, timeout=10)
    monkeypatch.setattr(data, "get_native_id", lambda: numbers[threading.get_ident()])

    def writer(number: int) -> Callable[[], None]:
        def act() -> None:
            numbers[threading.get_ident()] = number
            with data.transaction(SYSTEM) as change:
                data.raise_versions(change.connection, {Subject.SALES})
                both.wait()

        return act

    for thread in started(writer(0), writer(1)):
        thread.join(15)
    assert not both.broken
    assert data.fresh(data.versions) == before | {Subject.SALES: before[Subject.SALES] + 2}
