"""What every request passes first: it must come from a page of this server and, where there is a password, know it.

The password is compared in constant time, remembered by a signed ticket in a cookie, and can be guessed only slowly.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import time
from collections import deque
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from viva.errors import ServeError
from viva.i18n import tr
from viva.web.pages import login_page

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PUBLIC_PATHS = frozenset({"/login", "/page/viva.css", "/page/icon.svg"})
"""What is shown to those who have yet to give the password."""
WEBSOCKET = "/ws"
SECURITY_HEADERS = {
    # Styles within elements are how the terminal colours its cells.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""Nothing is loaded from, or sent to, any other server, and no other page may show or use this one."""


MIN_PASSWORD_LENGTH = 8
"""Characters that a password must have."""
MAX_TRIES = 5
"""Wrong passwords that one address may send within `TRIES_COUNT_FOR`."""
MAX_TRIES_OF_ALL = 50
"""Wrong passwords that all addresses together may send within `TRIES_COUNT_FOR`."""
TRIES_COUNT_FOR = 300.0
"""Seconds for which a wrong password counts."""


class Password:
    """What opens the page, and the tickets of those who have opened it.

    Tickets hold as long as this object lives: the key that signs them is its own.
    """

    def __init__(self, text: str) -> None:
        """Take a password. Raises ServeError when it is too short to be one."""
        if len(text) < MIN_PASSWORD_LENGTH:
            raise ServeError(
                tr("the password is too short: take at least {least} characters", least=MIN_PASSWORD_LENGTH)
            )
        self._key = secrets.token_bytes(32)
        self._revoked: set[str] = set()
        self._password_mac = self._sign(text)

    def matches(self, text: str) -> bool:
        """Return whether this is the password; how long that takes tells nothing about it."""
        return hmac.compare_digest(self._password_mac, self._sign(text))

    def issue_ticket(self) -> str:
        """Return a new ticket, `NONCE.SIGNATURE`."""
        nonce = secrets.token_urlsafe(24)
        return f"{nonce}.{self._sign('ticket ' + nonce)}"

    def accepts(self, ticket: str) -> bool:
        """Return whether `issue_ticket` made this ticket, and it was not revoked."""
        nonce, _, signature = ticket.partition(".")
        right = hmac.compare_digest(self._sign("ticket " + nonce).encode(), signature.encode("utf-8", "replace"))
        return right and nonce not in self._revoked

    def revoke(self, ticket: str) -> None:
        """Accept a ticket no more."""
        if self.accepts(ticket):  # nobody else can make this set grow
            self._revoked.add(ticket.partition(".")[0])

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode("utf-8", "replace"), "sha256").hexdigest()


