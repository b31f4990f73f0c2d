"""The pages and who finds them in the navigation. A new page is one line here and one file in `pages/`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import streamlit as st

from db.terms import Role
from lib.access import Actor, Permission
from lib.refusals import N_
from lib.settings import ROOT
from lib.ui.language import t

FOLDER = ROOT / "pages"


class Section(Enum):
    """The headings of the navigation, in their order."""

    SHOWROOM = N_("Showroom")
    INSURANCE = N_("Insurance")
    NETWORK = N_("Distribution network")
    ANALYSIS = N_("Analysis")
    MANAGEMENT = N_("Management")


@dataclass(frozen=True)
class Entry:
    """One page: its file in `pages/`, title, icon, heading (none: it is found elsewhere) and what it needs."""

    file: str
    title: str
    icon: str
    section: Section | None
    permission: Permission

    @property
    def path(self) -> str:
        return self.file.removesuffix(".py")


ACCOUNT = Entry("account.py", N_("My account"), ":material/key:", None, Permission.ACCOUNT)

QUEUE = Entry(
    "renewals.py", N_("Renewal queue"), ":material/published_with_changes:", Section.INSURANCE, Permission.RENEWAL_READ
)

LEADS = Entry("leads.py", N_("Lead follow-up"), ":material/groups:", Section.SHOWROOM, Permission.LEAD_READ)

PAGES: tuple[Entry, ...] = (
    Entry("board.py", N_("Sales board"), ":material/monitoring:", Section.SHOWROOM, Permission.BOARD_READ),
    LEADS,
    Entry("reception.py", N_("Reception card"), ":material/person_add:", Section.SHOWROOM, Permission.LEAD_WRITE),
    Entry("quick_quote.py", N_("Premium trial"), ":material/calculate:", Section.INSURANCE, Permission.RENEWAL_READ),
    Entry("channels.py", N_("Channel performance"), ":material/account_tree:", Section.NETWORK,
          Permission.NODE_READ),
    Entry("forecasts.py", N_("Demand forecast"), ":material/event_upcoming:", Section.NETWORK,
          Permission.FORECAST_READ),
    Entry("network.py", N_("Network"), ":material/device_hub:", Section.NETWORK, Permission.CHANNEL_WRITE),
    Entry("partners.py", N_("Partner evaluation"), ":material/handshake:", Section.NETWORK, Permission.CHANNEL_WRITE),
    Entry("feedback.py", N_("Market feedback"), ":material/forum:", Section.NETWORK, Permission.FEEDBACK_WRITE),
    Entry("scores.py", N_("Eight functions"), ":material/radar:", Section.NETWORK, Permission.CHANNEL_READ),
    Entry("channel_alerts.py", N_("Channel alerts"), ":material/notification_important:", Section.NETWORK,
          Permission.CHANNEL_READ),
    Entry("losses.py", N_("Loss analysis"), ":material/trending_down:", Section.ANALYSIS, Permission.LOSS_READ),
    Entry("loss_reviews.py", N_("Loss review"), ":material/rate_review:", Section.ANALYSIS, Permission.LOSS_WRITE),
    Entry("countermeasures.py", N_("Countermeasures"), ":material/construction:", Section.ANALYSIS,
          Permission.LOSS_READ),
    Entry("winbacks.py", N_("Win-back"), ":material/replay:", Section.ANALYSIS, Permission.LOSS_READ),
    Entry("definitions.py", N_("Definitions"), ":material/menu_book:", Section.ANALYSIS, Permission.BOARD_READ),
    Entry("targets.py", N_("Targets"), ":material/flag:", Section.MANAGEMENT, Permission.TARGET_READ),
    QUEUE,
    Entry("messages.py", N_("SMS outbox"), ":material/sms:", Section.INSURANCE, Permission.RENEWAL_WRITE),
    Entry("follow_up_sheet.py", N_("Follow-up sheet"), ":material/print:", Section.INSURANCE, Permission.RENEWAL_READ),
    Entry("imports.py", N_("Data import"), ":material/upload_file:", Section.MANAGEMENT, Permission.IMPORT),
    Entry("renewal_team.py", N_("Renewal team"), ":material/supervisor_account:", Section.INSURANCE,
          Permission.RENEWAL_ASSIGN),
    Entry("rates.py", N_("Rate tables"), ":material/percent:", Section.MANAGEMENT, Permission.DICTIONARY_WRITE),
    Entry("templates.py", N_("SMS texts"), ":material/edit_note:", Section.MANAGEMENT, Permission.DICTIONARY_WRITE),
    Entry("approvals.py", N_("Approvals"), ":material/gavel:", Section.INSURANCE, Permission.QUOTE_APPROVE),
    Entry("people.py", N_("People"), ":material/group:", Section.MANAGEMENT, Permission.PEOPLE_READ),
    Entry("screens.py", N_("Wall screens"), ":material/tv:", Section.MANAGEMENT, Permission.PEOPLE_READ),
    Entry("settings.py", N_("Store settings"), ":material/tune:", Section.MANAGEMENT, Permission.DICTIONARY_WRITE),
    Entry("audit.py", N_("Audit trail"), ":material/fact_check:", Section.MANAGEMENT, Permission.AUDIT_READ),
    ACCOUNT,
)  # fmt: skip

SCREENS = ("wall",)  # opened by a wall screen's link, without a person

STARTS_AT = {
    Role.CONSULTANT: "leads", Role.ADMIN: "people", Role.RENEWAL_SPECIALIST: "renewals", Role.AGENT: "forecasts",
}  # fmt: skip


def for_person(actor: Actor) -> st.Page:
    """Draw the navigation of a signed-in person; the page that they are at. Pages that they may not open refuse."""
    allowed = [entry for entry in PAGES if actor.may(entry.permission)]
    shown: dict[str, list[st.Page]] = {"": [_start(lambda: st.switch_page(_page(_first(actor, allowed))))]}
    for section in Section:
        entries = [entry for entry in allowed if entry.section is section]
        if entries:
            shown[t(section.value)] = [_page(entry) for entry in entries]
    shown[""] += [_page(entry, hidden=True) for entry in PAGES if entry.section is None or entry not in allowed]
    shown[""] += _walls()
    return st.navigation(shown, expanded=True)


def instead(draw: Callable[[], None]) -> st.Page:
    """Draw the same at every page's address, without a navigation: the address is kept for when it can be opened."""
    pages = [st.Page(draw, title=t(entry.title), url_path=entry.path, visibility="hidden") for entry in PAGES]
    return st.navigation([_start(draw), *pages, *_walls()], position="hidden")


