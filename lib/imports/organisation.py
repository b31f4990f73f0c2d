"""The sheets of channels and people: the tree stays a tree, homes fit roles, an admin remains."""

from typing import Any

from db.queries import imports as queries
from db.queries import network
from db.tables import Channel, User
from db.terms import ChannelKind, Role, Subject
from lib.access import WHOLE_GROUP_ROLES
from lib.channels.rules import Node, complaints
from lib.imports.forms import CHANNELS, USERS
from lib.imports.planning import UNKNOWN, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

WHOLE_GROUP = "*"


def plan_channels(planning: Planning) -> None:
    """Insert and change channels; paths follow when keys are known (`Batch` holds the parents' keys)."""
    rows = planning.rows(CHANNELS)
    if not rows:
        return
    stored = {row["code"]: row for row in planning.connection.execute(queries.channels()).mappings()}
    codes = {row["id"]: code for code, row in stored.items()}
    nodes = {code: Node(code, row["kind"], codes.get(row["parent_id"])) for code, row in stored.items()}
    before, merged = planning.said_before(CHANNELS, rows), {}
    for row in rows:
        known = stored.get(row.values["code"])
        current = {
            **known, "parent_code": codes.get(known["parent_id"]), "moved_from": codes.get(known["moved_from_id"]),
        } if known else None  # fmt: skip
        merged[row.values["code"]] = row, planning.merged(CHANNELS, row, current, before[key_of(CHANNELS, row)])
    for code, (_, outcome) in merged.items():
        nodes[code] = Node(code, outcome.values["kind"], outcome.values.get("parent_code"))
    if not _known_before(planning, nodes, {code: row for code, (row, _) in merged.items()}):
        return
    if not _tree_holds(planning, nodes, {code: row for code, (row, _) in merged.items()}):
        return
    if _uproots(planning, nodes, stored, codes, {code: row for code, (row, _) in merged.items()}):
        return
    directory = planning.directory
    for code, (_, outcome) in merged.items():
        if outcome.new:
            directory.channels[code] = planning.batch.new_key(Channel)
    _write_channels(planning, nodes, stored, {code: outcome.values for code, (_, outcome) in merged.items()})
    _warn_of_centres(planning, nodes, {code: row for code, (row, _) in merged.items()})


def _tree_holds(planning: Planning, nodes: dict[str, Node], rows: dict[str, Row]) -> bool:
    """Whether every parent is known, of a kind that may be one, and above; the file's rows are blamed otherwise."""
    wrong_rows = planning.sheets["channels"].keys - {(code,) for code in rows}
    found = complaints(nodes, spare={code for (code,) in wrong_rows})
    for code, column, why in found:
        row = rows.get(code) or next(iter(rows.values()))
        planning.report.blame(CHANNELS, row.number, column, row.get(column), why)
    return not found


def _known_before(planning: Planning, nodes: dict[str, Node], rows: dict[str, Row]) -> bool:
    """Whether every node that one has moved from is known; the others' rows are blamed."""
    known = nodes.keys() | {code for (code,) in planning.sheets["channels"].keys}
    wrong = [code for code, row in rows.items() if row.get("moved_from") and row.get("moved_from") not in known]
    for code in wrong:
        why = Invalid(UNKNOWN["channel"])
        planning.report.blame(CHANNELS, rows[code].number, "moved_from", rows[code].get("moved_from"), why)
    return not wrong


def _uproots(
    planning: Planning, nodes: dict[str, Node], stored: dict[str, Any], codes: dict[int, str], rows: dict[str, Row]
) -> bool:
    """Whether a row would take what was counted below one parent to another; such rows are blamed."""
    moved = [code for code in rows if code in stored and nodes[code].parent != codes.get(stored[code]["parent_id"])]
    if not moved:
        return False
    counted = set(planning.connection.scalars(network.told()))
    told = [row["path"] for row in stored.values() if row["id"] in counted]
    held = [code for code in moved if any(path.startswith(stored[code]["path"]) for path in told)]
    for code in held:
        why = Invalid(N_("Figures were counted below the present parent: move this node on the page Network."))
        planning.report.blame(CHANNELS, rows[code].number, "parent_code", rows[code].get("parent_code"), why)
    return bool(held)


