"""A small network and the people in it, made straight in the tables: two stores, a branch, one of each role."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.tables import CarModel, Channel, User
from db.terms import ChannelKind, Role
from lib import data
from lib.access import Actor
from lib.actors import active_user, actor_of

CHANNELS = [
    ("S1", "东风店", ChannelKind.STORE, None),
    ("S1-C1", "北区中心", ChannelKind.DISTRIBUTION_CENTRE, "S1"),
    ("S1-C1-A1", "北一代理", ChannelKind.AREA_AGENT, "S1-C1"),
    ("S2", "西城店", ChannelKind.STORE, None),
]
PEOPLE = [
    ("admin", "管一", Role.ADMIN, None),
    ("boss", "总一", Role.MANAGER, None),
    ("manager", "经一", Role.MANAGER, "S1"),
    ("other_manager", "经二", Role.MANAGER, "S2"),
    ("consultant", "顾一", Role.CONSULTANT, "S1"),
    ("colleague", "顾二", Role.CONSULTANT, "S1"),
    ("branch_consultant", "顾三", Role.CONSULTANT, "S1-C1-A1"),
    ("other_consultant", "顾四", Role.CONSULTANT, "S2"),
    ("specialist", "续一", Role.RENEWAL_SPECIALIST, "S1"),
    ("other_specialist", "续二", Role.RENEWAL_SPECIALIST, "S2"),
    ("policy_specialist", "新一", Role.POLICY_SPECIALIST, "S1"),
    ("channel_manager", "渠一", Role.CHANNEL_MANAGER, "S1"),
    ("finance", "财一", Role.FINANCE, "S1"),
    ("agent", "商一", Role.AGENT, "S1-C1-A1"),
]


@dataclass(frozen=True)
class Personas:
    """The actors by username, and the keys of channels and models by code and name."""

    actors: dict[str, Actor]
    channels: dict[str, int]
    models: dict[str, int]

    def __getattr__(self, username: str) -> Actor:
        if username not in self.actors:
            raise AttributeError(username)
        return self.actors[username]


def people(**_: Any) -> Personas:
    """Fill the open database and return who is in it."""
    with data.database().turn(), Session(data.database().writing) as session, session.begin():
        channels: dict[str, int] = {}
        paths: dict[str, str] = {}
        for code, name, kind, parent in CHANNELS:
            row = insert(Channel).values(
                code=code, name=name, kind=kind, parent_id=channels.get(parent or ""), path=code
            )
            channels[code] = session.scalars(row.returning(Channel.id)).one()
            paths[code] = f"{paths[parent] if parent else ''}{channels[code]}."
            session.execute(update(Channel).where(Channel.id == channels[code]).values(path=paths[code]))
        models = {}
        for name, price in (("远途A7", 159800), ("星河E", 209900)):
            model = insert(CarModel).values(name=name, series=name[:2], guide_price=price).returning(CarModel.id)
            models[name] = session.scalars(model).one()
        for username, name, role, home in PEOPLE:
            session.execute(insert(User).values(username=username, name=name, role=role, channel_id=channels.get(home)))
        actors = {}
        for user_id, username in session.execute(select(User.id, User.username)).all():
            actors[username] = actor_of(session.execute(active_user(user_id)).one())
    return Personas(actors, channels, models)
