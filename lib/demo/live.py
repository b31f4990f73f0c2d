"""Plausible events through the real commands, every few seconds, so that the wall can be shown moving."""

from collections.abc import Callable
from decimal import Decimal
from time import sleep
from typing import Any

from sqlalchemy import Connection, Select

from db.queries import demonstration as queries
from db.terms import IntentionLevel, LeadEventKind, LeadStatus
from lib import clock, data, settings
from lib.access import Actor
from lib.actors import active_user, actor_of
from lib.demo.chance import Chance
from lib.demo.identities import Registry
from lib.demo.leads import CAPTURED, LEVELS, REASONS, SOURCES
from lib.demo.network import MODELS, Model
from lib.leads import cards, steps
from lib.leads.cards import Card
from lib.leads.steps import Step
from lib.refusals import Refused

Kind = LeadEventKind

OFTEN = {Kind.FIRST_CONTACT: 45, Kind.RETURN_VISIT: 8, Kind.TEST_DRIVE: 20, Kind.ORDER: 14, Kind.DELIVERY: 8,
         Kind.LOST: 5}  # fmt: skip
FROM = {Kind.DELIVERY: LeadStatus.ORDERED}
FIRST_SERIAL = 500_000  # of the VINs; the dealership's own begin lower


def go_on(seconds: float, tell: Callable[[str], None]) -> None:
    """Add an event about every so many seconds until it is interrupted; `tell` gets one line for each."""
    try:
        while True:
            line = happen()
            if line:
                tell(f"{clock.store_time(clock.now(), settings.load().zone):%H:%M:%S}  {line}")
            sleep(seconds * Chance(clock.now().date(), str(clock.now())).share(0.5, 1.5))
    except KeyboardInterrupt:
        tell("stopped")


def happen() -> str | None:
    """One event of the showroom; says what happened (never to whom), or nothing where it could not."""
    chance = Chance(clock.now().date(), str(clock.now()))
    kind: LeadEventKind = chance.weighted(OFTEN)
    try:
        return _someone_comes(chance) if kind is Kind.FIRST_CONTACT else _goes_on(chance, kind)
    except Refused:
        return None  # a number that is known, a step that may not follow: the next event comes soon


def _someone_comes(chance: Chance) -> str | None:
    consultant = _one(queries.some_consultant())
    if consultant is None:
        return None
    actor = _actor(consultant.id)
    source, model = chance.weighted(SOURCES), _model(chance)
    owner = Registry(chance).owner(clock.now(), chance.happens(CAPTURED[source]))
    card = Card(
        source, mobile=owner.mobile or "", name=owner.name if owner.mobile else "",
        car_model_id=_one(queries.model_id(model.name)).id, intention_level=chance.weighted(LEVELS),
    )  # fmt: skip
    data.write(cards.add, actor, card)
    return f"{Kind.FIRST_CONTACT}  {source}  {actor.name}  {model.name}"


def _goes_on(chance: Chance, kind: LeadEventKind) -> str | None:
    lead = _one(queries.some_lead(FROM.get(kind, LeadStatus.OPEN)))
    if lead is None:
        return None
    actor = _actor(lead.consultant_id)
    data.write(steps.advance, actor, lead.id, lead.version, _step(chance, kind, lead))
    return f"{kind}  {actor.name}  {lead.name}"


def _step(chance: Chance, kind: LeadEventKind, lead: Any) -> Step:
    match kind:
        case Kind.ORDER:
            price = Decimal(round(lead.guide_price * Decimal(chance.share(0.93, 0.99)), -2))
            return Step(kind, amount=price, intention_level=IntentionLevel.H)
        case Kind.DELIVERY:
            serial = chance.between(FIRST_SERIAL, 999_000)
            model = next((each for each in MODELS if each.name == lead.name), MODELS[0])
            return Step(kind, vin=Registry(chance, serial).vin(model, clock.now().date()))
        case Kind.LOST:
            return Step(kind, loss_reason_id=_one(queries.loss_reason_id(chance.weighted(REASONS))).id)
    return Step(kind)


def _model(chance: Chance) -> Model:
    return chance.weighted({model: model.wish for model in MODELS})


def _actor(user_id: int) -> Actor:
    return actor_of(_one(active_user(user_id)))


def _one(select: Select[*tuple[Any, ...]]) -> Any:
    return data.fresh(_first, select)


def _first(connection: Connection, select: Select[*tuple[Any, ...]]) -> Any:
    return connection.execute(select).first()
