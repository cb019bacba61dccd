from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.entities import Entity, EntityKind
from sources.evidence.entities.casing import count_usage
from sources.evidence.entities.finder import find_entities
from sources.evidence.entities.forms import Form
from sources.evidence.entities.person_links import misspelled_names
from sources.model import Ref, Zone, ZoneKind
from tests.evidence.stories import labelled, source

if TYPE_CHECKING:
    from collections.abc import Sequence


def named(entities: Sequence[Entity]) -> dict[str, Entity]:
    return {entity.name: entity for entity in entities}


def kinds(*texts: str) -> dict[str, str]:
    found = find_entities([source(text, number) for number, text in enumerate(texts, 1)])
    return {entity.name: entity.kind.value for entity in found}


@pytest.mark.parametrize("article", ["names-dam.txt", "names-clinic.txt"])
def test_finds_and_types_the_names_of_an_article(article: str) -> None:
    gold = labelled(article)
    entities = find_entities([source(gold.text)])
    found = {(mention.start, mention.end): entity for entity in entities for mention in entity.mentions}
    right = gold.spans.keys() & found.keys()
    typed = [span for span in right if found[span].kind == gold.spans[span][0]]
    assert 2 * len(right) / (len(gold.spans) + len(found)) > 0.93
    assert 2 * len(typed) / (len(gold.spans) + len(found)) > 0.88
    linked = [span for span in right if gold.spans[span][1] is not None]
    assert sum(found[span].name == gold.spans[span][1] for span in linked) > 0.9 * len(linked)


def test_finds_and_types_the_names_of_nine_fields() -> None:
    gold = found = right = typed = 0
    for name in ("cycling", "comet", "court", "chips", "opera", "vaccine", "union", "football", "ransom"):
        article = labelled(f"names-{name}.txt")
        kind_at = {
            (mention.start, mention.end): entity.kind
            for entity in find_entities([source(article.text)])
            for mention in entity.mentions
        }
        both = article.spans.keys() & kind_at.keys()
        gold, found, right = gold + len(article.spans), found + len(kind_at), right + len(both)
        typed += sum(kind_at[span] == article.spans[span][0] for span in both)
    assert gold > 300
    assert 2 * right / (gold + found) > 0.95
    assert 2 * typed / (gold + found) > 0.88


def test_mentions_say_exactly_what_stands_there() -> None:
    texts = [labelled("names-dam.txt").text, labelled("names-clinic.txt").text]
    for entity in find_entities([source(text, number) for number, text in enumerate(texts, 1)]):
        assert entity.count == len(entity.mentions)
        for mention in entity.mentions:
            assert texts[(mention.ref.number or 0) - 1][mention.start : mention.end] == mention.text
            assert mention.text in (entity.name, *entity.aliases)


def test_most_mentioned_come_first_then_by_name() -> None:
    entities = find_entities([source(labelled("names-dam.txt").text)])
    order = [(-entity.count, entity.name) for entity in entities]
    assert order == sorted(order)
    assert len({entity.id for entity in entities}) == len(entities)


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


def test_headings_in_title_case_and_capitals_add_no_names_of_their_own() -> None:
    body = (
        "The harbour of Saltmarsh is sold. Meridian Fund pays, the fund said. Nobody at Meridian Fund spoke."
    )
    for heading in (
        "Meridian Fund Buys Old Harbour After Long Fight Over Price",
        "MERIDIAN FUND BUYS OLD HARBOUR",
    ):
        entities = find_entities([source(f"{heading}\n\n{body}")])
        assert {entity.name for entity in entities} == {"Meridian Fund", "Saltmarsh"}
        assert named(entities)["Meridian Fund"].count == 3


def test_titles_possessives_and_sentence_openers_are_no_part_of_a_name() -> None:
    text = (
        "However, Prime Minister Ada Moss met Northport CEO Lin Okafor. Yesterday Mr. Okafor's lawyers "
        "wrote to Moss's office. The French President, Dr. Jean Brel, left on Monday in June."
    )
    assert kinds(text) == {
        "Ada Moss": "person",
        "Lin Okafor": "person",
        "Jean Brel": "person",
        "Northport": "organisation",
    }


