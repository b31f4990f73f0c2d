"""The figures of losses (model.md, "Losses"), of their review, and of winning customers back."""

from db.terms import KpiUnit, RollUp
from lib.kpi.record import EVERY, PERSON, Better, Kind, Kpi
from lib.refusals import N_

NONE = EVERY - EVERY

LOSSES: tuple[Kpi, ...] = (
    Kpi("losses", N_("Losses"),
        N_("Leads and renewals recorded as lost in the period. One that was reopened later stays counted."),
        KpiUnit.CASES, "lost", better=Better.LOWER, filters=PERSON),
    Kpi("controllable_losses", N_("Controllable losses"),
        N_("Losses for reasons that we can do something about, wholly or in part."),
        KpiUnit.CASES, "within_reach", better=Better.LOWER, filters=PERSON),
    Kpi("loss_rate", N_("Loss rate"),
        N_("Losses divided by the cases decided in the period: lost, and won (cars delivered, renewals renewed)."),
        KpiUnit.PER_CENT, "lost", "decided", Kind.RATE, RollUp.RATIO, Better.LOWER, PERSON),
    Kpi("loss_share", N_("Share of losses"), N_("Losses for this reason divided by all losses of the period."),
        KpiUnit.PER_CENT, "count", "total", Kind.RATE, RollUp.RATIO, Better.NEITHER),
)  # fmt: skip

LOSS_WORK: tuple[Kpi, ...] = (
    Kpi("clear_reason_rate", N_("Clear-reason rate"),
        N_("Lost events of the period whose reason is not \"other\" and whose review a manager accepted, divided by "
           "the lost events of the period."),
        KpiUnit.PER_CENT, "clear_losses", "losses", Kind.RATE, RollUp.RATIO, filters=NONE),
    Kpi("winback_rate", N_("Win-back rate"),
        N_("Win-back renewals due in the period that were renewed, divided by the win-back renewals due in it."),
        KpiUnit.PER_CENT, "winback_renewed", "winback_due", Kind.RATE, RollUp.RATIO, filters=NONE),
    Kpi("lead_winback_rate", N_("Lead win-back rate"),
        N_("Lost leads taken up again in the period that have ordered since, divided by the lost leads taken up again "
           "in it."),
        KpiUnit.PER_CENT, "reopened_ordered", "reopened", Kind.RATE, RollUp.RATIO, filters=NONE),
    Kpi("reason_share", N_("Reason's share of decided cases"),
        N_("Cases lost for the reason of a countermeasure divided by the cases decided in the window: lost, and won "
           "(cars delivered, renewals renewed), by the day of the event, where the countermeasure holds."),
        KpiUnit.PER_CENT, "lost_for_reason", "decided", Kind.RATE, RollUp.RATIO, Better.LOWER, NONE),
    Kpi("countermeasures_done_rate", N_("Countermeasures done"),
        N_("Countermeasures due in the period that are done, divided by those due in it; dropped ones are left out."),
        KpiUnit.PER_CENT, "measures_done", "measures_due", Kind.RATE, RollUp.RATIO, filters=NONE),
)  # fmt: skip