def account() -> st.Page:
    """The page of one's own account, to link to."""
    return _page(ACCOUNT, hidden=True)


def renewals() -> st.Page:
    """The renewal queue as a page, to link to."""
    return _page(QUEUE)


def leads() -> st.Page:
    """The leads to follow up as a page, to link to."""
    return _page(LEADS)


def page(path: str) -> st.Page:
    """The page of a name, to link to."""
    return _page(next(entry for entry in PAGES if entry.path == path))


def wall() -> st.Page:
    """The wall as a page, to link to: a path would be looked for beside the shell script."""
    return _walls()[0]


def _first(actor: Actor, allowed: list[Entry]) -> Entry:
    wanted = STARTS_AT.get(actor.role, "board") if actor.role else "board"
    return next((entry for entry in allowed if entry.path == wanted), allowed[0])


def _start(draw: Callable[[], None]) -> st.Page:
    return st.Page(draw, title=t("Dealership desk"), url_path="start", default=True, visibility="hidden")


def _page(entry: Entry, hidden: bool = False) -> st.Page:
    return st.Page(
        FOLDER / entry.file, title=t(entry.title), icon=entry.icon, url_path=entry.path,
        visibility="hidden" if hidden else "visible",
    )  # fmt: skip


def _walls() -> list[st.Page]:
    files = [FOLDER / f"{name}.py" for name in SCREENS]
    return [st.Page(file, title=t("Wall"), url_path=file.stem, visibility="hidden") for file in files if file.exists()]
