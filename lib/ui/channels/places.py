"""Where one is among the channels: the whole network, or one node by its code in the address."""

import streamlit as st

from lib.access import Actor
from lib.channels.overview import Network

NODE = "node"


def chosen_node(actor: Actor, view: Network) -> str | None:
    """The code of the node that is open; an agent's is the own one, whatever the address says."""
    if actor.own_node_only:
        return next((code for code, each in view.by_code.items() if each.node.path == actor.path), "")
    return st.query_params.get(NODE)


def open_node(code: str | None) -> None:
    """Go to a node's page, or back to the network."""
    if code is None:
        st.query_params.pop(NODE, None)
    else:
        st.query_params[NODE] = code
    st.rerun()
