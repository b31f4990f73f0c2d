"""Every table, so that the metadata is whole wherever it is used."""

from db.tables.approvals import Approval, AuthorityRule
from db.tables.cars import CarModel, StockUnit, Vehicle
from db.tables.channels import Channel
from db.tables.commission import Receipt, StatementLine
from db.tables.customers import Customer, OptOut
from db.tables.imports import ImportedRow, ImportJob
from db.tables.leads import Lead, LeadEvent
from db.tables.losses import CounterArgument, Countermeasure, CountermeasureNote, LossReview
from db.tables.messages import Message, MessageTemplate
from db.tables.network import (
    AlertSettlement,
    Feedback,
    ForecastFreeze,
    Partner,
    PartnerMark,
    PartnerVisit,
)
from db.tables.plans import Forecast, Score, Target
from db.tables.policies import Policy
from db.tables.rates import Quote, QuoteLine, RateRow
from db.tables.records import AuditEntry, CalendarDay, DataVersion, LossReason, Setting
from db.tables.renewals import Renewal, RenewalEvent
from db.tables.scripts import Script
from db.tables.summaries import ChannelMonth, DecidedMonth, DueMonth, StaleMonth
from db.tables.users import Download, Screen, Session, SignInFailure, Ticket, User

__all__ = [
    "AlertSettlement",
    "Approval",
    "AuditEntry",
    "AuthorityRule",
    "CalendarDay",
    "CarModel",
    "Channel",
    "ChannelMonth",
    "CounterArgument",
    "Countermeasure",
    "CountermeasureNote",
    "Customer",
    "DataVersion",
    "DecidedMonth",
    "Download",
    "DueMonth",
    "Feedback",
    "Forecast",
    "ForecastFreeze",
    "ImportJob",
    "ImportedRow",
    "Lead",
    "LeadEvent",
    "LossReason",
    "LossReview",
    "Message",
    "MessageTemplate",
    "OptOut",
    "Partner",
    "PartnerMark",
    "PartnerVisit",
    "Policy",
    "Quote",
    "QuoteLine",
    "RateRow",
    "Receipt",
    "Renewal",
    "RenewalEvent",
    "Score",
    "Screen",
    "Script",
    "Session",
    "Setting",
    "SignInFailure",
    "StaleMonth",
    "StatementLine",
    "StockUnit",
    "Target",
    "Ticket",
    "User",
    "Vehicle",
]  # fmt: skip
