"""demo: a made-up dealership to look around in."""

import click

from lib import data, install
from lib.demo import filling, live, mark, sign_in_sheet
from lib.refusals import N_, Refused


@click.command()
@click.option("--live", "keep_on", is_flag=True, help="Go on adding events every few seconds, until Ctrl-C.")
@click.option("--every", "seconds", default=6.0, show_default=True, type=click.FloatRange(0.2, 600),
              help="Seconds between two events, about.")  # fmt: skip
def demo(keep_on: bool, seconds: float) -> None:
    """Fill an empty database with a made-up dealership; refuses one that holds real data."""
    install.upgrade()
    if not keep_on or data.fresh(mark.is_empty):
        print(f"{filling.fill()} rows of a made-up dealership")
        print(f"sign-in names, passwords and wall links: {sign_in_sheet.place()}")
    if keep_on:
        if not data.fresh(mark.is_demonstration):
            raise Refused(N_("Events are made up only in a demonstration database."))
        live.go_on(seconds, print)
