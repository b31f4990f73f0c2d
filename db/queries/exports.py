"""What an export holds, form by form: each column bears the name of the form's column (interchange, "Import").

Rows come in the order of their keys, never of the database's own, so that two equal databases give equal files. `path`
is a channel's, for its subtree alone, or none for everything.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, true, type_coerce
from sqlalchemy.orm import aliased

from db.queries.channels import after, within
from db.tables import (
    CarModel,
    Channel,
    Customer,
    Forecast,
    Lead,
    LeadEvent,
    LossReason,
    Policy,
    Receipt,
    Renewal,
    RenewalEvent,
    Score,
    StatementLine,
    StockUnit,
    Target,
    User,
    Vehicle,
)
from db.terms import ContactOutcome, Origin, RenewalEventKind, RenewalStatus, TargetSubject

Rows = Select[*tuple[Any, ...]]
Kind = RenewalEventKind
WHOLE_GROUP = "*"
KINDS = {
    ContactOutcome.QUOTE_SENT: Kind.QUOTED,
    ContactOutcome.PROMISED: Kind.PROMISED,
    ContactOutcome.LOST: Kind.LOST,
    ContactOutcome.VOID: Kind.VOIDED,
}
"""What a contact of this outcome is; of any other, a contact."""


def channels() -> Rows:
    """The network, and each node's path."""
    parent, before = aliased(Channel), aliased(Channel)
    return (
        select(
            Channel.code, Channel.name, Channel.kind, parent.code.label("parent_code"), Channel.territory,
            Channel.equity_share, Channel.active, Channel.market_tier, Channel.opened_on,
            Channel.closed_on, before.code.label("moved_from"), Channel.path,
        )
        .outerjoin(parent, parent.id == Channel.parent_id)
        .outerjoin(before, before.id == Channel.moved_from_id)
        .order_by(Channel.code)
    )  # fmt: skip


def users() -> Rows:
    """Everybody, and the path of their home."""
    home = func.coalesce(Channel.code, WHOLE_GROUP).label("channel_code")
    return (
        select(User.username, User.name, User.role, home, User.active, Channel.path)
        .outerjoin(Channel, Channel.id == User.channel_id)
        .order_by(User.username)
    )


def car_models(_path: str | None) -> Rows:
    """Every model: a price list belongs to no channel."""
    return select(CarModel.name.label("car_model"), CarModel.series, CarModel.guide_price).order_by(CarModel.name)


