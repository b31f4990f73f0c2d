"""Thirty-two writers at once: no update is lost, nobody is told that the database is locked, histories are complete."""

from concurrent.futures import ThreadPoolExecutor

from db.engine import Database
from db.terms import ContactMethod, ContactOutcome, RenewalEventKind
from lib import data
from lib.access import Actor
from lib.refusals import Conflict
from lib.renewals import acts
from lib.renewals.acts import Contact
from tests.cases import events, expiring, row
from tests.personas import people

WRITERS, TURNS = 32, 3


def insist(actor: Actor, renewal_id: int, said: str) -> int:
    """Save as a person would: told that somebody was faster, they look and save again. How often they were told."""
    for told in range(1000):
        try:
            typed = Contact(ContactMethod.PHONE, ContactOutcome.CONSIDERING, said)
            data.write(acts.contact, actor, renewal_id, row(renewal_id).version, typed)
        except Conflict:
            continue
        return told
    raise AssertionError("never got through")


def test_thirty_two_writers_on_a_few_cases_lose_nothing(store: Database) -> None:
    made = people()
    cases = [expiring(made) for _ in range(4)]
    actors = (made.manager, made.boss)

    def work(writer: int) -> None:
        for turn in range(TURNS):
            insist(actors[writer % 2], cases[(writer + turn) % 4], f"第{writer}-{turn}次")

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    expected = {f"第{writer}-{turn}次" for writer in range(WRITERS) for turn in range(TURNS)}
    told = [event for case in cases for event in events(case) if event.kind is RenewalEventKind.CONTACT]
    assert {event.note for event in told} == expected
    assert len(told) == len(expected)
    for case in cases:
        contacts = [event for event in events(case) if event.kind is RenewalEventKind.CONTACT]
        assert row(case).version == 1 + len(contacts)


def test_of_thirty_two_who_saw_the_same_version_one_is_written(store: Database) -> None:
    made = people()
    case = expiring(made)
    seen = row(case).version

    def write(writer: int) -> bool:
        typed = Contact(ContactMethod.PHONE, ContactOutcome.CONSIDERING, f"{writer}")
        try:
            data.write(acts.contact, made.manager, case, seen, typed)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(WRITERS) as pool:
        written = list(pool.map(write, range(WRITERS)))
    assert sum(written) == 1
    assert row(case).version == seen + 1
    assert [event.note for event in events(case)][1:] == [str(written.index(True))]
