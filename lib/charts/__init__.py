"""Charts: each a sum of named layers over one base, a DataFrame in, an `alt.Chart` out."""

from lib.charts.accuracy import accuracy
from lib.charts.course import course
from lib.charts.funnel import funnel
from lib.charts.hours import hours
from lib.charts.house import PICKED, dressed
from lib.charts.months import months
from lib.charts.profile import profile
from lib.charts.profiles import profiles
from lib.charts.sources import sources

__all__ = ["PICKED", "accuracy", "course", "dressed", "funnel", "hours", "months", "profile", "profiles", "sources"]
