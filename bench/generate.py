"""A dealer group of any size, made inside the database by plain SQL: the same rows on both engines.

S = 10,000 renewals (one store), M = 200,000, L = 2,000,000 renewals and 5,000,000 contacts (performance.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from bench.dialect import Dialect, chance
from db import marks
from db.base import Base
from db.engine import Database, migrating
from lib import install

STORE_RENEWALS, STORE_LEADS, STORE_NODES, STORE_PEOPLE = 10_000, 7_000, 5, 14
CONSULTANTS, SPECIALISTS, MODELS = 8, 5, 10
TAKEN_UP_AGAIN = f"{chance('l.id', 2, 100)} BETWEEN 47 AND 49"  # of the leads that are open
FILLED = (
    "channels", "users", "car_models", "customers", "vehicles", "leads", "lead_events", "renewals", "policies",
    "renewal_events", "loss_reviews", "targets",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How many stores of the group there are; every store is alike."""

    name: str
    stores: int

    @property
    def renewals(self) -> int:
        return self.stores * STORE_RENEWALS

    @property
    def leads(self) -> int:
        return self.stores * STORE_LEADS


SIZES = {size.name: size for size in (Size("S", 1), Size("M", 20), Size("L", 200))}


def fill(store: Database, size: Size, today: date) -> None:
    """Install the schema and fill it. Only for an empty database."""
    install.upgrade(store)
    with _quickly(store) as connection:
        speak = Dialect(connection.dialect.name, today)
        for sentence in _sentences(speak, size):
            connection.execute(text(sentence))


@contextmanager
def _quickly(store: Database) -> Iterator[Connection]:
    """A connection that fills fast: no foreign keys, no marks, indexes made and every month marked at the end."""
    named = {index.name: index for table in FILLED for index in Base.metadata.tables[table].indexes}
    # In the order in which the migrations make them: of two that fit alike SQLite takes the later one.
    indexes = [index for _, index in sorted(named.items(), key=lambda each: str(each[0]))]
    with migrating(store.url).connect() as connection:
        if store.embedded:
            connection.exec_driver_sql("PRAGMA cache_size = -1000000")
            connection.rollback()
        with connection.begin():
            if not store.embedded:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for index in indexes:
                index.drop(connection)
            marks.take_away(connection)
            yield connection
            for index in indexes:
                index.create(connection)
            marks.lay(connection)
            marks.mark_everything(connection)
            if not store.embedded:
                for table in FILLED:
                    connection.exec_driver_sql(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                    )


def _sentences(speak: Dialect, size: Size) -> Iterator[str]:
    yield from _network(speak, size)
    yield from _sales(speak, size)
    yield from _insurance(speak, size)
    yield from _lost_customers(speak, size)


def _store(number: str, each: int) -> str:
    return f"(({number} - 1) / {each})"


def _node(store: str, place: str) -> str:
    return f"({store} * {STORE_NODES} + 1 + {place})"


def _person(store: str, place: str) -> str:
    return f"({store} * {STORE_PEOPLE} + 1 + {place})"


