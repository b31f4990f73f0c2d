"""Viewers without a browser: websocket sessions that speak Streamlit's protocol and tick as its page does."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import random
from time import perf_counter

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ANSWER_SECONDS = 60
MESSAGE_BYTES = 50_000_000


@dataclass
class Viewer:
    """One open page. `took` holds the milliseconds of every tick; `heard` gets every message and its moment."""

    port: int
    query: str
    page: str
    heard: Callable[[bytes, float], None] = lambda _message, _at: None
    took: list[float] = field(default_factory=list)
    fragments: dict[str, float] = field(default_factory=dict)
    first_page_ms: float = 0.0
    cookie: str = ""

    async def open(self) -> None:
        """Connect and run the page once."""
        headers = {"Cookie": self.cookie} if self.cookie else None
        self.socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream", subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=MESSAGE_BYTES, additional_headers=headers, ping_interval=None,
        )  # fmt: skip
        self.first_page_ms = await self._run(BackMsg())

    async def watch(self, seconds: float) -> None:
        """Tick the page's timed fragments for a while, each at its own interval."""
        until = perf_counter() + seconds
        phase = random()  # nobody's screens were switched on in the same instant
        due = {fragment: perf_counter() + phase * every for fragment, every in self.fragments.items()}
        while due and min(due.values()) < until:
            fragment = min(due, key=lambda each: due[each])
            await asyncio.sleep(max(0.0, due[fragment] - perf_counter()))
            tick = BackMsg()
            tick.rerun_script.fragment_id = fragment
            tick.rerun_script.is_auto_rerun = True
            self.took.append(await self._run(tick))
            due[fragment] = max(due[fragment] + self.fragments[fragment], perf_counter())

    async def draw(self) -> float:
        """Run the whole page again, as after a click; the milliseconds that it took."""
        return await self._run(BackMsg())

    async def close(self) -> None:
        await self.socket.close()

    async def _run(self, request: BackMsg) -> float:
        request.rerun_script.query_string = self.query
        request.rerun_script.page_name = self.page
        started = perf_counter()
        await self.socket.send(request.SerializeToString())
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                message = await self.socket.recv()
                if self._take(message if isinstance(message, bytes) else message.encode()):
                    return (perf_counter() - started) * 1000

    def _take(self, message: bytes) -> bool:
        """Note what a message brings; true when it ends the run."""
        self.heard(message, perf_counter())
        answer = ForwardMsg.FromString(message)
        kind = answer.WhichOneof("type")
        if kind == "auto_rerun":
            self.fragments[answer.auto_rerun.fragment_id] = answer.auto_rerun.interval
        elif kind == "stop_auto_rerun":
            self.fragments.clear()
        return kind == "script_finished"
