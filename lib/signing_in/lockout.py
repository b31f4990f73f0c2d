"""How long a failed sign-in makes one wait (requirements of model.md, "Roles").

What is typed is counted before the password is looked at, so that many guesses at once gain nothing:

- per typed name and address: five failures, then 30 seconds, doubling to 15 minutes;
- per typed name over all addresses: the same five, but never more than two minutes, so that a stranger elsewhere
  cannot keep a person out for long;
- per address over all names: twenty failures, then the same waits; more patient, since a store shares one address.

A browser that this person signed in with before (it holds a signed cookie) is counted by itself alone: whatever
strangers do to the name or from the same address, the colleague at their own desk gets in. Names that nobody bears are
counted like all others, and no browser holds a cookie for them, so waits tell nothing about who exists.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from db.tables import SignInFailure
from lib import keys
from lib.data import Change
from lib.refusals import N_, Invalid

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
LONGEST_WAIT_OF_NAME = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)
FAILURES_OF_NAME = 5
FAILURES_OF_ADDRESS = 20


@dataclass(frozen=True)
class Count:
    """One thing whose failures are counted: how many are free, and the longest wait after that."""

    key_hash: str
    free: int
    longest: timedelta

    def wait(self, failed: int) -> timedelta:
        """The wait after this many failures: none, 30 seconds, and then each time the double."""
        if failed < self.free:
            return timedelta(0)
        doublings = min(failed - self.free, 20)
        return min(FIRST_WAIT * int(2**doublings), self.longest)


def counts(name: str, address: str, device: str | None) -> tuple[Count, ...]:
    """What an attempt is counted under; `device` is the known browser that it comes from."""
    name = name.lower()
    if device is not None:
        return (Count(keys.digest("device", name, device), FAILURES_OF_NAME, LONGEST_WAIT),)
    return (
        Count(keys.digest("name and address", name, address), FAILURES_OF_NAME, LONGEST_WAIT),
        Count(keys.digest("name", name), FAILURES_OF_NAME, LONGEST_WAIT_OF_NAME),
        Count(keys.digest("address", address), FAILURES_OF_ADDRESS, LONGEST_WAIT),
    )


def take(change: Change, counted: Sequence[Count]) -> None:
    """Count an attempt as failed until it proves good; `Invalid` while one has to wait, which is not counted."""
    for count in sorted(counted, key=lambda each: each.key_hash):
        row = _held(change, count)
        if row.locked_until is not None and row.locked_until > change.at:
            seconds = ceil((row.locked_until - change.at).total_seconds())
            raise Invalid(N_("Too many failed attempts. Wait {seconds} seconds, then try again."), seconds=seconds)
        forgotten = row.last_failed_at < change.at - FORGOTTEN_AFTER
        row.failed_count = 1 if forgotten else row.failed_count + 1
        wait = count.wait(row.failed_count)
        row.last_failed_at, row.locked_until = change.at, change.at + wait if wait else None


def give_back(change: Change, counted: Sequence[Count]) -> None:
    """The attempt was good: its name starts anew; an address only gets this one attempt back. Old counts go."""
    old = SignInFailure.last_failed_at < change.at - KEPT_FOR
    change.session.execute(delete(SignInFailure).where(old).execution_options(synchronize_session=False))
    for count in counted:
        if count.free == FAILURES_OF_ADDRESS:
            row = SignInFailure.key_hash == count.key_hash
            change.session.execute(
                update(SignInFailure)
                .where(row)
                .values(failed_count=SignInFailure.failed_count - 1, locked_until=None)
                .execution_options(synchronize_session=False)
            )
        else:
            change.session.execute(delete(SignInFailure).where(SignInFailure.key_hash == count.key_hash))


def forgive(change: Change, username: str) -> None:
    """Forget the failures of a name from elsewhere (its password was set anew)."""
    change.session.execute(delete(SignInFailure).where(SignInFailure.key_hash == keys.digest("name", username.lower())))


def _held(change: Change, count: Count) -> SignInFailure:
    """The count's row, held until the transaction ends, so that guesses made at once are counted one after another."""
    if change.session.get(SignInFailure, count.key_hash) is None:
        with suppress(IntegrityError), change.session.begin_nested():
            change.session.execute(
                insert(SignInFailure).values(key_hash=count.key_hash, failed_count=0, last_failed_at=change.at)
            )
    return change.session.get_one(SignInFailure, count.key_hash, with_for_update=True, populate_existing=True)
