"""A chart whose marks are channels: a click on one opens its page."""

from typing import Any

import streamlit as st

from lib.charts import PICKED
from lib.ui.channels.places import open_node


def chart(spec: dict[str, Any], name: str, alt: str) -> None:
    """Draw it; a mark whose code is blank opens nothing."""
    turn = st.session_state.setdefault(f"{name}_turn", 0)
    event = st.vega_lite_chart(
        spec, theme=None, key=f"{name}-{turn}", on_select="rerun", selection_mode=PICKED, alt=alt
    )
    picked = event["selection"].get(PICKED) if "selection" in event else None
    if picked and picked[0].get("code"):
        st.session_state[f"{name}_turn"] = turn + 1
        open_node(str(picked[0]["code"]))
