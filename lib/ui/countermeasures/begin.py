"""From a reason of the loss analysis to a countermeasure against it, with what the analysis was narrowed to."""

import streamlit as st

from db.terms import LossDomain
from lib import data
from lib.access import Actor, Permission
from lib.countermeasures import choices
from lib.ui import navigation
from lib.ui.countermeasures import address
from lib.ui.language import t


def link(actor: Actor, reasons: tuple[str, ...], **narrowed: str | None) -> None:
    """For whom sets countermeasures up, while one reason is selected that is offered; `narrowed` goes along."""
    if len(reasons) != 1 or not actor.may(Permission.LOSS_WRITE):
        return
    domain = LossDomain(reasons[0].partition(".")[0])
    if reasons[0] not in {each.code for each in data.read(choices.reasons, domain).values()}:
        return
    carried = {name: value for name, value in narrowed.items() if value}
    st.page_link(
        navigation.page("countermeasures"), label=t("New countermeasure for this reason"),
        icon=":material/construction:", query_params={address.REASON: reasons[0]} | carried,
    )  # fmt: skip
