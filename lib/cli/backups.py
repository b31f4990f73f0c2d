"""backup, restore: the whole database as one file."""

from pathlib import Path

import click

from lib import backups, settings
from lib.access import SYSTEM
from lib.words import words


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to a new file that only you can read, while the desk runs."""
    backups.back_up(file, SYSTEM)
    speak = words(settings.load().language)
    print(speak.say("Backed up to {file}. Keep the secret key too, in another place.", file=file))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also over a database that holds data; a copy of it is made first.")
def restore(file: Path, replace: bool) -> None:
    """Put a backup in the place of the database. Everybody signs in again."""
    kept = backups.restore(file, SYSTEM, replace)
    speak = words(settings.load().language)
    if kept:
        print(speak.say("What was there is kept in {file}.", file=kept))
    print(speak.say("Restored {file}.", file=file))
