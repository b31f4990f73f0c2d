"""Where a gateway tells what customers answer: an opt-out is recorded, anything else is not kept."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lib import data, settings
from lib.access import SYSTEM
from lib.messages import opt_outs
from lib.refusals import Refused, Unavailable

LONGEST_BODY = 4000  # bytes


async def inbound(request: Request) -> Response:
    """POST /messages/inbound {"mobile": …, "text": …} with the shared secret; 404 where no secret is set."""
    if settings.load().sms_inbound_secret is None:
        return _answer(404)
    if not opt_outs.knows_secret(request.headers.get("authorization")):
        return _answer(401)
    told = await _told(request)
    if told is None:
        return _answer(400)
    mobile, text = told
    if not opt_outs.asks_to_stop(text):
        return JSONResponse({"ok": True, "opted_out": False})
    try:
        await run_in_threadpool(data.write, opt_outs.record, SYSTEM, mobile, opt_outs.REPLIED)
    except Unavailable:
        return _answer(503)
    except Refused:
        return _answer(400)
    return JSONResponse({"ok": True, "opted_out": True})


async def _told(request: Request) -> tuple[str, str] | None:
    """The number and the answer in a body of the agreed form."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        return None
    try:
        body: Any = await request.json()
    except ValueError:
        return None
    mobile, text = (body.get("mobile"), body.get("text")) if isinstance(body, dict) else (None, None)
    return (mobile, text) if isinstance(mobile, str) and isinstance(text, str) else None


def _answer(status: int) -> Response:
    return JSONResponse({"ok": False}, status)


ROUTES = [Route("/messages/inbound", inbound, methods=["POST"])]
