"""Whose a figure is, and what it is the value of, as its clause says."""

from __future__ import annotations

import pytest

from sources.evidence.clause_words import NamedSpan, read_clause
from sources.evidence.entities import EntityKind
from sources.evidence.entities.finder import find_entities
from sources.evidence.figure_matrix.clause_roles import SentenceRoles
from sources.evidence.figure_matrix.matrix import figure_matrix
from sources.evidence.figures.finder import find_figures
from sources.model import Span
from tests.evidence.test_figure_matrix import source

ROLES = {  # the sentence: owner and noun of each of its figures
    "Tarn Motors plc raised its key rate to 4.25 percent.": [("Tarn Motors plc", "key rate")],
    "Shares in Tarn Motors plc fell 3.1%.": [("Tarn Motors plc", "shares")],
    "Ada Quill, who joined from her old club for $4 million, scored two goals.": [
        ("Ada Quill", ""),
        ("Ada Quill", ""),
    ],
    "Its owner, Tarn Motors plc, has a fleet of 31 ships and debts of $2.4 billion.": [
        ("Tarn Motors plc", "fleet"),
        ("Tarn Motors plc", "debts"),
    ],
    "The director, Omar Shah, whose salary rose to $410,000, said 180 trips had been cancelled.": [
        ("Omar Shah", "salary"),
        (None, ""),
    ],
    "The deal values the harbour at $8.6 billion.": [(None, "harbour")],
    "Farmers in the valley pick 600 tonnes of apples.": [("Farmers", "")],
    "The group's profit rose 12% to $310 million.": [("The group", "profit"), ("The group", "profit")],
    "The regulator gave Tarn Motors plc 90 days.": [("Tarn Motors plc", "")],
    "Shippers could live with a levy of $9.": [(None, "levy")],
    "Reuters reported 40 deaths.": [(None, "")],
    "Ada Quill's lead had been 38 seconds.": [("Ada Quill", "lead")],
    "Ada Quill, who farms, said she had lost $9,000.": [("Ada Quill", "")],
    "The ship's insurer, Tarn Motors plc, expects claims of $55 million.": [("Tarn Motors plc", "claims")],
    "The fort, 80 metres long, was built by 400 soldiers.": [("The fort", ""), ("The fort", "")],
}


@pytest.mark.parametrize("sentence", ROLES)
def test_owner_and_noun_are_read_from_the_clause(sentence: str) -> None:
    text = source(1, sentence)
    named = [
        NamedSpan(mention.start, mention.end, entity.kind)
        for entity in find_entities([text])
        for mention in entity.mentions
    ]
    figures = list(find_figures(text))
    roles = SentenceRoles(sentence, Span(0, len(sentence)), sorted(named), figures)
    found = [roles.role(figure) for figure in figures]
    assert [(role.owner and role.owner.text, role.noun) for role in found] == ROLES[sentence]


NAMES = {  # the text: the names of its rows
    "Tarn Motors plc has net debt of $310 million.": {"Tarn Motors plc, net debt"},
    "Tarn Motors plc built a mill. The company took in $640 million.": {"Tarn Motors plc, revenue"},
    "Tarn Motors plc will have two seats on the board.": {"Tarn Motors plc, seats on the board"},
    "Ada Quill has worked on the east quay for nineteen years.": {"Ada Quill, worked on the east quay"},
    "The deal values the harbour at $8.6 billion.": {"value of harbour"},
    "Three people with knowledge of the plan told us.": {"people with knowledge of the plan"},
    "The fire in Wexford killed 12 people.": {"people killed"},
    "A 34-year-old firefighter was there.": {"age of firefighter"},
}


@pytest.mark.parametrize("text", NAMES)
def test_a_row_is_called_by_words_of_the_text(text: str) -> None:
    sources = [source(1, text)]
    assert {row.subject for row in figure_matrix(sources, find_entities(sources))} == NAMES[text]


def test_a_name_in_a_blanked_stretch_is_nobodys() -> None:
    text = "said Ada Moss            ."  # "(Tea News)" was blanked, as a citation is
    named = [NamedSpan(5, 13, EntityKind.PERSON), NamedSpan(15, 23, EntityKind.ORGANISATION)]
    assert [word.text for word in read_clause(text, 0, len(text), named).words] == ["said", "Ada Moss", "."]
