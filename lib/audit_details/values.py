"""How the values of details are told, by their names. What an older entry holds otherwise comes out as it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from db.terms import (
    AlertKind,
    AlertState,
    Approver,
    AuthorityKind,
    BuyerKind,
    CentreFunction,
    ChannelKind,
    ClaimRecord,
    ContactMethod,
    ContactOutcome,
    Controllable,
    CountermeasureNoteKind,
    CountermeasureState,
    FeedbackTopic,
    Fuel,
    IntentionLevel,
    LeadSource,
    LeadStatus,
    LossDomain,
    MarketTier,
    MessageStatus,
    PartnerCriterion,
    PartnerState,
    Plan,
    PolicyLine,
    RateKind,
    RenewalEventKind,
    Role,
    Stage,
    TargetSubject,
    VehicleUse,
)
from lib import clock, formats, kpi, periods
from lib.audit_details.referring import Reference, table
from lib.imports.forms import BY_SHEET
from lib.refusals import Refused
from lib.words import Words

CONTEXT = "detail"  # of the names of details in the catalogues, and of the values that no vocabulary holds


@dataclass(frozen=True)
class Teller:
    """Whom the details of one entry are told to, and what it is about."""

    words: Words
    zone: ZoneInfo
    subject: str | None
    details: Mapping[str, Any]
    names: Mapping[Reference, str]

    def own(self, entries: Mapping[str, Any], key: str) -> Any:
        """What is kept of a detail for this subject, else for every subject."""
        return entries.get(f"{self.subject}.{key}", entries.get(key))

    def word(self, code: str) -> str | None:
        return self.words.catalogue.get((CONTEXT, code))


Telling = Callable[[Any, Teller], str]


def value(key: str, held: Any, teller: Teller) -> str:
    """One value in words; "—" for none, several one after the other."""
    if held is None:
        return formats.NOTHING
    if table(key, teller.details):
        return teller.words.listed(_name(key, each, teller) for each in (held if isinstance(held, list) else [held]))
    told = teller.own(TELLINGS, key)
    if told is None:
        return _plain(held, teller)
    if isinstance(held, list):
        return teller.words.listed([_told(told, each, teller) for each in held])
    return _told(told, held, teller)


def _told(told: Telling, held: Any, teller: Teller) -> str:
    try:
        return told(held, teller)
    except (ArithmeticError, LookupError, TypeError, ValueError, Refused):
        return _plain(held, teller)


def _plain(held: Any, teller: Teller) -> str:
    if isinstance(held, bool):
        return teller.words.say("yes") if held else teller.words.say("no")
    if isinstance(held, list):
        return teller.words.listed([_plain(each, teller) for each in held])
    if isinstance(held, Mapping):
        return teller.words.listed(
            [f"{name} {_plain(each, teller)}" for name, each in held.items() if each is not None]
        )
    return str(held)


def _name(key: str, held: Any, teller: Teller) -> str:
    kind = table(key, teller.details)
    named = teller.names.get((str(kind), held)) if isinstance(held, int) else None
    if named is None:
        return _number(held, teller) if isinstance(held, int) else str(held)
    return teller.words.term(AuthorityKind(named)) if kind == "authority_rules" else named


def _number(held: Any, teller: Teller) -> str:
    return f"No. {held}" if teller.words.language == "en" else f"{held} 号"


def _term(terms: type[StrEnum]) -> Telling:
    return lambda held, teller: teller.words.term(terms(held))


def _coded(key: str) -> Telling:
    """A code that has its word beside the names of details."""
    return lambda held, teller: teller.word(f"{key}={held}") or _plain(held, teller)


def _day(held: Any, teller: Teller) -> str:
    return formats.day_with_year(date.fromisoformat(held), teller.words)


def _moment(held: Any, teller: Teller) -> str:
    at = clock.store_time(datetime.fromisoformat(held), teller.zone)
    return f"{formats.day_with_year(at.date(), teller.words)} {at:%H:%M}"


def _period(held: Any, teller: Teller) -> str:
    return formats.period(periods.parse(held), teller.words, dated=True)


def _count(held: Any, teller: Teller) -> str:
    return formats.number(Decimal(str(held)), teller.words)


def _share(held: Any, _teller: Teller) -> str:
    return f"{_exact(Decimal(str(held)) * 100)}%"


def _figure(held: Any, _teller: Teller) -> str:
    return _exact(Decimal(str(held)))


def _exact(number: Decimal) -> str:
    """With all of its places: what is on record is not rounded."""
    return f"{number.normalize():f}"


def _amount(held: Any, teller: Teller) -> str:
    """Yuan to the cent where there are any: the record is exact."""
    yuan = Decimal(str(held))
    told = formats.number(yuan, teller.words, 0 if yuan == int(yuan) else 2)
    return f"¥{told}" if teller.words.language == "en" else f"{told} 元"


def _bytes(held: Any, teller: Teller) -> str:
    return f"{formats.number(Decimal(held) / 1024, teller.words, 1)} KB"


def _sentence(held: Any, teller: Teller) -> str:
    return teller.words.say(held)


def _target(held: Any, teller: Teller) -> str:
    kinds = {kpi.Kind.RATE: _share, kpi.Kind.MONEY: _amount}
    return kinds.get(kpi.find(teller.details["metric"]).kind, _figure)(held, teller)


def _threshold(held: Any, teller: Teller) -> str:
    match AuthorityKind(teller.details["kind"]):
        case AuthorityKind.PREMIUM_DROP:
            return _share(held, teller)
        case AuthorityKind.THIRD_PARTY_ABOVE:
            return formats.cover_limit(Decimal(held), teller.words)
    return _figure(held, teller)


def _item(held: Any, teller: Teller) -> str:
    """What a rate is for: a use, what the years before say, a fuel."""
    for terms in (VehicleUse, ClaimRecord, Fuel):
        if held in set(terms):
            return teller.words.term(terms(held))
    return _coded("item")(held, teller)


def _setting(held: Any, teller: Teller) -> str:
    return _coded(f"settings.{teller.details.get('name')}")(held, teller)


def _sheets(held: Any, teller: Teller) -> str:
    """Rows by sheet; of an import with what was new and what was changed."""
    told = []
    for name, rows in held.items():
        known = teller.words.language == "zh" and name in BY_SHEET
        sheet = BY_SHEET[name].chinese if known else name.replace("_", " ")
        if isinstance(rows, list):
            count, new, changed = (_count(each, teller) for each in rows)
            pattern = teller.word("sheets=") or "{sheet} {count} ({new}, {changed})"
            told.append(pattern.format(sheet=sheet, count=count, new=new, changed=changed))
        else:
            told.append(f"{sheet} {_count(rows, teller)}")
    return teller.words.listed(told)


def _before(held: Any, teller: Teller) -> str:
    """How a lead stood before a step."""
    known = {key: each for key, each in held.items() if each is not None}
    return teller.words.listed([f"{name(key, teller)} {value(key, each, teller)}" for key, each in known.items()])


def name(key: str, teller: Teller) -> str:
    """What a detail is called; one that nobody named goes by its own name."""
    for terms in (PartnerCriterion, Plan):
        if key in set(terms):
            return teller.words.term(terms(key))
    return teller.word(f"{teller.subject}.{key}") or teller.word(key) or key


TELLINGS: Mapping[str, Telling] = {
    "accounts.language": _coded("language"),
    "adjusted": _count,
    "alert_settlements.kind": _term(AlertKind),
    "alert_settlements.state": _term(AlertState),
    "approver": _term(Approver),
    "at": _moment,
    "authority_rules.kind": _term(AuthorityKind),
    "balanced": _amount,
    "basic": _amount,
    "before": _before,
    "buyer_kind": _term(BuyerKind),
    "bytes": _bytes,
    "calendar_days.change": _coded("day"),
    "callback_on": _day,
    "case": lambda held, teller: _number(held, teller) if isinstance(held, int) else str(held),
    "cases": _count,
    "channels.kind": _term(ChannelKind),
    "closed_at": _moment,
    "controllable": _term(Controllable),
    "countermeasures.change": _term(CountermeasureState),
    "countermeasures.fields": _coded("fields"),
    "countermeasures.kind": _term(CountermeasureNoteKind),
    "day": _day,
    "domain": _term(LossDomain),
    "due": _day,
    "due_on": _day,
    "equity_share": _share,
    "event_id": _number,
    "exports.rows": _sheets,
    "full": _amount,
    "function": _term(CentreFunction),
    "how": _coded("how"),
    "intention_level": _term(IntentionLevel),
    "item": _item,
    "lines": _term(PolicyLine),
    "market_tier": _term(MarketTier),
    "messages.why": _sentence,
    "method": _term(ContactMethod),
    "metric": lambda held, teller: teller.words.say(kpi.find(held).label),
    "month": _period,
    "next_contact_on": _day,
    "of_kind": _term(TargetSubject),
    "order_price": _amount,
    "outcome": _term(ContactOutcome),
    "partners.kind": _term(ChannelKind),
    "partners.state": _term(PartnerState),
    "period": _period,
    "quote_amount": _amount,
    "quotes": _number,
    "rate_rows.kind": _term(RateKind),
    "rate_rows.value": _figure,
    "renewal": _number,
    "renewals.step": _term(RenewalEventKind),
    "role": _term(Role),
    "rows": _count,
    "scores.change": _figure,
    "settings.change": _setting,
    "settings.name": _coded("settings.name"),
    "sheets": _sheets,
    "source": lambda held, teller: teller.words.term(LeadSource(held)),
    "stage": _term(Stage),
    "status": _term(LeadStatus),
    "targets.change": _target,
    "threshold": _threshold,
    "topic": _term(FeedbackTopic),
    "total": _count,
    "valid_from": _day,
    "valid_to": _day,
    "vehicle_id": _number,
    "vehicle_use": _term(VehicleUse),
    "was": _term(MessageStatus),
    "why": _coded("why"),
}
