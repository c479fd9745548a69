"""A server over a small program, on a real socket, and a client that sends what it is told to."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp.test_utils import TestClient, TestServer

from viva.web.guard import Password
from viva.web.server import PageAddress, Server

Serve = Callable[..., Awaitable[TestClient]]


@pytest.fixture
def told() -> list[str]:
    """What the server said on its own terminal."""
    return []


@pytest.fixture
async def serve(told: list[str]) -> AsyncIterator[Serve]:
    """Serve a program in Python, with a password or without."""
    async with AsyncExitStack() as open_ones:

        async def start(program: str = "", password: str | None = None, host: str = "127.0.0.1") -> TestClient:
            place = PageAddress(host, 0, Password(password) if password else None)
            server = Server(place, [sys.executable, "-c", program], told.append)
            client = TestClient(TestServer(server.application(), host="127.0.0.1"))
            return await open_ones.enter_async_context(client)

        yield start