def _write_channels(planning: Planning, nodes: dict[str, Node], stored: dict[str, Any], values: dict[str, Any]) -> None:
    paths: dict[str, tuple[int, ...]] = {}
    keys, batch = planning.directory.channels, planning.batch
    for code in sorted(nodes, key=lambda code: len(_ancestry(nodes, code))):
        if any(each not in keys for each in _ancestry(nodes, code)):
            continue  # below a row that could not be read
        paths[code] = tuple(keys[each] for each in _ancestry(nodes, code))
        known, node = stored.get(code), nodes[code]
        said = values.get(code)
        columns = _columns(said or known) | {
            "parent_id": keys[node.parent] if node.parent else None,
            "moved_from_id": keys.get(said.get("moved_from")) if said else known and known["moved_from_id"],
            "path": paths[code],
        }
        if known is None:
            batch.insert(Channel, Subject.CHANNELS, id=keys[code], code=code, version=1, **columns)
            continue
        as_stored = {**known, "path": tuple(int(part) for part in known["path"].split(".") if part)}
        changed = {name: value for name, value in columns.items() if as_stored[name] != value}
        if changed:
            batch.update(Channel, Subject.CHANNELS, known["id"], version=known["version"] + 1, **changed)


def _columns(values: Any) -> dict[str, Any]:
    active = values.get("active")
    return {
        "name": values["name"], "kind": values["kind"], "territory": values.get("territory"),
        "equity_share": values.get("equity_share"), "active": True if active is None else active,
        "market_tier": values.get("market_tier"), "opened_on": values.get("opened_on"),
        "closed_on": values.get("closed_on"),
    }  # fmt: skip


def _ancestry(nodes: dict[str, Node], code: str) -> list[str]:
    """The codes from the root to a node, itself included."""
    chain = [code]
    while parent := nodes[chain[0]].parent:
        if parent not in nodes:
            return [parent, *chain]
        chain.insert(0, parent)
    return chain


def _warn_of_centres(planning: Planning, nodes: dict[str, Node], rows: dict[str, Row]) -> None:
    for code, node in nodes.items():
        if node.kind is not ChannelKind.STORE or code not in rows:
            continue
        centres = sum(each.parent == code and each.kind is ChannelKind.DISTRIBUTION_CENTRE for each in nodes.values())
        if not 2 <= centres <= 4:
            why = Invalid(N_("This store has {count} distribution centres; the plan says 2 to 4."), count=centres)
            planning.report.warn(CHANNELS, rows[code].number, "code", code, why)


def plan_users(planning: Planning) -> None:
    """Insert and change people. Who comes by import cannot sign in until an admin gives a first password."""
    rows = planning.rows(USERS)
    if not rows:
        return
    stored = {row["username"]: row for row in planning.connection.execute(queries.users()).mappings()}
    before, references = planning.said_before(USERS, rows), References(planning, USERS)
    references.known["channel"] = references.known["channel"] | {WHOLE_GROUP}
    codes = planning.directory.codes
    admins = {name for name, row in stored.items() if _may_administer(row["role"], row["active"], row["signs_in"])}
    remaining = set(admins)
    for row in rows:
        known = stored.get(row.values["username"])
        current = {**known, "channel_code": codes.get(known["channel_id"], WHOLE_GROUP)} if known else None
        if not references.fit(row, channel_code="channel"):
            continue
        outcome = planning.merged(USERS, row, current, before[key_of(USERS, row)])
        values = outcome.values
        values["active"] = True if values.get("active") is None else values["active"]
        if values["channel_code"] == WHOLE_GROUP and values["role"] not in WHOLE_GROUP_ROLES:
            references.blame(row, "channel_code", Invalid(N_("This role belongs to one channel, not the whole group.")))
            continue
        if known and not _may_administer(values["role"], values["active"], known["signs_in"]):
            remaining.discard(row.values["username"])
        _write_user(planning, known, values, outcome.new or bool(outcome.changed))
    if admins and not remaining:
        row = next(row for row in rows if row.values["username"] in admins)
        why = Invalid(N_("No admin who can sign in would remain."))
        column = "active" if row.get("active") is False else "role"
        references.blame(row, column, why)


def _may_administer(role: Role, active: bool, signs_in: bool) -> bool:
    return role is Role.ADMIN and active and signs_in


def _write_user(planning: Planning, known: Any, values: dict[str, Any], news: bool) -> None:
    if not news:
        return
    code = values["channel_code"]
    columns = {
        "name": values["name"], "role": values["role"], "active": values["active"],
        "channel_id": None if code == WHOLE_GROUP else planning.directory.channels.get(code),
    }  # fmt: skip
    if known is None:
        key = planning.batch.insert(
            User, Subject.PEOPLE, username=values["username"], version=1, must_change_password=False, **columns
        )
        planning.directory.users[values["username"]] = key
    else:
        planning.batch.update(User, Subject.PEOPLE, known["id"], version=known["version"] + 1, **columns)
