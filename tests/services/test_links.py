"""The links of a text, and which addresses are opened at all."""

from __future__ import annotations

import pytest

from sources.model import Origin, Ref, Source
from sources.text.addresses import address_to_open
from tui.services.links import link_at, links_in


def _source(text: str, kind: str = "markdown", url: str | None = None) -> Source:
    return Source(Ref("s", 1), None, None, None, None, url, None, text, (), Origin(None, "", kind))


def test_a_link_is_found_at_each_of_its_words_and_nowhere_else() -> None:
    text = "Read [the *report*](https://a.example/r) now."
    source = _source(text)
    (link,) = links_in(source)
    assert (link.words, link.address) == ("the *report*", "https://a.example/r")
    assert link_at(source, text.index("the")) == link_at(source, text.index("*](")) == link
    assert link_at(source, text.index("[")) is None
    assert link_at(source, text.index("now")) is None


def test_an_address_that_is_written_out_is_a_link_in_any_text() -> None:
    source = _source("More at https://a.example/r, they said.", "plain text")
    assert [link.address for link in links_in(source)] == ["https://a.example/r"]


def test_the_narrowest_link_is_meant() -> None:
    text = "[![quay](https://a.example/q.png)](https://a.example/big)"
    found = link_at(_source(text), text.index("quay"))
    assert found is not None
    assert found.address == "https://a.example/q.png"


@pytest.mark.parametrize(
    ("address", "base", "opened"),
    [
        ("https://a.example/b?c=d#e", None, "https://a.example/b?c=d#e"),
        ("HTTP://a.example", None, "HTTP://a.example"),
        ("www.a.example", None, "https://www.a.example"),
        ("mailto:moss@a.example", None, "mailto:moss@a.example"),
        ("/next", "https://a.example/b", "https://a.example/next"),
        ("../c.html", "https://a.example/b/d/", "https://a.example/b/c.html"),
        ("/next", None, None),
        ("#part", "https://a.example/b", None),
        ("javascript:alert(1)", "https://a.example/b", None),
        ("file:///etc/passwd", None, None),
        ("data:text/html,x", None, None),
        ("https://", None, None),
        ("https://[a", None, None),
        ("mailto:nobody", None, None),
        ("https://a.example/\u202egpj.exe", None, None),
        ("https://a.example/\x1b[2J", None, None),
        ("https://a.exam\u200bple/", None, None),
        ("https://a.example/ b", None, None),
        ("-https://a.example", None, None),
        ("https://a.example/" + "a" * 1982, None, "https://a.example/" + "a" * 1982),
        ("https://a.example/" + "a" * 1983, None, None),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_opened(
    address: str, base: str | None, opened: str | None
) -> None:
    assert address_to_open(address, base) == opened
