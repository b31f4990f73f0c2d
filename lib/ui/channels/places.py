"""Where one is among the channels: the whole network, or one node by its code in the address."""

import streamlit as st

NODE = "node"


def chosen_node() -> str | None:
    """The code of the node that is open."""
    return st.query_params.get(NODE)


def open_node(code: str | None) -> None:
    """Go to a node's page, or back to the network."""
    if code is None:
        st.query_params.pop(NODE, None)
    else:
        st.query_params[NODE] = code
    st.rerun()
