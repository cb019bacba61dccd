from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.model import Anchor, Ref, Span
from tests.library.parcels import BRIDGE, FERRY, page, put

if TYPE_CHECKING:
    from sources.library import Library


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE versions SET text = 'Other words.'", "is not the one that was saved"),
        ("""UPDATE versions SET zones = '[["body",0,3]]'""", "do not cover its text"),
        ("DELETE FROM versions", "lacks the text of its newest version"),
        ("UPDATE pages SET text = text || 'x'", "page of saltmarsh"),
        ("DELETE FROM changes WHERE number = 2", "No change is on record for saltmarsh/2"),
        ("UPDATE counters SET value = 0", "there is a change 1"),
        ("UPDATE targets SET start = start + 1", "Note 1 says that its passage stands in saltmarsh/1"),
    ],
)
def test_what_was_tampered_with_is_told(library: Library, damage: str, said: str) -> None:
    put(library, page(FERRY, BRIDGE))
    library.add_note("x", [(Ref("saltmarsh", 1), Anchor.at(FERRY, Span(4, 9)))])
    assert library.check() == ()
    with library._database.writing() as connection:
        connection.execute(damage)
    assert any(said in problem for problem in library.check())


def test_a_folder_that_is_open_to_others_is_told(library: Library) -> None:
    library.folder.chmod(0o755)
    (problem,) = library.check()
    assert "0755" in problem
    assert "0700" in problem
