"""Logs are JSON lines without personal data."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from lib import logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers, logging.root.level = handlers, level
    structlog.reset_defaults()


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    structlog.get_logger("desk").info("import loaded", rows=3)
    (line,) = printed(capsys)
    assert (line["event"], line["rows"], line["level"], line["logger"]) == ("import loaded", 3, "info", "desk")
    assert str(line["at"]).endswith("Z")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("打给13812348000了", "打给138****8000了"),
        ("id 11010519491231002X", "id 110***********002X"),
        ("LSVHJ133022221761", "***********221761"),
        ("云A12345 与 云AD12345", "云A***45 与 云A***45"),
        (["13812348000"], ["138****8000"]),
        ({"mobile": {"13812348000": 13812348000}}, {"mobile": {"138****8000": "138****8000"}}),
        ("20261123 1381234800 order 12345678901234567890", "20261123 1381234800 order 12345678901234567890"),
    ],
)
def test_personal_values_are_masked_however_deep(value: object, shown: object) -> None:
    assert logs.masked(value) == shown


def test_what_a_library_logs_is_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("streamlit.some.part").addHandler(logging.StreamHandler())
    logs.configure()
    try:
        raise ValueError("13812348000")
    except ValueError:
        logging.getLogger("streamlit.some.part").exception("no %s", "LSVHJ133022221761")
    (line,) = printed(capsys)
    assert line["event"] == "no ***********221761"
    assert "138****8000" in str(line["exception"])
    assert "13812348000" not in str(line)


def test_what_is_below_the_level_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning")
    structlog.get_logger("desk").info("nothing")
    logging.getLogger("uvicorn.access").info("GET /?ticket=abc")
    assert printed(capsys) == []


def test_sql_and_its_values_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("sqlalchemy.engine.Engine")
    logs.configure()
    logging.getLogger("sqlalchemy.engine.Engine").info("INSERT INTO customers (name) VALUES ('张三丰')")
    assert printed(capsys) == []
