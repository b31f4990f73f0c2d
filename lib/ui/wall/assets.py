"""The component's files as the server hands them out: under an address that changes with their content."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "browser"
FILES = {file.relative_to(FOLDER).as_posix(): file for file in sorted(FOLDER.rglob("*")) if file.is_file()}
BUILD = hashlib.sha256(b"".join(file.read_bytes() for file in FILES.values())).hexdigest()[:12]
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
ASK_AGAIN = {"Cache-Control": "no-cache"}


async def asset(request: Request) -> Response:
    """One file of the component. The build in its address is there for caches alone."""
    file = FILES.get(request.path_params["file"])
    if file is None:
        return Response(status_code=404)
    current = request.path_params["build"] == BUILD
    return FileResponse(file, headers=FOR_EVER if current else ASK_AGAIN)


async def worker(_request: Request) -> Response:
    """The service worker, from the root so that it may stand before the wall's own address."""
    return FileResponse(FILES["worker.js"], headers=ASK_AGAIN)


async def waiting(_request: Request) -> Response:
    """The page that the service worker keeps for the time when no server answers."""
    return FileResponse(FILES["waiting.html"], headers=ASK_AGAIN)


ROUTES = [
    Route("/wall-assets/{build}/{file:path}", asset),
    Route("/wall-worker.js", worker),
    Route("/wall-waiting.html", waiting),
]
