"""Logs: one JSON line an event, on standard error, personal values masked (N10); what libraries log goes along."""

import logging
import re
import sys
from collections.abc import Callable
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from lib import masking
from lib.identifiers import PROVINCES

CHATTY = dict.fromkeys(
    ("uvicorn.access", "uvicorn.error", "watchdog", "fsevents", "urllib3", "alembic", "asyncio", "sqlalchemy"),
    logging.WARNING,
)

# In this order: an ID number holds eighteen places of which a shorter pattern would mask a part.
PERSONAL: list[tuple[re.Pattern[str], Callable[[str | None], str | None]]] = [
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"), masking.id_number),
    (re.compile(r"(?<![0-9A-Za-z])(?=[A-Z]*\d)(?=\d*[A-Z])[A-HJ-NPR-Z0-9]{17}(?![0-9A-Za-z])"), masking.vin),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), masking.mobile),
    (re.compile(rf"[{PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]"), masking.plate),
]


def configure(level: str = "info") -> None:
    """Send all logs of this process through one masked JSON line each. Call again after libraries were imported."""
    threshold = getattr(logging, level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    finish: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _masked]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[*finish, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)],
        )
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(threshold)
    _take_over()


def masked(value: Any) -> Any:
    """The same value with mobiles, ID numbers, VINs and plates in its texts masked, however deep they stand."""
    if isinstance(value, str):
        for pattern, mask in PERSONAL:
            value = pattern.sub(_replaced(mask), value)
        return value
    if isinstance(value, dict):
        return {masked(key): masked(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [masked(each) for each in value]
    text = str(value)
    return value if masked(text) == text else masked(text)


def _replaced(mask: Callable[[str | None], str | None]) -> Callable[[re.Match[str]], str]:
    return lambda found: mask(found.group()) or ""


def _masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: masked(value) for key, value in event.items()}


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]


def _take_over() -> None:
    """Loggers that print for themselves (Streamlit's, uvicorn's) hand their records to ours instead."""
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(CHATTY.get(name, logging.NOTSET))
    for name, level in CHATTY.items():
        logging.getLogger(name).setLevel(level)
