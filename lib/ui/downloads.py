"""A button that takes a table away as a file: made when it is pressed, logged, fetched with the session's cookie."""

from collections.abc import Callable, Sequence

import streamlit as st

from lib import data, downloads
from lib.access import Actor, Permission
from lib.sheets import Cell
from lib.ui import visitors
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t
from lib.ui.opening import admitted

SCRIPT = """
const done = new Set();
export default function ({ data }) {
  if (done.has(data.token)) return;
  done.add(data.token);
  const link = document.createElement("a");
  link.href = "/download/" + data.token;
  link.download = "";
  link.click();
}
"""

Rows = Sequence[Sequence[Cell]] | Callable[[], Sequence[Sequence[Cell]]]


def offer(
    actor: Actor, label: str, name: str, columns: Sequence[str], rows: Rows,
    permission: Permission = Permission.EXPORT, key: str | None = None,
) -> None:  # fmt: skip
    """A button that downloads rows as a workbook; nothing for whom may not. `label`, `name` and `columns` are words
    already, rows are masked already; given as a function they are read when the button is pressed."""

    def make(person: Actor) -> str:
        return sheet(person, name, columns, rows, permission)

    offer_made(actor, label, make, permission, key or f"download-{name}")


def offer_file(
    actor: Actor, label: str, file_name: str, media_type: str, build: Callable[[], bytes],
    permission: Permission, key: str | None = None,
) -> None:  # fmt: skip
    """The same for a file of another kind; `build` runs when the button is pressed."""

    def make(person: Actor) -> str:
        return data.write(downloads.keep, person, downloads.Made(file_name, media_type, build()), permission)

    offer_made(actor, label, make, permission, key or f"download-{file_name}")


def sheet(actor: Actor, name: str, columns: Sequence[str], rows: Rows, permission: Permission) -> str:
    """A workbook made now; the token of its address."""
    read = rows if callable(rows) else lambda: rows
    return downloads.make_sheet(
        actor, name, tuple(columns), lambda: [tuple(row) for row in read()], spoken(), permission
    )  # fmt: skip


def fetch(token: str, key: str) -> None:
    """Let the browser fetch what was made."""
    fetching = st.components.v2.component("desk_download", js=SCRIPT)
    fetching(data={"token": token}, key=key)


def offer_made(actor: Actor, label: str, make: Callable[[Actor], str], permission: Permission, key: str) -> None:
    """The button itself, apart from the page: pressing it runs nothing else."""
    if actor.may(permission):
        _button(label, make, permission, key)


@st.fragment
def _button(label: str, make: Callable[[Actor], str], permission: Permission, key: str) -> None:
    pressed = st.button(label, icon=":material/download:", key=key)
    if pressed and visitors.shell_ran():
        with guarded(comes_back=False), st.spinner(t("Preparing the file …")):
            fetch(make(admitted(permission)), f"{key}-fetching")
