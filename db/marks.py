"""Triggers that mark the months whose sums no longer hold, whoever writes and by whatever sentence.

Each is laid on both engines from one text: `{row}` is a row as it was (`OLD`) or is (`NEW`). A mark that the running
transaction can rely on is not made twice: on SQLite, with its one writer, any; on PostgreSQL only one of its own, since
another's may be deleted by somebody who could not yet see what this transaction writes.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

SALES = "{row}.kind IN ('first_contact', 'order', 'order_cancelled', 'delivery', 'lost')"
DECIDED = "{row}.kind IN ('renewed', 'lost')"
CLOSED = "'renewed', 'lost', 'void', 'recovered'"  # statuses of renewals


@dataclass(frozen=True)
class Watch:
    """What marks a table's writes make. An update counts where one of `columns`, or of what is worked out of them,
    changed; `among`: for which rows."""

    name: str
    table: str
    columns: tuple[str, ...]
    marks: str
    among: str = ""
    inserts: bool = True


def _of(kind: str, row: str, day: str) -> str:
    return f"SELECT DISTINCT '{kind}' AS kind, {row}.channel_id AS channel_id, {{month:{row}.{day}}} AS month"


WATCHED = (
    Watch(
        "lead_events", "lead_events",
        (
            "kind", "business_on", "source", "channel_id", "consultant_id", "lead_id", "loss_reason_id",
            "superseded_at",
        ),
        _of("sales", "{row}", "business_on"), SALES,
    ),
    Watch(
        "leads", "leads", ("car_model_id", "order_price", "captured"),
        _of("sales", "e", "business_on") + " FROM lead_events e WHERE e.lead_id = {row}.id", inserts=False,
    ),
    Watch(
        "car_models", "car_models", ("guide_price",),
        _of("sales", "e", "business_on") + " FROM leads l JOIN lead_events e ON e.lead_id = l.id"
        " WHERE l.car_model_id = {row}.id AND e.kind = 'delivery'", inserts=False,
    ),
    Watch(
        "renewal_events", "renewal_events",
        ("kind", "business_on", "channel_id", "specialist_id", "renewal_id", "loss_reason_id", "superseded_at"),
        _of("decided", "{row}", "business_on"), DECIDED,
    ),
    Watch(
        "renewals_due", "renewals",
        # Whether a renewal is closed follows from its status. Open ones count alike: a call marks nothing.
        (
            "channel_id", "due_on", "type", f"CASE WHEN {{row}}.status IN ({CLOSED}) THEN {{row}}.status END",
            "owner_id", "loss_reason_id", "{row}.quoted_at IS NULL",
        ),
        _of("due", "{row}", "due_on"),
    ),
    Watch(
        "renewals_decided", "renewals", ("owner_id", "type"),
        _of("decided", "e", "business_on") + " FROM renewal_events e WHERE e.renewal_id = {row}.id AND "
        + DECIDED.format(row="e"), inserts=False,
    ),
    Watch(
        "policies_due", "policies", ("insurer", "line", "expiring_renewal_id"),
        _of("due", "r", "due_on") + " FROM renewals r WHERE r.id = {row}.expiring_renewal_id",
        "{row}.expiring_renewal_id IS NOT NULL",
    ),
    Watch(
        "policies_decided", "policies", ("insurer", "line", "expiring_renewal_id"),
        _of("decided", "e", "business_on") + " FROM renewal_events e WHERE e.renewal_id = {row}.expiring_renewal_id"
        " AND " + DECIDED.format(row="e"),
        "{row}.expiring_renewal_id IS NOT NULL",
    ),
)  # fmt: skip

MONTHS = {
    "sqlite": "CAST(strftime('%Y', {day}) AS INTEGER) * 12 + CAST(strftime('%m', {day}) AS INTEGER)",
    "postgresql": "CAST(extract(year FROM {day}) * 12 + extract(month FROM {day}) AS integer)",
}
DIFFERS = {"sqlite": "({old}) IS NOT ({new})", "postgresql": "({old}) IS DISTINCT FROM ({new})"}
OWN = {"sqlite": "", "postgresql": " AND m.xmin = pg_current_xact_id()::xid"}


def lay(connection: Connection) -> None:
    """Lay the triggers anew. They go with their tables; a migration that rebuilds a table loses them."""
    engine = connection.dialect.name
    take_away(connection)
    for watch in WATCHED:
        for event in ("INSERT", "UPDATE", "DELETE") if watch.inserts else ("UPDATE",):
            for sentence in _trigger(engine, watch, event):
                connection.exec_driver_sql(sentence)


def take_away(connection: Connection) -> None:
    """Let writes make no marks. Whoever calls this marks what they write, or sums it all up anew."""
    for watch in WATCHED:
        for event in ("INSERT", "UPDATE", "DELETE"):
            name = _name(watch, event)
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            else:
                connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def mark_everything(connection: Connection) -> None:
    """Forget every sum and mark every month with a row that counts, so that all is summed up anew."""
    engine = connection.dialect.name
    for table in ("stale_months", "decided_months", "due_months", "channel_months"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our own names
    for watch in WATCHED:
        if watch.inserts and " FROM " not in watch.marks:
            found = _told(engine, watch.marks, "t") + f" FROM {watch.table} t"
            found += f" WHERE {watch.among.format(row='t')}" if watch.among else ""
            connection.exec_driver_sql(f"INSERT INTO stale_months (kind, channel_id, month) {found}")


@contextmanager
def in_bulk(connection: Connection, schema: str, tables: Collection[str]) -> Iterator[None]:
    """Within a transaction on SQLite: rows that are moved over from tables of this schema, named as ours, are marked
    by one sentence at the end instead of one by one, which takes a third of the time that the lock is held."""
    moved = [watch for watch in WATCHED if watch.inserts and watch.table in tables]
    for watch in moved:
        connection.exec_driver_sql(f"DROP TRIGGER {_name(watch, 'INSERT')}")
    yield
    for watch in moved:
        connection.exec_driver_sql(_insert("sqlite", watch, "t", f"{schema}.{watch.table} t"))
        for sentence in _trigger("sqlite", watch, "INSERT"):
            connection.exec_driver_sql(sentence)


def _name(watch: Watch, event: str) -> str:
    return f"mark_{watch.name}_{event.lower()}"


def _trigger(engine: str, watch: Watch, event: str) -> Iterator[str]:
    name = _name(watch, event)
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
    body = " ".join(f"{_insert(engine, watch, row)};" for row in rows)
    when = f" WHEN ({_when(engine, watch, event, rows)})" if event == "UPDATE" or watch.among else ""
    head = f"CREATE TRIGGER {name} AFTER {event} ON {watch.table} FOR EACH ROW{when}"
    if engine == "sqlite":
        yield f"{head} BEGIN {body} END"
        return
    yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    yield f"{head} EXECUTE FUNCTION {name}()"


def _when(engine: str, watch: Watch, event: str, rows: tuple[str, ...]) -> str:
    said = []
    if event == "UPDATE":
        differ = DIFFERS[engine]
        said.append(
            " OR ".join(differ.format(old=_of_row(each, "OLD"), new=_of_row(each, "NEW")) for each in watch.columns)
        )  # fmt: skip
    if watch.among:
        said.append(" OR ".join(watch.among.format(row=row) for row in rows))
    return " AND ".join(f"({each})" for each in said)


def _of_row(column: str, row: str) -> str:
    """A watched column of a row, or what is worked out of its columns."""
    return column.format(row=row) if "{row}" in column else f"{row}.{column}"


def _insert(engine: str, watch: Watch, row: str, rows: str = "") -> str:
    """Marks of one row; of all `rows`, where a table and what its row is called are given."""
    found = _told(engine, watch.marks, row)
    if " FROM " in found:
        found = found.replace(" FROM ", f" FROM {rows}, ", 1) if rows else found
    else:
        found += f" FROM {rows}" if rows else ""
        found += f" WHERE {watch.among.format(row=row)}" if watch.among else ""
    return (
        f"INSERT INTO stale_months (kind, channel_id, month) SELECT s.kind, s.channel_id, s.month FROM ({found}) s "  # noqa: S608
        "WHERE NOT EXISTS (SELECT 1 FROM stale_months m WHERE m.kind = s.kind AND m.month = s.month "
        f"AND m.channel_id = s.channel_id{OWN[engine]})"
    )


def _told(engine: str, marks: str, row: str) -> str:
    """The marks of one row, its month said as the engine says it."""
    before, _, rest = marks.partition("{month:")
    day, _, after = rest.partition("} AS month")
    month = MONTHS[engine].format(day=day.format(row=row))
    return before.format(row=row) + month + " AS month" + after.format(row=row)
