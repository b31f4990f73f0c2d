"""The figures of what is done about losses: their review, and winning customers back."""

from db.terms import KpiUnit, RollUp
from lib.kpi.record import EVERY, Kind, Kpi
from lib.refusals import N_

NONE = EVERY - EVERY

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
)  # fmt: skip
