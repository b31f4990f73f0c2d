"""What an export holds in the sheets of our own; see `exports`."""

from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from db.queries.channels import after, within
from db.queries.exports import Rows
from db.tables import (
    AlertSettlement,
    Approval,
    CalendarDay,
    CarModel,
    Channel,
    Countermeasure,
    CountermeasureNote,
    Customer,
    Feedback,
    ForecastFreeze,
    Lead,
    LeadEvent,
    LossReason,
    LossReview,
    OptOut,
    Partner,
    PartnerMark,
    PartnerVisit,
    Policy,
    Quote,
    QuoteLine,
    Renewal,
    RenewalEvent,
    User,
    Vehicle,
)

CODE = Channel.code.label("channel_code")


def loss_reasons(_path: str | None) -> Rows:
    """The whole dictionary."""
    path, parent = _reason_path()
    reason = LossReason
    return (
        select(
            reason.domain, path.label("path"), reason.name, reason.name_en, reason.controllable, reason.position,
            reason.active,
        )
        .outerjoin(parent, parent.id == reason.parent_id)
        .order_by(reason.domain, path)
    )  # fmt: skip


def calendar_days(_path: str | None) -> Rows:
    """Every day that differs from the published calendar."""
    return select(CalendarDay.day, CalendarDay.is_workday, CalendarDay.note).order_by(CalendarDay.day)


def vehicles(path: str | None) -> Rows:
    """Cars of which no policy tells, and those that are not the newest policy's customer's."""
    policy, place = Policy, aliased(Channel)
    newest = (
        select(func.coalesce(policy.customer_id, Vehicle.customer_id))
        .where(policy.vehicle_id == Vehicle.id)
        .order_by(policy.issued_at.desc(), policy.insurer.desc(), policy.policy_no.desc())
        .limit(1)
        .scalar_subquery()
    )
    insured = exists().where(policy.vehicle_id == Vehicle.id)
    below: ColumnElement[bool] = true()
    if path is not None:
        below = or_(
            *(
                exists(
                    select(table.id)
                    .join(place, place.id == table.channel_id)
                    .where(table.vehicle_id == Vehicle.id, place.path >= path, place.path < after(path))
                )
                for table in (Renewal, Lead)
            )
        )
    return (
        select(
            Vehicle.vin, Vehicle.plate, Vehicle.car_model, Vehicle.vehicle_use, Vehicle.seats, Vehicle.displacement,
            Vehicle.fuel, Vehicle.first_registered_on, Vehicle.claims, Vehicle.no_claim_coefficient,
            Customer.name.label("customer_name"), Customer.mobile.label("phone"), Customer.id_number_sealed,
            Customer.tier, Customer.sms_consent, Customer.consent_at, Customer.consent_how,
        )
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .where(or_(~insured, Vehicle.customer_id.is_distinct_from(newest)), below)
        .order_by(Vehicle.vin)
    )  # fmt: skip


