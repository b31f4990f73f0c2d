"""One secret of the installation, made once, kept private."""

import stat
from pathlib import Path

import pytest

from db.engine import Database
from lib import keys, settings


def test_a_machine_of_its_own_makes_its_secret_once_and_keeps_it_private(
    sqlite_store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESK_SECRET_KEY")
    settings.load.cache_clear()
    keys._secret.cache_clear()
    first = keys.signing_key()
    keys._secret.cache_clear()
    assert keys.signing_key() == first
    assert stat.S_IMODE((tmp_path / keys.KEPT_AS).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.glob("secret.key*")] == ["secret.key"]
