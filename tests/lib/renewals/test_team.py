"""The manager's table: load now, work and compliance of the period asked for."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.engine import Database
from db.terms import ContactMethod, ContactOutcome
from lib import clock, data
from lib.messages.hours import Hours
from lib.periods import Period
from lib.renewals import acts, team
from lib.renewals.acts import Contact, QuoteTold
from lib.renewals.team import Member
from tests.cases import expiring, row, today
from tests.personas import people
from tests.quotes import without_rules


@pytest.fixture
def days(store: Database, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets acts happen some days from now."""
    real = clock.now
    monkeypatch.setattr(Hours, "open_at", lambda *_: True)

    def after(count: int) -> datetime:
        moment = real() + timedelta(days=count)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return after


def member(scope: Any, period: Period) -> Member:
    return next(each for each in data.read(team.members, scope, period, today()) if each.name == "续一")


def test_each_period_has_its_own_contacts_and_compliance(days: Any) -> None:
    made = people()
    without_rules()
    kept, broken = expiring(made, 40, owner="specialist"), expiring(made, 41, owner="specialist")
    expiring(made, 42, owner="other_specialist", channel="S2")
    begun = today()
    for key in (kept, broken):
        data.write(acts.tell_quote, made.specialist, key, row(key).version, QuoteTold(ContactMethod.SMS, Decimal(3912)))
    days(2)
    said = Contact(ContactMethod.PHONE, ContactOutcome.CONSIDERING, "再想想")
    data.write(acts.contact, made.specialist, kept, row(kept).version, said)
    days(9)
    quoted = member(made.manager.scope, Period(begun, begun + timedelta(days=4)))
    assert (quoted.contacts, quoted.connected_rate and quoted.connected_rate.denominator) == (3, 1)
    assert quoted.compliance is not None
    assert (quoted.compliance.numerator, quoted.compliance.denominator) == (1, 2)
    idle = member(made.manager.scope, Period(begun + timedelta(days=5), begun + timedelta(days=9)))
    assert (idle.contacts, idle.compliance and idle.compliance.value, idle.load, idle.overdue) == (0, None, 2, 1)