def leads(path: str | None) -> Rows:
    """Leads with their customer and car; what happened to them stands in `lead_events`."""
    return (
        select(
            Lead.id, Lead.status, Lead.lead_no, Lead.source, Channel.code.label("channel_code"),
            User.username.label("consultant"), Customer.name.label("customer_name"), Customer.mobile.label("phone"),
            CarModel.name.label("car_model"), Lead.intention_level, Lead.next_contact_on, Lead.district,
            Lead.buyer_kind, Lead.order_price, Vehicle.vin, Lead.note,
        )
        .join(Channel, Channel.id == Lead.channel_id)
        .join(User, User.id == Lead.consultant_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .outerjoin(Vehicle, Vehicle.id == Lead.vehicle_id)
        .where(within(path))
        .order_by(Lead.lead_no)
    )  # fmt: skip


def lead_events(lead_ids: Sequence[int]) -> Rows:
    """What counts of some leads' events, oldest first."""
    consultant, actor = aliased(User), aliased(User)
    return (
        select(
            LeadEvent.lead_id, LeadEvent.kind, LeadEvent.at, LeadEvent.competitor,
            LeadEvent.price_gap_amount.label("price_gap"), LeadEvent.source, LeadEvent.amount, LeadEvent.note,
            Channel.code.label("channel_code"), consultant.username.label("consultant"),
            actor.username.label("entered_by"), *reason_names(),
        )
        .join(Channel, Channel.id == LeadEvent.channel_id)
        .join(consultant, consultant.id == LeadEvent.consultant_id)
        .outerjoin(actor, actor.id == LeadEvent.actor_id)
        .outerjoin(LossReason, LossReason.id == LeadEvent.loss_reason_id)
        .where(LeadEvent.lead_id.in_(lead_ids), LeadEvent.superseded_at.is_(None))
        .order_by(LeadEvent.at, LeadEvent.id)
    )  # fmt: skip


def policies(path: str | None) -> Rows:
    """Policies of the channels, and those that their renewals hang on, with car and customer."""
    return (
        select(
            Policy.insurer, Policy.policy_no, Policy.line, Policy.business_type, Vehicle.vin, Vehicle.plate,
            Vehicle.car_model, Vehicle.vehicle_use, Vehicle.seats, Vehicle.displacement, Vehicle.fuel,
            Vehicle.first_registered_on, Customer.name.label("insured_name"), Customer.mobile.label("phone"),
            Customer.id_number_sealed, Customer.tier, Customer.sms_consent, Customer.consent_at,
            Customer.consent_how, Vehicle.claims, Vehicle.no_claim_coefficient, Policy.status, Policy.status_on,
            Policy.issued_at, Policy.registered_at, Policy.starts_on, Policy.expires_on,
            Policy.premium_amount.label("premium"),
            Policy.vehicle_tax_amount.label("vehicle_tax"), Policy.commission_rate, User.username.label("issuer"),
            Channel.code.label("channel_code"),
        )
        .join(Vehicle, Vehicle.id == Policy.vehicle_id)
        .join(Channel, Channel.id == Policy.channel_id)
        .outerjoin(Customer, Customer.id == func.coalesce(Policy.customer_id, Vehicle.customer_id))
        .outerjoin(User, User.id == Policy.issuer_id)
        .where(_insured_in(path))
        .order_by(Policy.insurer, Policy.policy_no)
    )  # fmt: skip


def follow_ups(path: str | None) -> Rows:
    """Contacts and voidings that count, of renewals that policies hold up.

    What stood before a reopening is left out: a file cannot take a decision back.
    """
    specialist, owner, actor = aliased(User), aliased(User), aliased(User)
    event = RenewalEvent
    return (
        select(
            Vehicle.vin, Renewal.due_on, event.at, event.method,
            func.coalesce(specialist.username, owner.username, actor.username).label("specialist"), event.outcome,
            event.note, event.callback_on, event.quote_amount, *reason_names(), event.competitor,
            event.price_gap_amount.label("price_gap"), event.countermeasure, event.appointment_at, event.call_due_on,
            actor.username.label("entered_by"), specialist.username.label("credited_to"),
        )
        .join(Renewal, Renewal.id == event.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .outerjoin(specialist, specialist.id == event.specialist_id)
        .outerjoin(owner, owner.id == Renewal.owner_id)
        .outerjoin(actor, actor.id == event.actor_id)
        .outerjoin(LossReason, LossReason.id == event.loss_reason_id)
        .where(within(path), *_counts(), _is_follow_up())
        .order_by(Vehicle.vin, Renewal.due_on, event.at, event.method)
    )  # fmt: skip


def renewal_events(path: str | None) -> Rows:
    """Everything else that people did to renewals, each case's opening first."""
    specialist, actor = aliased(User), aliased(User)
    event = RenewalEvent
    alike = func.row_number().over(partition_by=(event.renewal_id, event.at, event.kind), order_by=event.id)
    numbered = select(event.id, alike.label("number")).where(*_counts()).subquery()
    return (
        select(
            Vehicle.vin, Renewal.due_on, event.at, event.kind, numbered.c.number, Channel.code.label("channel_code"),
            specialist.username.label("specialist"), event.method, event.outcome, event.note, event.callback_on,
            event.appointment_at, event.call_due_on, event.quote_amount, *reason_names(), event.competitor,
            event.price_gap_amount.label("price_gap"), event.countermeasure, actor.username.label("entered_by"),
        )
        .join(numbered, numbered.c.id == event.id)
        .join(Renewal, Renewal.id == event.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .outerjoin(specialist, specialist.id == event.specialist_id)
        .outerjoin(actor, actor.id == event.actor_id)
        .outerjoin(LossReason, LossReason.id == event.loss_reason_id)
        .where(within(path), ~_is_follow_up())
        .order_by(Vehicle.vin, Renewal.due_on, event.at, case((event.kind == Kind.OPENED, 0), else_=1), event.kind,
                  numbered.c.number)
    )  # fmt: skip


def held_by_contacts(path: str | None) -> Rows:
    """Cases that only what people did holds up, since their policies went to others: as if opened by hand then."""
    event = RenewalEvent
    first = select(func.min(event.at)).where(event.renewal_id == Renewal.id, *_counts()).scalar_subquery()
    by_hand = exists().where(event.renewal_id == Renewal.id, event.kind == Kind.OPENED, *_counts())
    return (
        select(
            Vehicle.vin,
            Renewal.due_on,
            type_coerce(first, event.at.type).label("at"),
            Channel.code.label("channel_code"),
        )
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .where(within(path), ~_held_up(), ~by_hand, first.is_not(None))
        .order_by(Vehicle.vin, Renewal.due_on, first)
    )


def set_aside(path: str | None) -> Rows:
    """Void cases that nothing holds up: their policies went to another case before anybody worked them, or the loss
    that they were to win back is none."""
    owner, lost = aliased(User), aliased(Renewal)
    return (
        select(
            Vehicle.vin, Renewal.due_on, Renewal.closed_at, Channel.code.label("channel_code"), Renewal.type,
            Renewal.void_reason, owner.username.label("owner"), Renewal.quoted_at, Renewal.commercial_prior,
            Renewal.commercial_renewed, lost.due_on.label("won_back_from"), Renewal.tier_rank,
        )
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .outerjoin(owner, owner.id == Renewal.owner_id)
        .outerjoin(lost, lost.id == Renewal.won_back_from_id)
        .where(within(path), is_set_aside())
        .order_by(Vehicle.vin, Renewal.due_on, Renewal.closed_at)
    )  # fmt: skip


def targets(path: str | None) -> Rows:
    """Targets of channels, and of people by their home."""
    home = aliased(Channel)
    kind = case((Target.channel_id.is_not(None), literal(TargetSubject.CHANNEL.value)), else_=TargetSubject.USER.value)
    subject = func.coalesce(Channel.code, User.username).label("subject")
    return (
        select(kind.label("subject_kind"), subject, Target.metric, Target.period, Target.value)
        .outerjoin(User, User.id == Target.user_id)
        .outerjoin(home, home.id == User.channel_id)
        .outerjoin(Channel, Channel.id == Target.channel_id)
        .where(or_(within(path), _below(home, path)))
        .order_by(kind, subject, Target.metric, Target.period)
    )


def stock(path: str | None) -> Rows:
    """Cars in stock, on their way or gone."""
    return (
        select(
            StockUnit.vin, CarModel.name.label("car_model"), Channel.code.label("channel_code"), StockUnit.status,
            StockUnit.ordered_on, StockUnit.eta_on, StockUnit.arrived_on, StockUnit.cost_amount.label("cost"),
            StockUnit.left_on,
        )
        .join(CarModel, CarModel.id == StockUnit.car_model_id)
        .join(Channel, Channel.id == StockUnit.channel_id)
        .where(within(path))
        .order_by(StockUnit.vin)
    )  # fmt: skip


def forecasts(path: str | None) -> Rows:
    """Every submission."""
    return (
        select(
            Channel.code.label("channel_code"), Forecast.month, CarModel.name.label("car_model"),
            Forecast.submitted_at, Forecast.quantity, User.username.label("submitted_by"), Forecast.below_quantity,
            Forecast.reason,
        )
        .join(CarModel, CarModel.id == Forecast.car_model_id)
        .join(Channel, Channel.id == Forecast.channel_id)
        .outerjoin(User, User.id == Forecast.submitted_by_id)
        .where(within(path))
        .order_by(Channel.code, Forecast.month, CarModel.name, Forecast.submitted_at)
    )  # fmt: skip


def scores(path: str | None) -> Rows:
    """The marks of the eight functions."""
    return (
        select(Channel.code.label("channel_code"), Score.month, Score.function, Score.score, Score.evidence)
        .join(Channel, Channel.id == Score.channel_id)
        .where(within(path))
        .order_by(Channel.code, Score.month, Score.function)
    )


def statement(path: str | None) -> Rows:
    """Lines of commission statements: of a channel those of its policies."""
    line = StatementLine
    own = (
        select(Policy.id)
        .join(Channel, Channel.id == Policy.channel_id)
        .where(Policy.insurer == line.insurer, Policy.policy_no == line.policy_no, within(path))
    )
    return (
        select(
            line.insurer, line.period, line.policy_no, line.premium_amount.label("premium"), line.commission_rate,
            line.commission_amount.label("commission"),
        )
        .where(true() if path is None else exists(own))
        .order_by(line.insurer, line.period, line.policy_no)
    )  # fmt: skip


def receipts(path: str | None) -> Rows:
    """Payments of insurers, which belong to no channel."""
    found = select(Receipt.insurer, Receipt.receipt_no, Receipt.period, Receipt.received_on, Receipt.amount)
    return found.where(literal(path is None)).order_by(Receipt.insurer, Receipt.receipt_no)


def is_set_aside() -> ColumnElement[bool]:
    """Whether nothing holds a case up: no policy, and nothing that happened to it counts, not even its opening."""
    event, policy = aliased(RenewalEvent), aliased(Policy)
    return and_(
        Renewal.status == RenewalStatus.VOID, ~exists().where(policy.expiring_renewal_id == Renewal.id),
        ~exists().where(event.renewal_id == Renewal.id, event.superseded_at.is_(None)),
    )  # fmt: skip


def reason_names() -> tuple[Any, ...]:
    """A loss reason's names, of which a file says one."""
    return LossReason.name.label("loss_reason"), LossReason.name_en.label("loss_reason_en")


def _counts() -> tuple[ColumnElement[bool], ...]:
    return RenewalEvent.superseded_at.is_(None), RenewalEvent.origin != Origin.RULE


def _is_follow_up() -> ColumnElement[bool]:
    """Whether the contract's sheet can say it: a contact or voiding of a case that policies hold up, by somebody."""
    event = RenewalEvent
    kinds = [and_(event.outcome == outcome, event.kind == kind) for outcome, kind in KINDS.items()]
    contact = and_(event.outcome.not_in(KINDS), event.kind == Kind.CONTACT)
    return and_(
        event.outcome.is_not(None), or_(*kinds, contact), or_(event.method.is_not(None), event.kind == Kind.VOIDED),
        or_(event.specialist_id.is_not(None), Renewal.owner_id.is_not(None), event.actor_id.is_not(None)),
        _held_up(), ~_taken_back(),
    )  # fmt: skip


def _insured_in(path: str | None) -> ColumnElement[bool]:
    if path is None:
        return true()
    place = aliased(Channel)
    renewals = select(Renewal.id).join(place, place.id == Renewal.channel_id).where(_below(place, path))
    return or_(within(path), Policy.expiring_renewal_id.in_(renewals), Policy.renewed_renewal_id.in_(renewals))


def _below(channel: Any, path: str | None) -> ColumnElement[bool]:
    return true() if path is None else and_(channel.path >= path, channel.path < after(path))


def _held_up() -> ColumnElement[bool]:
    """Policies open it, or a loss a year before did; what was entered by hand the forms cannot say."""
    return or_(exists().where(Policy.expiring_renewal_id == Renewal.id), Renewal.won_back_from_id.is_not(None))


def _taken_back() -> ColumnElement[bool]:
    later, event = aliased(RenewalEvent), RenewalEvent
    reopened = exists().where(
        later.renewal_id == event.renewal_id, later.kind == Kind.REOPENED, later.superseded_at.is_(None),
        later.at > event.at,
    )  # fmt: skip
    return and_(event.kind.in_((Kind.LOST, Kind.VOIDED)), reopened)
