"""What strangers get: pages of other servers, other names, no password, a wrong one."""

from __future__ import annotations

import pytest

from viva.web.guard import MAX_TRIES

PATHS = ["/", "/ws", "/static/js/textual.js", "/page/viva.js", "/download/x"]


def own(client):
    return {"Origin": str(client.make_url("/")).rstrip("/")}


@pytest.mark.parametrize("path", [*PATHS, "/login", "/nowhere"])
async def test_a_name_that_was_led_here_gets_nothing(serve, path):
    client = await serve()
    host = f"evil.example:{client.port}"
    answer = await client.get(path, headers={"Host": host, "Origin": f"http://{host}"})
    assert answer.status == 403
    assert (await answer.text()).strip() == (
        "viva answers here only to this machine's own name: open the address that viva serve printed"
    )


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null"])
@pytest.mark.parametrize("path", PATHS)
async def test_a_page_of_another_server_gets_nothing(serve, path, origin):
    client = await serve()
    answer = await client.get(path, headers={"Origin": origin})
    assert answer.status == 403
    assert "page of another server" in await answer.text()


async def test_a_websocket_of_nobody_is_refused(serve):
    client = await serve()
    assert (await client.get("/ws")).status == 403


async def test_this_machine_is_served(serve):
    client = await serve()
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{client.port}"
        answer = await client.get("/", headers={"Host": host, "Origin": f"http://{host}"})
        assert answer.status == 200
    assert (await client.get("/static/js/textual.js")).status == 200
    assert (await client.get("/page/viva.css")).status == 200
    assert (await client.get("/download/nothing")).status == 404


@pytest.mark.parametrize(
    "path", ["/static/", "/page/", "/page/../guard.py", "/page/%2e%2e/guard.py", "/static/..%2f..%2fx"]
)
async def test_nothing_but_the_files_of_the_page_is_served(serve, path):
    client = await serve()
    from yarl import URL

    answer = await client.get(URL(path, encoded=True))
    assert answer.status in {403, 404}
    assert "middleware" not in await answer.text()


async def test_every_answer_forbids_other_servers(serve):
    client = await serve(password="correct horse")
    for path in ("/", "/login", "/static/x", "/page/viva.css"):
        answer = await client.get(path, allow_redirects=False)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", PATHS)
async def test_without_the_password_nothing_is_shown(serve, path):
    client = await serve(password="correct horse")
    answer = await client.get(path, headers=own(client), allow_redirects=False)
    assert answer.status == (303 if path == "/" else 401)
    forged = await client.get(path, headers=own(client) | {"Cookie": f"viva_{client.port}=a.b"}, allow_redirects=False)
    assert forged.status == answer.status


async def test_the_password_opens_everything(serve):
    client = await serve("print('not a page')", password="correct horse")
    assert 'type="password"' in await (await client.get("/")).text()
    wrong = await client.post("/login", data={"password": "battery staple"}, headers=own(client))
    assert wrong.status == 401
    assert "not the password" in await wrong.text()
    right = await client.post("/login", data={"password": "correct horse"}, headers=own(client), allow_redirects=False)
    assert right.status == 303
    cookie = right.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    cookies = {"Cookie": cookie.split(";")[0]}
    assert 'id="terminal"' in await (await client.get("/", headers=cookies)).text()
    assert (await client.get("/static/js/textual.js", headers=cookies)).status == 200
    async with client.ws_connect("/ws", headers=own(client) | cookies) as page:
        assert (await page.receive()).data is not None
    elsewhere = await client.get("/ws", headers={"Origin": "http://evil.example"} | cookies)
    assert elsewhere.status == 403


async def test_logging_out_takes_the_ticket_back(serve):
    client = await serve(password="correct horse")
    right = await client.post("/login", data={"password": "correct horse"}, headers=own(client), allow_redirects=False)
    cookies = {"Cookie": right.headers["Set-Cookie"].split(";")[0]}
    page = await (await client.get("/", headers=cookies)).text()
    assert '<form method="post" action="logout" >' in page
    evil = await client.post("/logout", headers={"Origin": "http://evil.example"} | cookies)
    assert evil.status == 403
    left = await client.post("/logout", headers=own(client) | cookies, allow_redirects=False)
    assert (left.status, left.headers["Location"]) == (303, "login")
    assert (await client.get("/static/js/textual.js", headers=cookies)).status == 401
    assert '<form method="post" action="logout" hidden>' in await (await (await serve()).get("/")).text()


async def test_behind_https_the_cookie_is_for_https(serve):
    client = await serve(password="correct horse")
    host = {"Host": "viva.example", "Origin": "https://viva.example", "X-Forwarded-Proto": "https"}
    answer = await client.post("/login", data={"password": "correct horse"}, headers=host, allow_redirects=False)
    assert answer.status == 303
    assert "Secure" in answer.headers["Set-Cookie"]


async def test_a_page_of_another_server_cannot_log_in(serve):
    client = await serve(password="correct horse")
    evil = {"Origin": "http://evil.example"}
    assert (await client.post("/login", data={"password": "correct horse"}, headers=evil)).status == 403


async def test_guessing_is_slowed(serve):
    client = await serve(password="correct horse")
    for _ in range(MAX_TRIES):
        assert (await client.post("/login", data={"password": "wrong"}, headers=own(client))).status == 401
    late = await client.post("/login", data={"password": "correct horse"}, headers=own(client))
    assert late.status == 429
    assert 0 < int(late.headers["Retry-After"]) <= 301
    assert "try again in" in await late.text()


async def test_a_long_password_is_no_burden(serve):
    client = await serve(password="correct horse")
    assert (await client.post("/login", data={"password": "x" * 100_000}, headers=own(client))).status == 413
