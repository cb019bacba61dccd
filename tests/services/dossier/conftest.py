from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources import sample
from sources.evidence_cache import EvidenceCache
from sources.importing import import_paths
from sources.library import Library
from sources.model import NoteFields, Span
from tui.services.dossier.gathering import gather_dossier
from tui.services.exports import gather_story
from tui.services.notes import passage_place, whole_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.entities import Entity
    from tui.services.dossier import Dossier


@pytest.fixture(scope="session")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dossier, Sequence[Entity]]:
    """Give the dossier of the bundled story, with two notes, and the names in it."""
    with Library.open(tmp_path_factory.mktemp("dossier") / "library") as library:
        import_paths(library, [str(sample.page_path())], story=sample.STORY)
        _, _, _, fourth, *_ = library.refs(sample.STORY)
        source = library.source(fourth)
        start = source.text.index("did not look for a buyer")
        library.create_note(
            NoteFields("Did **Moss** say so? <script>alert(1)</script>", tags=("claim",), colour="blue"),
            [passage_place(source, Span(start, start + len("did not look for a buyer")))],
        )
        library.create_note(NoteFields("Ask Ada Moss.", coder="Lin"), [whole_place(library, fourth)])
        collection = gather_story(library, sample.STORY)
        return gather_dossier(library, collection), EvidenceCache(library).entities(sample.STORY)


@pytest.fixture
def dossier(gathered: tuple[Dossier, Sequence[Entity]]) -> Dossier:
    return gathered[0]


@pytest.fixture
def entities(gathered: tuple[Dossier, Sequence[Entity]]) -> Sequence[Entity]:
    return gathered[1]
