"""What the desk says no to: a message id with its values, never a finished text, so that it can be translated."""

from typing import Any


def N_(message: str) -> str:
    """Mark a sentence for the catalogues where it is not translated yet."""
    return message


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The desk will not do this; the sentence says what is wrong and what to do."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class Invalid(Refused):
    """Something that was typed or sent is wrong. `field` names the input, where one alone is to blame."""

    def __init__(self, message: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(message, **values)
        self.field = field


class NotAllowed(Refused):
    """This person may not do this."""

    DEFAULT = N_("You are not allowed to do this. Ask an administrator.")

    def __init__(self, message: str = DEFAULT, **values: Any) -> None:
        super().__init__(message, **values)


class NotFound(Refused):
    """There is no such thing within this person's reach."""

    DEFAULT = N_("This record no longer exists or is outside your area.")

    def __init__(self, message: str = DEFAULT, **values: Any) -> None:
        super().__init__(message, **values)


class Conflict(Refused):
    """Someone was faster. What was typed is kept by whoever catches this."""


class NotInstalled(Refused):
    """The database lacks tables."""

    def __init__(self) -> None:
        super().__init__(N_("The database is not installed yet, or older than this version: run python -m lib init."))


class Unavailable(Refused):
    """The database cannot be reached now."""

    def __init__(self) -> None:
        super().__init__(
            N_("The database cannot be reached. Nothing was lost; this page comes back by itself when it can.")
        )
