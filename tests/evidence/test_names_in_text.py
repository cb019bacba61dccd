"""Which spans are names, of what kind, and which name the same thing: small inputs by kind of fault."""

from __future__ import annotations

import pytest

from sources.evidence.entities.finder import find_entities
from sources.evidence.entities.persons import person_of, pronoun_of
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
        # what opens a report behind its dateline, currencies, and credits of pictures
        ("OSLO, Sept 9 (Reuters) - Masked men left.", {"Oslo": ("place", 1), "Reuters": ("organisation", 1)}),
        (
            "KESTLE, Norway (AP) — Diggers left.",
            {"KESTLE": ("place", 1), "Norway": ("place", 1), "AP": ("organisation", 1)},
        ),
        ("Debt fell to CHF 540m and NOK 12 million.", {}),
        (
            "Men wait at a quay on Monday (AP Photo/Sadri Powa).",
            {"AP": ("organisation", 1), "Sadri Powa": ("person", 1)},
        ),
        # headings and credits that got into the line
        ("JUST WATCHED Brackmoor plc was sold.", {"Brackmoor plc": ("organisation", 1)}),
        ("It was built by UNITED NATIONS staff.", {"UNITED NATIONS": ("organisation", 1)}),
        (
            "The site, seen by Getty Images Lin Okafor, was shut.",
            {"Getty Images": ("organisation", 1), "Lin Okafor": ("person", 1)},
        ),
        ("Two men of Oslo Tom Hale had met.", {"Oslo": ("place", 1), "Tom Hale": ("person", 1)}),
        ("The plan by Brackmoor 3 of 12 was Brackmoor as ever.", {"Brackmoor": ("other", 2)}),
        # what looks like a month or a people may be half of a name
        (
            "On Monday Theresa May and Christian Ortuzar met.",
            {"Theresa May": ("person", 1), "Christian Ortuzar": ("person", 1)},
        ),
        (
            "She led the Centre for Regional and Coastal Studies.",
            {"Centre for Regional and Coastal Studies": ("organisation", 1)},
        ),
        ("It ends here.\nDie Nacht war lang und die Stadt ist leer.\nHe left.", {}),
        ("She lives in Kestle, Fla., and in Florida.", {"Florida": ("place", 2), "Kestle": ("place", 1)}),
    ],
)
def test_finds_just_the_names(text: str, wanted: _Rows) -> None:
    assert rows(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # accents, and two ways to call a country, are one name
        ("Inés Ortúzar left. Ines Ortuzar and Ortúzar sang.", {"Inés Ortúzar": 3}),
        ("The US Tide Survey and the United States Tide Survey agree.", {"United States Tide Survey": 2}),
        # a ship is the same without the letters before its name
        ("The MV Kestle ya Dola sank. The Kestle ya Dola was old.", {"MV Kestle ya Dola": 2}),
        # an acronym in brackets goes with the name before it, whatever its letters
        (
            "It was the Tide Measuring Institute (INMAREA). INMAREA said so.",
            {"Tide Measuring Institute": 3},
        ),
        # letters behind a name and its generation are no surname
        ("Ada Moss KC met Lin Reyes III. Moss spoke, and Reyes left.", {"Ada Moss": 2, "Lin Reyes III": 2}),
        # an office is short for one of a country only where it can be but one
        ("The Tide Commission of India met. The Tide Commission left.", {"Tide Commission of India": 2}),
        (
            "The Foreign Ministry of Russia met the Foreign Ministry of China. The Foreign Ministry said no.",
            {"Foreign Ministry": 1, "Foreign Ministry of China": 1, "Foreign Ministry of Russia": 1},
        ),
        # a council of a place or firm is not the place or firm, and two firms may begin alike
        (
            "Brackmoor Council met Brackmoor plc. Brackmoor shares fell.",
            {"Brackmoor plc": 2, "Brackmoor Council": 1},
        ),
        (
            "Kestle Energy met Kestle Media. Shares in Kestle fell.",
            {"Kestle": 1, "Kestle Energy": 1, "Kestle Media": 1},
        ),
        # a title may say that it is somebody else of the family
        (
            "Oddvar Varga was held. Mr Varga said no, and Mrs Varga wept. Mrs Varga left.",
            {"Oddvar Varga": 2, "Varga": 2},
        ),
        ("Ines Varga and Tom Varga came. Mr Varga sang, Mrs Varga slept.", {"Ines Varga": 2, "Tom Varga": 2}),
        # surnames that come first
        ("Kim Jae-won met Moon Soo-bin. Kim left, and Moon sang.", {"Kim Jae-won": 2, "Moon Soo-bin": 2}),
        (
            "Kim Jae-won rose. Kim Jae-won ate. Kim sang. Kim Tae-yong, a poet, said Kim was glad. Kim sat.",
            {"Kim Jae-won": 5, "Kim Tae-yong": 1},
        ),
    ],
)
def test_puts_names_of_one_thing_together_and_no_others(text: str, wanted: dict[str, int]) -> None:
    assert {name: count for name, (_, count) in rows(text).items()} == wanted


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("BRACKMOOR, Oct 24 (Reuters) - Two men were hurt.", "BRACKMOOR", "place"),
        ("It owns the Brackmoor chocolate brand.", "Brackmoor", "product"),
        ("They drank Kestle Dew beer.", "Kestle Dew", "product"),
        ("It happened along the Brackmoor valley.", "Brackmoor", "place"),
        ("The television channel Kestle 24 was shut.", "Kestle 24", "organisation"),
        ("The FTSE 250 fell.", "FTSE 250", "other"),
        ("It was seen by Correio do Vale.", "Correio do Vale", "organisation"),
        ("A video posted by El Faro do Sul shows it.", "El Faro do Sul", "organisation"),
        ("The MV Kestle sank.", "MV Kestle", "product"),
        ("He told the state broadcaster, KTB.", "KTB", "organisation"),
        ("Newspapers such as Kestle, and others, were shut.", "Kestle", "organisation"),
        ("They met the Oslo Herons.", "Oslo Herons", "organisation"),
        ("The boat sank between Kestle and the shore.", "Kestle", "place"),
        ("The United States Tide Survey fell silent.", "United States Tide Survey", "organisation"),
        ("It comes from the Centre for Tide Watching.", "Centre for Tide Watching", "organisation"),
    ],
)
def test_types_names_by_what_stands_around_them(text: str, name: str, kind: str) -> None:
    assert rows(text)[name][0] == kind


