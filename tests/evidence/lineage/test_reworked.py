from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.lineage.reworked_passages import reworked_passages

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
    found = reworked_passages(a, b)
    start = len(BEFORE) + 1
    inside = [one for one in found if one.a.start >= start - 2 and one.a.end <= start + len(reworked) + 2]
    assert sum(one.a.end - one.a.start for one in inside) > 0.8 * len(reworked)
    for one in inside:
        assert one.b.of(b) in original


@pytest.mark.parametrize("row", SPUN, ids=lambda row: str(row["field"]))
def test_a_spun_text_shares_nothing_with_another_one(row: dict[str, str]) -> None:
    other = next(one for one in SPUN if one is not row)
    assert reworked_passages(row["spun"], other["original"]) == ()


@settings(max_examples=60)
@given(st.text(max_size=400), st.text(max_size=400))
def test_passages_lie_within_their_texts(a: str, b: str) -> None:
    for one, other in ((a, b), (a + b, b), ("", b)):
        last = 0
        for passage in reworked_passages(one, other):
            assert last <= passage.a.start < passage.a.end <= len(one)
            assert 0 <= passage.b.start < passage.b.end <= len(other)
            last = passage.a.end
