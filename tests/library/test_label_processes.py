"""Several processes that label one library at once lose nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from sources.model import LabelChoice, LabelFields, SpanStatus
from tests.library.parsed_files import BRIDGE, FERRY, page, put

if TYPE_CHECKING:
    from sources.library import Library

# Labels every stretch of a text as one coder, takes every fifth away, and accepts what is suggested to it.
CODER = """
import sys
from pathlib import Path
from sources.model import LabelChoice, SpanStatus
from sources.library import Library
from sources.library.label_repository import Mark
from sources.model import Anchor, Ref, Span

coder, folder = sys.argv[1], Path(sys.argv[2])
ref = Ref("saltmarsh", 1)
with Library.open(folder) as library:
    text = library.source(ref).text
    for start in range(40):
        anchor = Anchor.at(text, Span(start, start + 10))
        span = library.mark("claim", ref, anchor, coder=coder)
        if start % 5 == 0:
            library.unmark([span.id])
        if start % 10 == 0:
            (found,) = library.suggest_labels([Mark(f"of-{coder}", ref, anchor)], coder=coder, origin="test")
            library.accept_labels([found.id], coder=coder)
"""


def test_coders_in_processes_of_their_own_lose_nothing(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    for name in ("claim", "of-Ada", "of-Ben", "mine"):
        library.add_label(LabelFields(name))
    coders = [
        subprocess.Popen([sys.executable, "-c", CODER, coder, str(library.folder)], stderr=subprocess.PIPE)
        for coder in ("Ada", "Ben")
    ]
    renamed = 0
    while any(process.poll() is None for process in coders):
        library.edit_label("mine", meaning=f"changed {renamed} times")
        renamed += 1
        time.sleep(0.02)  # so that the others have their turn, too
    for process in coders:
        assert (process.returncode, process.communicate()[1]) == (0, b"")
    for coder in ("Ada", "Ben"):
        spans = library.label_spans(LabelChoice(coder=coder))
        marked = [span.span.start for span in spans if span.label == "claim"]
        assert marked == [start for start in range(40) if start % 5]
        assert len([span for span in spans if span.label == f"of-{coder}"]) == 4
    assert library.label_spans(LabelChoice(statuses=(SpanStatus.SUGGESTED,))) == ()
    mine = library.codebook().named("mine")
    assert mine is not None
    assert mine.meaning == f"changed {renamed - 1} times"
    assert library.check() == ()
