"""The texts that messages are made from. A changed text is a new row: what was sent keeps what it said."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from db.queries import messages as queries
from db.tables import MessageTemplate
from db.terms import MessageKind, Subject
from lib.access import Permission
from lib.data import Change, command, reads
from lib.messages import texts
from lib.refusals import N_, Invalid, NotFound

SEEDS = (
    (
        MessageKind.QUOTE, "报价（一个方案）",
        "{customer}您好，{plate}车险{due_on}到期，{plan}方案{amount}元，以保险公司核保为准。{specialist}三日内致电。",
    ),
    (
        MessageKind.QUOTE, "报价（方案对比）",
        "{customer}您好，{plate}车险{due_on}到期，续保试算：{plans}，以保险公司核保为准。{specialist}三日内致电。",
    ),
    (
        MessageKind.QUOTE, "报价（只报总价）",
        "{customer}您好，{plate}车险{due_on}到期，续保报价{amount}元，以保险公司核保为准。{specialist}三日内致电。",
    ),
    (
        MessageKind.REMINDER, "到期提醒",
        "{customer}您好，{plate}的车险{due_on}到期，请留意及时续保，以免脱保。如需试算保费，请联系{store}{specialist}。",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Template:
    """One text."""

    id: int
    kind: MessageKind
    name: str
    body: str
    provider_code: str | None
    active: bool
    version: int


@dataclass(frozen=True)
class Typed:
    """A text as it was typed."""

    kind: MessageKind
    name: str
    body: str
    provider_code: str = ""


@reads(Subject.MESSAGES)
def templates(connection: Connection) -> tuple[Template, ...]:
    """The texts in use, by kind and name."""
    return tuple(Template(**row._mapping) for row in connection.execute(queries.templates()))


@command(Permission.DICTIONARY_WRITE, Subject.MESSAGES)
def add(change: Change, typed: Typed) -> int:
    """Add a text. `Invalid` for one that may not be sent."""
    template_id = _insert(change, typed)
    change.record("template_added", "message_templates", template_id, name=typed.name.strip())
    return template_id


@command(Permission.DICTIONARY_WRITE, Subject.MESSAGES)
def replace(change: Change, template_id: int, seen: int, typed: Typed) -> int:
    """Put a new text in the place of an old one. `Conflict` when somebody else was faster."""
    _close(change, template_id, seen)
    new_id = _insert(change, typed)
    change.record("template_changed", "message_templates", template_id, name=typed.name.strip(), becomes=new_id)
    return new_id


@command(Permission.DICTIONARY_WRITE, Subject.MESSAGES)
def retire(change: Change, template_id: int, seen: int) -> None:
    """Offer a text no more."""
    name = _close(change, template_id, seen)
    change.record("template_retired", "message_templates", template_id, name=name)


def _close(change: Change, template_id: int, seen: int) -> str:
    name = change.session.scalar(select(MessageTemplate.name).where(MessageTemplate.id == template_id))
    if name is None:
        raise NotFound
    change.claim(MessageTemplate, template_id, seen, active=False)
    return name


def _insert(change: Change, typed: Typed) -> int:
    name = typed.name.strip()
    if not name:
        raise Invalid(N_("Give the text a name."), field="name")
    taken = select(MessageTemplate.id).where(MessageTemplate.name == name, MessageTemplate.active)
    if change.session.scalar(taken.limit(1)) is not None:
        raise Invalid(N_("There is a text of this name already."), field="name")
    values = {
        "kind": typed.kind, "name": name, "body": texts.check(typed.kind, typed.body),
        "provider_code": typed.provider_code.strip() or None,
    }  # fmt: skip
    row = insert(MessageTemplate).values(**values).returning(MessageTemplate.id)
    return change.session.scalars(row).one()


def seed(connection: Connection) -> None:
    """Insert the texts that a database starts with into an empty table."""
    rows = [{"kind": kind, "name": name, "body": body} for kind, name, body in SEEDS]
    connection.execute(insert(MessageTemplate), rows)