def opt_outs(path: str | None) -> Rows:
    """Numbers that want no SMS; of a channel those of its cases' customers."""
    known = (
        select(Customer.id)
        .join(Vehicle, Vehicle.customer_id == Customer.id)
        .join(Renewal, Renewal.vehicle_id == Vehicle.id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .where(Customer.mobile == OptOut.mobile, within(path))
    )
    found = select(OptOut.mobile, OptOut.at, OptOut.how).order_by(OptOut.mobile)
    return found if path is None else found.where(exists(known))


def lead_reviews(path: str | None) -> Rows:
    """What managers said of lost leads."""
    event = LeadEvent
    return (
        _reviews(Lead.lead_no, event.at)
        .join(event, event.id == LossReview.lead_event_id)
        .join(Lead, Lead.id == event.lead_id)
        .join(Channel, Channel.id == Lead.channel_id)
        .where(within(path), event.superseded_at.is_(None))
        .order_by(Lead.lead_no, event.at)
    )


def renewal_reviews(path: str | None) -> Rows:
    """What managers said of lost renewals."""
    event = RenewalEvent
    return (
        _reviews(Vehicle.vin, event.at)
        .join(event, event.id == LossReview.renewal_event_id)
        .join(Renewal, Renewal.id == event.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .where(within(path), event.superseded_at.is_(None))
        .order_by(Vehicle.vin, event.at)
    )


def countermeasures(path: str | None) -> Rows:
    """What is done about losses; of a channel what is done there."""
    measure, (reason, parent) = Countermeasure, _reason_path()
    person, owner, author = aliased(User), aliased(User), aliased(User)
    return (
        select(
            measure.created_at, measure.domain, reason.label("loss_reason"), CODE, person.username.label("person"),
            measure.insurer, CarModel.name.label("car_model"), measure.what, owner.username.label("owner"),
            measure.start_on, measure.due_on, measure.state, author.username.label("created_by"), measure.closed_at,
        )
        .join(LossReason, LossReason.id == measure.loss_reason_id)
        .outerjoin(parent, parent.id == LossReason.parent_id)
        .join(owner, owner.id == measure.owner_id)
        .outerjoin(Channel, Channel.id == measure.channel_id)
        .outerjoin(person, person.id == measure.person_id)
        .outerjoin(CarModel, CarModel.id == measure.car_model_id)
        .outerjoin(author, author.id == measure.created_by_id)
        .where(within(path))
        .order_by(measure.created_at)
    )  # fmt: skip


def countermeasure_notes(path: str | None) -> Rows:
    """What was said of them."""
    measure, note = Countermeasure, CountermeasureNote
    return (
        select(measure.created_at, note.at, note.kind, note.state, note.text, User.username.label("actor"))
        .join(measure, measure.id == note.countermeasure_id)
        .outerjoin(Channel, Channel.id == measure.channel_id)
        .outerjoin(User, User.id == note.actor_id)
        .where(within(path))
        .order_by(measure.created_at, note.at, note.kind)
    )


def forecast_freezes(path: str | None) -> Rows:
    """Months that were closed, thawed or not."""
    freeze, by, thawed_by = ForecastFreeze, aliased(User), aliased(User)
    return (
        select(
            CODE, freeze.month, freeze.frozen_at, by.username.label("frozen_by"), freeze.thawed_at,
            thawed_by.username.label("thawed_by"), freeze.reason,
        )
        .join(Channel, Channel.id == freeze.channel_id)
        .outerjoin(by, by.id == freeze.frozen_by_id)
        .outerjoin(thawed_by, thawed_by.id == freeze.thawed_by_id)
        .where(within(path))
        .order_by(Channel.code, freeze.month, freeze.frozen_at)
    )  # fmt: skip


def alert_settlements(path: str | None) -> Rows:
    """Alerts that were settled; `case` names a lead by its key still."""
    alert = AlertSettlement
    return (
        select(
            alert.kind, CODE, alert.case, alert.state, alert.note, User.username.label("settled_by"), alert.settled_at
        )
        .join(Channel, Channel.id == alert.channel_id)
        .outerjoin(User, User.id == alert.settled_by_id)
        .where(within(path))
        .order_by(Channel.code, alert.settled_at, alert.kind)
    )


def lead_numbers(ids: Any) -> Rows:
    """Some leads' numbers."""
    return select(Lead.id, Lead.lead_no).where(Lead.id.in_(ids))


def feedback(path: str | None) -> Rows:
    """What nodes reported of their markets."""
    report, by, answered_by = Feedback, aliased(User), aliased(User)
    return (
        select(
            CODE, report.at, report.topic, report.text, by.username.label("actor"), report.action,
            answered_by.username.label("answered_by"), report.answered_at,
        )
        .join(Channel, Channel.id == report.channel_id)
        .outerjoin(by, by.id == report.actor_id)
        .outerjoin(answered_by, answered_by.id == report.answered_by_id)
        .where(within(path))
        .order_by(Channel.code, report.at)
    )  # fmt: skip


def partners(path: str | None) -> Rows:
    """Businesses that want to join below a channel."""
    partner, joined, by, author = Partner, aliased(Channel), aliased(User), aliased(User)
    return (
        select(
            partner.created_at, partner.name, partner.kind, Channel.code.label("parent_code"), partner.territory,
            partner.market_tier, partner.state, partner.decision, by.username.label("decided_by"), partner.decided_at,
            joined.code.label("channel_code"), author.username.label("created_by"),
        )
        .join(Channel, Channel.id == partner.parent_id)
        .outerjoin(joined, joined.id == partner.channel_id)
        .outerjoin(by, by.id == partner.decided_by_id)
        .outerjoin(author, author.id == partner.created_by_id)
        .where(within(path))
        .order_by(partner.created_at, partner.name)
    )  # fmt: skip


def partner_marks(path: str | None) -> Rows:
    """How they were marked."""
    mark = PartnerMark
    return (
        select(Partner.created_at, Partner.name, mark.criterion, mark.mark, mark.evidence)
        .join(Partner, Partner.id == mark.partner_id)
        .join(Channel, Channel.id == Partner.parent_id)
        .where(within(path))
        .order_by(Partner.created_at, Partner.name, mark.criterion)
    )


def partner_visits(path: str | None) -> Rows:
    """Who visited them, and what was found."""
    visit = PartnerVisit
    return (
        select(
            Partner.created_at, Partner.name, visit.at, visit.visited_on, visit.findings, User.username.label("actor")
        )
        .join(Partner, Partner.id == visit.partner_id)
        .join(Channel, Channel.id == Partner.parent_id)
        .outerjoin(User, User.id == visit.actor_id)
        .where(within(path))
        .order_by(Partner.created_at, Partner.name, visit.at)
    )


def quotes(path: str | None) -> Rows:
    """Saved trials, of cases and of nobody."""
    quote = Quote
    return (
        select(
            quote.made_at, quote.plan, Vehicle.vin, Renewal.due_on, CODE, quote.insurer,
            User.username.label("made_by"), quote.total_amount.label("total"), quote.inputs,
        )
        .outerjoin(Renewal, Renewal.id == quote.renewal_id)
        .outerjoin(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Channel, Channel.id == quote.channel_id)
        .outerjoin(User, User.id == quote.made_by_id)
        .where(within(path))
        .order_by(quote.made_at, quote.plan)
    )  # fmt: skip


def quote_lines(path: str | None) -> Rows:
    """Their lines; `rates` are keys still."""
    line = QuoteLine
    return (
        select(
            Quote.made_at, Quote.plan, line.position, line.cover, line.base_amount.label("base"), line.factors,
            line.rate_row_ids.label("rates"), line.amount,
        )
        .join(Quote, Quote.id == line.quote_id)
        .outerjoin(Channel, Channel.id == Quote.channel_id)
        .where(within(path))
        .order_by(Quote.made_at, Quote.plan, line.position)
    )  # fmt: skip


def approvals(path: str | None) -> Rows:
    """What was asked and answered of them; `findings` name rules by their keys still."""
    approval, by, decider = Approval, aliased(User), aliased(User)
    return (
        select(
            Quote.made_at, Quote.plan, approval.asked_at, approval.findings, approval.state,
            by.username.label("asked_by"), approval.reason, decider.username.label("decided_by"), approval.decided_at,
            approval.answer,
        )
        .join(Quote, Quote.id == approval.quote_id)
        .outerjoin(Channel, Channel.id == Quote.channel_id)
        .outerjoin(by, by.id == approval.asked_by_id)
        .outerjoin(decider, decider.id == approval.decided_by_id)
        .where(within(path))
        .order_by(Quote.made_at, Quote.plan, approval.asked_at)
    )  # fmt: skip


def _reviews(*of: Any) -> Rows:
    review, by, answered_by = LossReview, aliased(User), aliased(User)
    return (
        select(
            *of, review.state, review.question, by.username.label("reviewed_by"), review.reviewed_at, review.answer,
            answered_by.username.label("answered_by"), review.answered_at,
        )
        .select_from(review)
        .outerjoin(by, by.id == review.reviewed_by_id)
        .outerjoin(answered_by, answered_by.id == review.answered_by_id)
    )  # fmt: skip


def _reason_path() -> tuple[ColumnElement[str], Any]:
    """A reason as price/gift, or price alone; and its parent, to be joined."""
    parent = aliased(LossReason)
    below = parent.slug.concat("/").concat(LossReason.slug)
    return case((LossReason.parent_id.is_(None), LossReason.slug), else_=below), parent
