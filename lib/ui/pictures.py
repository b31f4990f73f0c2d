"""Taking a chart away: as a picture, drawn by the browser that shows it, or its data as a sheet.

The chart is saved as it stands on the page, in the desk's own font, so that the server needs neither fonts nor a
renderer. What is saved bears the chart's name and what it is about.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import streamlit as st

from lib import keys
from lib.access import Actor, Permission
from lib.refusals import N_
from lib.ui import downloads, visitors
from lib.ui.downloads import Rows
from lib.ui.guarding import guarded
from lib.ui.language import t
from lib.ui.opening import admitted

SCRIPT = Path(__file__).with_suffix(".js")


class Form(StrEnum):
    """What a chart can be saved as; the words stand in `FORMS`."""

    PNG = "png"
    SVG = "svg"
    SHEET = "xlsx"


FORMS = {Form.PNG: N_("Picture (PNG)"), Form.SVG: N_("Picture (SVG)"), Form.SHEET: N_("Data (Excel)")}


def offer(
    actor: Actor, place: str, name: str, columns: Sequence[str], rows: Rows, about: str = "",
    permission: Permission = Permission.EXPORT,
) -> None:  # fmt: skip
    """A small menu that saves the first chart in the container (a card, say) of this key. `name`, `about` and `columns`
    are words already, rows masked already; the sheet is offered to whom may have it, and logged."""
    forms = [form for form in Form if form is not Form.SHEET or actor.may(permission)]
    _menu(place, forms, name, tuple(columns), rows, about, permission)


@st.fragment
def _menu(
    place: str, forms: list[Form], name: str, columns: tuple[str, ...], rows: Rows, about: str, permission: Permission
) -> None:
    form = st.menu_button(
        t("Download"), forms, format_func=lambda each: t(FORMS[each]), key=f"picture-{place}", type="tertiary",
        icon=":material/download:",
    )  # fmt: skip
    if form is None or not visitors.shell_ran():
        return
    if form is Form.SHEET:
        with guarded(comes_back=False), st.spinner(t("Preparing the file …")):
            token = downloads.sheet(admitted(permission), name, columns, rows, permission)
            downloads.fetch(token, f"picture-{place}-sheet")
        return
    saving = st.components.v2.component("desk_picture", js=SCRIPT.read_text("utf-8"))
    failed = t("The picture could not be made. Reload the page and try again.")
    saving(
        data={"place": place, "name": name, "about": about, "format": form, "failed": failed, "turn": keys.token()},
        key=f"picture-{place}-saving",
    )  # fmt: skip
