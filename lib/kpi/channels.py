"""The figures of channels and of their forecasts (model.md, "Channels")."""

from db.terms import KpiUnit, RollUp
from lib.kpi.record import EVERY, Better, Kind, Kpi
from lib.refusals import N_

NONE = EVERY - EVERY

CHANNELS: tuple[Kpi, ...] = (
    Kpi("leads", N_("Leads"), N_("Leads of any source whose first contact falls in the period."),
        KpiUnit.LEADS, "leads"),
    Kpi("captured", N_("Captured leads"), N_("Leads of the period with a mobile number on file."), KpiUnit.LEADS,
        "captured"),
    Kpi("revenue", N_("Revenue"), N_("The order prices of the cars delivered in the period."), KpiUnit.YUAN, "revenue",
        kind=Kind.MONEY),
    Kpi("lead_to_order_rate", N_("Lead-to-order rate"),
        N_("Orders of the period (net) divided by leads first met in the period."),
        KpiUnit.PER_CENT, "orders", "leads", Kind.RATE, RollUp.RATIO),
    Kpi("order_to_delivery_rate", N_("Order-to-delivery rate"), N_("Deliveries divided by orders of the period."),
        KpiUnit.PER_CENT, "deliveries", "orders", Kind.RATE, RollUp.RATIO),
    Kpi("price_deviation_rate", N_("Price deviation"),
        N_("Order prices minus guide prices, divided by guide prices, over the cars delivered in the period."),
        KpiUnit.PER_CENT, "price_difference", "guide_amount", Kind.RATE, RollUp.RATIO, Better.NEITHER),
    Kpi("delivery_share", N_("Share of deliveries"), N_("The node's deliveries divided by those of the whole scope."),
        KpiUnit.PER_CENT, "deliveries", "scope_deliveries", Kind.RATE, RollUp.RATIO),
    Kpi("wape", N_("Forecast error"),
        N_("Absolute differences between forecast and deliveries by model and month, divided by deliveries."),
        KpiUnit.PER_CENT, "absolute_error", "actual", Kind.RATE, RollUp.RATIO, Better.LOWER, NONE),
    Kpi("bias", N_("Forecast bias"),
        N_("Forecast minus deliveries by model and month, divided by deliveries: above zero is too much."),
        KpiUnit.PER_CENT, "error", "actual", Kind.RATE, RollUp.RATIO, Better.NEITHER, NONE),
    Kpi("naive_wape", N_("Error of copying last month"),
        N_("The forecast error that the previous month's deliveries would have made as a forecast."),
        KpiUnit.PER_CENT, "naive_error", "actual", Kind.RATE, RollUp.RATIO, Better.LOWER, NONE),
    Kpi("forecast_on_time_rate", N_("Forecasts on time"),
        N_("Months whose forecast came by its day, divided by all months that were owed."),
        KpiUnit.PER_CENT, "punctual", "months", Kind.RATE, RollUp.RATIO, Better.HIGHER, NONE),
)  # fmt: skip

VALUE_ADDED = Kpi(
    "forecast_value_added", N_("Forecast value added"),
    N_("The error of copying last month minus the forecast error: above zero the forecast was worth its work."),
    KpiUnit.PER_CENT, "naive_error_minus_error", "actual", Kind.RATE, RollUp.RATIO, Better.HIGHER, NONE,
)  # fmt: skip
