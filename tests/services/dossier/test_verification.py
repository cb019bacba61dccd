from __future__ import annotations

import hashlib
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.errors import InputError, NotFoundInput, TooLarge
from sources.model import Ref
from tests.services.dossier.pages import dossier_with, text_of
from tui.services.dossier import MOST_BYTES, Place, QuoteHere, Variant
from tui.services.dossier.page import write_dossier
from tui.services.dossier.record import MARK
from tui.services.dossier.verification import verify_file

if TYPE_CHECKING:
    from pathlib import Path

    from tui.services.dossier import Dossier
    from tui.services.dossier.verification import Verification

FIRST = "The ferry ran at night. “It was dark,” said Ada Moss."
SECOND = "It was dark & <wet>, she said.\n\nNobody asked."


PLAIN = {"shift": False, "copied": False}


def small() -> str:
    quoted = [
        Variant(Place(Ref("tide", number), at, at + 11, "It was dark"), "full", None, (), (), **PLAIN)
        for number, at in ((1, FIRST.index("It")), (2, SECOND.index("It")))
    ]
    quote = QuoteHere("It was dark", "Ada Moss", tuple(quoted))
    return write_dossier(dossier_with(text_of(1, FIRST), text_of(2, SECOND), quotes=(quote,)))


PAGE = small()


def resealed(page: str) -> str:
    """Return a page with the seal that it should bear, as somebody could make who knows how."""
    blank = re.sub(r'(?<=<code id="seal">)[0-9a-f]{64}', "0" * 64, page)
    return blank.replace("0" * 64, hashlib.sha256(blank.encode()).hexdigest())


def reasons(found: Verification) -> list[tuple[str | None, str]]:
    return [(one.ref, one.reason) for one in found.failed]


def check(tmp_path: Path, page: str | bytes) -> Verification:
    path = tmp_path / "dossier.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return verify_file(path)


def test_a_dossier_is_intact_when_it_was_made(tmp_path: Path, dossier: Dossier) -> None:
    found = check(tmp_path, write_dossier(dossier))
    assert found.intact
    assert found.texts == 14
    assert found.passages > 200
    assert found.seal is not None
    again = check(tmp_path, PAGE)
    assert (again.intact, again.passages, again.texts) == (True, 2, 2)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(PAGE.encode()) - 1), bit=st.integers(0, 7))
def test_a_bit_changed_anywhere_is_told(tmp_path: Path, at: int, bit: int) -> None:
    data = bytearray(PAGE.encode())
    data[at] ^= 1 << bit
    found = check(tmp_path, bytes(data))
    assert not found.intact
    assert all("\n" not in reason for _, reason in reasons(found))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.integers(1, len(PAGE.encode()) - 1))
def test_a_file_that_was_cut_off_is_told(tmp_path: Path, kept: int) -> None:
    data = PAGE.encode()[:kept]
    if MARK.encode() not in data:
        with pytest.raises(InputError, match="is not a dossier"):
            check(tmp_path, data)
        return
    assert any("cut off" in reason for _, reason in reasons(check(tmp_path, data)))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(PAGE)), words=st.text(min_size=1, max_size=5))
def test_whatever_is_put_in_is_told(tmp_path: Path, at: int, words: str) -> None:
    changed = PAGE[:at] + words + PAGE[at:]
    assert not check(tmp_path, changed.encode("utf-8", "surrogatepass")).intact


