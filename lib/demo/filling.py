"""Filling an empty database with the made-up dealership: by the import's own rules, then passwords and a wall link."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.terms import Role
from lib import clock, data, screen_links, settings, users
from lib.access import SYSTEM
from lib.demo import loss_work, mark, network_work, sign_in_sheet
from lib.demo.dealership import Row, dealership
from lib.demo.network import NODES, PEOPLE, Person
from lib.demo.sign_in_sheet import Account
from lib.imports import loading
from lib.imports.columns import Form
from lib.imports.forms import FORMS
from lib.imports.workbook import Book, RawSheet
from lib.refusals import N_, Refused
from lib.renewals import assignments

HASHING_AT_ONCE = 4  # bcrypt leaves the interpreter to others
WALLS = {"*": "全部门店 All stores", "DH": "云帆东湖店", "NL": "云帆南岭店"}


def fill() -> int:
    """Load today's dealership and give everyone a password; returns the number of rows.

    Errors: `Refused` for a database that holds anything but a demonstration's mark.
    """
    if data.fresh(mark.is_demonstration):
        raise Refused(N_("This database holds the demonstration already."))
    if not data.fresh(mark.is_empty):
        raise Refused(
            N_("This database holds real data. The demonstration needs an empty one: name it in DATABASE_URL.")
        )
    now = clock.now()
    sheets = dealership(clock.store_time(now, settings.load().zone).replace(tzinfo=None))
    report = loading.load_book(Book(tuple(_raw(form, sheets[form.name]) for form in FORMS)), "demo", SYSTEM)
    if not report.loaded:
        raise AssertionError(f"the made-up dealership breaks a rule: {report.wrong[:3]}")
    data.write(mark.mark, SYSTEM, clock.business_day(now, settings.load().zone))
    specialists = [person for person in PEOPLE if person.role is Role.RENEWAL_SPECIALIST and person.active]
    keys = tuple(data.fresh(users.id_of, person.username) for person in specialists)
    data.write(assignments.distribute, SYSTEM, None, keys)
    loss_work.fill()
    network_work.work()
    hand_out()
    return sum(len(rows) for rows in sheets.values())


def hand_out() -> Path:
    """Give every demonstration person a new random password and make the wall links; all stand in one private file."""
    with ThreadPoolExecutor(HASHING_AT_ONCE) as pool:
        accounts = list(pool.map(_account, (person for person in PEOPLE if person.active)))
    address = f"http://localhost:{settings.load().port}"
    links = {shows: f"{address}{_link(code, shows)}" for code, shows in WALLS.items()}
    return sign_in_sheet.write(address, links, accounts)


def _account(person: Person) -> Account:
    password = users.reset_password(SYSTEM, data.fresh(users.id_of, person.username), must_change=False)
    homes = {node.code: node.name for node in NODES}
    return Account(person.username, password, person.role.value, person.name, homes.get(person.home, "全部 all"))


def _link(code: str, shows: str) -> str:
    return data.write(screen_links.add, SYSTEM, shows, data.fresh(users.home_of, code), {})


def _raw(form: Form, rows: list[Row]) -> RawSheet:
    """A sheet as a file would bring it: the headings, then the cells."""
    columns = [column.name for column in form.columns if any(row.get(column.name) is not None for row in rows)]
    return RawSheet(form, [columns, *([_cell(row.get(name)) for name in columns] for row in rows)])


def _cell(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
