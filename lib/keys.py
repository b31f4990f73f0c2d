"""The keys of this installation: all derived, under different labels, from one secret that never leaves the server."""

import hashlib
import os
import secrets
from functools import cache
from pathlib import Path

from lib import settings

KEPT_AS = "secret.key"
SECRET_BYTES = 32
HOW_TO_MAKE_ONE = "python -c 'import secrets; print(secrets.token_hex(32))'"


def signing_key() -> str:
    """Signs the cookies. Errors: `BadSettings` as in `check`."""
    check()
    return _derived(b"signing").hex()


def sealing_key() -> bytes:
    """Seals ID numbers in the database: 32 bytes."""
    return _derived(b"sealing")


def digest_key() -> bytes:
    """Keys the digests by which a value is found again without being kept: 32 bytes."""
    return _derived(b"digest")


def digest(*parts: str) -> str:
    """A keyed digest of some text, 64 hexadecimal places: equal text gives equal digests, and only here."""
    text = "\x00".join(parts).encode()
    return hashlib.blake2b(text, key=digest_key(), digest_size=32).hexdigest()


def token() -> str:
    """A new random word of 256 bits, fit for a URL or a cookie."""
    return secrets.token_urlsafe(32)


def check() -> None:
    """Make sure that whoever serves the desk has the secret that all share; `BadSettings` names what lacks.

    The command line works without: its digests and seals are then of this machine, as the database remembers.
    """
    given = settings.load()
    if given.secret_key is None and not given.embedded:
        raise settings.BadSettings(
            f"DESK_SECRET_KEY: needed with PostgreSQL, 32 characters or more, the same for every process; "
            f"make one by {HOW_TO_MAKE_ONE}"
        )
    _secret(given)


def _derived(label: bytes) -> bytes:
    return hashlib.blake2b(_secret(settings.load()), person=label, digest_size=32).digest()


@cache
def _secret(given: settings.Settings) -> bytes:
    if given.secret_key is not None:
        return hashlib.blake2b(given.secret_key.get_secret_value().encode()).digest()
    return hashlib.blake2b(_kept_in(given.data_dir / KEPT_AS).encode()).digest()


def _kept_in(file: Path) -> str:
    """The secret in a file that only its owner reads, made whole and once however many processes ask."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(secrets.token_hex(SECRET_BYTES))
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was faster; its secret holds
        finally:
            draft.unlink()
    return file.read_text()
