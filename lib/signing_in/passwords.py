"""Passwords: what may be one, how one is kept, and making one up."""

import secrets

import bcrypt

from lib.refusals import N_, Invalid

SHORTEST = 10  # characters
LONGEST = 72  # bytes: bcrypt sees no further
ROUNDS = 12
WORDLIKE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is taken for another
COMMON = frozenset(
    """
    1234567890 0123456789 0987654321 1234512345 1234567891 12345678910 123456789a a123456789 abcd123456 abc1234567
    1q2w3e4r5t 1qaz2wsx3edc q1w2e3r4t5 qwertyuiop qwerty1234 asdfghjkl1 zxcvbnm123 abcdefghij aa12345678 password12
    password123 password1234 passw0rd123 p@ssw0rd123 administrator admin12345 admin123456 woaini1314 woaini5201314
    5201314520 1314520520 iloveyou123 welcome123 letmein123 changeme123
    """.split()  # noqa: SIM905 - a list of words reads as one
)


def check(password: str, username: str) -> None:
    """Refuse what is too easily guessed or too long to be kept. Nothing is trimmed: blanks are part of it."""
    if len(password) < SHORTEST:
        raise Invalid(
            N_("A password needs at least {count} characters. A short sentence is a good one."),
            field="password", count=SHORTEST,
        )  # fmt: skip
    if len(password.encode()) > LONGEST:
        raise Invalid(
            N_("This password is too long: at most {count} bytes, where one Chinese character takes three."),
            field="password", count=LONGEST,
        )  # fmt: skip
    plain = password.strip().lower()
    if plain == username.lower() or plain in COMMON or len(set(plain)) < 4:
        raise Invalid(N_("This password is too easy to guess. Choose another one."), field="password")


def hashed(password: str) -> str:
    """The bcrypt hash to keep."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode()


def matches(password: str, password_hash: str) -> bool:
    """Whether this is the password of the hash."""
    return len(password.encode()) <= LONGEST and bcrypt.checkpw(password.encode(), password_hash.encode())


def made_up() -> str:
    """A new password to hand over once: four groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(WORDLIKE) for _ in range(4)) for _ in range(4))
