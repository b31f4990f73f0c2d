"""By hand or by SMS: a quote beyond the rules reaches no customer before its approval."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Connection, func, select

from db.engine import Database
from db.tables import Message, MessageTemplate, Quote
from db.terms import ContactMethod, Plan, RenewalStatus
from lib import data
from lib.approvals import asking
from lib.messages import outbox
from lib.messages.outbox import QuoteMessage
from lib.premiums import quotes
from lib.premiums.quotes import Asked
from lib.refusals import Invalid
from lib.renewals import acts
from lib.renewals.acts import QuoteTold
from tests.cases import expiring, row
from tests.lib.messages.desk import asked, change, noon, template
from tests.personas import Personas, people


@pytest.fixture
def made(store: Database, monkeypatch: pytest.MonkeyPatch) -> Personas:
    personas = people()
    noon(monkeypatch)
    return personas


def low(*plans: Plan, of: int = 0) -> Asked:
    """Trials of which one has a pricing coefficient below the store's bound."""
    wanted = asked(*plans)
    wishes = [
        replace(wish, pricing=Decimal("0.6")) if place == of else wish for place, wish in enumerate(wanted.wishes)
    ]
    return replace(wanted, wishes=tuple(wishes))


def messages() -> int:
    def read(connection: Connection) -> int:
        return int(connection.scalar(select(func.count()).select_from(Message)) or 0)

    return data.fresh(read)


def test_an_sms_quote_goes_out_only_once_it_is_approved(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    quote = data.write(quotes.save, made.specialist, key, low(Plan.BASIC))[0]
    typed = QuoteMessage(template(), quote)
    with pytest.raises(Invalid, match="authority"):
        data.write(outbox.send_quote, made.specialist, key, row(key).version, typed)
    assert (messages(), row(key).status, row(key).call_due_on) == (0, RenewalStatus.PENDING, None)
    request = data.write(asking.ask, made.specialist, quote, "同行压价")
    data.write(asking.approve, made.manager, request, 1, "同意")
    data.write(outbox.send_quote, made.specialist, key, row(key).version, typed)
    assert (messages(), row(key).status) == (1, RenewalStatus.QUOTED)


def test_a_text_that_names_all_plans_needs_each_of_them_free(made: Personas) -> None:
    change(MessageTemplate, body="您好，{plans}，详询门店")
    key = expiring(made, owner="specialist")
    basic, full = data.write(quotes.save, made.specialist, key, low(Plan.BASIC, Plan.FULL, of=1))
    typed = QuoteMessage(template(), basic)
    with pytest.raises(Invalid, match="authority"):
        data.write(outbox.send_quote, made.specialist, key, row(key).version, typed)
    request = data.write(asking.ask, made.specialist, full, "同行压价")
    data.write(asking.approve, made.manager, request, 1, "同意")
    data.write(outbox.send_quote, made.specialist, key, row(key).version, typed)
    assert messages() == 1


def test_its_price_is_not_marked_told_by_hand_either(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    quote = data.write(quotes.save, made.specialist, key, low(Plan.BASIC))[0]
    total = data.fresh(quotes.of_case, made.specialist, key)[0].trial.total_amount
    told = QuoteTold(ContactMethod.PHONE, total)
    with pytest.raises(Invalid, match="authority"):
        data.write(acts.tell_quote, made.specialist, key, row(key).version, told)
    assert row(key).status is RenewalStatus.PENDING
    request = data.write(asking.ask, made.specialist, quote, "同行压价")
    data.write(asking.approve, made.manager, request, 1, "同意")
    data.write(acts.tell_quote, made.specialist, key, row(key).version, told)
    assert row(key).status is RenewalStatus.QUOTED


def test_the_third_party_limit_is_kept_with_the_trial(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    wanted = asked(Plan.BASIC)
    wanted = replace(wanted, wishes=(replace(wanted.wishes[0], third_party=300),))
    quote = data.write(quotes.save, made.specialist, key, wanted)[0]

    def read(connection: Connection) -> object:
        return connection.scalar(select(Quote.inputs).where(Quote.id == quote))

    assert data.fresh(read)["third_party"] == 300  # type: ignore[index]
