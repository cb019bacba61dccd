"""Where a passage says otherwise, or less, than a statement: all kinds of differences.

A difference takes positive proof: the passage has something of the same kind in the same place of the same
statement. What the passage just does not have is missing, which is no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.audit import UNSURE
from sources.evidence.audit.certainty_details import lost_attributions, weaker_standing
from sources.evidence.audit.event_details import compare_deeds
from sources.evidence.audit.figure_details import compare_dates, compare_figures
from sources.evidence.audit.held import Details
from sources.evidence.audit.name_details import compare_names, other_owners, other_roles, unknown_offices
from sources.evidence.audit.polarity_details import other_directions, turned_words
from sources.evidence.audit.quote_details import compare_quotes, other_speakers
from sources.evidence.audit.wording_details import (
    larger_quantifiers,
    opposite_words,
    stronger_words,
)

if TYPE_CHECKING:
    from sources.evidence.audit.held import Held

_COMPARED = (compare_figures, compare_dates, compare_quotes, compare_names)  # of which a source may lack some
_FOUND = (
    other_owners,
    other_roles,
    other_speakers,
    compare_deeds,
    weaker_standing,
    opposite_words,
    stronger_words,
    larger_quantifiers,
    lost_attributions,
    unknown_offices,
    turned_words,
    other_directions,
)


def details_of(held: Held) -> Details:
    """Return the details of a statement that its source lacks, and those in which it differs."""
    found = Details([], [], [])
    if held.sentence.is_run_on or any(one.is_run_on for one in held.passage.sentences):
        return found
    for compare in _COMPARED:
        compare(held, found)
    for differences in _FOUND:
        found.differs.extend(differences(held))
    surely = [one.said for one in found.differs if one.kind != UNSURE]
    kept = [one for one in found.differs if one.kind != UNSURE or not any(map(one.said.overlaps, surely))]
    return found._replace(differs=kept)
