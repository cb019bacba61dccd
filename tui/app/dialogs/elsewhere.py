"""Shows where else a passage is in the library, and who says what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.evidence.lineage import origins_told
from sources.model import Ref
from tui.app.dialogs.dialog import ListDialog
from tui.app.views.lineage import BASES, origin_name
from tui.app.views.pane import remark, section
from tui.app.widgets.cells import truncated
from tui.app.widgets.virtual_list import Row
from tui.services.wording import counted, numbers_of, share_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.lineage.origins import ClaimOrigins
    from tui.services.evidence import PlaceElsewhere

_MOST_QUOTED = 300  # characters of the passage that are shown
_WORD_FOR_WORD = 0.995


class ElsewhereScreen(ListDialog):
    """Two lists in one: the places of a passage, and the sentences that say the same by their origins."""

    def __init__(self, heading: str, passage: str) -> None:
        quoted = truncated(" ".join(passage.split()), _MOST_QUOTED)
        super().__init__(
            heading,
            words=Content.styled(f"“{quoted}”", "italic $foreground-muted"),
            keys="enter open   esc back",
            shortcuts={"W": None},
            size="widest tall",
        )
        self._places: list[Row] = [remark("places", "Looking through the library…")]
        self._claims: list[Row] = [remark("claims", "Asking who says it…")]

    def on_mount(self) -> None:
        """Show that both are looked for."""
        self._draw()
        super().on_mount()

    def show_places(self, places: Sequence[PlaceElsewhere]) -> None:
        """List where else the passage stands."""
        self._places = [place_row(number, place) for number, place in enumerate(places)]
        # Who says it may have been told first, and the highlight with it.
        first = self._places[0].key if self._places else None
        self._places = self._places or [remark("places", "Nowhere else in the library.")]
        self._draw(first)

    def show_claim(self, found: ClaimOrigins | None, texts: Mapping[Ref, str]) -> None:
        """List who says it."""
        self._claims = claim_rows(found, texts) if found and found.stated else []
        self._claims = self._claims or [remark("claims", "Nothing in it is said elsewhere, too.")]
        self._draw()

    def tell_places(self, words: str) -> None:
        """Say why there are no places."""
        self._places = [remark("places", words)]
        self._draw()

    def tell_claim(self, words: str) -> None:
        """Say why nobody is named."""
        self._claims = [remark("claims", words)]
        self._draw()

    def _draw(self, highlight: str | None = None) -> None:
        if not self.is_mounted:
            return
        rows = [
            section("places", "Where else it is"),
            *self._places,
            Row("blank", Content(""), disabled=True),
            section("claims", "Who says it"),
            *self._claims,
        ]
        self.listing.set_rows(rows, highlight=highlight)


def place_of(key: str) -> tuple[Ref, int] | None:
    """Return the place of a row: a source and an offset in it."""
    _, _, word, start = key.split(":")
    ref = Ref.parse(word)
    return None if ref is None else (ref, int(start))


def place_row(number: int, place: PlaceElsewhere) -> Row:
    """Return the row of a place: sign, share, ref and the words there."""
    word_for_word = place.share >= _WORD_FOR_WORD
    cells = Content.assemble(
        ("= " if word_for_word else "~ ", "bold $accent"),
        (f"{share_words(place.share):>4} ", ""),
        (f"{place.ref}  ", "bold"),
        (" ".join(place.words.split()), "dim"),
    )
    hint = "word for word" if word_for_word else "in part"
    return Row(f"place:{number}:{place.ref}:{place.span.start}", cells, hint=hint)


def claim_rows(found: ClaimOrigins, texts: Mapping[Ref, str]) -> list[Row]:
    """Return the origins of a claim, and under each the sentences that state it."""
    refs = {stated.sentence.ref for stated in found.stated}
    total = f"{counted(len(refs), 'source')}, {origins_told(found.origins)}"
    rows = [remark("total", total)]
    number = 0
    for origin in found.origins:
        cells = Content.assemble(
            (origin_name(origin.name, {}), "bold"), (f"  {BASES.get(origin.basis, origin.basis)}", "dim")
        )
        rows.append(Row(f"origin:{origin.name}", cells, hint=numbers_of(origin.refs), disabled=True))
        for stated in found.stated:
            if stated.origin != origin.name:
                continue
            sentence = stated.sentence
            words = " ".join(sentence.span.of(texts[sentence.ref]).split())
            cells = Content.assemble((f"  {sentence.ref.number:>3} ", "dim"), words)
            rows.append(Row(f"claim:{number}:{sentence.ref}:{sentence.span.start}", cells))
            number += 1
    return rows
