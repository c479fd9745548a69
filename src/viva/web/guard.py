"""What every request passes first: it must come from a page of this server, and where a password is set, know it."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from viva.errors import ServeError
from viva.i18n import tr
from viva.web.pages import login_page
from viva.web.password import Password, Tries

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

OPEN = frozenset({"/login", "/page/viva.css", "/page/icon.svg"})
"""What is shown to those who have yet to give the password."""
WEBSOCKET = "/ws"
HEADERS = {
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


class Guard:
    """Lets in who may come in. Without a password it trusts the machine, and nobody who came by another name."""

    def __init__(self, host: str, password: Password | None, tries: Tries | None = None) -> None:
        """Guard a server that listens on `host`."""
        self._host = host.lower()
        self._password = password
        self._tries = tries or Tries()

    def stand_before(self, app: web.Application) -> None:
        """Take the place before all routes of an application, and add the form."""

        @web.middleware
        async def look(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._look(request, handler)

        app.middlewares.append(look)
        app.on_response_prepare.append(_add_headers)
        app.add_routes([web.get("/login", self._form), web.post("/login", self._enter)])
        app.add_routes([web.post("/logout", self._go)])

    async def _look(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if refusal := self._foreign(request):
            raise web.HTTPForbidden(text=refusal + "\n")
        if request.path in OPEN or self._admits(request):
            return await handler(request)
        if request.path == "/":
            raise web.HTTPSeeOther("login")
        raise web.HTTPUnauthorized(text=tr("the password is missing: open the first page and give it") + "\n")

    def _foreign(self, request: web.Request) -> str:
        """Return why a request is refused that no page of this server sent; empty when it is in order."""
        host = request.headers.get(hdrs.HOST, "")
        # With a password no check of the name is needed: the cookie belongs to the name under which it was given.
        if self._password is None and not (names_this_machine(host) or name_in(host) == self._host):
            return tr("viva answers here only to this machine's own name: open the address that viva serve printed")
        origin = request.headers.get(hdrs.ORIGIN)
        unknown = origin is None and request.path == WEBSOCKET
        if unknown or (origin is not None and not is_same(origin, host)):
            return tr("this request comes from a page of another server: open the address that viva serve printed")
        return ""

    def _admits(self, request: web.Request) -> bool:
        if self._password is None:
            return True
        return self._password.admits(request.cookies.get(_cookie(request), ""))

    async def _form(self, request: web.Request) -> web.Response:
        if self._admits(request):
            raise web.HTTPSeeOther("./")
        return _page(login_page())

    async def _enter(self, request: web.Request) -> web.Response:
        typed = str((await request.post()).get("password", ""))
        who = request.remote or ""
        if seconds := self._tries.wait(who):
            line = tr("Too many wrong passwords: try again in {seconds} seconds.", seconds=seconds)
            return _page(login_page(line), 429, {hdrs.RETRY_AFTER: str(seconds)})
        if self._password is None or not self._password.fits(typed):
            self._tries.wrong(who)
            return _page(login_page(tr("That is not the password.")), 401)
        response = web.HTTPSeeOther("./")
        secure = request.secure or request.headers.get("X-Forwarded-Proto", "") == "https"
        response.set_cookie(_cookie(request), self._password.ticket(), httponly=True, samesite="Strict", secure=secure)
        raise response

    async def _go(self, request: web.Request) -> web.Response:
        """Take the ticket back, and show the form again."""
        if self._password is not None:
            self._password.take_back(request.cookies.get(_cookie(request), ""))
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
    response.headers.update(HEADERS)


def only_here(host: str) -> bool:
    """Return whether only this machine reaches an address to listen on. Raises ServeError for one nobody knows."""
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError) as error:
        raise ServeError(
            tr("cannot listen on {host}: no address is known by this name; give --host another", host=host)
        ) from error
    return all(_is_loopback(str(address[4][0])) for address in found)


def names_this_machine(host: str) -> bool:
    """Return whether a `Host` header names this machine, in a way that no name server decides."""
    name = name_in(host)
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def name_in(host: str) -> str:
    """Return the name in a `Host` header, without its port; empty when there is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_same(origin: str, host: str) -> bool:
    """Return whether a page from `origin` came from the very server that it asks as `host`."""
    scheme, separator, rest = origin.lower().partition("://")
    return bool(separator) and scheme in {"http", "https"} and rest == host.lower()


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
