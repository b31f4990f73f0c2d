"""What the server answers besides pages: the session's cookie, and whether it is well."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lib import addresses, clock, data, downloads, install
from lib.access import SYSTEM
from lib.refusals import Refused, Unavailable
from lib.signing_in import cookies, sessions
from lib.ui.messages import inbound
from lib.ui.wall import assets as wall

LONGEST_BODY = 500  # bytes; a ticket has 43
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


OVER = "此下载已失效，请回到页面重新下载。\nThis download is over. Go back to the page and take it again."
TRY_AGAIN = "暂时连不上数据库，请稍后再试。\nThe database cannot be reached. Try again in a moment."


async def begin_session(request: Request) -> Response:
    """POST /session: a ticket for a cookie. The ticket stands in the body, so that no log or history keeps it."""
    ticket = await _ticket(request)
    if ticket is None:
        return _refused(400)
    before = cookies.session_key(request.cookies.get(cookies.SESSION), clock.now())
    try:
        started = await run_in_threadpool(data.write, sessions.start, SYSTEM, ticket, before)
    except Unavailable:
        return _refused(503)
    except Refused:
        return _refused(403)
    answer = Response(status_code=204)
    device = cookies.for_device(request.cookies.get(cookies.DEVICE), started.username, clock.now())
    lasts = int((started.expires_at - clock.now()).total_seconds())
    _set(request, answer, cookies.SESSION, cookies.for_session(started.key, started.expires_at), lasts)
    _set(request, answer, cookies.DEVICE, device, int(cookies.DEVICE_LIFE.total_seconds()))
    return answer


async def end_session(request: Request) -> Response:
    """DELETE /session: ends the session that the cookie names, and drops the cookie."""
    if not _from_ourselves(request):
        return _refused(400)
    key = cookies.session_key(request.cookies.get(cookies.SESSION), clock.now())
    with suppress(Refused):  # the database is away or the person was disabled: the cookie goes all the same
        await run_in_threadpool(_end, key)
    answer = Response(status_code=204)
    answer.delete_cookie(cookies.SESSION, httponly=True, samesite="strict", secure=_secure(request))
    return answer


def _end(key: str | None) -> None:
    actor = sessions.actor_at(key, clock.now())
    if actor is not None:
        data.write(sessions.end, actor)


async def _ticket(request: Request) -> str | None:
    """The ticket of a request that only a page of ours can send: JSON, which other sites may not post."""
    if not _from_ourselves(request) or int(request.headers.get("content-length", LONGEST_BODY + 1)) > LONGEST_BODY:
        return None
    try:
        body: Any = await request.json()
    except ValueError:
        return None
    ticket = body.get("ticket") if isinstance(body, dict) else None
    return ticket if isinstance(ticket, str) and ticket else None


def _from_ourselves(request: Request) -> bool:
    typed = request.headers.get("content-type", "").split(";")[0].strip() == "application/json"
    return typed and request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _set(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="strict", secure=_secure(request))


def _secure(request: Request) -> bool:
    peer = request.client.host if request.client else None
    return addresses.over_tls(request.url.scheme, peer, request.headers.get("x-forwarded-proto"))


def download(request: Request) -> Response:
    """GET /download/{token}: a file, to the session that it was made for and to nobody else."""
    try:
        actor = sessions.actor_at(cookies.session_key(request.cookies.get(cookies.SESSION), clock.now()), clock.now())
        made = actor and data.fresh(downloads.fetch, request.path_params["token"], actor.session_id, clock.now())
    except Unavailable:
        return PlainTextResponse(TRY_AGAIN, 503)
    if not made:
        return PlainTextResponse(OVER, 404)
    disposition = f"attachment; filename*=UTF-8''{quote(made.file_name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(made.content, media_type=made.media_type, headers=headers)


def _refused(status: int) -> Response:
    return JSONResponse({"ok": False}, status)


def healthz(_request: Request) -> Response:
    """GET /healthz: the process is up."""
    return JSONResponse({"ok": True})


def readyz(_request: Request) -> Response:
    """GET /readyz: the database answers and has the schema that this version needs; 503 otherwise."""
    try:
        revision = data.fresh(install.revision)
    except Unavailable:
        return JSONResponse({"ok": False, "why": "the database cannot be reached"}, 503)
    if revision != install.head():
        return JSONResponse({"ok": False, "why": "the database has another schema revision"}, 503)
    return JSONResponse({"ok": True})


class Headers:
    """Adds the headers that keep a browser from guessing types, telling addresses and being framed elsewhere."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"] in UNCACHED:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


UNCACHED = ("/session", "/messages/inbound", "/healthz", "/readyz")
ROUTES = [
    Route("/session", begin_session, methods=["POST"]),
    Route("/session", end_session, methods=["DELETE"]),
    Route("/download/{token}", download),
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    *wall.ROUTES,
    *inbound.ROUTES,
]
MIDDLEWARE = [Middleware(Headers)]
