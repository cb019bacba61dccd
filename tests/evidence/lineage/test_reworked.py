from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.lineage.finder import LineageStory, find_lineage
from sources.evidence.lineage.reworked_passages import reworked_passages
from sources.model import Origin, Ref, Source

if TYPE_CHECKING:
    from sources.evidence.lineage import SharedPassage

SPUN = json.loads((Path(__file__).parents[1] / "data" / "spun.json").read_text(encoding="utf-8"))
BEFORE = (
    "Ferries to the outer islands will leave an hour earlier in winter. The harbour master blames ice at the"
    " northern mole. Passengers may change their tickets at the kiosk until Sunday. Bicycles travel free."
)
AFTER = (
    "Gardeners in the valley expect a late spring. The nursery has ordered more fleece than ever before."
    " Apple trees suffer most when frost follows a warm week. Nobody dares to plant beans before May."
)
OTHER = (
    "The museum of clocks has found a new home above the old bakery. Its oldest piece was built for a blind"
    " baker who told the time by touch. School classes are admitted on Tuesdays if they promise to whisper."
)


def source(text: str, number: int) -> Source:
    return Source(
        Ref("story", number), None, None, None, None, None, "en", text, (), Origin(None, "", "text")
    )  # fmt: skip


def found_in(a: str, b: str) -> tuple[SharedPassage, ...]:
    return reworked_passages(source(a, 1), source(b, 2))


def shuffled(text: str) -> str:
    """Shuffle the words of each sentence and replace every fourth."""
    chance = random.Random(5)  # noqa: S311 - the same each time
    sentences = []
    for sentence in text.split(". "):
        words = sentence.split()
        chance.shuffle(words)
        words = ["thing" if place % 4 == 3 else word for place, word in enumerate(words)]
        sentences.append(" ".join(words).capitalize())
    return ". ".join(sentences)


@pytest.mark.parametrize("row", SPUN, ids=lambda row: str(row["field"]))
@pytest.mark.parametrize("rework", [str, shuffled])
def test_a_passage_is_found_whatever_became_of_its_words(row: dict[str, str], rework: object) -> None:
    assert callable(rework)
    original, reworked = row["original"], rework(row["original"])
    a, b = f"{BEFORE}\n{reworked}\n{AFTER}", f"{OTHER}\n{original}"
    found = found_in(a, b)
    start = len(BEFORE) + 1
    inside = [one for one in found if one.a.start >= start - 2 and one.a.end <= start + len(reworked) + 2]
    assert sum(one.a.end - one.a.start for one in inside) > 0.8 * len(reworked)
    for one in inside:
        assert one.b.of(b) in original


@pytest.mark.parametrize("row", SPUN, ids=lambda row: str(row["field"]))
def test_a_spun_text_shares_nothing_with_another_one(row: dict[str, str]) -> None:
    other = next(one for one in SPUN if one is not row)
    assert found_in(row["spun"], other["original"]) == ()


@settings(max_examples=60)
@given(st.text(max_size=400), st.text(max_size=400))
def test_passages_lie_within_their_texts(a: str, b: str) -> None:
    for one, other in ((a, b), (a + b, b), ("", b)):
        last = 0
        for passage in found_in(one, other):
            assert last <= passage.a.start < passage.a.end <= len(one)
            assert 0 <= passage.b.start < passage.b.end <= len(other)
            last = passage.a.end


NEWS = (
    "The ferry company Norlane will close its repair yard in Sandhaven next spring and move the work to"
    " Brekke, the firm told its staff on Monday. About ninety welders and painters lose their jobs when the"
    " yard shuts, and the town council fears that two suppliers will follow them across the sound."
)
NEWS_AGAIN = (
    "Next spring ferry firm Norlane closes the repair yard at Sandhaven, moving its work over to Brekke,"
    " staff were told by the company on Monday. When the yard shuts some ninety painters and welders lose"
    " jobs; the council of the town is afraid that two suppliers will follow across the sound."
)


def test_a_reworked_passage_is_shown_in_the_lineage_without_shared_names_and_figures() -> None:
    texts = (source(f"{BEFORE}\n{NEWS_AGAIN}\n{AFTER}", 1), source(f"{OTHER}\n{NEWS}", 2), source(AFTER, 3))
    pairs = {(pair.a.number, pair.b.number): pair for pair in find_lineage(LineageStory(texts)).pairs}
    assert pairs.keys() == {(1, 2), (1, 3)}
    (passage,) = pairs[1, 2].passages
    assert (passage.kind, pairs[1, 2].kind) == ("reworked", "partial")
    assert passage.a.of(texts[0].text) == NEWS_AGAIN
    assert [one.kind for one in pairs[1, 3].passages] == ["verbatim"]


def test_passages_of_one_pair_are_told_once_whichever_way_they_were_found() -> None:
    whole = f"{NEWS} {BEFORE}"
    texts = (source(f"{whole}\n{NEWS_AGAIN}", 1), source(f"{OTHER}\n{whole}", 2))
    (pair,) = find_lineage(LineageStory(texts)).pairs
    ends = [(one.a.start, one.a.end) for one in pair.passages]
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_what_two_reports_both_quote_is_no_reworked_passage() -> None:
    said = NEWS.replace(". About", ".” He added: “About")
    said_again = NEWS_AGAIN.replace(". When", ".” She went on: “When")
    assert found_in(f"{BEFORE}\n“{said}”", f"{OTHER}\n“{said_again}”") == ()
    assert len(found_in(f"{BEFORE}\n{NEWS}", f"{OTHER}\n“{said_again}”")) == 1


@pytest.mark.parametrize(("words", "found"), [(70, 1), (40, 0)])
def test_one_like_sentence_tells_nothing_unless_it_is_long(words: int, found: int) -> None:
    names = [f"{one}{two}{three}or" for one in "bdfgklmnpr" for two in "aeiou" for three in "stv"][:words]
    here, there = " ".join(names).capitalize(), " ".join(reversed(names)).capitalize()
    assert len(found_in(f"{BEFORE}\n{here}.", f"{OTHER}\n{there}.")) == found
