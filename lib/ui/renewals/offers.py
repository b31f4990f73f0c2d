"""What is offered in a case: premium trials, SMS, and what became of them."""

from datetime import date, datetime

import streamlit as st

from lib import data
from lib.access import Actor, Permission
from lib.messages import views
from lib.messages.views import Sms
from lib.premiums import quotes as saved_quotes
from lib.renewals.allowed import Act
from lib.renewals.case import Case
from lib.ui import quotes
from lib.ui.approvals import on_case
from lib.ui.language import t
from lib.ui.messages import composing, handling


def draw(actor: Actor, case: Case, today: date, now: datetime) -> None:
    """First the messages that wait for a person; then trials, the SMS, and the messages that are through."""
    saved = data.fresh(saved_quotes.of_case, actor, case.id)
    messages = data.fresh(views.of_case, actor, case.id, now)
    waiting = [each for each in messages if each.needs_person]
    _listed(actor, t("For a person"), waiting, now)
    quotes.draw(actor, case, saved, today)
    on_case.draw(actor, case.id, today)
    if actor.may(Permission.RENEWAL_WRITE) and Act.QUOTE in case.acts:
        composing.draw(actor, case, saved, now)
    _listed(actor, t("Messages"), [each for each in messages if each not in waiting], now)


def _listed(actor: Actor, heading: str, messages: list[Sms], now: datetime) -> None:
    if messages:
        st.markdown(f"**{heading}**")
    for each in messages:
        handling.draw(actor, each, now)
