"""Quote families: what was said once and is quoted in several places, whole, in part, merged or altered."""

from sources.evidence.quote_families.families import METHOD_VERSION, find_families
from sources.evidence.quote_families.model import QuoteFamily, QuoteVariant, VariantKind

# What kept families are made of.
VALUES = (QuoteFamily, QuoteVariant, VariantKind)

__all__ = ["METHOD_VERSION", "VALUES", "QuoteFamily", "QuoteVariant", "VariantKind", "find_families"]
