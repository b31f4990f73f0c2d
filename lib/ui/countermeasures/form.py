"""The form of a countermeasure: a new one, or one that is open still. What is typed stays when it is refused."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from db.terms import LossDomain
from lib import data
from lib.access import Actor
from lib.countermeasures import choices, writing
from lib.countermeasures.choices import Choices, Reason
from lib.countermeasures.reading import Measure
from lib.countermeasures.writing import Plan
from lib.ui.countermeasures import address
from lib.ui.guarding import guarded
from lib.ui.language import current, t, term
from lib.ui.store import forms

RUNS = timedelta(days=29)  # a month to begin with: long enough to be measured


@dataclass(frozen=True)
class Start:
    """What the fields begin with."""

    reason_id: int | None = None
    channel_id: int | None = None
    person_id: int | None = None
    insurer: str | None = None
    car_model_id: int | None = None
    what: str = ""
    owner_id: int | None = None
    start_on: date | None = None
    due_on: date | None = None


def new(actor: Actor, today: date) -> None:
    """Set up a new one; it begins with what the address carries over from the loss analysis."""
    st.subheader(t("New countermeasure"), anchor=False)
    known = address.wanted("reason").partition(".")[0]
    domains = list(LossDomain)
    domain = LossDomain(
        st.segmented_control(
            t("Losses of"), domains, format_func=term, required=True, key="measure_domain",
            default=LossDomain(known) if known in domains else LossDomain.RENEWAL,
        ) or LossDomain.RENEWAL
    )  # fmt: skip
    offered = data.read(choices.choices, actor.scope, domain)
    name = f"measure_new-{domain}"
    plan = _fields(actor, name, domain, offered, _carried(actor, offered, today), t("Set up"))
    if plan is None:
        return
    with guarded():
        key = data.write(writing.add, actor, plan)
        forms.anew(name)
        address.open_one(key)
        st.session_state[forms.SAID] = t("The countermeasure is set up.")
        st.rerun()


def edit(actor: Actor, measure: Measure) -> None:
    """Change an open one. Somebody else's change is pointed out, and what is typed is kept. A reason that is no longer
    offered stays to choose for it."""
    name = f"measure-{measure.id}"
    opened: Measure = forms.opened(name, measure)
    offered = data.read(choices.choices, actor.scope, opened.domain)
    own = Reason(opened.loss_reason_id, opened.reason_code, _levels(opened.reason), _levels(opened.reason_en))
    offered = replace(offered, reasons={**offered.reasons, own.id: offered.reasons.get(own.id, own)})
    start = Start(
        opened.loss_reason_id, opened.channel_id, opened.person_id, opened.insurer, opened.car_model_id, opened.what,
        opened.owner_id, opened.start_on, opened.due_on,
    )  # fmt: skip
    plan = _fields(actor, name, opened.domain, offered, start, t("Save"))
    if plan is not None:
        forms.save(name, t("Saved."), writing.edit, actor, opened.id, opened.version, plan)


def _levels(names: tuple[str, str]) -> tuple[str, ...]:
    """Both levels; the first alone where there is no second."""
    return tuple(dict.fromkeys(names))


def _carried(actor: Actor, offered: Choices, today: date) -> Start:
    reasons = {each.code: each.id for each in offered.reasons.values()}
    places = {each.code: each.id for each in offered.places.values()}
    insurer, model = address.wanted("insurer"), address.wanted("model")
    return Start(
        reason_id=reasons.get(address.wanted("reason")),
        channel_id=places.get(address.wanted("channel")) or actor.channel_id,
        person_id=offered.usernames.get(address.wanted("person")),
        insurer=insurer if insurer in offered.insurers else None,
        car_model_id={str(key): key for key in offered.models}.get(model),
        owner_id=actor.user_id if actor.user_id in offered.owners else None,
        start_on=today, due_on=today + RUNS,
    )  # fmt: skip


def _fields(
    actor: Actor, name: str, domain: LossDomain, offered: Choices, start: Start, label: str
) -> Plan | None:  # fmt: skip
    """Draw the fields; the plan when it was sent."""
    with st.form(name, border=False, enter_to_submit=False):
        reasons = {key: each.names_en if current() == "en" else each.names for key, each in offered.reasons.items()}
        reason = _one(name, "reason", t("Loss reason (either level)"), reasons, start.reason_id,
                      lambda key: " / ".join(reasons[key]))  # fmt: skip
        what = st.text_area(
            t("What we do"), start.what, max_chars=writing.LONGEST, height=90, key=forms.key(name, "what")
        )
        with st.container(horizontal=True):
            owner = _one(name, "owner", t("Owner"), offered.owners, start.owner_id, offered.owners.__getitem__)
            start_on = st.date_input(
                t("Begins on"), start.start_on, format="YYYY-MM-DD", key=forms.key(name, "start"), width=150
            )
            due_on = st.date_input(
                t("To be done by"), start.due_on, format="YYYY-MM-DD", key=forms.key(name, "due"), width=150,
                help=t("The effect is measured from the start to this day, against as many days before the start."),
            )  # fmt: skip
        channel = _place(actor, name, offered, start)
        narrowed = _narrowed(name, domain, offered, start)
        sent = st.form_submit_button(label, type="primary", icon=":material/save:", key=f"{name}-save")
    return Plan(domain, reason, channel, what or "", owner, start_on, due_on, **narrowed) if sent else None


def _place(actor: Actor, name: str, offered: Choices, start: Start) -> int | None:
    """The channel and all below it; for whom the whole group is, that too."""
    places: dict[int | None, str] = {None: t("Whole group")} if actor.path is None else {}
    places |= {key: "\u2003" * each.depth + each.name for key, each in offered.places.items()}
    keys = list(places)
    return st.selectbox(
        t("Channel and below"), keys, keys.index(start.channel_id) if start.channel_id in keys else 0,
        format_func=places.__getitem__, key=forms.key(name, "channel"),
    )  # fmt: skip


def _narrowed(name: str, domain: LossDomain, offered: Choices, start: Start) -> dict[str, Any]:
    """Whom or what it is narrowed to; nothing chosen leaves the whole channel."""
    with st.container(horizontal=True):
        person = _one(name, "person", t("Only this person's cases"), offered.people, start.person_id,
                      offered.people.__getitem__)  # fmt: skip
        if domain is LossDomain.RENEWAL:
            insurers = dict.fromkeys(offered.insurers)
            insurer = _one(name, "insurer", t("Only this insurer"), insurers, start.insurer, str)
            return {"person_id": person, "insurer": insurer}
        model = _one(name, "model", t("Only this model"), offered.models, start.car_model_id,
                     offered.models.__getitem__)  # fmt: skip
        return {"person_id": person, "car_model_id": model}


def _one(name: str, field: str, label: str, offered: Any, start: Any, said: Any) -> Any:
    keys = list(offered)
    return st.selectbox(
        label, keys, keys.index(start) if start in keys else None, format_func=said, key=forms.key(name, field),
        placeholder=t("All") if field in ("person", "insurer", "model") else t("Choose"),
    )  # fmt: skip