def _network(speak: Dialect, size: Size) -> Iterator[str]:
    store, place = _store("i", STORE_NODES), f"((i - 1) % {STORE_NODES})"
    root, centre = _node(store, "0"), _node(store, "1")
    yield f"""
        INSERT INTO channels (id, code, name, kind, parent_id, path, active, version)
        SELECT i, 'N' || i, '网点' || i,
               CASE {place} WHEN 0 THEN 'store' WHEN 1 THEN 'distribution_centre' WHEN 4 THEN 'exclusive_store'
                            ELSE 'area_agent' END,
               CASE {place} WHEN 0 THEN NULL WHEN 1 THEN {root} WHEN 4 THEN {root} ELSE {centre} END,
               CASE {place} WHEN 0 THEN i || '.' WHEN 1 THEN {root} || '.' || i || '.'
                            WHEN 4 THEN {root} || '.' || i || '.'
                            ELSE {root} || '.' || {centre} || '.' || i || '.' END,
               true, 1
        FROM {speak.numbers(size.stores * STORE_NODES)}"""
    shop, seat = _store("i", STORE_PEOPLE), f"((i - 1) % {STORE_PEOPLE})"
    yield f"""
        INSERT INTO users (id, username, name, role, channel_id, active, must_change_password, version)
        SELECT i, 'u' || i, '员工' || i,
               CASE WHEN {seat} < {CONSULTANTS} THEN 'consultant'
                    WHEN {seat} < {CONSULTANTS + SPECIALISTS} THEN 'renewal_specialist' ELSE 'manager' END,
               {_node(shop, f"CASE WHEN {seat} BETWEEN 4 AND 7 THEN {seat} - 3 ELSE 0 END")}, true, false, 1
        FROM {speak.numbers(size.stores * STORE_PEOPLE)}"""
    yield f"""
        INSERT INTO car_models (id, name, series, guide_price)
        SELECT i, '车型' || i, '车系' || (i % 3), 10000000 + i * 500000 FROM {speak.numbers(MODELS)}"""
    month = f"{speak.anchor:%Y-%m}"
    for metric, value in (("deliveries", 60), ("orders", 75), ("first_visits", 200)):
        yield f"""
            INSERT INTO targets (channel_id, metric, period, value, version)
            SELECT id, '{metric}', '{month}', {value} * 1000000, 1 FROM channels WHERE kind = 'store'"""


def _sales(speak: Dialect, size: Size) -> Iterator[str]:
    store = _store("i", STORE_LEADS)
    seat = chance("i", 1, CONSULTANTS)
    node = _node(store, f"CASE WHEN {seat} < 4 THEN 0 ELSE {seat} - 3 END")
    fate = chance("i", 2, 100)
    source = f"""CASE WHEN {chance("i", 3, 10)} < 5 THEN 'walk_in' WHEN {chance("i", 3, 10)} < 7 THEN 'call'
                      WHEN {chance("i", 3, 10)} = 7 THEN 'outdoor' WHEN {chance("i", 3, 10)} = 8 THEN 'online'
                      ELSE 'referral' END"""
    met = speak.day(f"-{chance('i', 4, 730)}")
    closed = f"CASE WHEN {fate} < 16 OR {fate} >= 50 THEN {speak.moment(met, '36000')} END"
    yield f"""
        INSERT INTO leads (id, lead_no, channel_id, consultant_id, customer_id, source, captured, car_model_id, status,
                           order_price, closed_at, version)
        SELECT i, 'B' || i, {node}, {_person(store, seat)}, i, {source}, {chance("i", 5, 10)} < 8,
               1 + {chance("i", 6, MODELS)},
               CASE WHEN {fate} < 16 THEN 'delivered' WHEN {fate} < 20 THEN 'ordered' WHEN {fate} >= 50 THEN 'lost'
                    ELSE 'open' END,
               CASE WHEN {fate} < 20 THEN 12000000 + {chance("i", 7, 9)} * 100000 END, {closed}, 1
        FROM {speak.numbers(size.leads)}"""
    steps = (
        ("first_contact", "true", 0), ("return_visit", f"{chance('l.id', 8, 10)} < 3", 3),
        ("test_drive", f"{chance('l.id', 9, 100)} < 45", 4), ("order", "l.order_price IS NOT NULL", 7),
        ("delivery", "l.status = 'delivered'", 14), ("lost", f"l.status = 'lost' OR {TAKEN_UP_AGAIN}", 20),
        ("reopened", TAKEN_UP_AGAIN, 45),
    )  # fmt: skip
    hour = f"(9 + {chance('l.id', 10, 9)})"
    for kind, condition, days in steps:
        on = speak.day(f"{days} - {chance('l.id', 4, 730)}")
        first = "(SELECT min(id) FROM loss_reasons WHERE domain = 'lead' AND parent_id IS NOT NULL)"
        reason = f"{first} + {chance('l.id', 11, 10)}"
        yield f"""
            INSERT INTO lead_events (lead_id, kind, at, business_on, hour, channel_id, consultant_id, source,
                                     loss_reason_id, origin)
            SELECT l.id, '{kind}', {speak.moment(on, f"({hour} - 8) * 3600")}, {on}, {hour}, l.channel_id,
                   l.consultant_id, l.source, {reason if kind == "lost" else "NULL"}, 'import'
            FROM leads l WHERE {condition}"""


