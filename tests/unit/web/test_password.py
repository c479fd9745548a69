"""The password of a page: who is let in, and how often one may guess."""

from __future__ import annotations

import pytest

from viva.errors import ServeError
from viva.web.guard import MAX_TRIES, MAX_TRIES_OF_ALL, TRIES_COUNT_FOR, LoginTries, Password


def test_only_the_password_fits():
    password = Password("correct horse 口令")
    assert password.matches("correct horse 口令")
    assert not any(map(password.matches, ["", "correct horse", "correct horse 口令 ", "Correct horse 口令", "\udc80"]))


@pytest.mark.parametrize("text", ["", "1234567", "口令"])
def test_a_short_one_is_refused(text):
    with pytest.raises(ServeError, match="at least 8 characters"):
        Password(text)


def test_only_its_own_tickets_admit():
    password, other = Password("correct horse"), Password("correct horse")
    ticket = password.issue_ticket()
    assert password.accepts(ticket)
    assert ticket != password.issue_ticket()
    nonce, signature = ticket.split(".")
    forged = [
        "",
        ".",
        nonce,
        f"{nonce}.",
        f"x{nonce}.{signature}",
        f"{nonce}.{signature}0",
        "a.é",
        other.issue_ticket(),
    ]
    assert not any(map(password.accepts, forged))


def test_it_does_not_show_itself():
    from viva.web.server import PageAddress

    assert "horse" not in repr(PageAddress("127.0.0.1", 8000, Password("correct horse")))


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_one_address_may_guess_a_few_times():
    clock = Clock()
    tries = LoginTries(clock)
    for _ in range(MAX_TRIES):
        assert tries.seconds_to_wait("192.0.2.1") == 0
        tries.record("192.0.2.1")
        clock.now += 1
    assert tries.seconds_to_wait("192.0.2.2") == 0
    assert tries.seconds_to_wait("192.0.2.1") == pytest.approx(TRIES_COUNT_FOR - MAX_TRIES, abs=1)
    clock.now += tries.seconds_to_wait("192.0.2.1")
    assert tries.seconds_to_wait("192.0.2.1") == 0


def test_many_addresses_share_a_limit_too():
    clock = Clock()
    tries = LoginTries(clock)
    for number in range(MAX_TRIES_OF_ALL):
        assert tries.seconds_to_wait(f"192.0.2.{number}") == 0
        tries.record(f"192.0.2.{number}")
    assert tries.seconds_to_wait("198.51.100.1") > 0
    clock.now += TRIES_COUNT_FOR
    assert tries.seconds_to_wait("198.51.100.1") == 0
