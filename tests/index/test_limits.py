"""What decides: an example on each side of every threshold of searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index import expansion
from index.analysis import Amount, amount_term
from index.expansion import expand_amounts, expand_fuzzy, expand_prefix, suggest
from index.interface import Deadline
from index.positions import FARTHEST, adjacent_pairs, proximity_boosts
from index.query import parse
from index.query.parser import (
    DEEPEST_NESTING,
    LONGEST_QUERY,
    MOST_TERMS,
)
from index.query.parser import FARTHEST as FARTHEST_NEAR
from index.query.terms import MOST_EDITS, SHORTEST_FUZZY, SHORTEST_PREFIX
from index.query.tree import Figures, Fuzzy, Prefix
from index.snippets import WIDTH, snippet
from index.text_matching import Finder
from index.whoosh_engine.merge_policy import (
    MOST_AT_ONCE,
    MOST_BYTES,
    MOST_DOCUMENTS,
    SegmentSize,
    find_forced_merges,
    find_merges,
    find_small_merges,
)
from sources.errors import QueryError
from sources.model import Origin, Ref, Source, Zone, ZoneKind
from tests.index.codec.made import reader_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.reader import IndexReader


def reader(folder: Path, *texts: str) -> IndexReader:
    return reader_of(folder, [([{"text": text} for text in texts], [])])


@pytest.mark.long
@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        ((f"{'a' * 63} " * 64)[:LONGEST_QUERY], f"{'a' * 63} " * 64 + "a"),
        ("(" * DEEPEST_NESTING + "a" + ")" * DEEPEST_NESTING, "(" * 33 + "a" + ")" * 33),
        (" ".join(["ab"] * MOST_TERMS), " ".join(["ab"] * (MOST_TERMS + 1))),
        (" OR ".join(["ab"] * MOST_TERMS), " OR ".join(["ab"] * (MOST_TERMS + 1))),
        (f'"a b"~{FARTHEST_NEAR}', f'"a b"~{FARTHEST_NEAR + 1}'),
        (f"{'a' * SHORTEST_PREFIX}*", f"{'a' * (SHORTEST_PREFIX - 1)}*"),
        (f"{'a' * SHORTEST_FUZZY}~", f"{'a' * (SHORTEST_FUZZY - 1)}~"),
        (f"harbour~{MOST_EDITS}", f"harbour~{MOST_EDITS + 1}"),
    ],
    ids=["length", "nesting", "words", "terms", "near", "prefix", "fuzzy", "edits"],
)
def test_a_query_at_a_limit_is_read_and_one_beyond_it_is_refused(within: str, beyond: str) -> None:
    parse(within)
    with pytest.raises(QueryError):
        parse(beyond)


@pytest.mark.parametrize(
    ("text", "is_near"),
    [
        ("ferry a b c d port", True),  # five words on
        ("ferry a b c d e port", False),
        ("port a b c ferry", True),  # before it, it counts as one farther
        ("port a b c d ferry", False),
    ],
)
def test_words_at_most_five_apart_are_near(tmp_path: Path, text: str, *, is_near: bool) -> None:
    assert FARTHEST == 5
    assert bool(proximity_boosts(reader(tmp_path, text), [("ferry", "port")], [0])) is is_near


def test_a_narrower_gap_counts_more(tmp_path: Path) -> None:
    opened = reader(tmp_path, "ferry port", "ferry a port", "ferry a b c d port")
    boosts = proximity_boosts(opened, [("ferry", "port")], [0, 1, 2])
    assert boosts[0] == pytest.approx(2 * boosts[1]) == pytest.approx(5 * boosts[2])


def test_sixteen_pairs_of_a_query_are_looked_at() -> None:
    words = [f"w{chr(97 + number)}q" for number in range(18)]
    assert len(adjacent_pairs(parse(" ".join(words[:17])))) == 16
    assert len(adjacent_pairs(parse(" ".join(words)))) == 16


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("tidx", "tide"),  # four letters are enough
        ("prt", None),
        ("hxrbour", "harbour"),  # of seven letters one may differ
        ("hxrbxur", None),
        ("hxrbxurs", "harbours"),  # of eight letters two
        ("hxrbxxrs", None),
    ],
)
def test_what_is_suggested_for_an_unknown_word(tmp_path: Path, typed: str, better: str | None) -> None:
    texts = ("tide port harbours",) if typed.endswith("s") else ("tide port harbour",)
    assert suggest(typed, parse(typed), reader(tmp_path, *texts), Deadline(60)) == better


def test_three_unknown_words_are_looked_up(tmp_path: Path) -> None:
    opened = reader(tmp_path, "tide harbour saltmarsh captain")
    query = "tidx hxrbour sxltmarsh cxptain"
    assert suggest(query, parse(query), opened, Deadline(60)) == "tide harbour saltmarsh cxptain"


WORDS = ("harbour", "harboud", "harboun")


@pytest.mark.parametrize(("most", "says_so"), [(3, False), (2, True)])
@pytest.mark.parametrize(
    ("limit", "query"),
    [("MOST_EXPANSIONS", "harb*"), ("MOST_FUZZY", "harbout~1")],
)
def test_a_prefix_or_fuzzy_word_stands_for_so_many_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, query: str, most: int, *, says_so: bool
) -> None:
    monkeypatch.setattr(expansion, limit, most)
    wanted, deadline, opened = parse(query), Deadline(60), reader(tmp_path, *WORDS)
    if isinstance(wanted, Prefix):
        words = expand_prefix(opened, wanted, ["text"], deadline)
    else:
        assert isinstance(wanted, Fuzzy)
        words = expand_fuzzy(opened, wanted, ["text"], deadline)
    assert len(words) == most
    assert bool(deadline.left_out) is says_so


@pytest.mark.parametrize(("most", "found"), [(4, 4), (3, 3)])
def test_so_many_words_of_the_dictionary_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, found: int
) -> None:
    monkeypatch.setattr(expansion, "MOST_COMPARED", most)
    fuzzy = parse("haa~1")
    assert isinstance(fuzzy, Fuzzy)
    opened = reader(tmp_path, "hab", "hac", "had", "hae")
    assert len(expand_fuzzy(opened, fuzzy, ["text"], Deadline(60))) == found


@pytest.mark.parametrize(("most", "says_so"), [(3, False), (2, True)])
def test_so_many_amounts_are_looked_through(
    monkeypatch: pytest.MonkeyPatch, most: int, *, says_so: bool
) -> None:
    monkeypatch.setattr(expansion, "MOST_AMOUNTS", most)
    figures = parse("figure:>$1")
    assert isinstance(figures, Figures)
    terms = [amount_term(Amount("USD", value, value)) for value in (2.0, 3.0, 4.0)]

    class Three:
        def terms(self, *_: object) -> Sequence[str]:
            return terms

    deadline = Deadline(60)
    assert len(expand_amounts(Three(), figures, deadline)) == most  # type: ignore[arg-type]  # all that is asked of it
    assert bool(deadline.left_out) is says_so


def snippet_of(text: str, query: str) -> str:
    source = Source(
        Ref("s", 1), None, None, None, None, None, None, text,
        (Zone(ZoneKind.BODY, 0, len(text)),), Origin(None, "", "text"),
    )  # fmt: skip
    return snippet(source, Finder(parse(query))).text


def test_a_paragraph_as_wide_as_a_snippet_is_shown_whole() -> None:
    text = "ferry " + "abcd " * 50
    assert snippet_of(text[:WIDTH], "ferry") == text[:WIDTH].strip()
    longer = snippet_of(text[: WIDTH + 5], "ferry")
    assert longer.endswith(" …")
    assert len(longer) <= WIDTH + 2


def sizes(*live: int) -> list[SegmentSize]:
    return [SegmentSize(count, count, count) for count in live]


def test_six_segments_of_one_size_are_merged() -> None:
    assert find_merges(sizes(*[3] * 5)) == []
    assert find_merges(sizes(*[3] * 6)) == [[0, 1, 2, 3, 4, 5]]
    assert find_merges(sizes(*[3] * 5, 6)) == []  # which is of the next size


def test_a_segment_is_rewritten_when_more_than_a_quarter_of_it_is_deleted() -> None:
    assert find_merges([SegmentSize(75, 100, 100)]) == []
    assert find_merges([SegmentSize(74, 100, 100)]) == [[0]]


def test_a_commit_waits_for_small_merges_only() -> None:
    assert find_small_merges(sizes(*[341] * 6)) == [[0, 1, 2, 3, 4, 5]]  # 2,046 documents
    assert find_small_merges(sizes(*[342] * 6)) == []  # six are 2,052, and five are too few
    assert MOST_AT_ONCE == 2048


def test_a_segment_has_a_largest_size() -> None:
    half = MOST_DOCUMENTS // 2
    assert find_forced_merges(sizes(half, half)) == [[0, 1]]
    assert find_forced_merges(sizes(half, half + 1)) == []
    assert find_forced_merges([SegmentSize(1, 1, MOST_BYTES // 2)] * 2) == [[0, 1]]
    assert find_forced_merges([SegmentSize(1, 1, MOST_BYTES // 2 + 1)] * 2) == []