def _insurance(speak: Dialect, size: Size) -> Iterator[str]:
    store = _store("i", STORE_RENEWALS)
    due = f"({chance('i', 12, 730)} - 365)"
    fate = chance("i", 13, 100)
    status = f"""CASE WHEN {due} < 20 THEN CASE WHEN {fate} < 55 THEN 'renewed' WHEN {fate} < 70 THEN 'lost'
                                                WHEN {fate} < 72 THEN 'void' WHEN {fate} < 85 THEN 'quoted'
                                                ELSE 'contacting' END
                      ELSE 'pending' END"""
    is_open = f"({due} >= 20 OR {fate} >= 72)"
    specialist = _person(store, f"({CONSULTANTS} + {chance('i', 14, SPECIALISTS)})")
    owner = f"CASE WHEN {fate} % 20 = 0 THEN NULL ELSE {specialist} END"
    coming = f"CASE WHEN {due} < 20 THEN {chance('i', 15, 60)} - 30 ELSE {due} - 90 END"
    reason = (
        f"(SELECT min(id) FROM loss_reasons WHERE domain = 'renewal' AND parent_id IS NOT NULL) + {chance('i', 16, 4)}"
    )
    yield f"""
        INSERT INTO customers (id, name, mobile, mobile_tail, tier, version)
        SELECT i, '客' || {speak.digits("i % 100000", 5)}, '139' || {speak.digits("i", 8)},
               {speak.digits("i % 10000", 4)}, CASE i % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'B' ELSE 'C' END, 1
        FROM {speak.numbers(size.renewals)}"""
    yield f"""
        INSERT INTO vehicles (id, vin, plate, customer_id, version)
        SELECT i, 'LBENCH' || {speak.digits("i", 11)}, '云A' || {speak.digits("i % 100000", 5)}, i, 1
        FROM {speak.numbers(size.renewals)}"""
    yield f"""
        INSERT INTO renewals (id, vehicle_id, channel_id, due_on, type, status, owner_id, next_action, next_action_on,
                              call_due_on, quoted_at, loss_reason_id, void_reason, commercial_prior, commercial_renewed,
                              partly_renewed, closed_at, queue_on, tier_rank, version)
        SELECT i, i, {_node(store, "0")}, {speak.day(due)}, CASE WHEN {fate} % 3 = 0 THEN 'first' ELSE 'repeat' END,
               {status}, {owner}, CASE WHEN {is_open} THEN 'touch' END,
               CASE WHEN {is_open} THEN {speak.day(coming)} END,
               CASE WHEN {is_open} AND {due} BETWEEN -60 AND 20 AND {fate} >= 95 THEN {speak.day(coming)} END,
               CASE WHEN {due} < 20 AND {fate} < 85 THEN {speak.moment(speak.day(f"{due} - 20"), "20000")} END,
               CASE WHEN {due} < 20 AND {fate} BETWEEN 55 AND 69 THEN {reason} END,
               CASE WHEN {due} < 20 AND {fate} BETWEEN 70 AND 71 THEN '重复' END,
               true, {due} < 20 AND {fate} < 55, false,
               CASE WHEN NOT {is_open} THEN {speak.moment(speak.day(f"{due} - 10"), "20000")} END,
               CASE WHEN {is_open} THEN {speak.day(coming)} END, i % 3, 1
        FROM {speak.numbers(size.renewals)}"""
    yield f"""
        INSERT INTO policies (id, insurer, policy_no, line, business_type, vehicle_id, customer_id, issued_at,
                              issued_on, starts_on, expires_on, premium_amount, commission_rate, channel_id, status,
                              expiring_renewal_id, origin, version)
        SELECT r.id, CASE r.id % 3 WHEN 0 THEN '人保财险' WHEN 1 THEN '平安产险' ELSE '太保产险' END, 'PB' || r.id,
               'commercial', CASE r.type WHEN 'first' THEN 'new' ELSE 'renewal' END, r.vehicle_id, r.vehicle_id,
               {speak.moment(speak.day_from("r.due_on", "-374"), "20000")}, {speak.day_from("r.due_on", "-374")},
               {speak.day_from("r.due_on", "-364")}, r.due_on, 300000 + r.id % 5000 * 100, 150000, r.channel_id,
               'in_force', r.id, 'import', 1
        FROM renewals r"""
    yield from _contacts(speak)


