"""Errors of our own making, noted in the log without the data that they met."""

import secrets
import traceback

import structlog

log = structlog.get_logger("desk.trouble")


def note(error: BaseException) -> str:
    """Log where an error arose, by file and line but never by value, and return the number that finds it again."""
    number = secrets.token_hex(4)
    places = " < ".join(
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    log.error("error", number=number, kind=type(error).__name__, places=places)
    return number
