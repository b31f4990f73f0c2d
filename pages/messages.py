"""The SMS outbox: what waits for a person, what waits for a worker, what went out."""

import streamlit as st

from lib.access import Permission
from lib.refusals import N_
from lib.ui import look
from lib.ui.messages import listing
from lib.ui.opening import open_page
from lib.ui.today import now

actor = open_page(Permission.RENEWAL_WRITE, title=N_("SMS outbox"))
at = now()
group = listing.groups(actor)
with st.container(key="panels-outbox"):
    beside, one = st.columns([58, 42], gap="medium")
    with beside:
        chosen = listing.table(actor, group, at)
    with one, look.card("message"):
        listing.one(actor, chosen, at)
