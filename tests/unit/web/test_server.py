"""A program in a page: started, fed, shown, and ended, whatever it does."""

from __future__ import annotations

import asyncio
import json

import pytest

from viva.web import server as module
from viva.web.pages import terminal_page

HELLO = """
import json, os, struct, sys
def send(kind, data):
    os.write(1, kind + struct.pack(">I", len(data)) + data)
def read(kind_wanted):
    while True:
        kind, size = sys.stdin.buffer.read(1), sys.stdin.buffer.read(4)
        if not kind:
            return None
        data = sys.stdin.buffer.read(struct.unpack(">I", size)[0])
        if kind == kind_wanted:
            return data
os.write(1, b"__GANGLION__\\n")
"""
ECHO = (
    HELLO
    + """
send(b"D", os.environ["COLUMNS"].encode() + b"x" + os.environ["ROWS"].encode())
send(b"D", str("VIVA_SERVE_PASSWORD" in os.environ).encode())
send(b"D", read(b"D"))
send(b"D", read(b"M"))
"""
)
WAITS = (
    HELLO
    + """
send(b"M", json.dumps({"type": "exit"}).encode())
while sys.stdin.buffer.read(1):
    pass
print("goodbye", file=sys.stderr)
"""
)
"""Leaves as viva does on Windows: its thread that reads what is typed goes on until no more can come."""
DELUGE = (
    HELLO
    + """
import threading
threading.Thread(target=lambda: [json.loads(read(b"M"))["type"] == "quit" and os._exit(0) for _ in iter(int, 1)]).start()
while True:
    send(b"D", b"x" * 65536)
"""
)
LEAVES = (
    HELLO
    + """
send(b"D", b"last picture")
print("\\x1b[31mgoodbye\\nfor now", file=sys.stderr)
"""
)


def connect(client, query=""):
    return client.ws_connect(f"/ws{query}", headers={"Origin": str(client.make_url("/")).rstrip("/")})


async def all_of(page):
    """Return what a page is sent until it is closed by the server."""
    return b"".join([message.data async for message in page if isinstance(message.data, bytes)])


async def test_what_is_typed_goes_in_and_what_is_drawn_comes_out(serve):
    client = await serve(ECHO)
    async with connect(client, "?width=90&height=oops") as page:
        for junk in ("", "[]", "{", '{"a": 1}', '["stdin"]', '["stdin", 5]', '["resize", {"width": 1}]', "[" * 5000):
            await page.send_str(junk)
        await page.send_bytes(b"junk")
        await page.send_json(["ping", "12"])
        await page.send_json(["stdin", "感受野"])
        await page.send_json(["resize", {"width": 10**12, "height": "30"}])
        said = [message.data async for message in page]
    assert json.dumps(["pong", "12"]) in said
    drawn = b"".join(each for each in said if isinstance(each, bytes))
    assert drawn.startswith("90x24False感受野".encode())
    assert json.loads(drawn[len("90x24False感受野".encode()) :]) == {"type": "resize", "width": 1000, "height": 30}


@pytest.mark.parametrize(("query", "colours"), [("?scheme=light", b"0;15"), ("", b"15;0")])
async def test_a_program_is_told_whether_the_page_is_light(serve, query, colours):
    client = await serve(HELLO + "send(b'D', os.environ['COLORFGBG'].encode())")
    async with connect(client, query) as page:
        assert await all_of(page) == colours


def test_an_address_that_no_socket_could_have():
    """From Python 3.12 on the error of such an address has no number."""
    told = module._listen_problem(OSError("could not bind on any address"), module.PageAddress("192.0.2.1", 0))
    assert told == "this machine does not have the address 192.0.2.1: give --host one that it has"


async def test_last_words_are_shown_literally(serve, told):
    client = await serve(LEAVES)
    async with connect(client) as page:
        drawn = await all_of(page)
    assert drawn.startswith(b"last picture")
    assert drawn.endswith("␛[31mgoodbye\r\nfor now".encode())
    assert told == []


async def test_a_program_that_leaves_is_waited_for_no_longer_than_it_takes(serve, told):
    client = await serve(WAITS)
    async with asyncio.timeout(20), connect(client) as page:
        assert (await all_of(page)).endswith(b"goodbye")
    assert told == []


async def test_a_program_that_fails_is_told_in_the_page_and_at_the_server(serve, told):
    client = await serve("import sys; print('viva: no notes: add some', file=sys.stderr); sys.exit(1)")
    async with connect(client) as page:
        assert (await all_of(page)).endswith(b"viva: no notes: add some")
    assert told == ["a page's viva has failed: no notes: add some"]


async def test_a_program_that_says_nothing_of_its_failure(serve, told):
    client = await serve("import os; os._exit(7)")
    async with connect(client) as page:
        assert await all_of(page) == b""
    assert told == ["a page's viva has failed: exit code 7"]


async def test_a_closed_page_ends_a_program_that_never_stops_drawing(serve):
    client = await serve(DELUGE)
    for _ in range(2):
        page = await connect(client)
        await page.receive()
        await page.close()
    async with asyncio.timeout(10):
        await client.server.close()


@pytest.mark.parametrize("close_first", [True, False])
async def test_a_program_that_ignores_the_end_is_killed(serve, monkeypatch, told, close_first):
    monkeypatch.setattr(module, "SHUTDOWN_TIMEOUT", 0.3)
    client = await serve(HELLO + "send(b'D', b'here')\nimport time\ntime.sleep(60)")
    page = await connect(client)
    await page.receive()
    if close_first:
        await page.close()
    async with asyncio.timeout(10):
        await client.server.close()
    assert len(told) == 1
    assert told[0].startswith("a page's viva has failed: exit code ")


async def test_no_more_pages_than_it_bears(serve, monkeypatch):
    monkeypatch.setattr(module, "MAX_PAGES", 1)
    client = await serve(HELLO + "send(b'D', b'here')\nread(b'M')")
    async with connect(client) as first, connect(client) as second:
        assert (await first.receive()).data == b"here"
        assert b"1 pages are open" in await all_of(second)


@pytest.mark.parametrize(
    ("asked", "given"), [("20", 20), ("", 16), ("9999999", 16), ("1", 8), ("99", 40), ('x"', 16), ("²", 16)]
)
def test_the_size_of_letters(asked, given):
    assert f'data-font-size="{given}"' in terminal_page(asked)
