"""init, doctor: the database itself, and the installation around it."""

import click

from lib import doctor as health
from lib import install


@click.command()
def init() -> None:
    """Create the database, or upgrade it to this version."""
    print(f"database ready at revision {install.upgrade()}")


@click.command()
def doctor() -> int:
    """Examine settings, files, database, fonts and calendar; exit code 1 if something is wrong."""
    wrong = 0
    for finding in health.examine():
        print(f"{finding.state:5}  {finding.thing:13}  {finding.text}")
        wrong |= finding.state is health.State.WRONG
    return int(wrong)
