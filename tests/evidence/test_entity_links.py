"""Which names of a story name one and the same thing."""

from __future__ import annotations

import pytest

from sources.evidence.entities.finder import find_entities
from sources.evidence.entities.forms import Form
from sources.evidence.entities.person_links import misspelled_names
from sources.model import Ref
from tests.evidence.stories import named, source


def test_a_surname_goes_with_the_person_named_last_before_it_in_the_same_source() -> None:
    first = source(
        "Lei Wang spoke. Then Ana Wang spoke. Wang left, and Lei Wang stayed. Later Wang slept.", 1
    )
    second = source("Dr. Ana Wang came on Monday, and Wang sang.", 2)
    entities = named(find_entities([first, second]))
    assert [mention.start for mention in entities["Ana Wang"].mentions if mention.ref.number == 1] == [21, 37]
    assert [mention.start for mention in entities["Lei Wang"].mentions] == [0, 52, 75]
    assert entities["Ana Wang"].refs == (Ref("story", 1), Ref("story", 2))


def test_short_forms_go_with_full_names_across_sources() -> None:
    entities = named(
        find_entities(
            [
                source("Okafor said that Northport would sell. Shares of Northport fell.", 1),
                source(
                    "Lin Okafor leads Northport plc. The Bank of Saltmarsh (BSM) and BSM staff agreed.", 2
                ),
            ]
        )
    )
    assert entities["Lin Okafor"].aliases == ("Okafor",)
    assert entities["Northport plc"].aliases == ("Northport",)
    assert entities["Northport plc"].count == 3
    assert entities["Bank of Saltmarsh"].aliases == ("BSM",)
    assert entities["Lin Okafor"].id == "lin-okafor"


def test_a_known_place_is_one_thing_under_its_usual_name() -> None:
    text = (
        "The United States paid. Ships of the U.S. left New York City, and New York slept. Yes, the US paid."
    )
    entities = named(find_entities([source(text)]))
    assert set(entities["United States"].aliases) == {"U.S.", "US"}
    assert entities["New York"].aliases == ("New York City",)


def test_a_name_that_a_rewrite_gets_wrong_by_a_letter_goes_with_the_right_one() -> None:
    right = ("Jonah Vance runs the port. Vance said so.", "They asked Jonah Vance.")
    sources = [source(text, number) for number, text in enumerate(right, 1)]
    entities = named(find_entities([*sources, source("Jonah Vence leads it, Vence stated.", 3)]))
    assert entities["Jonah Vance"].refs == (Ref("story", 1), Ref("story", 2), Ref("story", 3))
    assert "Jonah Vence" in entities["Jonah Vance"].aliases
    both = named(find_entities([*sources, source("Jonah Vence met Jonah Vance.", 3)]))
    assert {"Jonah Vance", "Jonah Vence"} <= both.keys()


@pytest.mark.parametrize(("right", "wrong", "one"), [("Vance", "Vence", True), ("Vane", "Vene", False)])
def test_a_slip_is_looked_for_in_surnames_of_five_letters(right: str, wrong: str, one: bool) -> None:  # noqa: FBT001
    texts = (f"Jonah {right} runs the port.", f"They asked Jonah {right}.", f"Jonah {wrong} leads it.")
    entities = named(find_entities([source(text, number) for number, text in enumerate(texts, 1)]))
    assert (len(entities[f"Jonah {right}"].refs) == 3) is one


@pytest.mark.parametrize(
    ("text", "name", "also"),
    [
        ("Benjamin Cray runs the port. Ben said so on Monday, and Ben smiled.", "Benjamin Cray", "Ben"),
        ("Edward Cray runs the port. Ed said so on Monday, and Ed smiled.", "Edward Cray", None),
        ("They asked Dee-Sea on Monday. Shares of DeeSea rose, and DeeSea said no.", "DeeSea", "Dee-Sea"),
        ("They asked De-Sea on Monday. Shares of DeSea rose, and DeSea said no.", "DeSea", None),
    ],
    ids=["given name of three letters", "of two", "spelling of six letters", "of five"],
)
def test_very_short_names_are_not_linked_by_their_letters(text: str, name: str, also: str | None) -> None:
    aliases = named(find_entities([source(text)]))[name].aliases
    assert aliases == ((also,) if also else ())


@pytest.mark.parametrize(
    ("full", "acronym", "linked"),
    [
        ("Norther Harbour", "NH", False),
        ("Norther Harbour Owners", "NHO", True),
        ("Norther Harbour Owners Council for Old Towns Union", "NHOCOTU", True),
        ("Norther Harbour Owners Council for Old Towns Union League", "NHOCOTUL", False),
    ],
)
def test_an_acronym_without_a_definition_has_three_to_seven_letters(
    full: str,
    acronym: str,
    linked: bool,  # noqa: FBT001
) -> None:
    text = f"The {full} met on Monday. Members of {acronym} voted, and {acronym} said no. The {full} left."
    assert (acronym in named(find_entities([source(text)]))[full].aliases) is linked


@pytest.mark.parametrize(("count", "found"), [(100, [("ada vence", "ada vance")]), (101, [])])
def test_a_slip_is_looked_for_among_a_hundred_of_one_given_name(
    count: int, found: list[tuple[str, str]]
) -> None:
    others = [Form(f"ada {chr(97 + n % 26) * 6}{n:06}", first={9: 0}) for n in range(count - 2)]
    forms = [Form("ada vance", first={1: 0, 2: 0}), Form("ada vence", first={3: 0}), *others]
    assert list(misspelled_names(forms)) == found


def test_a_given_name_alone_is_the_one_person_whom_several_texts_name_in_full() -> None:
    full = "Greta Falkenau said the line was late. The firm of Greta Falkenau agreed."
    alone = "“Tell Greta to pack,” he said to laughter."
    texts = [source(text, number) for number, text in enumerate((full, full, alone), 1)]
    assert [(entity.name, entity.count) for entity in find_entities(texts)] == [("Greta Falkenau", 5)]
    assert set(named(find_entities([texts[0], texts[2]]))) == {"Greta Falkenau", "Greta"}


@pytest.mark.parametrize(
    ("given", "other", "one"),
    [
        ("Mohammed", "Mohamed", True),
        ("Sammy", "Samy", False),  # the shorter one has four letters
        ("Daniel", "Daniela", False),  # it ends otherwise
        ("Marina", "Marita", False),  # a letter is another, none is left out
    ],
)
def test_a_given_name_of_two_spellings_is_one_person(given: str, other: str, one: bool) -> None:  # noqa: FBT001
    apart = [f"{given} Vance left. {given} Vance said so.", f"{other} Vance left. {other} Vance said so."]
    found = find_entities([source(text, number) for number, text in enumerate(apart, 1)])
    assert ([entity.count for entity in found] == [4]) is one
    assert len(find_entities([source(" ".join(apart))])) == 2


def test_the_office_of_a_country_is_the_office_without_it_where_one_country_has_it() -> None:
    long, short = "US Food and Drug Administration", "Food and Drug Administration"
    text = f"The {long} said no. The {short} said so on Monday."
    assert named(find_entities([source(text)]))[long].aliases == (short,)
    two = f"{text} The UK {short} said yes."
    assert short in named(find_entities([source(two)]))


def test_a_river_is_called_by_its_name_alone() -> None:
    text = "The spill ran into the River Quillet. Fish died in the Quillet on Monday."
    assert [entity.name for entity in find_entities([source(text)])] == ["River Quillet"]
    known = "The spill ran into the River Jordan. He flew to Jordan on Monday."
    assert set(named(find_entities([source(known)]))) == {"River Jordan", "Jordan"}
