"""The cookie, the way back to the page that was asked for, signing out, and being sent away."""

import json
from collections.abc import Callable

import httpx
import jwt
from playwright.sync_api import BrowserContext, Page, expect

from lib import clock, data, keys, users
from lib.access import Scope
from lib.signing_in import cookies, sign_ins
from tests.browser.conftest import PASSWORD
from tests.browser.serving import Server
from tests.browser.signing_in import expect_sign_in_form, sign_in
from tests.personas import Personas

TICK = 6_000  # milliseconds: the watch's three seconds, on a busy machine
JSON = {"Content-Type": "application/json"}
ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}


def session_cookie(context: BrowserContext) -> dict[str, object] | None:
    return next((dict(each) for each in context.cookies() if each["name"] == cookies.SESSION), None)


def test_signing_in_leads_back_with_a_cookie_that_scripts_cannot_read(server: Server, page: Page) -> None:
    sent: list[str] = []
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("request", lambda request: sent.append(request.post_data or "") if "/session" in request.url else None)
    sign_in(page, server, "manager", "/people?state=x")
    expect(page.get_by_role("heading", name="人员")).to_be_visible()
    assert page.url == f"{server.url}/people?state=x"
    cookie = session_cookie(page.context)
    assert cookie is not None
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (True, "Strict", False)
    assert cookies.SESSION not in page.evaluate("document.cookie")
    ticket = json.loads(sent[0])["ticket"]
    for secret in (ticket, str(cookie["value"]), PASSWORD):
        assert not [address for address in addresses if secret in address]
        assert secret not in server.printed()


def test_signing_out_drops_the_cookie_and_kills_its_copy(
    server: Server, page: Page, new_page: Callable[..., Page]
) -> None:
    sign_in(page, server, "manager", "/account")
    copy = session_cookie(page.context)
    page.get_by_role("button", name="退出登录").click()
    expect_sign_in_form(page)
    page.wait_for_url(f"{server.url}/")
    expect_sign_in_form(page)
    assert session_cookie(page.context) is None
    thief = new_page()
    thief.context.add_cookies([{"name": cookies.SESSION, "value": str(copy and copy["value"]), "url": server.url}])
    thief.goto(f"{server.url}/account")
    expect_sign_in_form(thief)


def test_an_idle_page_ends_within_a_tick_of_its_person_being_disabled(
    server: Server, page: Page, personas: Personas
) -> None:
    sign_in(page, server, "consultant", "/account")
    page.wait_for_load_state("networkidle")
    seen = next(each for each in data.fresh(users.people, Scope(), clock.now()) if each.username == "consultant")
    data.write(users.disable, personas.admin, seen.id, seen.version)
    expect(page.get_by_role("button", name="退出登录")).to_have_count(0, timeout=TICK)
    expect_sign_in_form(page)


def test_cookies_that_we_did_not_sign_open_nothing(server: Server, page: Page, personas: Personas) -> None:
    claims = {"username": "manager", "exp_date": clock.now().timestamp() + 3600}
    forged = [jwt.encode(claims, "another key, 32 characters long!!", "HS256"), jwt.encode(claims, None, "none"), "x"]
    forged += [jwt.encode(claims, keys.signing_key(), "HS256")]  # signed well, but no such session
    for value in forged:
        page.context.add_cookies([{"name": cookies.SESSION, "value": value, "url": server.url}])
        page.goto(f"{server.url}/people")
        expect_sign_in_form(page)


def test_the_routes_answer_their_own_pages_only(server: Server, personas: Personas) -> None:
    with httpx.Client(base_url=server.url) as client:
        assert client.get("/healthz").json() == {"ok": True}
        assert client.get("/readyz").status_code == 200
        assert client.get("/").headers["x-content-type-options"] == "nosniff"
        assert client.get("/download/made-up").status_code == 404
        assert client.post("/session", data={"ticket": "x"}).status_code == 400
        assert client.post("/session", json={"ticket": "x"}, headers=ELSEWHERE).status_code == 400
        assert client.post("/session", content=b"not json", headers=JSON).status_code == 400
        assert client.post("/session", content=b"{" + b" " * 600 + b"}", headers=JSON).status_code == 400
        assert client.post("/session", json={"ticket": "made-up"}).status_code == 403
        assert client.delete("/session", headers=ELSEWHERE | JSON).status_code == 400
        assert client.delete("/session", headers=JSON).status_code == 204


def test_behind_tls_the_cookie_is_secure(server: Server, personas: Personas) -> None:
    for proto, expected in (("https", True), ("http", False)):
        ticket = sign_ins.sign_in(sign_ins.Attempt("manager", PASSWORD, "10.0.0.1"), lambda *_: True)
        answer = httpx.post(f"{server.url}/session", json={"ticket": ticket}, headers={"X-Forwarded-Proto": proto})
        assert answer.status_code == 204
        set_cookies = answer.headers.get_list("set-cookie")
        assert len(set_cookies) == 2
        assert {"Secure" in each for each in set_cookies} == {expected}
        assert all("HttpOnly" in each and "SameSite=strict" in each for each in set_cookies)


def test_a_download_goes_to_its_own_session_alone(
    server: Server, page: Page, new_page: Callable[..., Page], personas: Personas
) -> None:
    sign_in(page, server, "admin", "/audit")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载").click()
    taken = waiting.value
    assert taken.suggested_filename.startswith("操作记录-")
    address = taken.url
    assert httpx.get(address).status_code == 404
    other = new_page()
    sign_in(other, server, "boss", "/audit")
    assert other.request.get(address).status == 404
    assert page.request.get(address).status == 200
