"""The manager's list of losses to review: many accepted at once, one returned with a question."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from db.terms import LossDomain, LossReviewState
from lib import data
from lib.access import Actor, Scope
from lib.loss_reviews import judging, reading
from lib.loss_reviews.reading import LOOKED_BACK, Loss, Place
from lib.refusals import Conflict, NotFound
from lib.ui import address, downloads, moments, navigation
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.loss_reviews import wording
from lib.ui.plain import plain

State = LossReviewState
VIEW, SINCE = "review", "lost_since"
CHOSEN, PLACES, SAID = "review_chosen", "review_places", "review_said"
VIEWS = {"new": None, **{state.value: state for state in State}}
ORDER = ("new", State.ANSWERED.value, State.RETURNED.value, State.ACCEPTED.value)
ROW_HEIGHT, SHOWN_ROWS = 36, 10


def draw(actor: Actor, scope: Scope, domains: tuple[LossDomain, ...], today: date) -> None:
    """Counts that filter, the list, and what to do with the ones chosen in it."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    state, since = _filters(scope, domains, today)
    places = _places((scope, domains, state, since))
    shown = data.read(reading.page, scope, domains, state, since, places[-1])
    if shown.rows:
        _table(shown.rows)
        with st.container(horizontal=True, vertical_alignment="center"):
            _pager(places, shown.following)
            downloads.offer(
                actor, t("Download"), t("Loss review"), list(_cells(shown.rows[0])),
                lambda: [list(_cells(each).values()) for each in data.fresh(
                    reading.listed, scope, domains, state, since
                )],
            )  # fmt: skip
    else:
        st.info(t(wording.EMPTY[state]), icon=":material/task_alt:")
    chosen: tuple[Loss, ...] = st.session_state.get(CHOSEN, ())
    if chosen:
        _act(actor, chosen)
    elif shown.rows:
        st.caption(t("Tick losses to accept them together; tick one alone to look at it and ask about it."))


def _filters(scope: Scope, domains: tuple[LossDomain, ...], today: date) -> tuple[State | None, date]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input(
            t("Lost since"), key=address.day(SINCE, today - LOOKED_BACK), max_value=today, format="YYYY-MM-DD",
            width=170, on_change=_forget,
        ) or today - LOOKED_BACK  # fmt: skip
        counts = data.read(reading.counts, scope, domains, since)
        name = st.pills(
            t("Review"), ORDER, key=address.one(VIEW, ORDER, ORDER[0]), required=True, on_change=_forget,
            format_func=lambda each: f"{t(wording.STATES[VIEWS[each]])} {counts[VIEWS[each]]}",
            label_visibility="collapsed", wrap=True,
        )  # fmt: skip
    address.keep(**{VIEW: None if name == ORDER[0] else name, SINCE: None if since == today - LOOKED_BACK else since})
    return VIEWS[name or ORDER[0]], since


def _forget() -> None:
    st.session_state.pop(CHOSEN, None)


def _places(of: object) -> list[Place | None]:
    """Where each page up to the present one began; another choice begins anew."""
    if st.session_state.get(PLACES, (None,))[0] != of:
        st.session_state[PLACES] = (of, [None])
    places: list[Place | None] = st.session_state[PLACES][1]
    return places


def _table(rows: tuple[Loss, ...]) -> None:
    """The losses with the chosen ones marked. What was chosen is kept as it was seen, wherever its row goes."""
    key = f"review-{hash(tuple((row.domain, row.event_id) for row in rows))}"
    chosen = {loss.seen for loss in st.session_state.get(CHOSEN, ())}

    def choose() -> None:
        st.session_state[CHOSEN] = tuple(rows[place] for place in st.session_state[key].selection.rows)

    st.dataframe(
        pd.DataFrame([_cells(row) for row in rows]), key=key, on_select=choose, selection_mode="multi-row",
        hide_index=True, row_height=ROW_HEIGHT, height=ROW_HEIGHT * (min(len(rows), SHOWN_ROWS) + 1) + 2,
        placeholder="",
        selection_default={"selection": {"rows": [place for place, row in enumerate(rows) if row.seen in chosen]}},
    )  # fmt: skip


