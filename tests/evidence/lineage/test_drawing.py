from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.lineage import (
    Containment,
    Lineage,
    RetellingLink,
    ReuseKind,
    ReusePair,
    SharedEvidence,
    StoryOrigin,
)
from sources.evidence.lineage.drawing import block_of, heat_map, lineage_svg, lineage_trees
from sources.model import Ref

if TYPE_CHECKING:
    from sources.evidence.lineage.drawing import TreeNode

REFS = tuple(Ref("s", number) for number in range(1, 6))
NOTHING = Containment(0.0, 0.0)


def pair(a: int, b: int, there: float, back: float, kind: ReuseKind) -> ReusePair:
    return ReusePair(REFS[a - 1], REFS[b - 1], Containment(there, back), NOTHING, kind, ())


LINEAGE = Lineage(
    REFS,
    ((REFS[0], REFS[1]), (REFS[2],), (REFS[3],), (REFS[4],)),
    (
        pair(1, 2, 0.95, 0.9, ReuseKind.COPY),
        pair(3, 4, 0.2, 0.1, ReuseKind.QUOTES),
        pair(1, 5, 0.0, 0.0, ReuseKind.REWRITE),
    ),
    (
        RetellingLink(REFS[0], REFS[4], 0.7, SharedEvidence((), (), ()), rewrite=True),
        RetellingLink(REFS[2], REFS[4], 0.3, SharedEvidence((), (), ()), rewrite=False),
    ),
    (
        StoryOrigin("Wire", (REFS[0], REFS[1], REFS[4]), "main credit"),
        StoryOrigin("s/3", (REFS[2],), "own"),
        StoryOrigin("s/4", (REFS[3],), "own"),
    ),
)


def test_the_map_has_a_cell_for_every_two_texts() -> None:
    drawn = heat_map(LINEAGE)
    assert drawn.refs == REFS
    assert drawn.cells[0][1].share == 0.95
    assert drawn.cells[1][0].share == 0.9
    assert ["".join(map(block_of, row)) for row in drawn.cells] == [
        "·█  R", "█·   ", '  ·"~', '  "· ', "R ~ ·",
    ]  # fmt: skip


def test_each_text_stands_in_one_tree_once_under_what_it_stems_from() -> None:
    trees = lineage_trees(LINEAGE)
    assert [tree.name for tree in trees] == ["Wire", "s/3", "s/4"]
    (top,) = trees[0].children
    assert [(node.ref.number, str(node.relation)) for node in top.children] == [(2, "copy"), (5, "rewrite")]

    def refs(nodes: tuple[TreeNode, ...]) -> list[Ref]:
        return [ref for node in nodes for ref in (node.ref, *refs(node.children))]

    assert sorted(ref for tree in trees for ref in refs(tree.children)) == list(REFS)


@settings(max_examples=60)
@given(st.text(), st.text())
def test_a_picture_is_sound_whatever_titles_say(heading: str, title: str) -> None:
    heading, title = (text.encode("utf-8", "replace").decode() for text in (heading, title))
    picture = lineage_svg(LINEAGE, heading=heading, titles=dict.fromkeys(REFS, title))
    root = ET.fromstring(picture)  # noqa: S314 - made here
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "title", "rect", "text"}
