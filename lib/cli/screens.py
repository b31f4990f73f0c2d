"""screen: wall screens and their links."""

import click

from lib import data, screen_links, settings, users
from lib.access import SYSTEM, Scope
from lib.wall.options import SECONDS
from lib.words import LANGUAGES


@click.group()
def screen() -> None:
    """Wall screens: add, list, revoke."""


@screen.command()
@click.argument("name")
@click.option("--channel", required=True, help="Code of the channel that it shows; * is the whole group.")
@click.option("--language", type=click.Choice(LANGUAGES), default="zh", show_default=True)
@click.option("--scene", "scenes", multiple=True, metavar="SCENE=SECONDS",
              help=f"How long a scene stays, 0: off. Scenes: {', '.join(SECONDS)}.")  # fmt: skip
def add(name: str, channel: str, language: str, scenes: tuple[str, ...]) -> None:
    """Add a screen and print its link, once."""
    options = {"language": language, "scenes": dict(_scene(each) for each in scenes)}
    link = data.write(screen_links.add, SYSTEM, name, data.fresh(users.home_of, channel), options)
    print(f"http://localhost:{settings.load().port}{link}")


@screen.command("list")
def list_() -> None:
    """List the screens: number, name, channel, state, last seen."""
    for each in data.fresh(screen_links.listed, Scope()):
        seen = each.seen_at.astimezone(settings.load().zone).strftime("%Y-%m-%d %H:%M") if each.seen_at else "-"
        state = "revoked" if each.revoked_at else "open"
        print("\t".join((str(each.id), each.name, each.channel_name or "*", state, seen)))


@screen.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Make the link of a screen open nothing any more; `screen list` gives its number."""
    data.write(screen_links.revoke, SYSTEM, number)
    print(f"revoked screen {number}")


def _scene(text: str) -> tuple[str, int]:
    name, _, seconds = text.partition("=")
    if name not in SECONDS or not seconds.isdigit():
        raise click.BadParameter(f"{text}: must be one of {', '.join(SECONDS)}, then = and seconds, such as team=30")
    return name, int(seconds)
