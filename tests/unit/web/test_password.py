"""The password of a page: who is let in, and how often one may guess."""

from __future__ import annotations

import pytest

from viva.errors import ServeError
from viva.web.password import MEMORY, TRIES, TRIES_OF_ALL, Password, Tries


def test_only_the_password_fits():
    password = Password("correct horse 口令")
    assert password.fits("correct horse 口令")
    assert not any(map(password.fits, ["", "correct horse", "correct horse 口令 ", "Correct horse 口令", "\udc80"]))


@pytest.mark.parametrize("text", ["", "1234567", "口令"])
def test_a_short_one_is_refused(text):
    with pytest.raises(ServeError, match="at least 8 characters"):
        Password(text)


def test_only_its_own_tickets_admit():
    password, other = Password("correct horse"), Password("correct horse")
    ticket = password.ticket()
    assert password.admits(ticket)
    assert ticket != password.ticket()
    nonce, signature = ticket.split(".")
    forged = ["", ".", nonce, f"{nonce}.", f"x{nonce}.{signature}", f"{nonce}.{signature}0", "a.é", other.ticket()]
    assert not any(map(password.admits, forged))


def test_it_does_not_show_itself():
    from viva.web.server import PageAddress

    assert "horse" not in repr(PageAddress("127.0.0.1", 8000, Password("correct horse")))


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_one_address_may_guess_a_few_times():
    clock = Clock()
    tries = Tries(clock)
    for _ in range(TRIES):
        assert tries.wait("192.0.2.1") == 0
        tries.wrong("192.0.2.1")
        clock.now += 1
    assert tries.wait("192.0.2.2") == 0
    assert tries.wait("192.0.2.1") == pytest.approx(MEMORY - TRIES, abs=1)
    clock.now += tries.wait("192.0.2.1")
    assert tries.wait("192.0.2.1") == 0


def test_many_addresses_share_a_limit_too():
    clock = Clock()
    tries = Tries(clock)
    for number in range(TRIES_OF_ALL):
        assert tries.wait(f"192.0.2.{number}") == 0
        tries.wrong(f"192.0.2.{number}")
    assert tries.wait("198.51.100.1") > 0
    clock.now += MEMORY
    assert tries.wait("198.51.100.1") == 0
