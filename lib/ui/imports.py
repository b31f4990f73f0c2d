"""The import page's parts: the upload, the running job, its report, what was loaded before."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from db.terms import ImportState
from lib import clock, settings
from lib.access import Actor, Permission
from lib.imports import jobs, template
from lib.imports.forms import BY_SHEET
from lib.imports.jobs import Job
from lib.refusals import N_
from lib.sheets import XLSX
from lib.ui import downloads
from lib.ui.guarding import guarded
from lib.ui.language import current, spoken, t, term
from lib.ui.opening import live

WATCHED = "import_job"
LOOK_EVERY = 1.0  # seconds
MOST_SHOWN = 1000
ICONS = {
    ImportState.LOADED: ":material/check_circle:",
    ImportState.CHECKED: ":material/fact_check:",
    ImportState.REFUSED: ":material/error:",
    ImportState.FAILED: ":material/report:",
}
SENTENCES = {
    ImportState.LOADED: N_("Loaded. The figures are up to date."),
    ImportState.CHECKED: N_("The file is right. Nothing has been written yet."),
    ImportState.REFUSED: N_("Nothing was written. Correct these cells and choose the file again."),
    ImportState.FAILED: N_("The import could not be finished. Nothing was written."),
}
COLUMNS = ("sheet", "row", "column", "value", "why")
HEADINGS = {
    "sheet": N_("Sheet"), "row": N_("Row"), "column": N_("Column"), "value": N_("Value"), "why": N_("What is wrong"),
}  # fmt: skip
COUNTS = {
    "sheet": N_("Sheet"), "rows": N_("Rows"), "new": N_("New"), "changed": N_("Changed"),
    "unchanged": N_("Unchanged"), "kept": N_("Kept"), "ignored": N_("Columns ignored"),
}  # fmt: skip


def upload(actor: Actor) -> None:
    """Choose a file, check it, load it."""
    with st.container(border=True):
        file = st.file_uploader(
            t("Workbook (.xlsx), or a CSV named as a sheet"), type=["xlsx", "csv"], key="import_file"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            check = st.button(t("Check"), disabled=file is None, icon=":material/fact_check:")
            load = st.button(t("Load"), disabled=file is None, type="primary", icon=":material/upload:")
            language = current()
            downloads.offer_file(
                actor, t("Template"), template.FILE_NAME, XLSX, lambda: template.workbook(language), Permission.IMPORT
            )
        st.caption(t("All of a file is loaded, or nothing. Check shows what would happen and writes nothing."))
    if file is not None and (check or load):
        with guarded():
            st.session_state[WATCHED] = jobs.start(actor, file.name, file.getvalue(), dry_run=check)


def outcome(actor: Actor) -> None:
    """The job that was started here: how far it is, then its report."""
    job_id = st.session_state.get(WATCHED)
    if job_id is None:
        return
    with guarded():
        job = jobs.job(actor, job_id)
        if job.running:
            _watch(job_id)
        else:
            _report(actor, job)


@live(Permission.IMPORT, LOOK_EVERY)
def _watch(actor: Actor, job_id: int) -> None:
    job = jobs.job(actor, job_id)
    if not job.running:
        st.rerun()
    st.progress(min(job.done_rate, 1.0), text=f"{job.file_name} · {t(job.report.get('step') or N_('Reading'))}")


def _report(actor: Actor, job: Job) -> None:
    with st.container(border=True):
        st.subheader(f"{ICONS[job.state]} {term(job.state)} · {job.file_name.replace('*', '')}", anchor=False)
        st.markdown(job.report.get(current()) or t(SENTENCES[job.state]))
        if counts := job.report.get("sheets"):
            st.dataframe(_counts(counts), hide_index=True, width="stretch")
        _findings(actor, job, "wrong", t("Wrong cells"))
        _findings(actor, job, "kept", t("Kept: changed by people since"))
        _findings(actor, job, "warnings", t("Worth a look"))
        if ignored := job.report.get("ignored_sheets"):
            st.caption(t("Sheets ignored: {sheets}", sheets=spoken().listed(ignored)))


def _counts(counts: Sequence[dict[str, Any]]) -> pd.DataFrame:
    rows = [{**each, "sheet": _sheet(each["sheet"]), "ignored": spoken().listed(each["ignored"])} for each in counts]
    return pd.DataFrame([{t(label): row[name] for name, label in COUNTS.items()} for row in rows])


def _findings(actor: Actor, job: Job, kind: str, title: str) -> None:
    found = job.report.get(kind)
    if not found:
        return
    rows = [_row(each) for each in found]
    headings = [t(HEADINGS[name]) for name in COLUMNS]
    st.markdown(f"**{title}** · {len(rows)}")
    st.dataframe(pd.DataFrame(rows[:MOST_SHOWN], columns=headings), hide_index=True, width="stretch")
    if len(rows) > MOST_SHOWN:
        st.caption(t("The first {shown} of {count}; all are in the download.", shown=MOST_SHOWN, count=len(rows)))
    downloads.offer(
        actor, t("Download the list"), title, headings, rows, Permission.IMPORT, key=f"import-{job.id}-{kind}"
    )


def _row(found: dict[str, Any]) -> tuple[str, int, str, str, str]:
    column = BY_SHEET[found["sheet"]].by_name.get(found["column"])
    name = column.chinese if column and current() == "zh" else found["column"]
    return _sheet(found["sheet"]), found["row"], name, found["value"], found[current()]


def _sheet(name: str) -> str:
    return BY_SHEET[name].chinese if current() == "zh" else name


def history(done: Sequence[Job]) -> None:
    """What this person imported before; a line opens its report."""
    st.subheader(t("Imports so far"), anchor=False)
    if not done:
        st.info(
            t("Nothing was imported here yet. Take the template, fill the sheets that you have, and choose the file.")
        )
        return
    zone = settings.load().zone
    for job in done:
        with st.container(horizontal=True, vertical_alignment="center"):
            when = clock.store_time(job.started_at, zone).strftime("%Y-%m-%d %H:%M")
            st.markdown(f"{when} · {job.file_name.replace('*', '')} · {term(job.state)}")
            if st.button(t("Show"), key=f"import_show_{job.id}"):
                st.session_state[WATCHED] = job.id
                st.rerun()
