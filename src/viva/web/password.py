"""The password of a served page: compared in constant time, remembered by a signed ticket, guessed slowly."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable

from viva.errors import ServeError
from viva.i18n import tr

SHORTEST = 8
"""Characters that a password must have."""
TRIES = 5
"""Wrong passwords that one address may send within `MEMORY`."""
TRIES_OF_ALL = 50
"""Wrong passwords that all addresses together may send within `MEMORY`."""
MEMORY = 300.0
"""Seconds for which a wrong password counts."""


class Password:
    """What opens the page, and the tickets of those who have opened it.

    Tickets hold as long as this object lives: the key that signs them is its own.
    """

    def __init__(self, text: str) -> None:
        """Take a password. Raises ServeError when it is too short to be one."""
        if len(text) < SHORTEST:
            raise ServeError(tr("the password is too short: take at least {least} characters", least=SHORTEST))
        self._key = secrets.token_bytes(32)
        self._returned: set[str] = set()
        self._right = self._sign(text)

    def fits(self, text: str) -> bool:
        """Return whether this is the password; how long that takes tells nothing about it."""
        return hmac.compare_digest(self._right, self._sign(text))

    def ticket(self) -> str:
        """Return a new ticket, `NONCE.SIGNATURE`."""
        nonce = secrets.token_urlsafe(24)
        return f"{nonce}.{self._sign('ticket ' + nonce)}"

    def admits(self, ticket: str) -> bool:
        """Return whether `ticket` made this ticket."""
        nonce, _, signature = ticket.partition(".")
        right = hmac.compare_digest(self._sign("ticket " + nonce).encode(), signature.encode("utf-8", "replace"))
        return right and nonce not in self._returned

    def take_back(self, ticket: str) -> None:
        """Admit a ticket no more."""
        if self.admits(ticket):  # nobody else can make this set grow
            self._returned.add(ticket.partition(".")[0])

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode("utf-8", "replace"), "sha256").hexdigest()


class Tries:
    """Counts wrong passwords, so that nobody guesses many: from one address, and from all together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: deque[tuple[float, str]] = deque(maxlen=TRIES_OF_ALL)

    def wait(self, address: str) -> int:
        """Return for how many whole seconds no further try from this address is looked at; 0 when it may try."""
        now = self._clock()
        while self._wrong and now - self._wrong[0][0] >= MEMORY:
            self._wrong.popleft()
        own = [when for when, whose in self._wrong if whose == address]
        if len(own) >= TRIES:
            return int(own[-TRIES] + MEMORY - now) + 1
        if len(self._wrong) >= TRIES_OF_ALL:
            return int(self._wrong[0][0] + MEMORY - now) + 1
        return 0

    def wrong(self, address: str) -> None:
        """Count a wrong password."""
        self._wrong.append((self._clock(), address))
