"""Pages of the web: from a server of the test's own, and never unasked."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from sources.errors import InputError, RequestError
from sources.importing import import_paths
from sources.importing.fetching import Fetching, _is_public, fetch
from sources.model import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sources.library import Library

PROSE = "The port was sold on Thursday, and nobody on the quay had heard of the buyer before. " * 6
PAGE = f"<!doctype html><html lang=en><title>Port sold</title><body><article><p>{PROSE}</p></article></html>"
FEED = "<rss><channel><title>Quay</title>{}</channel></rss>"
ITEM = "<item><guid>{0}</guid><title>{0}</title><description>{1}</description></item>"


class Site(ThreadingHTTPServer):
    """A server whose pages are functions of the request's handler."""

    daemon_threads = True
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]]
    asked: list[tuple[str, dict[str, str]]]

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        page = self.server.pages.get(self.path)
        if page is None:
            answer("", status=404)(self)
        else:
            page(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def answer(
    body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    data = body if isinstance(body, bytes) else body.encode()

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(data))} | given).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return send


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Handler)
    server.pages, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


HERE = Fetching(private=frozenset({"127.0.0.1"}))


def test_a_page_comes_in_with_its_address_and_the_moment(site: Site, library: Library) -> None:
    site.pages["/a"] = answer("", status=302, Location="/b")
    site.pages["/b"] = answer(PAGE)
    report = import_paths(library, [site.address("/a")], fetching=HERE)
    assert report.failed == ()
    (story,) = report.stories
    source = library.source(story.added[0])
    assert (source.title, source.language, source.origin.format) == ("Port sold", "en", "html")
    assert source.origin.path == source.url == site.address("/b")
    assert (source.accessed or "").startswith(time.strftime("%Y-", time.gmtime()))
    assert report.warnings[0] == f"{site.address('/a')}: came from {site.address('/b')}"
    headers = dict(site.asked)["/b"]
    assert headers["user-agent"] == "crossread"
    assert not {"cookie", "authorization", "referer"} & headers.keys()
    again = import_paths(library, [site.address("/a")], fetching=HERE)
    assert again.stories[0].unchanged == story.added


def test_of_a_feed_only_what_is_new_comes_in(site: Site, library: Library) -> None:
    site.pages["/feed"] = answer(FEED.format(ITEM.format("a", "One stands.")), "application/rss+xml")
    import_paths(library, [site.address("/feed")], fetching=HERE)
    both = ITEM.format("b", "Two stand.") + ITEM.format("a", "One stands.")
    site.pages["/feed"] = answer(FEED.format(both), "application/rss+xml")
    (story,) = import_paths(library, [site.address("/feed")], fetching=HERE).stories
    assert (story.added, story.unchanged) == ((Ref("quay", 2),), (Ref("quay", 1),))


def test_nothing_is_fetched_unasked(site: Site, library: Library) -> None:
    with pytest.raises(RequestError, match=r"opens no connection by itself.*--fetch"):
        import_paths(library, [site.address("/a")])
    assert site.asked == []


def refused(address: str, how: Fetching = HERE) -> str:
    with pytest.raises(InputError) as caught:
        fetch(address, how)
    return caught.value.reason


def test_private_addresses_are_not_asked_on_any_redirect(site: Site) -> None:
    assert "which is not a public address; --allow-private 127.0.0.1" in refused(
        site.address("/a"), Fetching()
    )
    site.pages["/a"] = answer("", status=301, Location=site.address("/b", "localhost"))
    site.pages["/b"] = answer(PAGE)
    assert "--allow-private localhost" in refused(site.address("/a"))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - it is judged, and nothing listens there
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses_are_told_from_others(place: str, public: bool) -> None:  # noqa: FBT001 - a table
    assert _is_public(place) is public


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        place = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    went: list[tuple[str, int]] = []

    def open_port(place: tuple[str, int], _seconds: float) -> socket.socket:
        went.append(place)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    how = Fetching(ignore_robots=True, open_port=open_port)
    assert "does not answer" in refused("http://changing.example/a", how)
    assert (went, asked) == ([("93.184.216.34", 80)], ["changing.example"])
    assert "which is not a public address" in refused("http://changing.example/a", how)
    assert len(went) == 1


