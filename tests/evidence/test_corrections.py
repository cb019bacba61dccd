from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import RequestError
from sources.evidence.entities import Entity, EntityKind
from sources.evidence.entities.corrections import corrected, entity_named
from sources.evidence.entities.finder import find_entities
from sources.model import Correction, CorrectionAct
from tests.evidence.stories import source
from tests.properties import dear

TEXTS = (
    "Lin Okafor leads Northport plc. Northport grew, Okafor said. The Saltmarsh Port Authority was silent.",
    "Ada Moss of the Port Authority met Lin Okafor. Moss likes Northport, and Northport likes Moss.",
)


def found(*texts: str) -> tuple[Entity, ...]:
    return find_entities([source(text, number) for number, text in enumerate(texts or TEXTS, 1)])


def said(
    act: CorrectionAct,
    name: str,
    value: str = "",
    *aliases: str,
    story: str | None = "story",
    number: int = 1,
) -> Correction:
    return Correction(number, story, act, (name, *aliases), value, "2031-06-12T08:00:00Z")


def named(entities: tuple[Entity, ...]) -> dict[str, Entity]:
    return {entity.name: entity for entity in entities}


def test_without_corrections_nothing_changes() -> None:
    assert corrected(found(), []) == found()
    assert corrected(found(), [said(CorrectionAct.HIDE, "Nobody Here")]) == found()


def test_merged_entities_are_one_under_the_name_of_the_second() -> None:
    before = named(found())
    merged = named(
        corrected(found(), [said(CorrectionAct.MERGE, "Port Authority", "Saltmarsh Port Authority")])
    )
    assert "Port Authority" not in merged
    whole = merged["Saltmarsh Port Authority"]
    assert whole.id == before["Saltmarsh Port Authority"].id
    assert "Port Authority" in whole.aliases
    assert [mention.text for mention in whole.mentions] == ["Saltmarsh Port Authority", "Port Authority"]


def test_a_merge_names_alike_in_a_story_that_knows_only_one_of_the_two() -> None:
    text = "The Port Authority was silent. Nobody at the Port Authority spoke."
    everywhere = said(CorrectionAct.MERGE, "Port Authority", "Saltmarsh Port Authority", story=None)
    (entity,) = corrected(found(text), [everywhere])
    assert entity.name == "Saltmarsh Port Authority"
    assert entity.aliases == ("Port Authority",)


def test_a_split_form_becomes_an_entity_of_its_own() -> None:
    split = named(corrected(found(), [said(CorrectionAct.SPLIT, "Northport plc", "Northport")]))
    assert [mention.text for mention in split["Northport plc"].mentions] == ["Northport plc"]
    assert {mention.text for mention in split["Northport"].mentions} == {"Northport"}
    assert split["Northport"].id != split["Northport plc"].id
    typed = [
        said(CorrectionAct.SPLIT, "Northport plc", "Northport"),
        said(CorrectionAct.TYPE, "Northport", "place"),
    ]
    kinds = named(corrected(found(), typed))
    assert kinds["Northport"].kind is EntityKind.PLACE
    assert kinds["Northport plc"].kind is EntityKind.ORGANISATION


def test_a_renamed_entity_keeps_its_id_and_answers_to_both_names() -> None:
    renamed = corrected(found(), [said(CorrectionAct.RENAME, "Ada Moss", "Ada M. Moss")])
    entity = named(renamed)["Ada M. Moss"]
    assert entity.id == "ada-moss"
    assert {"Ada Moss", "Moss"} <= set(entity.aliases)
    later = [
        said(CorrectionAct.RENAME, "Ada Moss", "Ada M. Moss"),
        said(CorrectionAct.HIDE, "Ada M. Moss", "", "Ada Moss", "Moss"),
    ]
    assert "Ada M. Moss" not in named(corrected(found(), later))


def test_hidden_ones_go_and_pinned_ones_come_first() -> None:
    after = corrected(
        found(), [said(CorrectionAct.HIDE, "Northport plc"), said(CorrectionAct.PIN, "Port Authority")]
    )
    assert "Northport plc" not in named(after)
    assert after[0].name == "Port Authority"
    assert after[0].pinned
    assert [entity.pinned for entity in after[1:]] == [False] * (len(after) - 1)


def test_new_texts_that_name_it_more_fully_obey_in_the_same_story() -> None:
    first = named(found("Okafor signed. The price, Okafor said, was fair."))["Okafor"]
    typed = said(CorrectionAct.TYPE, first.name, "person", *first.aliases)
    fuller = corrected(found("Okafor signed. Lin Okafor, the boss, spoke. So Okafor said."), [typed])
    assert named(fuller)["Lin Okafor"].kind is EntityKind.PERSON


def test_what_was_said_of_one_person_is_not_said_of_others_with_an_alias_alike_elsewhere() -> None:
    hidden = said(CorrectionAct.HIDE, "Ada Moss", "", "Moss", story=None)
    others = found("Ben Moss sang. Moss left early, and Moss slept.")
    assert corrected(others, [hidden]) == others


@pytest.mark.parametrize("word", ["ada-moss", "Ada Moss", "ada moss", "Moss"])
def test_an_entity_is_meant_by_id_name_or_alias(word: str) -> None:
    assert entity_named(found(), word).name == "Ada Moss"


def test_a_word_that_means_nothing_says_what_comes_near() -> None:
    with pytest.raises(RequestError, match="there is Northport plc"):
        entity_named(found(), "north")
    with pytest.raises(RequestError, match="No entity here is called ''"):
        entity_named(found(), "")


names = st.sampled_from(
    ["Ada Moss", "Moss", "Northport", "Northport plc", "Lin Okafor", "Nobody", "Port Authority"]
)
corrections = st.builds(
    lambda act, name, value, kind, everywhere: said(
        act,
        name,
        kind if act is CorrectionAct.TYPE else value,
        story=None if everywhere else "story",
    ),
    st.sampled_from(list(CorrectionAct)),
    names,
    names,
    st.sampled_from([kind.value for kind in EntityKind]),
    st.booleans(),
)


@dear(50)
@given(st.lists(corrections, max_size=6))
def test_whatever_is_said_no_mention_is_doubled_or_made_up(said_of_them: list[Correction]) -> None:
    before = {mention for entity in found() for mention in entity.mentions}
    after = corrected(found(), said_of_them)
    mentions = [mention for entity in after for mention in entity.mentions]
    assert len(mentions) == len(set(mentions))
    assert set(mentions) <= before
    assert len({entity.id for entity in after}) == len(after)
    if all(correction.act is not CorrectionAct.HIDE for correction in said_of_them):
        assert set(mentions) == before
