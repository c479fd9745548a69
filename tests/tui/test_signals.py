"""Ended from outside: by a signal, and by a terminal that is closed."""

import asyncio
import os
import signal

import pytest

from tui.person import run_app

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of POSIX systems")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
async def test_a_signal_loses_nothing(viva_over, monkeypatch, name):
    monkeypatch.setattr("viva.tui.interview.screen.DRAFT_PAUSE", 60)
    before = signal.getsignal(getattr(signal, name))
    app = viva_over("nets.zh.txt")
    async with run_app(app) as person:
        await person.press("enter")
        await person.type("还没写完")
        os.kill(os.getpid(), getattr(signal, name))
        async with asyncio.timeout(10):
            while app.return_code is None:
                await person.pilot.pause(0.01)
        assert app.return_code == 0
        assert await app.core.call(lambda: app.workspace.unfinished().draft) == "还没写完"
    assert signal.getsignal(getattr(signal, name)) is before
