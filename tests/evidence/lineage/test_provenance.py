"""Whose a text is by what it says itself, and what its story stands on then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sources.evidence.lineage import origins_told
from sources.evidence.lineage.finder import LineageStory, find_lineage
from sources.evidence.lineage.provenance import provenance_of
from sources.evidence.outlet_names import OutletNames, agency, is_outlet, outlet_key
from sources.formats import parse
from sources.model import Origin, Ref, Source, Zone, ZoneKind

_BODY = "The dam at Lower Venn gave way shortly after four, and water stood in the streets by five o'clock."


def source(text: str, number: int = 1, *, publisher: str | None = None, author: str | None = None) -> Source:
    origin = Origin(None, str(number), "text")
    return Source(Ref("story", number), None, publisher, author, None, None, None, text, (), origin)


def origins(*texts: tuple[str | None, str]) -> dict[str, list[int | None]]:
    sources = tuple(source(text, number, publisher=who) for number, (who, text) in enumerate(texts, 1))
    return {one.name: [ref.number for ref in one.refs] for one in find_lineage(LineageStory(sources)).origins}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"LOWER VENN, Ruritania, May 4 (Reuters) - {_BODY}", ["Reuters"]),
        (f"LOWER VENN (AP) — {_BODY}", ["Associated Press"]),
        (f"By Ida Brook\nVENN/MARL, May 4 (AFP) -- {_BODY}", ["AFP"]),
        (f"VENN, May 4 (PTI) {_BODY}", ["PTI"]),
        (f"(CNN) {_BODY}", ["CNN"]),
        (f"Venn, Ruritania (CNN) {_BODY}", ["CNN"]),
        (f"VENN, May 4. /TASS/. {_BODY}", ["TASS"]),
        (f"VENN, May 4 (Northwire) - {_BODY}", ["Northwire"]),
        (f"{_BODY}\nCopyright 2031 The Associated Press. All rights reserved.", ["Associated Press"]),
        (f"{_BODY}\n© 2031 AFP", ["AFP"]),
        (f"By Ida Brook, Associated Press\n{_BODY}", ["Associated Press"]),
        (f"IDA BROOK\nAssociated Press\n{_BODY}", ["Associated Press"]),
        (f"{_BODY}\n(Reporting by Ida Brook in Venn; Editing by Tom Marsh)", ["Reuters"]),
        (f"{_BODY}\nAP writers Ida Brook and Tom Marsh contributed to this report.", ["Associated Press"]),
        (f"{_BODY} — AFP", ["AFP"]),
        (f"{_BODY}\nPTI XYZ AB", ["PTI"]),
        (f"{_BODY}\nReuters - Ap - Afp", ["Reuters", "Associated Press", "AFP"]),
        (f"{_BODY}\nThis story originally appeared on Ledger News.", ["Ledger News"]),
    ],
)
def test_a_wire_line_tells_whose_a_text_is(text: str, expected: list[str]) -> None:
    found = provenance_of(source(text))
    assert [one.name for one in found if one.whole] == expected
    assert all(text[one.span.start : one.span.end].strip() for one in found)


WIRE_LINES = [
    [part.strip() for part in line.split(" | ", 2)]
    for line in (Path(__file__).parents[1] / "data" / "wire_lines.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_of_wire_lines_in_all_places_nearly_all_are_found() -> None:
    missed = []
    for place, names, line in WIRE_LINES:
        text = line.replace("⏎", "\n").replace(
            "{body}", f"{_BODY}\n\nNobody in the upper town slept that night."
        )
        parsed = parse(text, path=None).sources[0]
        one = replace(source(text, author=parsed.author), zones=parsed.zones)
        if sorted({line.name for line in provenance_of(one)}) != sorted(names.split("; ")):
            missed.append((place, names, line))
    assert len(missed) <= 0.05 * len(WIRE_LINES), missed


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("Material from the Associated Press was used in this report.", "Associated Press"),
        ("(With inputs from PTI)", "PTI"),
        ("With files from The Canadian Press", "Canadian Press"),
        ("Additional reporting by AFP", "AFP"),
        ("Information from: Venn Courier, http://example.org", "Venn Courier"),
    ],
)
def test_a_note_tells_whose_material_was_used(note: str, name: str) -> None:
    assert [(one.name, one.whole) for one in provenance_of(source(f"{_BODY}\n{note}"))] == [(name, False)]


@pytest.mark.parametrize(
    "text",
    [
        f"A boat on the dam. (Tom Marsh/Pool via AP)\n{_BODY}",
        f"AP Photo/Tom Marsh\n{_BODY}",
        f"A boat on the dam.\nReuters\n{_BODY}\n{_BODY}\n{_BODY}\n{_BODY}\n{_BODY}",
        f"{_BODY}\nThe dam before it broke ©Tom Marsh (AFP/File)",
        f"The body that built it (VDA) — once the pride of the town — is bankrupt. {_BODY}",
        f"{_BODY}\nCopyright 2031 Ida Brook. All rights reserved.",
        f"{_BODY} The council had information from the AP that a reporter used in this case, it was told.",
        "The agency (AP) is one of three.",
        f"Reuters Sues Council of Venn Over Dam\n{_BODY}",
        f"By Bloomberg's Account, Venn Must Pay\n{_BODY}",
        f"{_BODY}\n{_BODY} She spoke to Reuters.",
        f"{_BODY}\nThe AP used the material in court, and the judge was not pleased.",
        f"{_BODY}\n{_BODY}\nA boat on the dam. Reuters\nA car under it. AFP\n(The Venn Post, page 4)",
        f"{_BODY} (PAP)\n{_BODY}\n{_BODY}\n{_BODY}\n{_BODY}\n{_BODY}\n{_BODY}",
    ],
)
def test_credits_of_pictures_and_brackets_in_prose_are_no_wire_lines(text: str) -> None:
    assert provenance_of(source(text)) == ()


def test_a_wire_line_in_a_muted_zone_still_tells() -> None:
    text = f"{_BODY}\nCopyright 2031 The Associated Press."
    zones = (Zone(ZoneKind.BODY, 0, len(_BODY) + 1), Zone(ZoneKind.BOILERPLATE, len(_BODY) + 1, len(text)))
    assert [one.name for one in provenance_of(replace(source(text), zones=zones))] == ["Associated Press"]


def test_a_press_release_is_its_body_s_own() -> None:
    text = f"VENN, May 4, 2031 /PRNewswire/ -- Marl Pumps today announced a new pump. {_BODY}"
    assert "Marl Pumps" in [one.name for one in provenance_of(source(text)) if one.release]
    assert list(origins((None, text))) == ["Marl Pumps"]


def test_texts_of_one_agency_have_one_origin_wherever_they_were_printed() -> None:
    found = origins(
        ("The Marl Star", f"VENN (AP) — {_BODY}"),
        (
            "The Venn Post",
            "Divers found two cars on Monday.\nCopyright 2031 The Associated Press.",
        ),
        ("The Dunlin", "Nobody in the upper town slept that night, and few had light."),
    )
    assert found == {"Associated Press": [1, 2], "Dunlin": [3]}


def test_an_outlet_whose_material_was_used_is_the_origin_unless_the_text_heard_people_itself() -> None:
    used = f"{_BODY} The Associated Press contributed to this report."
    assert list(origins(("The Venn Post", used))) == ["Associated Press"]
    heard = (
        f"{_BODY} “We ran,” Ida Brook told The Venn Post. The Associated Press contributed to this report."
    )
    assert set(origins(("The Venn Post", heard))) == {"Venn Post", "Associated Press"}


def test_what_a_company_told_an_outlet_does_not_make_a_text_stem_from_that_outlet() -> None:
    text = (
        "Marl Pumps will close its works in Venn, where 200 people make valves for ships. Marl Pumps told "
        "Reuters that it had no choice. Workers stood at the gate in the rain and sang."
    )
    assert list(origins(("The Venn Post", text))) == ["Venn Post"]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("The firm said in a statement that the pump was its best.", {"Marl Pumps": [1, 2]}),
        ("Marl said in a statement that the pump was its best.", {"Marl Pumps": [1, 2]}),
        ("Brook Valves said in a statement that it wept.", {"Marl Pumps": [1], "Venn Post": [2]}),
    ],
)
def test_a_text_that_credits_a_body_of_the_story_stands_on_it(
    told: str, wanted: dict[str, list[int]]
) -> None:
    release = "VENN, May 4 – Marl Pumps today showed a pump that can lift forty tons of water an hour."
    assert origins(("Marl Pumps", release), ("The Venn Post", f"Marl Pumps has a new pump. {told}")) == wanted


def test_texts_that_quote_only_one_statement_stand_on_it() -> None:
    quote = "“We saw the crack on Friday and we did not close the road in time,” Ida Brook said."
    found = origins(
        ("The Venn Post", f"The head of the dam spoke on Monday. {quote} Rain is forecast."),
        (
            "The Marl Star",
            f"It was a warm evening when she came out. {quote} She left at nine.",
        ),
    )
    assert found == {"Ida Brook": [1, 2]}


def test_a_reporter_is_their_outlet() -> None:
    text = "Venn will lose its works, according to Venn Courier reporter Ida Brook. Nobody there would talk."
    assert list(origins(("The Marl Star", text))) == ["Venn Courier"]


def test_origins_are_at_most_so_many_unless_each_is_proved() -> None:
    def told(*texts: str) -> str:
        return origins_told(
            find_lineage(LineageStory(tuple(source(text, n) for n, text in enumerate(texts, 1)))).origins
        )

    wire, other = (
        f"VENN (AP) — {_BODY}",
        "MARL (Reuters) - Two divers are in hospital.",
    )
    assert told(wire) == "1 independent origin"
    assert told("Nobody in the upper town slept.") == "1 independent origin"
    assert told(wire, other) == "2 independent origins"
    assert told(wire, "Nobody in the upper town slept that night.") == "at most 2 independent origins"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("AP", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("Agence France-Presse", "AFP"),
        ("Pa", None),
        ("ap", None),
        ("Northport plc", None),
    ],
)
def test_agencies_are_known_by_their_usual_names(name: str, known: str | None) -> None:
    assert agency(name) == known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BBC News", "the BBC"),
        ("www.bbc.co.uk", "BBC"),
        ("www.washingtonpost.com", "The Washington Post"),
        ("apnews.com", "AP"),
        ("edition.cnn.com", "CNN"),
    ],
)
def test_names_of_one_outlet_meet(one: str, other: str) -> None:
    assert outlet_key(one) == outlet_key(other)


def test_short_and_abridged_names_have_the_whole_one_of_the_story() -> None:
    names = OutletNames(
        {"The Deccan Ledger": 3, "www.nytimes.com": 1, "The New York Times": 1}, ["The Times"]
    )
    assert names.key("the Ledger") == names.key("Deccan Ledger")
    assert names.key("www.nytimes.com") == names.key("New York Times") != names.key("The Times")
    assert names.best("www.nytimes.com") == "The New York Times"


def test_a_body_with_the_letters_of_a_small_agency_is_no_outlet() -> None:
    assert not is_outlet("RSS")
    assert is_outlet("Reuters")
