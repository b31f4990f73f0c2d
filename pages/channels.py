"""Channel performance: the network as a tree with its figures, and one node's page."""

import streamlit as st

from lib.access import Permission, Scope
from lib.refusals import N_
from lib.ui.alerts import counts
from lib.ui.channels import branches, comparing, filters, forecast, heading, inside, node, rows, tree
from lib.ui.channels.places import chosen_node
from lib.ui.forecasts import reminder
from lib.ui.language import t
from lib.ui.opening import open_page
from lib.ui.scores import profile

actor = open_page(Permission.NODE_READ, title=N_("Channel performance"))
chosen = filters.when(actor)
view = filters.network(actor, chosen)
code = chosen_node(actor, view)
if code is None:
    reminder.line(actor)
    heading.network(actor, view)
    counts.line(actor, actor.scope)
    draw_part = {filters.TABLE: tree.draw, filters.PICTURES: branches.network, filters.COMPARE: comparing.draw}
    draw_part[filters.part()](actor, view)
elif code in view.by_code:
    standing = view.by_code[code]
    if actor.own_node_only:
        reminder.line(actor)
    heading.node(actor, view, standing)
    counts.line(actor, Scope(standing.node.path), code)
    node.course(actor, view, standing)
    inside.draw(actor, view, standing)
    forecast.against_actual(actor, view, standing)
    profile.of_node(actor, code)
    if not actor.own_node_only:
        branches.draw(actor, view, standing)
        tree.below(view, standing)
    rows.show_opened(actor, standing, chosen)
else:
    st.warning(t("There is no such channel in your area. It may have been closed or moved."))
