"""Fetches one page of the web, only where a user asked for it: bounded, and from public addresses alone.

Nothing else in this program opens a connection. No proxy, no cookie, no script, no login. A name is resolved
once for each request; all addresses that it has are judged, and the connection goes to one of these very
addresses, so that nothing can change in between. docs/formats.md states the limits.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from sources.errors import InputError, NotFoundInput, RequestError, TooLarge
from sources.importing.files import LONGEST_FILE
from sources.text.cleaning import known_encoding, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AGENT = "crossread"
MOST_REDIRECTS = 5
_ROBOTS_LONGEST = 512 * 1024  # bytes
_BLOCK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READ = ("text/", "application/json", "application/xml", "application/pdf", "application/epub+zip")
_READ_ENDINGS = ("+xml", "+json")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_6TO4 = ipaddress.ip_network("2002::/16")
_ODD = "*%/?#[]@!$&'()+,;=:~-._|"


@dataclass(frozen=True, slots=True)
class Fetching:
    """How pages are fetched: whose robots.txt is not asked, which hosts may be private, and the limits.

    ``seconds`` are for all of a page, redirects included, and ``most`` are its bytes.
    """

    ignore_robots: bool = False
    private: frozenset[str] = frozenset()
    seconds: float = 30.0
    most: int = LONGEST_FILE
    open_port: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: its final address, the redirects to it, its bytes, and the ISO 8601 moment in UTC."""

    address: str
    redirects: tuple[str, ...]
    data: bytes
    moment: str


def is_address(named: str) -> bool:
    """Tell whether a path that somebody named is an address of the web."""
    return named[:8].lower().startswith(("http://", "https://"))


def refused_unasked(named: str) -> RequestError:
    """Return what is said to who names an address without asking for the web."""
    return RequestError(
        f"{printable(named)} is on the web, and crossread opens no connection by itself. "
        "To let this one command get this one page, add --fetch (or set network = true in config.toml)."
    )


def fetch(address: str, how: Fetching) -> Fetched:
    """Return the page at an address; raises InputError, with the reason, for what is not to be had."""
    until = time.monotonic() + how.seconds
    robots: dict[str, RobotFileParser] = {}
    passed: list[str] = []
    while True:
        parts = _checked(address)
        if not how.ignore_robots:
            _ask_robots(parts, how, until, robots)
        with _Exchange(parts, how, until) as response:
            if response.status in _REDIRECTS and (target := response.getheader("Location")):
                following = urljoin(address, target.strip())
                if len(passed) == MOST_REDIRECTS:
                    raise InputError(f"redirects more than {MOST_REDIRECTS} times")
                if parts.scheme == "https" and not following.lower().startswith("https:"):
                    raise InputError(f"redirects from https to http: {printable(following)[:200]}")
                passed.append(address)
                address = following
                continue
            if response.status != 200:
                raise NotFoundInput(f"answered {response.status} {printable(response.reason)[:60]}".rstrip())
            kind = response.headers.get_content_type()
            if not (kind.startswith(_READ) or kind.endswith(_READ_ENDINGS)):
                raise InputError(f"is {printable(kind)[:60]}, which is not read from the web")
            data = b"".join(_body(response, how.most))
            data = _as_stated(data, response.headers.get_content_charset())
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return Fetched(address, tuple(passed), data, moment)


def _checked(address: str) -> SplitResult:
    """Return the parts of an address that may be asked."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
        encoded = (host or "").encode("idna").decode() if host and not host.isascii() else host
    except (ValueError, UnicodeError):
        raise InputError("is not a valid address") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise InputError(f"is not an http or https address: {printable(address)[:100]}")
    if not encoded or any(sign.isspace() for sign in encoded):
        raise InputError("names no host")
    if parts.username is not None or parts.password is not None:
        raise InputError("holds a user's name or a password, which crossread does not send")
    where = f"[{encoded}]" if ":" in encoded else encoded
    netloc = where if parts.port is None else f"{where}:{parts.port}"
    return parts._replace(
        scheme=parts.scheme.lower(),
        netloc=netloc,
        path=quote(parts.path or "/", safe=_ODD),
        query=quote(parts.query, safe=_ODD),
        fragment="",
    )


def _addresses(parts: SplitResult, how: Fetching) -> list[tuple[str, int]]:
    """Return where a host is; raises InputError where any of its addresses is none of the public web."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFoundInput(f"the host {printable(host)[:100]} cannot be found") from None
    addresses = list(dict.fromkeys((str(entry[4][0]), port) for entry in found))
    if host.lower() not in how.private:
        for place, _ in addresses:
            if not _is_public(place):
                raise InputError(
                    f"is at {place}, which is not a public address; "
                    f"--allow-private {printable(host)[:100]} allows it"
                )
    return addresses


