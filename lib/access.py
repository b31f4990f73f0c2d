"""Who may do what (model.md, "Roles"), and how far each person sees."""

from dataclasses import dataclass
from enum import StrEnum, auto

from db.terms import Role
from lib.refusals import NotAllowed


class Permission(StrEnum):
    """One thing that a role may do; pages ask for it when they open, commands again when they run."""

    BOARD_READ = auto()
    LEAD_READ = auto()
    LEAD_WRITE = auto()
    LEAD_HAND_OVER = auto()
    RENEWAL_READ = auto()
    RENEWAL_WRITE = auto()
    RENEWAL_ASSIGN = auto()
    QUOTE_APPROVE = auto()
    LOSS_READ = auto()
    LOSS_WRITE = auto()
    NODE_READ = auto()  # the page of a channel; an agent's own alone
    CHANNEL_READ = auto()
    CHANNEL_WRITE = auto()
    FORECAST_READ = auto()
    FORECAST_WRITE = auto()
    FORECAST_FREEZE = auto()
    FEEDBACK_WRITE = auto()
    POLICY_READ = auto()
    POLICY_WRITE = auto()
    POLICY_REGISTER = auto()
    POLICY_APPROVE = auto()
    COMMISSION_READ = auto()
    COMMISSION_WRITE = auto()
    TARGET_READ = auto()
    TARGET_WRITE = auto()
    REPORT_READ = auto()
    REPORT_SUBMIT = auto()
    REPORT_RECEIVE = auto()
    DICTIONARY_WRITE = auto()
    IMPORT = auto()
    IMPORT_BUSINESS = auto()
    IMPORT_ORGANISATION = auto()
    PEOPLE_READ = auto()
    PEOPLE_WRITE = auto()
    AUDIT_READ = auto()
    REVEAL = auto()
    EXPORT = auto()
    EXPORT_UNMASKED = auto()
    ACCOUNT = auto()


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.CONSULTANT: frozenset(
        {P.BOARD_READ, P.LEAD_READ, P.LEAD_WRITE, P.LOSS_READ, P.TARGET_READ, P.REVEAL, P.ACCOUNT}
    ),
    Role.RENEWAL_SPECIALIST: frozenset(
        {P.BOARD_READ, P.RENEWAL_READ, P.RENEWAL_WRITE, P.LOSS_READ, P.POLICY_READ, P.POLICY_REGISTER,
         P.TARGET_READ, P.REPORT_READ, P.REPORT_SUBMIT, P.REVEAL, P.EXPORT, P.ACCOUNT}
    ),
    Role.POLICY_SPECIALIST: frozenset(
        {P.BOARD_READ, P.RENEWAL_READ, P.POLICY_READ, P.POLICY_WRITE, P.POLICY_REGISTER, P.COMMISSION_READ,
         P.TARGET_READ, P.REPORT_READ, P.REPORT_SUBMIT, P.REVEAL, P.EXPORT, P.ACCOUNT}
    ),
    Role.CHANNEL_MANAGER: frozenset(
        {P.BOARD_READ, P.LEAD_READ, P.LOSS_READ, P.NODE_READ, P.CHANNEL_READ, P.CHANNEL_WRITE,
         P.FORECAST_READ, P.FORECAST_WRITE, P.FEEDBACK_WRITE,
         P.TARGET_READ, P.REPORT_READ, P.EXPORT, P.ACCOUNT}
    ),
    Role.FINANCE: frozenset(
        {P.BOARD_READ, P.NODE_READ, P.CHANNEL_READ, P.FORECAST_READ, P.POLICY_READ, P.COMMISSION_READ,
         P.COMMISSION_WRITE, P.TARGET_READ, P.REPORT_READ, P.EXPORT, P.ACCOUNT}
    ),
    Role.MANAGER: frozenset(Permission)
    - {P.IMPORT_ORGANISATION, P.PEOPLE_WRITE, P.COMMISSION_WRITE, P.REPORT_SUBMIT},
    Role.ADMIN: frozenset(
        {P.BOARD_READ, P.IMPORT, P.IMPORT_ORGANISATION, P.PEOPLE_READ, P.PEOPLE_WRITE, P.AUDIT_READ, P.ACCOUNT}
    ),
    Role.AGENT: frozenset({P.NODE_READ, P.FORECAST_READ, P.FORECAST_WRITE, P.FEEDBACK_WRITE, P.ACCOUNT}),
}  # fmt: skip

OWN_ONLY = frozenset({Role.CONSULTANT, Role.RENEWAL_SPECIALIST})  # they see their own cases and the unassigned
OWN_NODE_ONLY = frozenset({Role.AGENT})  # they speak for and see their home channel alone
WHOLE_GROUP_ROLES = frozenset({Role.MANAGER, Role.CHANNEL_MANAGER, Role.FINANCE, Role.ADMIN})


@dataclass(frozen=True)
class Scope:
    """Whose rows: a channel's subtree (no path: the whole group) and, for some roles, one person's own."""

    path: str | None = None
    owner_id: int | None = None

    def covers(self, path: str) -> bool:
        return self.path is None or path.startswith(self.path)


@dataclass(frozen=True)
class Actor:
    """Who asks, as read from the database in this run. The command line has no role and may do everything."""

    name: str
    user_id: int | None = None
    username: str = ""
    role: Role | None = None
    channel_id: int | None = None
    path: str | None = None
    language: str | None = None
    must_change_password: bool = False
    session_id: int | None = None

    def may(self, permission: Permission) -> bool:
        return self.role is None or permission in GRANTS[self.role]

    def require(self, permission: Permission) -> None:
        """Refuse unless allowed."""
        if not self.may(permission):
            raise NotAllowed

    def reaches(self, home_path: str | None) -> bool:
        """Whether a home channel lies in this person's area; the whole group (no path) lies in no smaller one."""
        return self.path is None if home_path is None else self.scope.covers(home_path)

    @property
    def own_node_only(self) -> bool:
        """Whether this person speaks for no channel but the home one, whatever stands below it."""
        return self.role in OWN_NODE_ONLY

    def speaks_for(self, channel_id: int, path: str) -> bool:
        """Whether this person may submit for a channel (C5)."""
        return channel_id == self.channel_id if self.own_node_only else self.scope.covers(path)

    @property
    def scope(self) -> Scope:
        """How far aggregates reach: the home channel's subtree."""
        return Scope(self.path)

    @property
    def own_scope(self) -> Scope:
        """How far cases reach: for consultants and specialists their own within the subtree."""
        return Scope(self.path, self.user_id if self.role in OWN_ONLY else None)


SYSTEM = Actor(name="system")
