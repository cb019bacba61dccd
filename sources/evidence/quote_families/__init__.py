"""Quote families: what was said once and is quoted in several places, whole, in part, merged or altered."""

from sources.evidence.quote_families.families import find_families
from sources.evidence.quote_families.model import QuoteFamily, QuoteVariant, VariantKind

__all__ = ["QuoteFamily", "QuoteVariant", "VariantKind", "find_families"]
