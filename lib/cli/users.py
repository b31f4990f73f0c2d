"""user: people who sign in."""

import sys
from typing import TextIO

import click

from db.terms import Role
from lib import clock, data, users
from lib.access import SYSTEM, Scope
from lib.refusals import N_, Invalid
from lib.users import Details, Person


@click.group()
def user() -> None:
    """People: add, list, password, disable, enable, sign-out."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--channel", required=True, help="Code of the home channel; * is the whole group.")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input; else one is made up.")
@click.option("--keep-password", is_flag=True, help="It need not be changed at the first sign-in.")
def add(username: str, name: str, role: str, channel: str, password_stdin: bool, keep_password: bool) -> None:
    """Add a person. A made-up password is printed, once."""
    details = Details(name, Role(role), data.fresh(users.home_of, channel))
    given = _read(sys.stdin) if password_stdin else None
    made = users.add(SYSTEM, username, details, given, must_change=not keep_password)
    print(f"added {username}")
    _tell(made, given)


@user.command("list")
def list_() -> None:
    """List everybody: sign-in name, name, role, home channel, state."""
    for person in data.fresh(users.people, Scope(), clock.now()):
        print("\t".join((person.username, person.name, person.role, person.channel_name or "*", _state(person))))


@user.command()
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input; else one is made up.")
@click.option("--keep-password", is_flag=True, help="It need not be changed at the next sign-in.")
def password(username: str, password_stdin: bool, keep_password: bool) -> None:
    """Give a person a new password. They are signed out everywhere."""
    given = _read(sys.stdin) if password_stdin else None
    made = users.reset_password(SYSTEM, data.fresh(users.id_of, username), given, must_change=not keep_password)
    print(f"new password for {username}")
    _tell(made, given)


@user.command()
@click.argument("username")
def disable(username: str) -> None:
    """Let a person sign in no more; their open pages end."""
    person = _person(username)
    data.write(users.disable, SYSTEM, person.id, person.version)
    print(f"disabled {username}")


@user.command()
@click.argument("username")
def enable(username: str) -> None:
    """Let a person sign in again."""
    person = _person(username)
    data.write(users.enable, SYSTEM, person.id, person.version)
    print(f"enabled {username}")


@user.command("sign-out")
@click.argument("username")
def sign_out(username: str) -> None:
    """End all sessions of a person."""
    data.write(users.sign_out_everywhere, SYSTEM, data.fresh(users.id_of, username))
    print(f"signed out {username} everywhere")


def _person(username: str) -> Person:
    wanted = data.fresh(users.id_of, username)
    return next(each for each in data.fresh(users.people, Scope(), clock.now()) if each.id == wanted)


def _state(person: Person) -> str:
    if not person.active:
        return "disabled"
    return "active" if person.has_password else "no password"


def _read(source: TextIO) -> str:
    """One line; its end alone is not part of the password."""
    line = source.readline().rstrip("\r\n")
    if not line:
        raise Invalid(N_("No password came on standard input."))
    return line


def _tell(made: str, given: str | None) -> None:
    if given is None:
        print(f"password: {made}")