def _cells(row: Loss) -> dict[str, str]:
    return {
        t("Lost on"): moments.in_full(row.at),
        t("Losses of"): term(row.domain),
        t("Lead or car"): wording.whose(row),
        t("Reason"): wording.reason(row),
        t("Competitor"): row.competitor or "",
        t("Price gap"): wording.gap(row),
        t("Person"): row.person or "",
        t("Note"): row.note or "",
        t("What we do about it"): row.countermeasure or "",
        t("Insurer"): row.insurer or "",
        t("Channel"): row.channel,
    }


def _pager(places: list[Place | None], following: Place | None) -> None:
    if len(places) == 1 and following is None:
        return
    st.button(t("Previous"), key="review_back", disabled=len(places) == 1, on_click=_back, args=(places,))
    st.caption(t("Page {number}", number=len(places)), width="content")
    st.button(t("Next"), key="review_on", disabled=following is None, on_click=places.append, args=(following,))


def _back(places: list[Place | None]) -> None:
    places.pop()


def _act(actor: Actor, chosen: tuple[Loss, ...]) -> None:
    """Accept all that are chosen; look at a single one and ask."""
    alone = chosen[0] if len(chosen) == 1 else None
    if alone is not None:
        _look(alone)
    waiting = tuple(each.seen for each in chosen if each.review is None or each.review.state is not State.ACCEPTED)
    label = t("Accept") if alone else t("Accept {count} losses", count=len(waiting))
    if waiting and st.button(label, type="primary", icon=":material/check:", key="review_accept"):
        _save(actor, chosen, t("Accepted: {count}", count=len(waiting)), judging.accept, waiting)
    if alone is not None:
        _ask(actor, alone)


def _look(loss: Loss) -> None:
    st.markdown(f"**{plain(wording.whose(loss))}** · {plain(wording.reason(loss))}")
    rival = t("Competitor: {name}", name=loss.competitor) if loss.competitor else ""
    facts = (moments.in_full(loss.at), loss.person, loss.channel, loss.insurer, rival, wording.gap(loss))
    st.caption(plain(" · ".join(filter(None, facts))))
    said = (
        loss.note and t("Note: {text}", text=loss.note),
        loss.countermeasure and t("What we do about it: {text}", text=loss.countermeasure),
        loss.review and loss.review.question and wording.asked(loss.review),
        loss.review and loss.review.answer and wording.answered(loss.review),
    )  # fmt: skip
    for sentence in filter(None, said):
        st.markdown(plain(str(sentence)))
    lead = loss.domain is LossDomain.LEAD
    page, name = (navigation.leads(), "lead") if lead else (navigation.renewals(), "case")
    label = t("See the lead") if lead else t("See the case")
    st.page_link(page, label=label, icon=":material/open_in_new:", query_params={name: str(loss.case_id)})


def _ask(actor: Actor, loss: Loss) -> None:
    place = f"{loss.domain}-{loss.case_id}"
    with st.form(f"review-form-{place}", border=False, enter_to_submit=False):
        question = st.text_area(
            t("Question to {name}", name=loss.person or t("whose case it is")), height=80, max_chars=judging.LONGEST,
            key=f"review-question-{place}",
        )  # fmt: skip
        sent = st.form_submit_button(t("Return with this question"), icon=":material/undo:", key="review_return")
    if sent:
        _save(actor, (loss,), t("Returned with a question."), judging.give_back, loss.seen, question or "")


def _save(actor: Actor, chosen: tuple[Loss, ...], said: str, command: Callable[..., Any], *typed: Any) -> None:
    """Run a command on what was chosen. After a conflict the next one is upon what stands by then."""
    with guarded():
        try:
            data.write(command, actor, *typed)
        except (Conflict, NotFound):
            anew = (data.fresh(reading.of_case, actor.scope, each.domain, each.case_id) for each in chosen)
            st.session_state[CHOSEN] = tuple(each for each in anew if each is not None)
            raise
        _forget()
        st.session_state[SAID] = said
        st.rerun()
