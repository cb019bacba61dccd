"""Who speaks in a library's texts: families of quotes, and who is credited, worked out once and kept."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sources.evidence import attributions, credit_chains, entities, quote_families, quotes
from sources.evidence.lineage import text_groups
from sources.model import Ref, Span
from sources.workspace.codec import Codec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.attributions import Attribution
    from sources.evidence.credit_chains import CreditChain
    from sources.evidence.entities import Entity
    from sources.evidence.quote_families import QuoteFamily
    from sources.evidence.quotes import Quote
    from sources.model import Source
    from sources.workspace.naming import Finder


class Voices:
    """Finds who speaks; ``entities_of`` and ``quotes_of`` say where names and quotes come from."""

    def __init__(
        self,
        found: Finder,
        entities_of: Callable[[list[Source]], tuple[Entity, ...]],
        quotes_of: Callable[[Source], tuple[Quote, ...]],
    ) -> None:
        self._found = found
        self._entities_of = entities_of
        self._quotes_of = quotes_of

    def families(self, texts: list[Source]) -> tuple[QuoteFamily, ...]:
        """Return the families of the quotes of some texts that are read together."""
        named = self._entities_of(texts) if texts else ()
        versions = (quotes.METHOD_VERSION, quote_families.METHOD_VERSION, _print_of(named))
        return self._found(
            f"quote families {' '.join(versions)}",
            texts,
            Codec(*quote_families.VALUES, Ref, Span),
            lambda found: quote_families.find_families(
                [(text, self._quotes_of(text)) for text in found], named, text_groups(found)
            ),
        )

    def attributions(self, text: Source) -> tuple[Attribution, ...]:
        """Return the credits of one text."""
        return self._found(
            f"attributions {attributions.METHOD_VERSION}",
            [text],
            Codec(attributions.Attribution, Span),
            lambda found: attributions.find_attributions(found[0]),
        )

    def chains(self, texts: list[Source]) -> tuple[CreditChain, ...]:
        """Return the chains of credits in some texts that are read together."""
        named = self._entities_of(texts) if texts else ()
        versions = (attributions.METHOD_VERSION, credit_chains.METHOD_VERSION, _print_of(named))
        return self._found(
            f"credit chains {' '.join(versions)}",
            texts,
            Codec(*credit_chains.VALUES, Ref, Span),
            lambda found: credit_chains.find_chains(found, named, text_groups(found)),
        )


def _print_of(named: Sequence[Entity]) -> str:
    """Return what changes when entities are named otherwise, which the user may do at any time."""
    described = [(one.id, one.name, one.kind.value, one.aliases, one.count) for one in named]
    return f"{entities.METHOD_VERSION}/{zlib.crc32(repr(described).encode('utf-8', 'replace')):08x}"