def test_unusual_spellings_of_names() -> None:
    text = (
        "Engineers compared xAI and OpenAI with the model GPT-4 and with Llama 4 on "
        "Tuesday. AT&T hired Ludwig "
        "van Rijn, J. P. Smith and Bashar al-Amin for the Ministry of Health and Social "
        "Care near St. Albury. In 2016 it grew."
    )
    assert set(kinds(text)) == {
        "xAI", "OpenAI", "GPT-4", "Llama 4", "AT&T", "Ludwig van Rijn", "J. P. Smith", "Bashar al-Amin",
        "Ministry of Health and Social Care", "St. Albury",
    }  # fmt: skip


def test_a_name_behind_a_row_of_brackets_or_marks_is_found() -> None:
    assert "Northport plc" in named(find_entities([source(f"He said {'(' * 40}Northport plc was late.")]))


def test_a_possessive_plural_stays_within_the_name_of_a_union() -> None:
    text = (
        "He joined the Harbour Workers' Union in Saltmarsh, and the union's version, Tidegate 4, tells all."
    )
    assert kinds(text)["Harbour Workers' Union"] == "organisation"
    assert kinds("Here Tidegate 4 tells captains to slow down. " * 9) == {"Tidegate 4": "product"}


def test_a_hyphen_between_two_names_does_not_hide_them() -> None:
    text = (
        "Northport met Meridian, and Meridian told Northport no. They say Meridian likes Northport. "
        "The Northport-Meridian deal is a Saltmarsh-based plan."
    )
    entities = named(find_entities([source(text)]))
    assert entities["Northport"].count == 4
    assert entities["Meridian"].count == 4
    assert entities["Saltmarsh"].kind is EntityKind.PLACE


def test_citations_at_sentence_ends_of_a_summary_are_no_versions() -> None:
    article = source("Okafor says the buyer is Meridian and the model is Zephyr 4.", 1)
    summary = source("The harbour goes to Meridian 4. The model is Zephyr 12.", None)
    assert {mention.text for entity in find_entities([article, summary]) for mention in entity.mentions} == {
        "Okafor", "Meridian", "Zephyr 4", "Zephyr",
    }  # fmt: skip


def test_muted_zones_are_not_read() -> None:
    text = "Photo: Zoltan Kerr\nThe mayor of Saltmarsh spoke."
    zones = (Zone(ZoneKind.CREDIT, 0, 19), Zone(ZoneKind.BODY, 19, len(text)))
    assert {entity.name for entity in find_entities([source(text, zones=zones)])} == {"Saltmarsh"}


def test_text_without_capitals_shows_the_names_that_other_sources_give() -> None:
    entities = named(
        find_entities(
            [
                source(
                    "in london lin okafor of meridian fund said that the deal was off and all was over.",
                    1,
                ),
                source("Lin Okafor of Meridian Fund spoke in London.", 2),
            ]
        )
    )
    assert entities["Lin Okafor"].count == entities["Meridian Fund"].count == entities["London"].count == 2


def test_other_languages_give_few_and_true_names() -> None:
    german = (
        "Der Konzern verkauft den Hafen an die Deutsche Bank. Das Unternehmen sagte, die Verhandlungen mit "
        "Angela Brandt seien zu Ende. Die Stadt ist nicht froh, und der Vertrag ist auf dem Tisch."
    )
    assert set(kinds(german)) == {"Deutsche Bank", "Angela Brandt"}
    assert set(kinds("开放人工智能公司OpenAI宣布与微软合作。", "أعلنت شركة OpenAI اليوم عن صفقة")) == {
        "OpenAI"
    }


def test_german_titles_and_articles_are_no_part_of_a_name() -> None:
    text = (
        "Wie die Deutsche Presse-Agentur berichtete, zahlt der Fonds viel. Bundeskanzlerin Angela Brandt"
        " sagte in München, die Regierung werde das prüfen. Der Vorstandsvorsitzende der Northport AG, Klaus"
        " Weber, schwieg. Die Gewerkschaft und der Betriebsrat fordern Garantien für die Arbeitsplätze."
    )
    assert kinds(text) == {
        "Angela Brandt": "person",
        "Klaus Weber": "person",
        "Deutsche Presse-Agentur": "organisation",
        "Northport AG": "organisation",
        "München": "place",
    }


