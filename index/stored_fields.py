"""What is stored of a source in the index and what makes two indexes compatible; loads no engine."""

from __future__ import annotations

from typing import NamedTuple

from sources.model import Ref

SCHEMA_VERSION = 6  # to be raised whenever what ``schema`` writes changes
# What ``analysis.fingerprint`` returns, as a test makes sure; computing it would take a search's time.
ANALYSIS = "94f06370"
# A digest of the fields of evidence that the bundled story has, as a test makes sure. Not the version of all
# code that fills them: to index an archive again for each change that changes no field takes too long.
EVIDENCE = "d7702cd5"


def schema_name() -> str:
    """Return the version of the schema, what the evidence finds, and the way of taking texts apart."""
    return f"{SCHEMA_VERSION}/{EVIDENCE}/{ANALYSIS}"


LACKS_EVIDENCE = "evidence"  # found by its words alone
LACKS_WORDS = "words"  # not even by those of all its fields


class StoredFields(NamedTuple):
    """What hits are sorted, counted and recognised by; the rest comes from the library.

    ``sketch`` is the fingerprint of the text (see ``prints``), ``names`` whom and what it names most,
    and ``named`` a print of all that it names, empty when that was not looked for yet. ``lacks`` says
    what could not be read of the text and so is not in the index, LACKS_WORDS or LACKS_EVIDENCE.
    """

    story: str
    number: int | None
    title: str
    publisher: str
    date: str
    sha256: str
    sketch: str
    names: tuple[str, ...]
    named: str = ""
    lacks: str = ""

    @property
    def ref(self) -> Ref:
        """The source's name."""
        return Ref(self.story, self.number)
