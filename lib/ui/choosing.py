"""A list whose rows are chosen. The choice follows what a row stands for, wherever the row moves."""

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

ROW_HEIGHT = 36
TWO_LINES = 65  # pixels of a row; over four times a letter, a long text runs on in a second line


def rows(
    name: str, ids: Sequence[int], cells: Sequence[dict[str, Any]], shown: int,
    mode: Literal["single-row", "multi-row"] = "single-row", config: dict[str, Any] | None = None,
    height: int = ROW_HEIGHT,
) -> list[int]:  # fmt: skip
    """Draw a line for each id, `shown` of them at a time; the places of those chosen. `config`: of its columns;
    `height`: of a row.
    """
    kept: tuple[int, ...] = st.session_state.get(f"{name}_chosen", ())
    picked: list[int] = st.dataframe(
        pd.DataFrame(cells), hide_index=True, key=f"{name}-{hash(tuple(ids))}", on_select="rerun", selection_mode=mode,
        row_height=height, height=min(shown, len(ids)) * height + ROW_HEIGHT + 2,
        column_config=config, placeholder="",
        selection_default={"selection": {"rows": [ids.index(each) for each in kept if each in ids]}},
    )["selection"]["rows"]  # fmt: skip
    st.session_state[f"{name}_chosen"] = tuple(ids[each] for each in picked)
    return picked
