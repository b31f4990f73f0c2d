"""The sheet of the demonstration's sign-in names, passwords and wall link: a file that only its owner reads."""

import os
from dataclasses import dataclass
from pathlib import Path

from lib import settings

KEPT_AS = "demo.txt"
HEADING = """\
演示数据的登录名、密码与大屏链接（仅供本数据库，随机生成，请勿外传）
Sign-in names, passwords and wall links of the demonstration (random, made for this database alone)
"""


@dataclass(frozen=True)
class Account:
    """One person who may sign in."""

    username: str
    password: str
    role: str
    name: str
    home: str


def place() -> Path:
    """Where the sheet stands."""
    return settings.load().data_dir / KEPT_AS


def write(address: str, walls: dict[str, str], accounts: list[Account]) -> Path:
    """Write the sheet anew, readable by its owner alone; `walls` are links by what they show."""
    lines = [HEADING, f"地址 Address    {address}"]
    lines += [f"大屏 Wall       {link}    {shows}" for shows, link in walls.items()]
    lines += ["", f"{'登录名 username':18}{'密码 password':22}角色 role / 姓名 name / 归属 home"]
    lines += [f"{each.username:<20}{each.password:<24}{each.role} / {each.name} / {each.home}" for each in accounts]
    file = place()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as sheet:
        sheet.write("\n".join([*lines, ""]))
    return file
