"""Numbers that decide, held from both sides: alignment, cues of figures, wordings, lines and names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sources.evidence.clause_statements import Statement
from sources.evidence.entities import kinds
from sources.evidence.entities.casing import Style, lines_of
from sources.evidence.entities.descriptions import described_kind
from sources.evidence.entities.forms import Form
from sources.evidence.entities.organisation_links import _expansion_rank
from sources.evidence.figure_matrix.measures import find_cues
from sources.evidence.figure_matrix.own_measure import ranked_cues
from sources.evidence.figure_matrix.surroundings import Surroundings
from sources.evidence.figures import Figure, FigureKind
from sources.evidence.partners import _NEAR_IN_REWRITE, Matching, SentenceMatch, _supports
from sources.evidence.quote_families.wordings import match_words
from sources.evidence.similarity import Candidates, Likeness
from sources.model import Origin, Ref, Source, Span

Pairs = dict[tuple[int, int], float]


def stating(predicate: str, subject: str) -> Statement:
    """Return a statement of one predicate and one subject."""
    return Statement(
        frozenset({predicate}), frozenset({predicate, subject}), frozenset(), (frozenset({subject}),)
    )


NOTHING = Statement(frozenset(), frozenset(), frozenset(), ())
SAME = {"ferry": 1.0, "sell": 1.0}
SELLING = {"sell": 1.0, "ferry": 1.0, "Moss": 1.0, **dict.fromkeys("efgh", 1.0)}


def matching(
    scores: Pairs,
    rarity: float = 100.0,
    together: float = 0.0,
    new: float = 0.0,
    stated: tuple[Statement, Statement] = (NOTHING, NOTHING),
    told: tuple[dict[str, float], dict[str, float]] = (SAME, SAME),
) -> Matching:
    """Return the search between two texts whose sentences are as like each other as ``scores`` say."""
    texts: list[Any] = [
        SimpleNamespace(
            sentences=[SimpleNamespace(group=0, figures=())] * (1 + max(pair[side] for pair in scores))
        )
        for side in (0, 1)
    ]
    vectors: Any = SimpleNamespace(
        together=lambda *_: together,
        new_rarity=lambda *_: new,
        statement=lambda text, _: stated[text is texts[1]],
        telling=lambda text, _: told[text is texts[1]],
    )
    found = Matching(vectors, texts[0], texts[1], lambda: False)
    found._scores = dict(scores)
    found._likeness = {pair: Likeness(score, score, rarity) for pair, score in scores.items()}
    return found


@pytest.mark.parametrize(("score", "partners"), [(0.18, True), (0.179, False)])
def test_sentences_that_are_each_others_best_need_little(score: float, partners: bool) -> None:  # noqa: FBT001
    assert ((0, 0) in matching({(0, 0): score})._accepted({})) is partners


@pytest.mark.parametrize(("score", "partners"), [(0.30, True), (0.299, False)])
def test_a_sentence_whose_best_has_a_better_one_needs_more(score: float, partners: bool) -> None:  # noqa: FBT001
    assert ((1, 0) in matching({(0, 0): 0.9, (1, 0): score})._accepted({})) is partners


@pytest.mark.parametrize(("rarity", "partners"), [(3.0, True), (2.99, False)])
def test_sentences_of_one_figure_need_less_and_no_first_choice(rarity: float, partners: bool) -> None:  # noqa: FBT001
    found = matching({(0, 0): 0.9, (1, 0): 0.5}, rarity)
    found._of_one_figure = {1: {0}}
    assert ((1, 0) in found._accepted({})) is partners


@pytest.mark.parametrize(("rarity", "partners"), [(6.0, True), (5.99, False)])
def test_few_or_common_words_are_no_evidence(rarity: float, partners: bool) -> None:  # noqa: FBT001
    assert ((0, 0) in matching({(0, 0): 0.5}, rarity)._accepted({})) is partners


@pytest.mark.parametrize(
    ("other", "rarity", "partners"),
    [
        (stating("sell", "ferry"), 3.6, True),
        (stating("sell", "ferry"), 3.59, False),
        (stating("sell", "yacht"), 5.0, True),
        (stating("sell", "yacht"), 4.99, False),
        (stating("paint", "ferry"), 6.0, True),
        (stating("paint", "ferry"), 5.99, False),
        (stating("paint", "yacht"), 6.0, True),
        (stating("paint", "yacht"), 5.99, False),
    ],
)
def test_what_two_clauses_state_says_how_many_words_they_need_to_share(
    other: Statement,
    rarity: float,
    partners: bool,  # noqa: FBT001
) -> None:
    found = matching({(0, 0): 0.5}, rarity, stated=(stating("sell", "ferry"), other))
    assert ((0, 0) in found._accepted({})) is partners


@pytest.mark.parametrize(
    ("one", "other", "support", "partners"),
    [
        ({"sell": 1.0, "ferry": 1.0, "dawn": 1.0}, {"sell": 1.0, "ferry": 1.0, "crew": 1.0}, 0.0, True),
        ({"sell": 1.0, "Moss": 0.5, "Hale": 0.5}, {"sell": 1.0, "Moss": 0.5, "Hale": 0.5}, 0.0, True),
        ({"sell": 1.0, "ferry": 0.49, "Moss": 0.5, **dict.fromkeys("abcd", 1.0)}, SELLING, 0.0, False),
        ({"sell": 1.0, "ferry": 0.5, "Moss": 0.5, **dict.fromkeys("abcd", 1.0)}, SELLING, 0.0, True),
        ({"sell": 1.0, "dawn": 1.0}, {"sell": 1.0, "crew": 1.0}, 0.0, True),  # half of what they say
        ({"sell": 1.0, "dawn": 1.0, "pier": 1.0}, {"sell": 1.0, "a": 1.0, "b": 1.0}, 0.0, False),  # a third
        ({"sell": 1.0, "dawn": 1.0, "pier": 1.0}, {"sell": 1.0, "a": 1.0, "b": 1.0}, 1.0, True),
        ({}, {}, 0.0, False),
    ],
)
def test_it_takes_two_telling_words_to_share_a_statement(
    one: dict[str, float],
    other: dict[str, float],
    support: float,
    partners: bool,  # noqa: FBT001
) -> None:
    found = matching({(0, 0): 0.5}, told=(one, other))
    assert ((0, 0) in found._with_statement({(0, 0): 0.5}, {(0, 0): support})) is partners
    found._near = _NEAR_IN_REWRITE
    assert (0, 0) in found._with_statement({(0, 0): 0.5}, {})


@pytest.mark.parametrize(("score", "partners"), [(0.0601, True), (0.0599, False)])
def test_a_sentence_between_partners_needs_less(score: float, partners: bool) -> None:  # noqa: FBT001
    found = matching({(0, 0): 0.9, (1, 1): score, (2, 2): 0.9})._accepted(
        _supports({(0, 0): 0.9, (2, 2): 0.9})
    )
    assert ((1, 1) in found) is partners


@pytest.mark.parametrize(("rarity", "partners"), [(2.01, True), (1.99, False)])
def test_being_between_partners_counts_like_a_rare_word(rarity: float, partners: bool) -> None:  # noqa: FBT001
    scores = {(0, 0): 0.9, (1, 1): 0.38, (2, 2): 0.9}
    assert ((1, 1) in matching(scores, rarity)._accepted(_supports({(0, 0): 0.9, (2, 2): 0.9}))) is partners


@pytest.mark.parametrize(
    ("score", "rarity", "said", "alike"),
    [
        (0.17, 0.0, 99.0, True),
        (0.169, 0.0, 99.0, False),
        (0.1, 6.5, 99.0, True),
        (0.1, 6.49, 99.0, False),
        (0.1, 1.5, 10.0, True),  # that much of what it says
        (0.1, 1.49, 10.0, False),
    ],
)
def test_what_is_little_like_another_is_not_said_alone(
    score: float,
    rarity: float,
    said: float,
    alike: bool,  # noqa: FBT001
) -> None:
    found: Any = matching({(0, 0): score})
    sentences = [
        SimpleNamespace(group=0, heading=number > 0, plain=str(number), figures=()) for number in (0, 1)
    ]
    found._left, found._right = sentences[:1], sentences[1:]
    found._vectors.rarities = lambda _: [said]
    place, likeness = np.zeros(1, dtype=np.int64), np.array([[score], [score], [rarity]])
    found._vectors.candidates = lambda *_: Candidates(place, place, *likeness)
    found._scores.clear()
    found.matches()
    assert (0 in found.alike) is alike


@pytest.mark.parametrize(("score", "partners"), [(0.30, True), (0.299, False)])
def test_what_is_around_a_second_choice_tells_nothing(score: float, partners: bool) -> None:  # noqa: FBT001
    scores = {(0, 0): 0.9, (1, 1): score, (2, 2): 0.9, (3, 1): 0.95, (1, 3): 0.96}
    assert ((1, 1) in matching(scores)._accepted(_supports({(0, 0): 0.9, (2, 2): 0.9}))) is False
    del scores[1, 3]
    assert ((1, 1) in matching(scores)._accepted(_supports({(0, 0): 0.9, (2, 2): 0.9}))) is partners


@pytest.mark.parametrize(("score", "partners"), [(0.061, True), (0.059, False)])
def test_in_a_rewrite_what_is_around_a_second_choice_counts(score: float, partners: bool) -> None:  # noqa: FBT001
    found = matching({(0, 0): 0.9, (1, 1): score, (2, 2): 0.9, (3, 1): 0.95, (1, 3): 0.96})
    found._near = _NEAR_IN_REWRITE
    assert ((1, 1) in found._accepted(_supports({(0, 0): 0.9, (2, 2): 0.9}))) is False  # neither one's best
    del found._scores[1, 3]
    assert ((1, 1) in found._accepted(_supports({(0, 0): 0.9, (2, 2): 0.9}))) is partners


@pytest.mark.parametrize(("rarity", "partners"), [(9.0, True), (8.99, False)])
def test_a_second_choice_needs_rarer_words(rarity: float, partners: bool) -> None:  # noqa: FBT001
    assert ((1, 0) in matching({(0, 0): 0.9, (1, 0): 0.5}, rarity)._accepted({})) is partners


@pytest.mark.parametrize(
    ("half", "together", "new", "joined"),
    [
        (0.12, 0.5, 3.0, True),
        (0.119, 0.5, 3.0, False),  # one of the two shares too little
        (0.12, 0.5, 2.99, False),  # the second adds no rare words
        (0.12, 0.231, 3.0, True),
        (0.12, 0.229, 3.0, False),  # both together are hardly nearer than one alone
    ],
)
def test_two_neighbours_are_joined_where_both_belong(
    half: float,
    together: float,
    new: float,
    joined: bool,  # noqa: FBT001
) -> None:
    found = matching({(0, 0): 0.2, (1, 0): half}, together=together, new=new)._with_windows({(0, 0): 0.2})
    assert (found == [SentenceMatch(0, 2, 0, 1, together)]) is joined


def cues_of(text: str, *, clause: Span | None = None, others: tuple[int, ...] = ()) -> list[str]:
    """Return the cues of ``$5`` in a text, the nearest first; ``others`` are where figures begin."""
    whole = Span(0, len(text))
    figures = [
        Figure(at, at + 2, FigureKind.MONEY, 5.0, "USD", None, None, None, "$5")
        for at in (text.index("$5"), *others)
    ]
    beside = Surroundings(text, whole, whole, figures, find_cues(text, *whole))
    return [cue.word for cue in ranked_cues(figures[0], clause or whole, beside)]


@pytest.mark.parametrize(("gap", "found"), [(109, ["cost"]), (110, [])])
def test_a_cue_far_before_a_figure_says_nothing_of_it(gap: int, found: list[str]) -> None:
    assert cues_of("cost" + " " * gap + "$5") == found


@pytest.mark.parametrize(("gap", "found"), [(94, ["cost"]), (95, [])])
def test_a_cue_behind_a_figure_has_to_be_nearer(gap: int, found: list[str]) -> None:
    assert cues_of("$5" + " " * gap + "cost") == found


@pytest.mark.parametrize(("gap", "found"), [(3, ["stake", "cost"]), (4, ["cost", "stake"])])
def test_a_noun_right_behind_a_figure_is_its_own(gap: int, found: list[str]) -> None:
    assert cues_of("cost" + " " * 5 + "$5" + " " * gap + "stake") == found


@pytest.mark.parametrize(("gap", "found"), [(69, ["cost"]), (70, [])])
def test_another_figure_between_puts_a_cue_off(gap: int, found: list[str]) -> None:
    assert cues_of("cost" + " " * gap + "$5", others=(10,)) == found


@pytest.mark.parametrize(("gap", "found"), [(49, ["cost"]), (50, [])])
def test_so_does_the_border_of_a_clause(gap: int, found: list[str]) -> None:
    text = "cost" + " " * gap + "$5"
    assert cues_of(text, clause=Span(len(text) - 2, len(text))) == found


@pytest.mark.parametrize(("between", "shared"), [(3, 2), (4, 1)])
def test_words_spread_too_widely_are_no_wording(between: int, shared: int) -> None:
    other = ["harbour", *(f"word{number}" for number in range(between)), "promise"]
    assert match_words(["harbour", "promise"], other).shared == shared


def style_of(text: str) -> Style:
    """Return the style of a text of one line."""
    source = Source(Ref("s", 1), None, None, None, None, None, None, text, (), Origin(None, "1", "text"))
    return next(lines_of(source, 0)).style


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("abcde " * 7 + "abcde.", Style.PLAIN),  # forty letters
        ("abcde " * 7 + "abcdef.", Style.UNCASED),
        ("A" + "abcde " * 39 + "abcde.", Style.PLAIN),  # two hundred small letters to a capital
        ("A" + "abcde " * 39 + "abcdef.", Style.UNCASED),
        ("ABCD ABCD ABCD ABCD abcd.", Style.PLAIN),  # four capitals to a small letter
        ("ABCD ABCD ABCD ABCDE abcd.", Style.UNCASED),
        ("Harbour Deal Vote delayed", Style.PLAIN),  # three of four words
        ("Harbour Deal Vote Talks delayed", Style.TITLE),
    ],
)
def test_how_a_line_uses_capitals_is_told_by_their_share(text: str, style: Style) -> None:
    assert style_of(text) is style


@pytest.mark.parametrize(("adjectives", "kind"), [(6, kinds.PLACE), (7, None)])
def test_a_description_is_a_short_phrase(adjectives: int, kind: int | None) -> None:
    text = f"Kestle is a {'small ' * adjectives}village in the north."
    assert described_kind(text, len("Kestle"), len(text)) == kind


@pytest.mark.parametrize(
    ("longer", "count", "rank"),
    [
        ("northport steel", 7, 2),
        ("northport steel", 8, 0),
        ("northport saltmarsh", 4, 1),
        ("northport saltmarsh", 5, 0),
    ],
)
def test_a_rare_longer_name_does_not_explain_a_common_one(longer: str, count: int, rank: int) -> None:
    introduced = {0: 0} if "saltmarsh" in longer else {}
    short = Form("northport", count=count, first={0: 5})
    assert _expansion_rank(short, Form(longer, count=1, first=introduced)) == rank
