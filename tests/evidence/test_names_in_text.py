"""Which spans are names, of what kind, and which name the same thing: small inputs by kind of fault."""

from __future__ import annotations

import pytest

from sources.evidence.entities import find_entities
from tests.evidence.stories import source

_Rows = dict[str, tuple[str, int]]


def rows(*texts: str) -> _Rows:
    found = find_entities([source(text, number) for number, text in enumerate(texts, 1)])
    return {entity.name: (entity.kind.value, entity.count) for entity in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # the second half of a given name in East Asia is small, at the end of a name as well
        ("Police met Park Soo-bin in Seoul.", {"Park Soo-bin": ("person", 1), "Seoul": ("place", 1)}),
        ("The judge heard Chiang Wei-ting, and Chiang Wei-ting left.", {"Chiang Wei-ting": ("person", 2)}),
        (
            "The Hong Kong-run line and the Oslo-led bloc met.",
            {"Hong Kong": ("place", 1), "Oslo": ("place", 1)},
        ),
        (
            "It joined the Union for Baltic Co-ordination on Monday.",
            {"Union for Baltic Co-ordination": ("organisation", 1)},
        ),
        # surnames with a mark or a capital inside, behind given names that are on no list
        (
            "Tuathal O’Hanlon met Bryndis McElroy. O’Hanlon said no, and McElroy left.",
            {"Tuathal O’Hanlon": ("person", 2), "Bryndis McElroy": ("person", 2)},
        ),
        # particles, with a capital at the head of a sentence
        (
            "Pieter van den Bosch met Carla de la Cruz. Van den Bosch left. De la Cruz met van den Bosch.",
            {"Pieter van den Bosch": ("person", 3), "Carla de la Cruz": ("person", 2)},
        ),
        # every noun has a capital in German, however short the text
        ("„Das war keine leichte Aufgabe für die Stadt“, sagte Ada Moss.", {"Ada Moss": ("person", 1)}),
        # names that hold "and", commas, "of"
        (
            "She wrote to the Weavers, Textile and Allied Trades' Union.",
            {"Weavers, Textile and Allied Trades' Union": ("organisation", 1)},
        ),
        (
            "The Ministry of Trade, Transport and Tourism was shut.",
            {"Ministry of Trade, Transport and Tourism": ("organisation", 1)},
        ),
        (
            "He runs the Foundation for the Study of Rivers.",
            {"Foundation for the Study of Rivers": ("organisation", 1)},
        ),
        (
            "It was built by Halden and Sons Ltd in Oslo.",
            {"Halden and Sons Ltd": ("organisation", 1), "Oslo": ("place", 1)},
        ),
        ("Envoys of Russia and China met.", {"China": ("place", 1), "Russia": ("place", 1)}),
        # a capital that had to be there is no proof of a name
        ("- Gross margin was 31%\n- Gross debt rose", {}),
        ("Copper has been dear. Copper has fallen.", {}),
        ("They counted 14 EVMs, and two more EVMs.", {}),
        ("Chief Veterinary Officer Ada Moss spoke.", {"Ada Moss": ("person", 1)}),
    ],
)
def test_finds_just_the_names(text: str, wanted: _Rows) -> None:
    assert rows(text) == wanted
