"""Who speaks in the texts, and on whom they lean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Span
from sources.workspace.asking.names import AskingNames
from sources.workspace.codec import Codec

if TYPE_CHECKING:
    from sources.evidence.attributions import Attribution
    from sources.evidence.credit_chains import CreditChain
    from sources.evidence.quote_families import QuoteFamily
    from sources.evidence.quotes import Quote
    from sources.model import Ref, Source
    from sources.workspace.voices import Voices

# The evidence modules are loaded by the question that needs them: a search that only opens the library, or
# a compare that needs no names, must not pay for all of them.
# ruff: noqa: PLC0415


class AskingVoices(AskingNames):
    """What is asked of quotes and credits."""

    def quotes(self, ref: Ref) -> tuple[Quote, ...]:
        """Return the direct quotes of a source with their speakers."""
        return self._quotes(self.library.source(ref))

    def quote_families(self, slug: str) -> tuple[QuoteFamily, ...]:
        """Return what is quoted in the sources of a story, the variants of one utterance together.

        The summary has no say. Of a story with more than ``AHEAD`` texts every source is read alone.
        """
        texts = (text for text in self.library.texts(slug) if text.ref.number is not None)
        if self._is_small(slug):
            return self._voices().families(list(texts))
        return tuple(family for text in texts for family in self._voices().families([text]))

    def quote_families_of(self, ref: Ref) -> tuple[QuoteFamily, ...]:
        """Return those families of its story that a source quotes, each with all its variants.

        The summary is read alone, and so is a source of a story with more than ``AHEAD`` texts.
        """
        if ref.number is None or not self._is_small(ref.story):
            return self._voices().families([self.library.source(ref)])
        self.library.source(ref)
        return tuple(
            family
            for family in self.quote_families(ref.story)
            if any(variant.ref == ref for variant in family.variants)
        )

    def credit_chains(self, slug: str) -> tuple[CreditChain, ...]:
        """Return on whom the sources of a story lean, claim by claim, the origin of each at the root.

        The summary has no say. Empty for a story of more than ``AHEAD`` texts, in which nothing is followed.
        """
        if not self._is_small(slug):
            return ()
        return self._voices().chains(
            [text for text in self.library.texts(slug) if text.ref.number is not None]
        )

    def attributions(self, ref: Ref) -> tuple[Attribution, ...]:
        """Return who is credited in a source, by which word, and on whom they lean."""
        return self._voices().attributions(self.library.source(ref))

    def _voices(self) -> Voices:
        from sources.workspace.voices import Voices

        return Voices(self._found, self._known_entities, self._quotes)

    def _quotes(self, source: Source) -> tuple[Quote, ...]:
        from sources.evidence import quotes

        return self._found(
            f"quotes {quotes.METHOD_VERSION}",
            [source],
            Codec(quotes.Quote, Span),
            lambda texts: quotes.find_quotes(texts[0]),
        )
