"""What the command line says when the database is not ready: one line, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lib.settings import ROOT


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'desk.db'}", "DESK_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "lib", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)


@pytest.mark.parametrize("empty_file", [True, False])
def test_a_database_that_is_not_installed_is_told_in_one_line(tmp_path: Path, empty_file: bool) -> None:
    if empty_file:
        (tmp_path / "desk.db").touch()
    done = run(tmp_path, "kpi", "board", "--from", "2026-11-01", "--to", "2026-11-02")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "python -m lib init" in done.stderr
    assert (str(tmp_path) in done.stderr) is not empty_file
