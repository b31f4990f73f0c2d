"""Which policies expire into which renewal, and which renew one: from the policies alone, by their start."""

from collections.abc import Iterable
from datetime import date

from db.terms import BusinessType, PolicyStatus
from lib.renewals.facts import PolicyFact, Window

JOIN_DAYS = 45  # a second expiry this near joins the renewal
RENEW_BEFORE, RENEW_AFTER = 90, 30  # days around due_on in which a policy's start renews it
RECOVER_AFTER = 365  # up to here a start is a recovery


def open_windows(policies: Iterable[PolicyFact], seeds: Iterable[Window] = ()) -> list[Window]:
    """The vehicle's renewals. `seeds` are those that no policy opens: win-backs and those entered by hand."""
    windows = list(seeds)
    for policy in sorted(policies, key=lambda policy: policy.order):
        renewed = _renew(policy, windows)
        if renewed is None:
            _recover(policy, windows)
        _expire(policy, windows, renewed)
    return sorted(windows, key=lambda window: window.due_on)


def nearest(windows: Iterable[Window], day: date) -> Window | None:
    """The window whose due_on is nearest to a day, the earlier of two equally near."""
    return min(windows, key=lambda window: (abs((window.due_on - day).days), window.due_on), default=None)


def place(windows: Iterable[Window], due_on: date) -> Window | None:
    """The renewal that a due_on names: that very day, else the nearest within 45 days."""
    return nearest((each for each in windows if abs((each.due_on - due_on).days) <= JOIN_DAYS), due_on)


def _renew(policy: PolicyFact, windows: list[Window]) -> Window | None:
    if policy.business_type is not BusinessType.RENEWAL:
        return None
    fitting = [each for each in windows if -RENEW_BEFORE <= (policy.starts_on - each.due_on).days <= RENEW_AFTER]
    window = nearest(fitting, policy.starts_on)
    if window is not None:
        window.renewing.append(policy)
    return window


def _recover(policy: PolicyFact, windows: list[Window]) -> None:
    late = [
        each
        for each in windows
        if not each.renewing and RENEW_AFTER < (policy.starts_on - each.due_on).days <= RECOVER_AFTER
    ]
    window = nearest(late, policy.starts_on)
    if window is not None:
        window.recovering.append(policy)


def _expire(policy: PolicyFact, windows: list[Window], renewed: Window | None) -> None:
    window = place((each for each in windows if not each.renewing and each is not renewed), policy.expires_on)
    if window is None:
        window = Window(policy.expires_on, policy.channel_id, opened_at=policy.issued_at)
        windows.append(window)
    window.priors.append(policy)
    window.due_on = _due_on(window)


def _due_on(window: Window) -> date:
    """The earlier expiry of the policies in force, of all where each has left; what opened without a policy had one."""
    in_force = [policy.expires_on for policy in window.priors if policy.status is PolicyStatus.IN_FORCE]
    if (window.winback or window.by_hand) and not (window.overtaken and in_force):
        return min([window.due_on, *in_force])
    return min(in_force or [policy.expires_on for policy in window.priors])
