"""Finding a browser."""

from pathlib import Path

import pytest

from tests.browser import chromium


def test_playwrights_own_chromium_serves_where_the_machine_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "chrome"
    own.touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(chromium, "PLACES", ())
    assert chromium.find(str(own)) == str(own)


def test_a_chromium_that_is_not_there_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(chromium, "PLACES", ())
    assert chromium.find("/no/such/browser") is None