def test_without_a_choice_of_capitals_little_is_found_but_right() -> None:
    shouted = "THE CHIEF EXECUTIVE SAID IN LONDON THAT THE PRICE WAS FAIR, AND NOBODY IN THE OLD TOWN SPOKE."
    assert kinds(shouted) == {"LONDON": "place"}
    assert kinds(shouted.lower()) == {"london": "place"}
    assert kinds("قالت شركة نورثبورت إن Meridian Fund ستبيع ميناءها يوم الخميس.") == {
        "Meridian Fund": "organisation"
    }


def test_programs_name_nobody() -> None:
    code = (
        "def find_all(Sources, Usage=None):\n"
        "    for Source in Sources:\n"
        "        return Kind.PERSON\n"
        "public class NamingService extends BaseService { Map<String, Entity> Cache = new HashMap<>(); }\n"
        "SELECT Name FROM Users WHERE City = 'London';\n"
    )
    assert kinds(f"{code}\nAda Moss of Northport plc wrote it, said Lin Okafor.") == {
        "Ada Moss": "person",
        "Lin Okafor": "person",
        "Northport plc": "organisation",
    }


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


@pytest.mark.parametrize(("name", "found"), [("Ben Lim", True), ("Ben Li", False)])
def test_a_surname_in_a_heading_has_three_letters(name: str, found: bool) -> None:  # noqa: FBT001
    heading = f"Why {name} Gave The Old Quay Away"
    text = f"{heading}\nNobody on the quay knew who had bought it."
    zones = (Zone(ZoneKind.HEADING, 0, len(heading) + 1), Zone(ZoneKind.BODY, len(heading) + 1, len(text)))
    assert (name in kinds_of(text, zones)) is found


def kinds_of(text: str, zones: tuple[Zone, ...]) -> dict[str, str]:
    return {entity.name: entity.kind.value for entity in find_entities([source(text, zones=zones)])}


@pytest.mark.parametrize(("count", "found"), [(100, [("ada vence", "ada vance")]), (101, [])])
def test_a_slip_is_looked_for_among_a_hundred_of_one_given_name(
    count: int, found: list[tuple[str, str]]
) -> None:
    others = [Form(f"ada {chr(97 + n % 26) * 6}{n:06}", first={9: 0}) for n in range(count - 2)]
    forms = [Form("ada vance", first={1: 0, 2: 0}), Form("ada vence", first={3: 0}), *others]
    assert list(misspelled_names(forms)) == found


def test_what_meets_by_chance_is_no_one_name() -> None:
    text = (
        "They asked the Ledger Wire. Then the Ledger Wire wrote, and the Ledger Wire knew. In Northport, "
        "at Northport and near Northport all slept. -- Ledger Wire Northport also serves the navy."
    )
    assert set(kinds(text)) == {"Ledger Wire", "Northport"}
    shares = "Shares of Northport plc (LSE: NPT) rose. Analysts say that Northport plc NPT is dear at US$4."
    entities = named(find_entities([source(shares)]))
    assert entities.keys() == {"Northport plc"}
    assert "NPT" in entities["Northport plc"].aliases


def test_a_library_knows_words_that_a_story_does_not() -> None:
    text = "Okapa slept. Nobody came. Gladly all left."
    usage = count_usage(["They saw Okapa, then Okapa, and Okapa. All left gladly, gladly and gladly."])
    assert {entity.name for entity in find_entities([source(text)])} == set()
    assert {entity.name for entity in find_entities([source(text)], usage)} == {"Okapa"}