class LoginTries:
    """Counts wrong passwords, so that nobody guesses many: from one address, and from all together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: deque[tuple[float, str]] = deque(maxlen=MAX_TRIES_OF_ALL)

    def seconds_to_wait(self, address: str) -> int:
        """Return for how many whole seconds no further try from this address is looked at; 0 when it may try."""
        now = self._clock()
        while self._wrong and now - self._wrong[0][0] >= TRIES_COUNT_FOR:
            self._wrong.popleft()
        own = [when for when, whose in self._wrong if whose == address]
        if len(own) >= MAX_TRIES:
            return int(own[-MAX_TRIES] + TRIES_COUNT_FOR - now) + 1
        if len(self._wrong) >= MAX_TRIES_OF_ALL:
            return int(self._wrong[0][0] + TRIES_COUNT_FOR - now) + 1
        return 0

    def record(self, address: str) -> None:
        """Count a wrong password."""
        self._wrong.append((self._clock(), address))


class Guard:
    """Lets in who may come in. Without a password it trusts the machine, and nobody who came by another name."""

    def __init__(self, host: str, password: Password | None, tries: LoginTries | None = None) -> None:
        """Guard a server that listens on `host`."""
        self._host = host.lower()
        self._password = password
        self._tries = tries or LoginTries()

    def install(self, app: web.Application) -> None:
        """Take the place before all routes of an application, and add the form."""

        @web.middleware
        async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._check(request, handler)

        app.middlewares.append(check)
        app.on_response_prepare.append(_add_headers)
        app.add_routes([web.get("/login", self._show_login), web.post("/login", self._log_in)])
        app.add_routes([web.post("/logout", self._log_out)])

    async def _check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if refusal := self._refusal(request):
            raise web.HTTPForbidden(text=refusal + "\n")
        if request.path in PUBLIC_PATHS or self._is_logged_in(request):
            return await handler(request)
        if request.path == "/":
            raise web.HTTPSeeOther("login")
        raise web.HTTPUnauthorized(text=tr("the password is missing: open the first page and give it") + "\n")

    def _refusal(self, request: web.Request) -> str:
        """Return why a request is refused that no page of this server sent; empty when it is in order."""
        host = request.headers.get(hdrs.HOST, "")
        # With a password no check of the name is needed: the cookie belongs to the name under which it was given.
        if self._password is None and not (is_local_name(host) or host_name(host) == self._host):
            return tr("viva answers here only to this machine's own name: open the address that viva serve printed")
        origin = request.headers.get(hdrs.ORIGIN)
        unknown = origin is None and request.path == WEBSOCKET
        if unknown or (origin is not None and not is_same_origin(origin, host)):
            return tr("this request comes from a page of another server: open the address that viva serve printed")
        return ""

    def _is_logged_in(self, request: web.Request) -> bool:
        if self._password is None:
            return True
        return self._password.accepts(request.cookies.get(_cookie(request), ""))

    async def _show_login(self, request: web.Request) -> web.Response:
        if self._is_logged_in(request):
            raise web.HTTPSeeOther("./")
        return _page(login_page())

    async def _log_in(self, request: web.Request) -> web.Response:
        typed = str((await request.post()).get("password", ""))
        who = request.remote or ""
        if seconds := self._tries.seconds_to_wait(who):
            line = tr("Too many wrong passwords: try again in {seconds} seconds.", seconds=seconds)
            return _page(login_page(line), 429, {hdrs.RETRY_AFTER: str(seconds)})
        if self._password is None or not self._password.matches(typed):
            self._tries.record(who)
            return _page(login_page(tr("That is not the password.")), 401)
        response = web.HTTPSeeOther("./")
        secure = request.secure or request.headers.get("X-Forwarded-Proto", "") == "https"
        response.set_cookie(
            _cookie(request), self._password.issue_ticket(), httponly=True, samesite="Strict", secure=secure
        )
        raise response

    async def _log_out(self, request: web.Request) -> web.Response:
        """Take the ticket back, and show the form again."""
        if self._password is not None:
            self._password.revoke(request.cookies.get(_cookie(request), ""))
        response = web.HTTPSeeOther("login")
        response.del_cookie(_cookie(request))
        raise response


def _cookie(request: web.Request) -> str:
    """Return the cookie's name: browsers keep those of all ports of a machine together."""
    port = request.host.rpartition(":")[2]
    return f"viva_{port}" if port.isascii() and port.isdigit() else "viva"


def _page(text: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status, headers=headers)


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(SECURITY_HEADERS)


def is_loopback_only(host: str) -> bool:
    """Return whether only this machine reaches an address to listen on. Raises ServeError for one nobody knows."""
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError) as error:
        raise ServeError(
            tr("cannot listen on {host}: no address is known by this name; give --host another", host=host)
        ) from error
    return all(_is_loopback(str(address[4][0])) for address in found)


def is_local_name(host: str) -> bool:
    """Return whether a `Host` header names this machine, in a way that no name server decides."""
    name = host_name(host)
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def host_name(host: str) -> str:
    """Return the name in a `Host` header, without its port; empty when there is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_same_origin(origin: str, host: str) -> bool:
    """Return whether a page from `origin` came from the very server that it asks as `host`."""
    scheme, separator, rest = origin.lower().partition("://")
    return bool(separator) and scheme in {"http", "https"} and rest == host.lower()


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
