"""Numbers that decide, held from both sides: cues of figures, wordings, lines and names."""

from __future__ import annotations

import pytest

from sources.evidence.entities import kinds
from sources.evidence.entities.casing import Style, lines_of
from sources.evidence.entities.descriptions import described_kind
from sources.evidence.entities.forms import Form
from sources.evidence.entities.organisation_links import _expansion_rank
from sources.evidence.figure_matrix.measures import find_cues
from sources.evidence.figure_matrix.own_measure import ranked_cues
from sources.evidence.figure_matrix.surroundings import Surroundings
from sources.evidence.figures import Figure, FigureKind
from sources.evidence.quote_families.wordings import match_words
from sources.model import Origin, Ref, Source, Span


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
