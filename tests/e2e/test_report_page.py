"""The saved report in a browser: it shows everything, and asks nobody for anything."""

from __future__ import annotations

import pytest

from e2e.browser import browser, colours

TYPED = """验证集上的损失好几轮都不降了就停止训练
/skip
/show
it pulls the weights towards zero at every step
"""


@pytest.fixture
def report(viva, notes, tmp_path):
    """The page of an interview, written by `viva report`."""
    asked = viva("ask", "--kb", notes, "--index", tmp_path / "index", "--seed", 1, typed=TYPED)
    assert asked.returncode == 0, asked.stderr
    path = tmp_path / "report.html"
    done = viva("report", "--kb", notes, "--index", tmp_path / "index", "--html", path)
    assert done.returncode == 0, done.stderr
    return path


async def test_the_report_in_a_browser_without_a_network(report):
    async with browser() as chromium:
        page = await chromium.page()
        await page.send(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
        )
        backs = []
        for scheme in ("light", "dark"):
            await page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            await page.go(report.as_uri())
            backs.append(await page.value("getComputedStyle(document.body).backgroundColor"))
            heights = await page.value("[...document.querySelectorAll('svg')].map((chart) => chart.clientHeight)")
            assert heights
            assert min(heights) > 0
            assert colours(await page.picture()) > 50
        title = await page.value("document.title")
        assert title
        assert title == await page.value("document.querySelector('h1').textContent")
        assert backs[0] != backs[1]
        assert await page.value("document.documentElement.scrollWidth <= innerWidth")
        assert page.requests == [report.as_uri()] * 2
        assert page.complaints == []