def test_what_the_site_asks_of_programs_holds_unless_somebody_says_otherwise(site: Site) -> None:
    site.pages["/robots.txt"] = answer("User-agent: *\nDisallow: /private\n", "text/plain")
    site.pages["/private/a"] = site.pages["/open"] = answer(PAGE)
    site.pages["/to"] = answer("", status=302, Location="/private/a")
    assert "robots.txt" in refused(site.address("/private/a"))
    assert "robots.txt" in refused(site.address("/to"))
    assert fetch(site.address("/open"), HERE).data
    assert fetch(site.address("/private/a"), replace(HERE, ignore_robots=True)).data
    site.pages["/robots.txt"] = answer("", status=503)
    assert "robots.txt" in refused(site.address("/open"))


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    try:
        handler.wfile.write(b"<rss><channel><title>F</title>")
        while True:
            handler.wfile.write(ITEM.format("a", PROSE).encode() * 50)
    except OSError:
        handler.close_connection = True


def dripping(handler: BaseHTTPRequestHandler) -> None:
    try:
        while True:
            handler.wfile.write(b"H")
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def test_what_never_ends_is_cut_by_size_and_by_time(site: Site) -> None:
    site.pages |= {"/endless": endless, "/drip": dripping}
    small = replace(HERE, most=200_000, ignore_robots=True)
    assert "is larger than" in refused(site.address("/endless"), small)
    assert "took longer than 0.4 seconds" in refused(
        site.address("/drip"), replace(HERE, seconds=0.4, ignore_robots=True)
    )
    bomb = gzip.compress(b"<p>" + b"a" * 3_000_000)
    site.pages["/bomb"] = answer(bomb, Content_Encoding="gzip")
    assert "is larger than" in refused(site.address("/bomb"), small)
    site.pages["/stated"] = answer(PAGE, Content_Length="999999999")
    assert "is larger than" in refused(site.address("/stated"), small)


def test_what_comes_packed_or_in_another_encoding_is_read(site: Site) -> None:
    site.pages["/packed"] = answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    assert fetch(site.address("/packed"), HERE).data.decode("utf-8-sig") == PAGE
    page = PAGE.replace("<title>Port", "<meta charset=utf-8><title>Café")
    site.pages["/western"] = answer(page.encode("cp1252"), "text/html; charset=windows-1252")
    assert "Café" in fetch(site.address("/western"), HERE).data.decode("utf-8-sig")


def test_other_answers_are_refused_with_their_reason(site: Site) -> None:
    site.pages |= {
        "/gone": answer("", status=410),
        "/picture": answer(b"\x89PNG", "image/png"),
        "/loop": answer("", status=302, Location="/loop"),
        "/file": answer("", status=302, Location="file:///etc/hosts"),
        "/login": answer("", status=302, Location="http://a:b@127.0.0.1/"),
        "/short": answer(PAGE, Content_Length=str(len(PAGE) + 10), Connection="close"),
        "/brotli": answer(PAGE, Content_Encoding="br"),
    }
    said = {
        path: refused(site.address(path), replace(HERE, ignore_robots=True, seconds=3.0))
        for path in site.pages
        if path != "/short"
    }
    assert said["/gone"] == "answered 410 Gone"
    assert "image/png" in said["/picture"]
    assert said["/loop"] == "redirects more than 5 times"
    assert "is not an http or https address" in said["/file"]
    assert "password" in said["/login"]
    assert "compressed" in said["/brotli"]


def test_a_page_that_is_cut_off_is_no_page(site: Site) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        answer(PAGE, Content_Length=str(len(PAGE) + 10))(handler)
        handler.close_connection = True

    site.pages["/short"] = short
    assert "was cut off" in refused(site.address("/short"), replace(HERE, ignore_robots=True))


@pytest.mark.parametrize("address", ["http://", "https://[::1", "http://a b/", "http://x:99999/"])
def test_addresses_that_are_none_are_refused(address: str) -> None:
    assert refused(address, replace(HERE, ignore_robots=True))
