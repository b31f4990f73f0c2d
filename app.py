"""Builds the server: `streamlit run app.py`."""

import streamlit as st

from lib.ui import routes, start
from lib.ui.guarding import say_it_failed
from lib.ui.wall import assets

start.check_settings()
app = st.App(
    start.SHELL,
    routes=[*routes.ROUTES, *assets.ROUTES],
    middleware=routes.MIDDLEWARE,
    lifespan=start.lifespan,
    on_script_error=say_it_failed,
)
