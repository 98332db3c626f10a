"""Which addresses may be called: https, and machines that the public internet can reach; nothing of our own network."""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

Address = IPv4Address | IPv6Address

PORTS = {"https": 443, "http": 80}
# Of IPv6 only what is given out to the public, without the ranges in which an IPv4 address hides: what stands
# behind a relay or a translator is not checked by looking at the outer address. NAT64 and ::ffff:/96 lie outside.
GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
# Names that no public DNS knows: RFC 6761, 6762 and 8375, and what ICANN keeps for networks of one's own.
OF_ONES_OWN = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "test", "invalid", "onion")
HIDING = [ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32")]


NOT_PUBLIC = _("This host is not on the public internet: give one that is.")


class Refused(Exception):
    """The address may not be called; the text says why."""


def check_address(url: str) -> None:
    """A validator: what can be known of an address without asking DNS, which is asked before every call."""
    try:
        split(url)
    except Refused as refusal:
        raise ValidationError(str(refusal), "refused") from refusal


def split(url: str) -> SplitResult:
    """The parts of an address that may be called; raises Refused."""
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError as error:
        raise Refused(_("This is not an address: check it for typing errors.")) from error
    if parts.scheme not in ({"https", "http"} if settings.WEBHOOKS_MAY_BE_LOCAL else {"https"}):
        raise Refused(_("Give an address that begins with https://"))
    if not parts.hostname or not has_port or parts.username is not None or parts.fragment:
        raise Refused(_("Give an address with a host, and without a password or a #fragment."))
    if not url.isascii() or any(sign <= " " for sign in url):
        raise Refused(_("Write the address in plain letters, as it is sent: no spaces, other letters encoded."))
    if literal := _literal(parts.hostname):
        _check(literal)
    elif _is_of_ones_own(parts.hostname) and not settings.WEBHOOKS_MAY_BE_LOCAL:
        raise Refused(NOT_PUBLIC)
    return parts


def resolve(host: str, port: int) -> list[Address]:
    """Where DNS says the host is; raises Refused where any of its addresses is not public, OSError without DNS."""
    answers: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(ipaddress.ip_address(answer[4][0].partition("%")[0]) for answer in answers))
    for address in found:
        _check(address)
    return found


def port_of(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _check(address: Address) -> None:
    if address.is_loopback and settings.WEBHOOKS_MAY_BE_LOCAL:
        return
    if not is_public(address):
        raise Refused(NOT_PUBLIC)


def is_public(address: Address) -> bool:
    """Whether anybody on the internet may be meant by it."""
    if isinstance(address, IPv6Address) and (address not in GIVEN_OUT or any(address in one for one in HIDING)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_of_ones_own(host: str) -> bool:
    """Whether only a network of one's own can know the name: it has one part, or ends as such names do."""
    name = host.rstrip(".")
    return "." not in name or any(name.endswith(f".{one}") for one in OF_ONES_OWN)


def _literal(host: str) -> Address | None:
    """An IP address in place of a name, in any spelling that a resolver takes: 127.1 and 0x7f000001 are loopback."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(host))
    except OSError:
        return None