def test_names_keep_what_is_theirs() -> None:
    text = (
        "He shops at Macy's, and Macy's is cheap. Anthony \"Tony\" Moss met Anneke de Vroom, and by de Vroom "
        "he swore. Booking.com of Amsterdam paid the 82nd Airborne Division for Expo 2030."
    )
    assert set(kinds(text)) == {
        "Macy's", 'Anthony "Tony" Moss', "Anneke de Vroom", "Booking.com", "Amsterdam",
        "82nd Airborne Division", "Expo 2030",
    }  # fmt: skip


def test_what_a_name_is_said_to_be_tells_its_kind() -> None:
    assert kinds(
        "Zarquon is a small village in the hills. A lander, Plovik, was lost, said a retired pilot."
    ) == {
        "Zarquon": "place",
        "Plovik": "product",
    }


def test_empty_and_blank_stories_have_no_names() -> None:
    assert find_entities([]) == ()
    assert find_entities([source(""), source(" \n\n ", 2)]) == ()


def test_a_very_long_text_is_read_whole() -> None:
    text = "Lin Okafor of Meridian Fund spoke in Saltmarsh about the price. " * 8_000
    entities = find_entities([source(text)])
    assert [entity.count for entity in entities] == [8_000, 8_000, 8_000]


pieces = st.sampled_from(
    [
        "Ada Moss",
        "Moss",
        "the",
        "NORTHPORT plc",
        "Northport",
        "said",
        "of",
        "Bank",
        "U.S.",
        "(BN)",
        ",",
        ".",
        "\n",
        "’s",
        "“",
        '"',
        "-",
        "&",
        "4",
        "İstanbul",
        "ǅ",
        "x",
        "Mr.",
        "and",
        "É",
        "漢字",
        "́",
        "😀",
        "'",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(pieces, max_size=25), min_size=1, max_size=3))
def test_whatever_the_text_mentions_are_true_ordered_and_apart(stories: list[list[str]]) -> None:
    sources = [source(" ".join(words), number) for number, words in enumerate(stories, 1)]
    entities = find_entities(sources)
    assert entities == find_entities(sources)
    spans: list[tuple[int, int, int]] = []
    for entity in entities:
        for mention in entity.mentions:
            number = mention.ref.number or 0
            assert sources[number - 1].text[mention.start : mention.end] == mention.text != ""
            spans.append((number, mention.start, mention.end))
    spans.sort()
    for (number, _, end), (other, start, _) in itertools.pairwise(spans):
        assert number != other or end <= start


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for entity in find_entities([source(text)]):
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The South African operator met Sri Lankans and two New Zealanders.", {}),
        ("They met on Mondays, and Oster Bank opens on Tuesdays.", {"Oster Bank": "organisation"}),
        ("A ticket on Velaro R1.8 costs R7, and the loss of Velaro is R45 million.", {"Velaro": None}),
        ("It was sold by Brandle's for years. They said Brandle's is closed.", {"Brandle's": "organisation"}),
        ("He signed for Kestle FC and had played for Dinamo Kestle.", {"Dinamo Kestle": "organisation"}),
    ],
)
def test_peoples_days_and_amounts_are_no_names_while_shops_and_clubs_are(
    text: str, expected: dict[str, str | None]
) -> None:
    found = kinds(text)
    assert all(found[name] == kind or kind is None for name, kind in expected.items())
    assert not {"South African", "New Zealanders", "Sri Lankans", "Mondays", "R7", "R45"} & set(found)
    assert not any(name.startswith(("Velaro R", "Tuesday")) for name in found)


def test_a_lone_word_of_no_kind_that_is_there_once_is_no_row() -> None:
    assert kinds("The fear of Quillet was old.") == {}
    assert kinds("The fear of Quillet was old, and Quillet was far.") == {"Quillet": "other"}
    assert kinds("The fear of Quillet Vance was old.").keys() == {"Quillet Vance"}


