"""How the server starts: not at all on bad settings; warmed up, with what it starts with out of the collector's way."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import altair  # noqa: F401 - the first chart shall not wait for it
import pandas  # noqa: F401 - nor the first table
import streamlit as st

from lib import data, keys, logs, settings
from lib.refusals import Unavailable
from lib.settings import ROOT
from lib.summaries.keeper import Keeper

SHELL = ROOT / "lib" / "ui" / "shell.py"


def check_settings() -> None:
    """End the process with one line that names the setting and what is allowed, if one is wrong or lacks."""
    try:
        settings.load()
        keys.check()
    except settings.BadSettings as error:
        print(error, file=sys.stderr)  # noqa: T201 - whoever started the server reads it
        sys.exit(2)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Log as JSON, warm up, leave what the start made out of every later garbage collection; keep the sums of months
    while it serves."""
    logs.configure(settings.load().log_level)
    warm_up()
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.001)
    keeper = Keeper()
    keeper.start()
    yield
    keeper.end()
    data.database().dispose()


def warm_up() -> None:
    """Open the database; the server starts without it, too, and says so on every page."""
    try:
        data.fresh(data.versions)
    except Unavailable:
        return
