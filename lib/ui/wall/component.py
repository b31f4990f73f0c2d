"""Mounting the wall. What a tick sends is a small loader and the frame; the files come once, by their own address."""

from typing import Any

import streamlit as st

from lib.ui.wall.assets import BUILD, FILES

_mount = st.components.v2.component(
    "wall", js=FILES["loader.js"].read_text("utf-8").replace("BUILD", BUILD), isolate_styles=False
)


def draw(payload: dict[str, Any]) -> None:
    """Hand one tick to the browser."""
    _mount(data=payload | {"build": BUILD}, key="wall")
