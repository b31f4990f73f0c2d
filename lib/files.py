"""New files that hold everything: readable by their owner alone, complete or not there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.refusals import N_, Refused


def refuse_existing(path: Path) -> None:
    """Errors: `Refused` for a file that is there already, or a folder that is not."""
    if path.exists():
        raise Refused(N_("{file} is there already. Name another file, or remove it."), file=path)
    if not path.parent.is_dir():
        raise Refused(N_("There is no folder {folder}."), folder=path.parent)


@contextmanager
def made_beside(path: Path) -> Iterator[Path]:
    """A private file beside `path` that takes its name once everything is in it; nothing stays of a failure."""
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    except OSError as error:
        raise Refused(N_("The file cannot be made: {why}"), why=error.strerror) from error
    os.close(number)
    place = Path(name)
    try:
        yield place
        place.replace(path)
    except OSError as error:
        raise Refused(N_("The file cannot be made: {why}"), why=error.strerror) from error
    finally:
        place.unlink(missing_ok=True)
