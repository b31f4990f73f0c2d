"""import: load a workbook."""

import sys
from pathlib import Path

import click

from lib import settings
from lib.access import SYSTEM
from lib.imports import jobs, loading
from lib.imports.findings import Finding, Report
from lib.imports.forms import BY_SHEET
from lib.imports.unusable import Unusable
from lib.refusals import N_
from lib.words import Words, words

MOST_LINES = 50  # of what is no fault; wrong cells are all told


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option("--replace-demo", is_flag=True, help="Back up a demonstration database and empty it first.")
@click.option("--job", type=int, hidden=True, help="Keep the outcome with this job of the import page.")
def import_(file: Path, dry_run: bool, replace_demo: bool, job: int | None) -> int:
    """Load a workbook (.xlsx), or a CSV named as one of its sheets. All of it, or nothing."""
    if job is not None:
        jobs.run(job, file, dry_run)
        return 0
    try:
        report = loading.load(
            file, SYSTEM, dry_run, replace_demo, progress=_progress if sys.stderr.isatty() else loading.silent
        )
    except Unusable as why:
        print(words(settings.load().language).of(why), file=sys.stderr)
        return 2
    speak = words(settings.load().language)
    if report.refused:
        for finding in report.wrong:
            print(line(finding, speak), file=sys.stderr)
        print(speak.say("{count} wrong cells; nothing was written.", count=len(report.wrong)), file=sys.stderr)
        return 1
    _tell(report, speak)
    return 0


def line(finding: Finding, speak: Words) -> str:
    """One finding on one line: sheet, row, column, value, why."""
    form = BY_SHEET[finding.sheet]
    column = form.by_name.get(finding.column)
    chinese = speak.language == "zh"
    names = (form.chinese, column.chinese if column else finding.column) if chinese else (form.name, finding.column)
    return "\t".join([names[0], str(finding.row), names[1], finding.value, finding.sentence(speak.language)])


def _tell(report: Report, speak: Words) -> None:
    for each in report.sheets:
        name = BY_SHEET[each.sheet].chinese if speak.language == "zh" else each.sheet
        print(speak.say(
            "{sheet}: {rows} rows, {new} new, {changed} changed, {unchanged} unchanged, {kept} kept",
            sheet=name, rows=each.rows, new=each.new, changed=each.changed, unchanged=each.unchanged, kept=each.kept,
        ))  # fmt: skip
        if each.ignored:
            print(speak.say("Columns ignored: {columns}", columns=speak.listed(each.ignored)))
    if report.ignored_sheets:
        print(speak.say("Sheets ignored: {sheets}", sheets=speak.listed(report.ignored_sheets)))
    for findings in (report.kept, report.warnings):
        for finding in findings[:MOST_LINES]:
            print(line(finding, speak))
        if len(findings) > MOST_LINES:
            print(speak.say("… and {count} more of this kind", count=len(findings) - MOST_LINES))
    if report.backup:
        print(speak.say("The demonstration was backed up to {file}.", file=report.backup))
    done = N_("Checked in {seconds} s; nothing was written.") if report.dry_run else N_("Loaded in {seconds} s.")
    print(speak.say(done, seconds=report.seconds))


def _progress(step: str, done: float) -> None:
    end = "\n" if done >= 1 else ""
    print(f"\r\x1b[K{words(settings.load().language).say(step)} {done:.0%}", end=end, file=sys.stderr, flush=True)
