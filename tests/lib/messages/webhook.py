"""A real local HTTP server that answers as a test tells it, and keeps what it was given."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[int], tuple[int, Any] | None]  # the number of the call, from 1; None: hang up without an answer


@dataclass
class Webhook:
    """`calls` are the bodies in their order, `headers` what came with them; `hold` keeps answers back until set."""

    reply: Reply
    calls: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    url: str = ""


def accepts(number: int) -> tuple[int, Any]:
    return 200, {"accepted": True, "id": f"G{number}"}


@contextmanager
def webhook(reply: Reply = accepts, held: bool = False) -> Iterator[Webhook]:
    """The server on a port of its own, as long as the block lasts."""
    hook = Webhook(reply)
    if not held:
        hook.hold.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            hook.calls.append(body)
            hook.headers.append(dict(self.headers))
            hook.hold.wait(30)
            answer = hook.reply(len(hook.calls))
            if answer is None:
                self.close_connection = True
                return
            status, told = answer
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if 300 <= status < 400:
                self.send_header("Location", hook.url + "/elsewhere")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        hook.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
