"""The walk-in quick quote: a premium trial without a customer (J2, R4)."""

import streamlit as st

from lib import data
from lib.access import Permission
from lib.premiums.book import book, home_province, provinces
from lib.refusals import N_
from lib.ui import premiums
from lib.ui.language import t
from lib.ui.opening import open_page
from lib.ui.today import today

actor = open_page(Permission.RENEWAL_READ, title=N_("Premium trial"))
known = data.read(provinces)
home = data.read(home_province)
province = st.selectbox(
    t("Province"), known, known.index(home) if home in known else 0, key="province", bind="query-params", width=200
)
rates = data.read(book, province, today())
car = premiums.car_form()
wishes = premiums.covers_form(rates, car.fuel)
premiums.results(car, wishes, rates)
