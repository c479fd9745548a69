"""Who may talk to the server: addresses that only this machine reaches, and pages that came from the server itself.

A server on this machine is in reach of every page that is open in its browsers. Such a page cannot read what another
server says, but it can open a websocket to it, and by a name whose address it changes (DNS rebinding) it passes for a
page of that server. Both tell the truth in two headers: `Origin`, where the page came from, and `Host`, by what name
it asked.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from viva.errors import ServeError
from viva.i18n import tr


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
