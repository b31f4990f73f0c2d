"""The sheet as a table to read and to print: two lines a case, the eight contacts below, blank ones to write into."""

from html import escape

import streamlit as st

from lib.access import Actor
from lib.refusals import N_
from lib.renewals.sheet import CONTACTS, PRINTED, Case, Contact, Sheet
from lib.ui import moments
from lib.ui.follow_up_sheet import wording as say
from lib.ui.follow_up_sheet.filters import Chosen
from lib.ui.language import t, term
from lib.ui.renewals import wording
from lib.ui.today import now

HEADINGS = (
    N_("Customer"), N_("Car"), N_("Last year"), N_("Expiry"), N_("Case"), N_("Quote this year"),
    N_("Three-day call"), N_("Result"),
)  # fmt: skip


def draw(actor: Actor, chosen: Chosen, found: Sheet) -> None:
    """The table, with a sentence where it does not hold every case."""
    if not found.cases:
        st.info(t("No case of these expires in this month. Cases appear when policies are imported or registered."),
                icon=":material/inbox:")  # fmt: skip
        return
    if found.total > len(found.cases):
        st.warning(
            t("The first {shown} of {total} cases. Choose a channel or a specialist to see the others, or download the "
              "workbook.", shown=PRINTED, total=f"{found.total:,}"),
            icon=":material/filter_alt:",
        )  # fmt: skip
    head = "".join(f"<th>{_text(t(each))}</th>" for each in HEADINGS)
    bodies = "".join(_case(number, each) for number, each in enumerate(found.cases, 1))
    st.html(
        f"<div class='desk-sheet'>{_caption(actor, chosen, found)}"
        f"<table><thead><tr><th class='number'></th>{head}</tr></thead>{bodies}</table></div>"
    )


def _caption(actor: Actor, chosen: Chosen, found: Sheet) -> str:
    """What stands above the table on paper: the title, whose it is, who printed it and when."""
    title, cases = t("Renewal follow-up sheet"), t("{count} cases", count=f"{found.total:,}")
    printed = t("Printed by {name} on {when}", name=actor.name, when=f"{now():%Y-%m-%d %H:%M}")
    return (
        f"<div class='head'><b>{_text(title)}</b><span>{_text(chosen.title)} · {_text(cases)}</span>"
        f"<span class='paper'>{_text(printed)}</span></div>"
    )


def _case(number: int, case: Case) -> str:
    cells = (_customer(case), _car(case), _last_year(case), _expiry(case), _work(case), _quote(case), _call(case),
             _result(case))  # fmt: skip
    contacts: list[Contact | None] = [*case.contacts, *[None] * (CONTACTS - len(case.contacts))]
    before = case.contact_count - len(case.contacts)
    below = "".join(_contact(before + place, each) for place, each in enumerate(contacts, 1))
    return (
        f"<tbody><tr><td rowspan='2' class='number'>{number}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        f"<tr class='contacts'>{below}</tr></tbody>"
    )


def _customer(case: Case) -> str:
    tier = t("Tier {tier}", tier=case.tier.value) if case.tier else ""
    return _lines(_strong(case.customer or t("Name unknown")), _text(case.mobile), _text(tier))


def _car(case: Case) -> str:
    registered = t("First registered {day}", day=say.day(case.first_registered_on)) if case.first_registered_on else ""
    vin = t("VIN …{tail}", tail=case.vin[-6:])
    return _lines(_strong(case.plate or t("No plate yet")), _text(case.car_model), _text(vin), _text(registered))


def _last_year(case: Case) -> str:
    claims = "" if case.claims is None else t("claims {count}", count=case.claims)
    known = " · ".join(filter(None, (say.coefficient(case) and f"NCD {say.coefficient(case)}", claims)))
    premium = "" if case.last_premium is None else f"¥{case.last_premium:,.2f}"
    return _lines(_text(say.insurer(case)), _text(say.lines(case)), _text(premium), _text(known))


def _expiry(case: Case) -> str:
    ends = [f"{term(each.line)} {moments.day(each.expires_on)}" for each in case.expiring]
    left = f"{wording.left(case.days_left)} · {term(case.stage)}" if case.undecided else ""
    return _lines(_strong(say.day(case.due_on)), *map(_text, dict.fromkeys(ends)), _text(left))


def _work(case: Case) -> str:
    return _lines(_strong(say.status(case)), _text(term(case.type)), _text(case.owner or t("nobody")),
                  _text(case.channel))  # fmt: skip


def _quote(case: Case) -> str:
    amount = "" if case.quote_amount is None else f"¥{case.quote_amount:,.2f}"
    sent = t("SMS {when}", when=moments.moment(case.sms_quoted_at)) if case.sms_quoted_at else ""
    return _lines(_strong(amount), _text(sent))


def _call(case: Case) -> str:
    by = t("by {day}", day=moments.day(case.call_by)) if case.call_by else ""
    overdue = t("overdue")
    late = f"<em>{_text(overdue)}</em>" if case.call_late else ""
    answered = case.called_at if case.sms_quoted_at else None  # a call before any SMS quote answers none
    called = t("called {when}", when=moments.moment(answered)) if answered else ""
    following = t("next on {day}", day=moments.day(case.next_on)) if case.next_on else ""
    return _lines(" ".join(filter(None, (_strong(by), late))), _text(called), _text(following))


def _result(case: Case) -> str:
    if case.renewing:
        total = f"¥{sum(each.premium_amount for each in case.renewing):,.2f}"
        names = dict.fromkeys([*(each.insurer for each in case.renewing), *(each.policy_no for each in case.renewing)])
        return _lines(_strong(say.status(case)), *map(_text, names), _text(total))
    if say.is_lost(case):
        return _lines(_strong(say.status(case)), _text(say.reason(case)), _text(case.countermeasure))
    return _text(say.remark(case))


def _contact(place: int, each: Contact | None) -> str:
    if each is None:
        return f"<td><i>{place}</i></td>"
    head = f"{moments.moment(each.at)} {term(each.method)}"
    return f"<td><i>{place}</i> {_lines(_text(head), _text(say.heard(each)), _text(each.note))}</td>"


def _lines(*parts: str | None) -> str:
    return "<br>".join(filter(None, parts))


def _strong(text: str | None) -> str:
    return f"<b>{_text(text)}</b>" if text else ""


def _text(text: str | None) -> str:
    """Text that people typed, as text."""
    return escape(text or "")
