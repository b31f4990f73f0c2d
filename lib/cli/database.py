"""init, doctor: the database itself."""

import click

from lib import install


@click.command()
def init() -> None:
    """Create the database, or upgrade it to this version."""
    print(f"database ready at revision {install.upgrade()}")