def _lost_customers(speak: Dialect, size: Size) -> Iterator[str]:
    """What comes after a loss: next year's win-back renewal, and the manager's word on all but the latest."""
    due = speak.day_from("r.due_on", "365")
    coming = speak.day_from("r.due_on", "275")
    yield f"""
        INSERT INTO renewals (id, vehicle_id, channel_id, due_on, type, status, owner_id, next_action, next_action_on,
                              commercial_prior, commercial_renewed, partly_renewed, won_back_from_id, queue_on,
                              tier_rank, version)
        SELECT {size.renewals} + r.id, r.vehicle_id, r.channel_id, {due}, 'winback', 'pending', r.owner_id, 'touch',
               {coming}, true, false, false, r.id, {coming}, r.tier_rank, 1
        FROM renewals r WHERE r.status = 'lost'"""
    asked = f"e.id % 20 = 0 AND e.business_on > {speak.day('-30')}"
    for domain in ("lead", "renewal"):
        yield f"""
            INSERT INTO loss_reviews ({domain}_event_id, state, question, reviewed_at, version)
            SELECT e.id, CASE WHEN {asked} THEN 'returned' ELSE 'accepted' END, CASE WHEN {asked} THEN '差价是多少' END,
                   {speak.moment(speak.day("0"), "0")}, 1
            FROM {domain}_events e WHERE e.kind = 'lost' AND e.business_on < {speak.day("-7")}"""


def _contacts(speak: Dialect) -> Iterator[str]:
    """Two and a half contacts a renewal, and the event that decided it."""
    kinds = (
        ("contact", "phone", "considering", -40, "true"),
        ("quoted", "sms", "quote_sent", -20, "true"),
        ("contact", "phone", "interested", -18, "r.id % 2 = 0"),
    )
    columns = """(renewal_id, kind, at, business_on, channel_id, specialist_id, method, outcome, note, call_due_on,
                  loss_reason_id, origin)"""
    for kind, method, outcome, days, condition in kinds:
        on = speak.day_from("r.due_on", str(days))
        owed = speak.day_from("r.due_on", str(days + 3)) if kind == "quoted" else "NULL"
        yield f"""
            INSERT INTO renewal_events {columns}
            SELECT r.id, '{kind}', {speak.moment(on, "18000")}, {on}, r.channel_id, r.owner_id, '{method}', '{outcome}',
                   '沟通记录', {owed}, NULL, 'import'
            FROM renewals r WHERE {condition}"""
    for kind in ("renewed", "lost"):
        on = speak.day_from("r.due_on", "-10")
        yield f"""
            INSERT INTO renewal_events {columns}
            SELECT r.id, '{kind}', r.closed_at, {on}, r.channel_id, r.owner_id, NULL, NULL, NULL, NULL,
                   r.loss_reason_id, 'rule'
            FROM renewals r WHERE r.status = '{kind}'"""