def _is_public(place: str) -> bool:
    address = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped
        if within is None and address in _NAT64:
            within = ipaddress.IPv4Address(address.packed[12:])
        elif within is None and address in _6TO4:
            within = ipaddress.IPv4Address(address.packed[2:6])
        if within is not None:
            return _is_public(str(within))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class _Exchange:
    """One request and its answer, on a connection to an address that was judged, cut when time is up."""

    def __init__(self, parts: SplitResult, how: Fetching, until: float) -> None:
        self._parts, self._how, self._until = parts, how, until
        self._late = False
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self._response: HTTPResponse | None = None

    def __enter__(self) -> HTTPResponse:
        try:
            return self._ask()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise

    def _ask(self) -> HTTPResponse:
        parts = self._parts
        addresses = _addresses(parts, self._how)
        left = self._until - time.monotonic()
        if left <= 0:
            raise self._too_long()
        opened = self._open(addresses, left)
        self._socket = opened
        self._timer = threading.Timer(left, self._cut)
        self._timer.daemon = True
        self._timer.start()
        if parts.scheme == "https":
            host = parts.hostname or ""
            self._socket = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        connection = HTTPConnection(parts.hostname or "", parts.port or 80)
        connection.sock = self._socket
        connection.request(
            "GET",
            urlunsplit(("", "", parts.path, parts.query, "")),
            headers={
                "Host": parts.netloc,
                "User-Agent": AGENT,
                "Accept": "text/html, application/xhtml+xml, application/xml, */*;q=0.5",
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
        )
        self._response = connection.getresponse()
        return self._response

    def _open(self, addresses: list[tuple[str, int]], left: float) -> socket.socket:
        problem: OSError | None = None
        for place in addresses:
            try:
                return self._how.open_port(place, min(left, 10.0))
            except OSError as error:
                problem = error
        raise NotFoundInput(f"does not answer: {str((problem and problem.strerror) or problem).lower()}")

    def _cut(self) -> None:
        self._late = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def _too_long(self) -> InputError:
        return InputError(f"took longer than {self._how.seconds:g} seconds")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for held in (self._response, self._socket):
            if held is not None:
                held.close()
        if error is None or isinstance(error, InputError):
            if self._late:
                raise self._too_long() from None
            return
        if self._late or isinstance(error, TimeoutError):
            raise self._too_long() from None
        if isinstance(error, ssl.SSLCertVerificationError):
            raise NotFoundInput(f"has an invalid certificate: {error.verify_message}") from None
        if isinstance(error, OSError | HTTPException | ValueError):
            raise NotFoundInput(
                f"the connection was lost: {printable(str(error))[:200] or type(error).__name__}"
            ) from None


def _body(response: HTTPResponse, most: int) -> Iterator[bytes]:
    """Yield the body, unpacked; raises TooLarge beyond ``most`` bytes."""
    too_large = TooLarge(f"is larger than {most / 1024 / 1024:g} MB")
    stated = response.getheader("Content-Length", "")
    if stated.isdecimal() and int(stated) > most:
        raise too_large
    coding = response.getheader("Content-Encoding", "identity").strip().lower()
    if coding not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise InputError(f"is compressed in an unknown way ({printable(coding)[:40]})")
    packed = zlib.decompressobj(47) if coding not in {"identity", ""} else None
    size = 0
    while block := response.read1(_BLOCK):
        while block:
            plain = block if packed is None else packed.decompress(block, _BLOCK)
            size += len(plain)
            if size > most:
                raise too_large
            yield plain
            block = b"" if packed is None else packed.unconsumed_tail
    if response.length or (packed is not None and not packed.eof):
        raise NotFoundInput("was cut off before its end")


def _as_stated(data: bytes, charset: str | None) -> bytes:
    """Return a text whose encoding the answer states as UTF-8 with a mark, which holds against all else."""
    if charset is None or not known_encoding(charset):
        return data
    try:
        return b"\xef\xbb\xbf" + data.decode(charset).removeprefix("\ufeff").encode()
    except (UnicodeError, LookupError):
        return data


def _ask_robots(parts: SplitResult, how: Fetching, until: float, known: dict[str, RobotFileParser]) -> None:
    """Ask a site whether a program may read this page; raises InputError where it may not."""
    site = f"{parts.scheme}://{parts.netloc}"
    if site not in known:
        known[site] = _robots(parts, how, until)
    if not known[site].can_fetch(AGENT, urlunsplit(parts)):
        raise InputError("is not for programs, its site says (robots.txt); --ignore-robots reads it anyway")


def _robots(parts: SplitResult, how: Fetching, until: float) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse([])
    with _Exchange(parts._replace(path="/robots.txt", query=""), how, until) as response:
        if response.status == 200:
            try:
                lines = b"".join(_body(response, _ROBOTS_LONGEST)).decode("utf-8", "replace").splitlines()
            except TooLarge:
                lines = []
            rules.parse(lines)
        elif response.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
    return rules
