"""What holds for all that stands beside it in a query: ``only:quotes``, ``not:quotes``, and who speaks."""

from __future__ import annotations

from index.query.tree import And, BoolQuery, Node, Or, Spoken, Worded, parts_of, with_parts


def within_scope(node: Node, field: str) -> Node:
    """Return the same query with its plain words looked for in ``field`` only."""
    if isinstance(node, Worded):
        return node._replace(field=field) if node.field in {None, "text"} else node
    return with_parts(node, lambda part: within_scope(part, field))


def has_words(node: Node, field: str) -> bool:
    """Tell whether anything in a query is looked for in the words of ``field``, negated or not."""
    if isinstance(node, Worded):
        return node.field == field
    return any(has_words(part, field) for part in parts_of(node))


def with_speakers(node: Node, speakers: tuple[Node, ...] = ()) -> Node:
    """Return the same query with its quoted words bound to the speakers that stand beside them.

    A speaker counts for all that is joined with it, brackets within included, unless these name their own.
    Of several speakers each has to have said it.
    """
    if isinstance(node, Worded):
        if node.field != "quote" or not speakers:
            return node
        spoken = tuple(Spoken(node, speaker) for speaker in speakers)
        return spoken[0] if len(spoken) == 1 else And(spoken)
    joined = node.parts if isinstance(node, And) else node.must if isinstance(node, BoolQuery) else ()
    beside = tuple(part for part in joined if _names_speakers(part)) or speakers
    return with_parts(node, lambda part: with_speakers(part, beside))


def _names_speakers(node: Node) -> bool:
    """Tell whether a part of a query says nothing but who speaks."""
    if isinstance(node, Worded):
        return node.field == "speaker"
    return isinstance(node, And | Or | BoolQuery) and all(map(_names_speakers, parts_of(node)))
