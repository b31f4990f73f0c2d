"""export: everything as a workbook that loads again."""

import sys
from pathlib import Path

import click

from lib import settings
from lib.access import SYSTEM
from lib.exports import exporting
from lib.imports.columns import Form
from lib.imports.forms import BY_SHEET
from lib.words import words


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--channel", help="Code of a channel: it and all below, with what its rows refer to.")
def export(file: Path, channel: str | None) -> None:
    """Write all business data, unmasked, as a workbook of the import forms. Logged; only you can read the file."""
    watched = sys.stderr.isatty()
    done = exporting.export(file, SYSTEM, channel, progress=_progress if watched else exporting.silent)
    if watched:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    speak = words(settings.load().language)
    for name, count in done.counts.items():
        if count or not BY_SHEET[name].own:
            print(speak.say("{sheet}: {rows} rows", sheet=_name(BY_SHEET[name]), rows=count))
    print(
        speak.say(
            "Not in it: passwords, screens, settings, rates, texts, SMS, the audit trail. A backup holds them too."
        )
    )
    print(speak.say("Written to {file} in {seconds} s. It holds personal data: keep it safe.",
                    file=file, seconds=done.seconds))  # fmt: skip


def _progress(form: Form, rows: int) -> None:
    print(f"\r\x1b[K{_name(form)} {rows:,}", end="", file=sys.stderr, flush=True)


def _name(form: Form) -> str:
    return form.chinese if settings.load().language == "zh" else form.name