def test_tells_he_or_she_by_titles_then_by_the_given_name_and_finds_who_a_surname_is() -> None:
    texts = [
        "Mrs Okafor met Tom Hale, spokeswoman Kiran Reyes and Kestle Bank. Lin Okafor left.",
        "Robin Moss and Ana Moss left. Lady Vane stayed.",
    ]
    sources = [source(text, number) for number, text in enumerate(texts, 1)]
    found = find_entities(sources)
    by_ref = {each.ref: each.text for each in sources}
    told = {each.name: pronoun_of(each, by_ref) for each in found if each.kind.value == "person"}
    assert told == {
        "Lin Okafor": "she",
        "Tom Hale": "he",
        "Kiran Reyes": "she",
        "Robin Moss": None,
        "Ana Moss": "she",
        "Vane": "she",
    }
    meant = {
        word: person_of(found, word) for word in ("Mr. Hale", "Okafor", "Moss", "Kestle", "ana moss", "")
    }
    assert {word: who and who.name for word, who in meant.items()} == {
        "Mr. Hale": "Tom Hale",
        "Okafor": "Lin Okafor",
        "Moss": None,
        "Kestle": None,
        "ana moss": "Ana Moss",
        "": None,
    }


def test_names_products_that_are_written_with_a_small_letter() -> None:
    doses = "They gave cortavamab to nine men. Of cortavamab little was left, and cortavamab is dear."
    coins = (
        "He buys glimcoin, sells Glimcoin, holds Glimcoin and glimcoin. Sales of glimcoin rose with Glimcoin."
    )
    found = rows(f"{doses} {coins}", f"{doses} {coins}")
    assert found["cortavamab"] == ("product", 6)
    assert found["Glimcoin"] == ("product", 12)
    assert rows(doses) == {}  # one text alone, and but three mentions
    words = (
        "The payload fell. A payload rose, a Payload, a Payload and the Payload. The payload is the payload."
    )
    assert rows(words, words) == {}


