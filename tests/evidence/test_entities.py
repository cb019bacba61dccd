from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.entities import EntityKind
from sources.evidence.entities.casing import count_usage
from sources.evidence.entities.finder import find_entities
from sources.model import Zone, ZoneKind
from tests.evidence.stories import kinds, labelled, named, source


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
    assert kinds(shouted) == {"London": "place"}
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


@pytest.mark.parametrize(("name", "found"), [("Ben Lim", True), ("Ben Li", False)])
def test_a_surname_in_a_heading_has_three_letters(name: str, found: bool) -> None:  # noqa: FBT001
    heading = f"Why {name} Gave The Old Quay Away"
    text = f"{heading}\nNobody on the quay knew who had bought it."
    zones = (Zone(ZoneKind.HEADING, 0, len(heading) + 1), Zone(ZoneKind.BODY, len(heading) + 1, len(text)))
    assert (name in kinds_of(text, zones)) is found


def kinds_of(text: str, zones: tuple[Zone, ...]) -> dict[str, str]:
    return {entity.name: entity.kind.value for entity in find_entities([source(text, zones=zones)])}


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


@pytest.mark.long
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
