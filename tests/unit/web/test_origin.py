"""Which addresses and which pages are trusted."""

from __future__ import annotations

import pytest

from viva.errors import ServeError
from viva.web.guard import host_name, is_local_name, is_loopback_only, is_same_origin


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_addresses_that_only_this_machine_reaches(host):
    assert is_loopback_only(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1"])
def test_addresses_that_others_reach(host):
    assert not is_loopback_only(host)


@pytest.mark.parametrize("host", ["no such host", "nobody.invalid", "a" * 70 + ".example", ""])
def test_an_address_that_nobody_knows(host):
    with pytest.raises(ServeError, match="give --host another"):
        is_loopback_only(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "LOCALHOST:1", "[::1]:8000", "viva.localhost:80"])
def test_names_of_this_machine(host):
    assert is_local_name(host)


@pytest.mark.parametrize(
    "host", ["", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "[::1", "["]
)
def test_names_that_a_name_server_may_have_led_here(host):
    assert not is_local_name(host)


def test_the_name_in_a_header():
    assert [host_name(host) for host in ("a.example:8000", "[2001:db8::1]:80", "[", "")] == [
        "a.example", "2001:db8::1", "", "",
    ]  # fmt: skip


def test_a_page_of_this_server():
    assert is_same_origin("http://127.0.0.1:8000", "127.0.0.1:8000")
    assert is_same_origin("https://Viva.Example", "viva.example")


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:3000",  # another server of this machine
        "http://localhost:8000",
        "http://evil.example",
        "null",
        "",
        "127.0.0.1:8000",
        "file://127.0.0.1:8000",
        "http://127.0.0.1:8000@evil.example",
    ],
)
def test_pages_of_others(origin):
    assert not is_same_origin(origin, "127.0.0.1:8000")
