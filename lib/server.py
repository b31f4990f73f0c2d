"""How the web server is started: one command, the same for people, tests and the benchmark."""

import socket
import sys

from lib.settings import ROOT


def command(port: int, address: str = "") -> list[str]:
    """The program and arguments that serve the desk on a port; on every interface unless an address is given."""
    arguments = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    arguments += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    arguments += ["--logger.hideWelcomeMessage", "true"]
    return [*arguments, "--server.address", address] if address else arguments


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
