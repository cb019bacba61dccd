from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Anchor, NoteFields, Ref, Span
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, article, page, put

if TYPE_CHECKING:
    from sources.library import Library

ONE, TWO, SUMMARY = Ref("saltmarsh", 1), Ref("saltmarsh", 2), Ref("saltmarsh", None)


def test_an_empty_library_has_seen_no_change(library: Library) -> None:
    assert library.change_number == 0
    assert library.changes_since(0).changed == ()


def test_each_ref_stands_once_with_what_it_is_now(library: Library) -> None:
    put(library, page(FERRY, BRIDGE, summary="Both.12"))
    put(library, page(FERRY, BRIDGE + " In May."))
    library.remove(ONE)
    changes = library.changes_since(0)
    assert (changes.number, changes.changed, changes.removed) == (3, (TWO, SUMMARY), (ONE,))
    assert library.changes_since(1).changed == (TWO,)
    assert library.changes_since(3).changed == ()


def test_what_came_back_is_changed_and_not_removed(library: Library) -> None:
    put(library, article(FERRY))
    library.remove("saltmarsh")
    put(library, article(FERRY))
    assert library.changes_since(1).changed == (ONE,)
    assert library.changes_since(1).removed == ()


def test_notes_and_settings_are_no_change_of_the_sources(library: Library) -> None:
    put(library, article(MARKET))
    library.create_note(NoteFields("x"), [(ONE, Anchor.at(MARKET, Span(0, 5)))])
    library.set_setting("chosen", "1")
    library.set_setting("chosen", "2")
    assert library.setting("chosen") == "2"
    assert library.setting("never") is None
    assert library.change_number == 1
