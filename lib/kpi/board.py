"""The board's figures (model.md, "Board")."""

from db.terms import KpiUnit, RollUp
from lib.kpi.record import PERSON, Better, Kind, Kpi
from lib.refusals import N_

BOARD: tuple[Kpi, ...] = (
    Kpi("first_visits", N_("First visits"),
        N_("Leads whose first contact falls in the period and who walked into the showroom."),
        KpiUnit.VISITS, "first_visits"),
    Kpi("return_visits", N_("Return visits"), N_("Return visits in the period."), KpiUnit.VISITS, "return_visits"),
    Kpi("invited_visits", N_("Invited visits"),
        N_("Return visits in the period that are the first visit of a lead who did not first walk in."),
        KpiUnit.VISITS, "invited_visits"),
    Kpi("calls", N_("Incoming calls"), N_("Leads whose first contact falls in the period and was a call."),
        KpiUnit.CALLS, "calls"),
    Kpi("outdoor_leads", N_("Outdoor leads"),
        N_("Leads whose first contact falls in the period and was at an outdoor show."),
        KpiUnit.LEADS, "outdoor_leads"),
    Kpi("online_leads", N_("Online leads"), N_("Leads whose first contact falls in the period and was online."),
        KpiUnit.LEADS, "online_leads"),
    Kpi("referral_leads", N_("Referral leads"),
        N_("Leads whose first contact falls in the period and came by referral."), KpiUnit.LEADS, "referral_leads"),
    Kpi("captured_visits", N_("Captured visits"), N_("First visits with a mobile number on file."),
        KpiUnit.VISITS, "captured_visits"),
    Kpi("capture_rate", N_("Capture rate"), N_("Captured visits divided by first visits."),
        KpiUnit.PER_CENT, "captured_visits", "first_visits", Kind.RATE, RollUp.RATIO),
    Kpi("test_drives", N_("Test drives"), N_("Leads with a test drive in the period; each lead counts once."),
        KpiUnit.DRIVES, "test_drives", roll_up=RollUp.DISTINCT),
    Kpi("test_drive_rate", N_("Test-drive rate"),
        N_("Walk-in leads with a test drive in the period divided by captured visits."),
        KpiUnit.PER_CENT, "walk_in_test_drives", "captured_visits", Kind.RATE, RollUp.RATIO),
    Kpi("orders", N_("Orders"), N_("Orders in the period minus cancellations in the period."), KpiUnit.CARS, "orders"),
    Kpi("deliveries", N_("Deliveries"), N_("Cars handed over in the period."), KpiUnit.CARS, "deliveries"),
    Kpi("showroom_close_rate", N_("Showroom closing rate"),
        N_("Orders (net of cancellations) of walk-in leads, whenever they first came, divided by captured visits."),
        KpiUnit.PER_CENT, "walk_in_orders", "captured_visits", Kind.RATE, RollUp.RATIO),
    Kpi("outdoor_close_rate", N_("Outdoor closing rate"),
        N_("Orders (net of cancellations) of outdoor leads divided by outdoor leads."),
        KpiUnit.PER_CENT, "outdoor_orders", "outdoor_leads", Kind.RATE, RollUp.RATIO),
    Kpi("deliveries_per_consultant", N_("Deliveries per consultant"),
        N_("Deliveries divided by the consultants at work now whose home channel lies in the scope."),
        KpiUnit.PER_PERSON, "deliveries", "consultants", Kind.RATIO, RollUp.RATIO),
    Kpi("lead_losses", N_("Lost leads"), N_("Leads recorded as lost in the period."), KpiUnit.CASES, "lead_losses",
        better=Better.LOWER),
    Kpi("new_car_insurance_rate", N_("New-car insurance rate"),
        N_("Cars delivered in the period that hold a new commercial policy issued anywhere in the group, divided by "
           "cars delivered in the period."),
        KpiUnit.PER_CENT, "insured_deliveries", "deliveries", Kind.RATE, RollUp.RATIO),
    Kpi("policies_issued", N_("Policies issued"), N_("Policies issued in the period."), KpiUnit.POLICIES,
        "policies_issued", filters=PERSON),
    Kpi("premium_amount", N_("Premium"), N_("The premiums of the policies issued in the period."), KpiUnit.YUAN,
        "premium_amount", kind=Kind.MONEY, filters=PERSON),
    Kpi("renewals_renewed", N_("Renewals won"), N_("Renewals that were renewed in the period."), KpiUnit.CASES,
        "renewals_renewed", filters=PERSON),
    Kpi("renewal_losses", N_("Lost renewals"), N_("Renewals recorded as lost in the period."), KpiUnit.CASES,
        "renewal_losses", better=Better.LOWER, filters=PERSON),
    Kpi("calls_overdue", N_("Overdue quote calls"),
        N_("Open renewals whose phone call after an SMS quote is overdue now: its third day has ended."),
        KpiUnit.CASES, "calls_overdue", roll_up=RollUp.MOMENT, better=Better.LOWER, filters=PERSON),
)  # fmt: skip

PROGRESS: tuple[Kpi, ...] = (
    Kpi("attainment_rate", N_("Attainment"),
        N_("The figure divided by its target. Without a target of its own the parts' targets add up; without those "
           "the next longer period's target counts by its share of working days."),
        KpiUnit.PER_CENT, "actual", "target", Kind.RATE, RollUp.RATIO),
    Kpi("pace_rate", N_("Time gone"),
        N_("Working days gone by divided by the working days of the period, by the Chinese calendar with its "
           "exchanged days."),
        KpiUnit.PER_CENT, "workdays_gone", "workdays", Kind.RATE, RollUp.RATIO, Better.NEITHER),
)  # fmt: skip