def test_a_given_name_alone_is_the_one_person_whom_several_texts_name_in_full() -> None:
    full = "Greta Falkenau said the line was late. The firm of Greta Falkenau agreed."
    alone = "“Tell Greta to pack,” he said to laughter."
    texts = [source(text, number) for number, text in enumerate((full, full, alone), 1)]
    assert [(entity.name, entity.count) for entity in find_entities(texts)] == [("Greta Falkenau", 5)]
    assert set(named(find_entities([texts[0], texts[2]]))) == {"Greta Falkenau", "Greta"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It went out to the press by the Ostrow Times-News on Friday.", "Ostrow Times-News", "organisation"),
        ("Seven-year-old Mahliqa stood by the wall of the ward.", "Mahliqa", "person"),
        (
            "They joined the Consortium of Ostrow Bakers in May.",
            "Consortium of Ostrow Bakers",
            "organisation",
        ),
        ("Ada Moss of Brindle, the leader of the farmers, left Brindle.", "Brindle", "other"),
        ("They came from Brindle, N.H., last week.", "Brindle", "place"),
        ("It flew on a rocket named Quillet.", "Quillet", "product"),
        ("They rolled out the Quillet rocket again.", "Quillet", "product"),
        ("They heard bar proprietor Corvin Sastle again.", "Corvin Sastle", "person"),
        ("They read of it in Corvin Sastle's den again.", "Corvin Sastle", "person"),
        ("They came to Kesterford and Brindle again.", "Brindle", "place"),
        ("They met at Brindle again.", "Brindle", "place"),
        ("After a pause in N.H. they went on, and S.C. voted.", "S.C.", "place"),
        ("They told Channel 4 of it.", "Channel 4", "organisation"),
        ("They thanked Dorothy Woods again.", "Dorothy Woods", "person"),
        ("They saw the Chicago White Sox again.", "Chicago White Sox", "organisation"),
        ("Labour in Massachusetts, the mayor added, is dear.", "Massachusetts", "place"),
        ("It was read out in the Quillet newspaper.", "Quillet", "organisation"),
        ("A Quillet company owns the ferry.", "Quillet", "place"),
        ("They turned to LeMoyne Vasser again.", "LeMoyne Vasser", "person"),
        ("They turned to Addison Russell again.", "Addison Russell", "person"),
        ("It was told by Xinhua again.", "Xinhua", "organisation"),
        ("They fled along GILES ST at night.", "GILES ST", "place"),
        ("All shops close on Christmas Eve.", "Christmas Eve", "event"),
        ("By Ossip Brindle, in Kestle, on Monday.", "Ossip Brindle", "person"),
        ("Another company, Quillet, said no.", "Quillet", "organisation"),
        ("The fear of Quillet was old, and Quillet was far.", "Quillet", "other"),
        ("At a news conference, Ossip Brindle said no.", "Ossip Brindle", "person"),
        ("They sold seven yPods there.", "yPods", "product"),
        ("They walked along the Promenade des Brumes.", "Promenade des Brumes", "place"),
        ("It is said that Statistics Norway counts.", "Statistics Norway", "organisation"),
        ("They drove a Tesla Quillet there.", "Tesla Quillet", "product"),
        ("Pickets will wait at Gate 3 today.", "Gate 3", "place"),
        ("It rang from the cathedral of Quillet again.", "Quillet", "place"),
        ("They asked Quillet chief economist Ada Moss.", "Quillet", "organisation"),
        ("They asked Quillet, the Vaccine Alliance, again.", "Quillet", "organisation"),
        ("It was planned in the Quillet administration.", "Quillet", "person"),
        ("In May they started Quillet, his first jazz band, in a barn.", "Quillet", "organisation"),
    ],
)
def test_the_words_in_and_around_a_name_tell_its_kind(text: str, name: str, kind: str) -> None:
    assert kinds(text).get(name) == kind


