"""Charts: each a sum of named layers over one base, a DataFrame in, an `alt.Chart` out."""

from lib.charts.accuracy import MOST as MOST_ERROR
from lib.charts.accuracy import accuracy
from lib.charts.course import course
from lib.charts.effect import effect
from lib.charts.flow import Stream, flow
from lib.charts.forecasts import forecasts
from lib.charts.funnel import funnel
from lib.charts.heat import heat
from lib.charts.hours import hours
from lib.charts.house import PICKED, dressed
from lib.charts.influence import influence
from lib.charts.loss_months import loss_months
from lib.charts.months import months
from lib.charts.panels import panels
from lib.charts.pareto import pareto
from lib.charts.profile import profile
from lib.charts.profiles import profiles
from lib.charts.ranks import ranks
from lib.charts.scatter import scatter
from lib.charts.sources import sources

__all__ = [
    "MOST_ERROR", "PICKED", "Stream", "accuracy", "course", "dressed", "effect", "flow", "forecasts", "funnel", "heat",
    "hours", "influence", "loss_months", "months", "panels", "pareto", "profile", "profiles", "ranks", "scatter",
    "sources",
]  # fmt: skip
