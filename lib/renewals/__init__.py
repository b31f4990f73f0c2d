"""Renewals: how policies and contacts make them, what becomes of them, and what comes next (model.md, "Renewals").

`settling.settle` is the one rule: it takes all that is known of a vehicle and gives its renewals as they must stand.
Files and forms bring facts; both ask the same rule, so that the order in which facts arrive does not matter.
"""