DARK = "“It was dark”"
LACKS = "its record of texts and passages lacks something"
RUNS = "there is something in it that could run"
CHANGES = [
    # a passage, and a text, that are shown otherwise
    (
        '0" dir="auto">It was dark<',
        '0" dir="auto">It was grim<',
        "tide/1",
        "shown as “It was grim”, and recorded",
    ),
    (
        "The ferry ran at night. ",
        "The ferry ran at noon. ",
        "tide/1",
        "its text is shown otherwise than it is",
    ),
    # the recorded text, but not its digest
    ('"text":"The ferry ran', '"text":"The ferry run', "tide/1", "is not the one of the recorded SHA-256"),
    # a passage that is not what it was, beyond its text, or of a text that is not there
    ('"words":"It was dark"', '"words":"It was grim"', "tide/1", "at 25 to 36 it does not say “It was grim”"),
    ('"end":36', '"end":3600', "tide/1", "a passage is beyond its text: 25 to 3600"),
    ('"start":25', '"start":-1', "tide/1", "a passage is beyond its text: -1 to 36"),
    ('{"ref":"tide/1","start"', '{"ref":"tide/9","start"', "tide/9", "and its text is not carried"),
    # one that nothing records, and one that nothing shows
    ('data-passage="1"', 'data-passage="7"', None, f"a passage is shown that is not recorded: {DARK}"),
    ('data-passage="1"', 'data-passage="²"', None, f"a passage is shown that is not recorded: {DARK}"),
    ('data-passage="1"', 'data-passage="0"', "tide/2", f"a passage is recorded and not shown: {DARK}"),
    # texts that are shown under another name, or recorded twice
    ('data-text="tide/2"', 'data-text="tide/1"', "tide/2", "its text is not shown once, as it is recorded"),
    ('"texts":[{"ref":"tide/1"', '"texts":[{"ref":"tide/2"', "tide/2", "2 texts bear this name"),
    # what crossread does not write
    ("<h1", "<!-- x --><h1", None, "there is something at character"),
    ("<h1", "<h1 class=x", None, "there is something at character"),
    ("<h1", "<script></script><h1", None, RUNS),
    ("<h1", '<h1 onclick="x"', None, RUNS),
    ("<h1", '<h1 style="x"', None, RUNS),
    ("</h1>", "</h2>", None, "an element h2 ends that did not begin"),
    ("</html>", "</html><p>", None, "its end is missing"),
    ("<h1", "<div>" * 199 + "<h1", None, "more than 200 elements are within one another"),
    ('"crossread/dossier/1","story"', '"crossread/dossier/9","story"', None, "its record is of another kind"),
    ('{"schema"', '{{"schema"', None, "is not JSON"),
    ('{"schema"', "[" * 100_000 + '{"schema"', None, "is not JSON"),
    ('"start":25', '"start":' + "9" * 5_000, None, "is not JSON"),
    ('"start":25', '"start":"25"', None, LACKS),
    ('"start":25', '"start":true', None, LACKS),
    ('"sha256"', '"sha255"', None, LACKS),
    ('<template id="record"', '<template id="other"', None, "its record of texts and passages is missing"),
]


@pytest.mark.parametrize(("was", "becomes", "ref", "reason"), CHANGES)
def test_what_was_changed_is_named_even_under_a_new_seal(
    was: str, becomes: str, ref: str | None, reason: str, tmp_path: Path
) -> None:
    assert was in PAGE
    found = check(tmp_path, resealed(PAGE.replace(was, becomes, 1)))
    assert not found.intact
    assert any(one.ref == ref and reason in one.reason for one in found.failed), reasons(found)


def test_what_is_written_may_be_as_deep_as_it_may_be(tmp_path: Path) -> None:
    deep = PAGE.replace("<h1", "<div>" * 196 + "<h1").replace("</h1>", "</h1>" + "</div>" * 196)
    assert check(tmp_path, resealed(deep)).intact


@pytest.mark.parametrize("data", [b"x", b"<html></html>", b"\x00" * 5000, b"%PDF-1.7", b"{}"])
def test_what_is_no_dossier_cannot_be_read(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a dossier of crossread"):
        check(tmp_path, data)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is empty"):
        check(tmp_path, b"")
    with pytest.raises(NotFoundInput, match="is a folder"):
        verify_file(tmp_path)
    with pytest.raises(NotFoundInput, match="no such file"):
        verify_file(tmp_path / "none.html")


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.write(PAGE.encode())
        file.truncate(MOST_BYTES)
    assert not verify_file(path).intact
    with path.open("ab") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(TooLarge, match=r"larger than a dossier may be \(16 MB\)"):
        verify_file(path)
    with path.open("ab") as file:
        file.truncate(200_000_000)
    with pytest.raises(TooLarge):
        verify_file(path)


@pytest.mark.parametrize("many", ["<p>", "<", "&", '<p a="', "<p></p>", "x</p>", "&amp;", '"', "[", "\\"])
def test_no_page_takes_long_whatever_is_in_it(many: str, tmp_path: Path) -> None:
    began = time.process_time()
    check(tmp_path, PAGE.replace("<h1", many * (500_000 // len(many)) + "<h1"))
    check(tmp_path, PAGE.replace('"texts":[', '"texts":[' + many * (500_000 // len(many))))
    assert time.process_time() - began < 20  # a quadratic reader takes hours