def test_a_row_of_given_names_without_commas_is_no_name() -> None:
    row = "Ibrahim Deborah Jummai John Mary Rebecca Helen Sarah"
    assert kinds(f"The list has {row} in it.") == {}
    assert len(kinds(f"The list has {', '.join(row.split())} in it.")) > 4


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Archivist Ada Moss kept the letters.", {"Ada Moss"}),
        ("It went to the former Director of National Research Ada Moss.", {"Ada Moss"}),
        ("Reuters Members of the choir wait.\nThe choir sang.", {"Reuters"}),
        ("Reuters Academy opened.\nThe choir sang.", {"Reuters Academy"}),
        ("They asked Ada Moss (D-Ore.) and Ben Hale, R-Neb., again.", {"Ada Moss", "Ben Hale"}),
        ("The pictures are on pic.example.com/aXbQ12cZ by Ada Moss.", {"Ada Moss"}),
        ("AT least five ferries sank off Kestle Bay.", {"Kestle Bay"}),
        ("The American people and the Oregon Democrats liked it.", {"Oregon"}),
        ("The trawler Ever Patient lay in Ras-el-Kamar.", {"Ever Patient", "Ras-el-Kamar"}),
        ("Statistics Norway counts. Norway grows.", {"Statistics Norway", "Norway"}),
        ("A laptop with 512GB, for Level 2, at Kestle Bay.", {"Kestle Bay"}),
        ("They met Homeland Security Secretary Ada Moss and the Interior minister.", {"Ada Moss"}),
        ("She studied at the University of Texas at Austin.", {"University of Texas at Austin"}),
        ("Kestle Bakers To Close Its Last Shop In May.\nThe bakers wept.", set()),
        ("Angry Republican voters stayed away.", set()),
        ("(CNN) Scores of ferries left Kestle Bay.", {"CNN", "Kestle Bay"}),
        ("The Conference of Catholic Bishops met.", {"Conference of Catholic Bishops"}),
        ("Ada Moss 19 0 0\nBen Hale 20 0 1", {"Ada Moss", "Ben Hale"}),
        ("They asked why Kestle Bay Doesn’t matter.", {"Kestle Bay"}),
        ("They met at King's College London.", {"King's College London"}),
        ("They met at St Ada's Primary School.", {"St Ada's Primary School"}),
        ("A Chicagoan and two Delhiites talked of the Congressional schedule.", set()),
        ("They asked Speaker of the House Ada Moss.", {"Ada Moss"}),
        ("They asked Senator Ada King of Maine.", {"Ada King", "Maine"}),
        ("They saw “Harbour of the Lost,” too.", {"Harbour of the Lost"}),
        ("They saw “The Hale Who Loved Me” there.", {"The Hale Who Loved Me"}),
        ("Hundreds chanted “Save Our Quay” and waved “Never Again Brindle” signs.", set()),
        ("She was known as the “Mother of the Quay” by sailors.", set()),
        ("Her memoir, “Quiet Hands,” sold, and the song “Tide of May.”", {"Quiet Hands", "Tide of May"}),
        ("The boat lies in the bay Getty Images The Quillet crew saw it.", {"Getty Images", "Quillet"}),
        ("It was read in the Danish Opinion, and a Catholic leader left.", {"Danish Opinion"}),
        ("They asked for it under the Freedom of Information Act in May.", {"Freedom of Information Act"}),
        ("She has photos.\n(Reporting by Ada Moss, Editing by Ossip Wills)", {"Ada Moss", "Ossip Wills"}),
        ("Workers left Launch Complex 39A on Friday.", {"Launch Complex 39A"}),
        ("They asked White House Counsel Ada Moss.", {"White House", "Ada Moss"}),
        ("It moved US First Lady Ada Moss.", {"US", "Ada Moss"}),
        ("They asked Kestle County Prosecutor Corvin Sastle.", {"Kestle County", "Corvin Sastle"}),
        ("They asked Senate Majority Leader Ada Moss.", {"Senate", "Ada Moss"}),
        ("Former Texas Gov. Ada Moss left, and a Baptist choir sang.", {"Texas", "Ada Moss"}),
        ("He leads the Bank for Harbour Repairs.", {"Bank for Harbour Repairs"}),
        ("She runs the Ostrow Unity and Development Party.", {"Ostrow Unity and Development Party"}),
        ("It was told by Turkey's Public Disclosure Platform.", {"Turkey", "Public Disclosure Platform"}),
        ("Tides Bring Proof That Kestle Has Sunk Again.\nThe quay lies lower.", set()),
        ('They live in Kestle. "Kestle in May," she said. "You bring all."', {"Kestle"}),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_nothing_is_added_to_it(text: str, names: set[str]) -> None:
    assert kinds(text).keys() == names
