"""One HTTP POST to an address that was checked: over the very connection that was checked, never redirected."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult

from newsroom.partners.webhooks import addresses
from newsroom.partners.webhooks.addresses import Address, Refused

PATIENCE = 8.0  # seconds for everything from the connection to the status line
STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
LONGEST_STATUS_LINE = 512
OK, REDIRECTS, ERRORS = 200, 300, 400


@dataclass(frozen=True)
class Outcome:
    """What came of a call: a status, or why there is none."""

    status: int | None
    failure: str
    milliseconds: int

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and OK <= self.status < REDIRECTS


def post(url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Send it and read the status; never raises."""
    started = time.monotonic()
    status, failure = None, ""
    try:
        status = _post(url, headers, body, deadline=started + PATIENCE)
        if REDIRECTS <= status < ERRORS:
            failure = f"answered {status}: redirects are not followed"
        elif status >= ERRORS or status < OK:
            failure = f"answered {status}"
    except Refused as refusal:
        failure = f"refused: {refusal}"
    except (OSError, UnicodeError) as error:  # UnicodeError: a host name that DNS cannot have
        failure = f"{type(error).__name__}: {error}"
    return Outcome(status, failure[:300], int((time.monotonic() - started) * 1000))


def _post(url: str, headers: Mapping[str, str], body: bytes, *, deadline: float) -> int:
    parts = addresses.split(url)
    host, port = str(parts.hostname), addresses.port_of(parts)
    with _connected(addresses.resolve(host, port), port, deadline) as raw:
        line = _secured(raw, parts, deadline)
        line.sendall(_request(parts, headers, body))
        return _status(line, deadline)


@contextlib.contextmanager
def _connected(candidates: list[Address], port: int, deadline: float) -> Iterator[socket.socket]:
    """The first of the checked addresses that takes a connection; DNS is not asked again."""
    failure: OSError = OSError("the host has no address")
    for address in candidates:
        try:
            line = socket.create_connection((str(address), port), timeout=_left(deadline))
        except OSError as error:
            failure = error
            continue
        with line:
            yield line
            return
    raise failure


def _secured(line: socket.socket, parts: SplitResult, deadline: float) -> socket.socket:
    """With the certificate checked against the name, whatever the address."""
    line.settimeout(_left(deadline))
    if parts.scheme == "http":  # loopback alone, in tests
        return line
    return ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)


def _request(parts: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    host = parts.netloc
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"POST {target} HTTP/1.1",
        f"Host: {host}",
        "User-Agent: Attache-Webhooks",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _status(line: socket.socket, deadline: float) -> int:
    """All that matters of the answer; whoever sends it letter by letter does not hold us up."""
    read = b""
    while b"\n" not in read and len(read) < LONGEST_STATUS_LINE:
        line.settimeout(_left(deadline))
        more = line.recv(LONGEST_STATUS_LINE)
        if not more:
            break
        read += more
    match = STATUS_LINE.match(read)
    if match is None:
        raise OSError("the answer was not HTTP/1.1")
    return int(match[1])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("took too long")
    return left