@pytest.mark.parametrize("bracket", ["(LSE: KST)", "(KST.L)", "[KST.L]", "(NYSE:KST)"])
def test_a_ticker_belongs_to_its_company(bracket: str) -> None:
    assert rows(f"Shares in Kestle Foods plc {bracket} fell. Later KST rose.") == {
        "Kestle Foods plc": ("organisation", 3)
    }


def test_shows_the_usual_name_and_not_the_longest() -> None:
    assert set(rows("Kestle Foods & Co. fled. Kestle Foods fell. Kestle Foods ate.")) == {"Kestle Foods"}
    assert set(rows("Tom A. Hale left. Tom Hale sat. Tom Hale ate.")) == {"Tom Hale"}


def test_a_person_whose_name_is_in_that_of_a_house_keeps_it() -> None:
    text = "Chris Lowe ran. Mr. Lowe sat down. Lowe's plan failed, and Lowe paid. Lowe said it in May."
    assert rows(text) == {"Chris Lowe": ("person", 5)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oslo MP Ada Moss sat down.", {"Oslo": ("place", 1), "Ada Moss": ("person", 1)}),
        ("He ran the St. Louis Eagles in Norway.", {"St. Louis Eagles": ("organisation", 1)}),
        ("Ontario MPP Ada Moss sat down.", {"Ontario": ("place", 1), "Ada Moss": ("person", 1)}),
        ("Britain's Ada Moss-Ward came third.", {"Ada Moss-Ward": ("person", 1)}),
        ("It lent DKr1.9bn and CHF2.4bn to Norway.", {"Norway": ("place", 1)}),
        ("Carla Basso counts. Basso farms with his son. Luis Basso waits.", {"Carla Basso": ("person", 2)}),
        ("The Associated Press wrote it. An AP reader rang.", {"Associated Press": ("organisation", 2)}),
        ("He told dpa that it leaks.", {"dpa": ("organisation", 1)}),
        ("He told Ritzau so. /ritzau/", {"Ritzau": ("organisation", 1)}),
        (
            "He sued Dockers Local 12, which has 40 members, in Oslo.",
            {"Dockers Local 12": ("organisation", 1), "Oslo": ("place", 1)},
        ),
        (
            "It went to the National Unit for Special Crime.",
            {"National Unit for Special Crime": ("organisation", 1)},
        ),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(text: str, wanted: _Rows) -> None:
    found = rows(text)
    shown = {name.removeprefix("The "): row for name, row in found.items()}
    assert {name: shown.get(name) for name in wanted} == wanted


def captions(count: int) -> str:
    begun = ("Smoke", "Wounded", "Police", "Bodies", "Divers", "Nurses", "Ships", "Crowds")
    return " ".join(
        f"Hide Caption {number} of 9 Photos: A fire and its many victims in Oslo {begun[number]} crews ran."
        for number in range(count)
    )


def test_what_a_page_repeats_between_captions_is_no_name_and_part_of_none() -> None:
    assert rows(captions(8)) == {"Oslo": ("place", 8)}
    assert rows(captions(5)) == {"Oslo": ("place", 5)}
    assert "Photos" in rows(captions(4))  # not yet often enough to tell it from a name


def test_a_name_that_always_stands_between_other_words_stays_one() -> None:
    text = " ".join(f"In May {year} the Oslo Choir sang {year} songs." for year in range(2001, 2009))
    assert rows(text)["Oslo Choir"] == ("organisation", 8)
