"""Two stories of other fields with planted variants, shifts, chains, drift, and the bundled chain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sources.evidence.credit_chains.chains import find_chains
from sources.evidence.entities.finder import find_entities
from sources.evidence.lineage.finder import text_groups
from sources.evidence.quote_families.families import find_families
from sources.evidence.quotes import find_quotes
from sources.evidence_cache import EvidenceCache
from sources.model import Origin, Ref, Source
from tests.evidence.stories import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.credit_chains import ChainLink, CreditChain
    from sources.library import Library

STORIES = ("voices-clinic.json", "voices-stadium.json")


def read(name: str) -> tuple[dict[str, Any], list[Source]]:
    truth = json.loads((DATA / name).read_text("utf-8"))
    sources = [
        Source(
            Ref("story", number), None, row["publisher"], None, row["date"], None, "en", row["text"], (),
            Origin(None, "", "text"),
        )
        for number, row in enumerate(truth["sources"], 1)
    ]  # fmt: skip
    return truth, sources


@pytest.mark.parametrize("name", STORIES)
def test_planted_families_variants_and_shifts_are_found(name: str) -> None:
    truth, sources = read(name)
    quoted = [(one, find_quotes(one)) for one in sources]
    found = find_families(quoted, find_entities(sources), text_groups(sources))
    got = {
        family.text: (
            family.speaker,
            {
                one.ref.number: (
                    str(one.kind),
                    [sources[(one.ref.number or 0) - 1].text[start:end] for start, end in one.altered],
                    one.shift,
                )
                for one in family.variants
            },
        )
        for family in found
    }
    wanted = {
        row["text"]: (
            row["speaker"],
            {one["number"]: (one["kind"], one["altered"], one["shift"]) for one in row["variants"]},
        )
        for row in truth["families"]
    }  # fmt: skip
    assert got == wanted
    assert [one.text for _, quotes in quoted for one in quotes if not one.direct] == truth["scare"]


def paths(link: ChainLink, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    name = str(link.refs[0].number) if str(link.kind) == "source" else link.name
    here = (*before, name)
    if not link.followers:
        yield here
    for follower in link.followers:
        yield from paths(follower, here)


def chain_of(chains: tuple[CreditChain, ...], claim: str) -> CreditChain:
    (chain,) = [chain for chain in chains if claim in chain.claim]
    return chain


@pytest.mark.parametrize("name", STORIES)
def test_planted_chains_and_drifts_are_found(name: str) -> None:
    truth, sources = read(name)
    chains = find_chains(sources, find_entities(sources), text_groups(sources))
    for row in truth["chains"]:
        chain = chain_of(chains, row["claim"])
        assert sorted(paths(chain.root)) == sorted(map(tuple, row["paths"]))
        drifts = {
            (drift.later_ref.number, str(drift.kind)) for link in chain.root.walk() for drift in link.drifts
        }
        assert drifts == set(map(tuple, row["drifts"]))


def test_the_chain_of_the_bundled_story(sample_library: Library, sample_truth: dict[str, Any]) -> None:
    truth = sample_truth["chain"]
    chain = chain_of(
        EvidenceCache(sample_library).credit_chains("harbour-deal"), "plans to move most of its ships"
    )
    names = [truth["steps"][2]["credits"], "Ledger Wire", "Tidewater Post"]
    (path,) = [path for path in paths(chain.root) if "Tidewater Post" in path]
    assert list(path[:3]) == names
    refs = {ref.number for link in chain.root.walk() for ref in link.refs}
    assert {2, 7, 10, 11, 12, 13} == refs
    assert str(chain.root.kind) == "unnamed"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Ida Brook said the dam leaks, Reuters reported.", ("Ida Brook", "Reuters", "1")),
        ("Ida Brook said the dam holds, but Reuters reported a leak.", ("Reuters", "1")),
        ("According to Reuters, the dam leaks since Ida Brook said it holds.", ("Reuters", "1")),
        ("It has leaked since Ida Brook said it would hold, Reuters reported.", ("Reuters", "1")),
    ],
)
def test_an_outlet_leans_on_whom_it_is_said_to_report(said: str, wanted: tuple[str, ...]) -> None:
    text = f"{said} Ida Brook has kept the dam for years."
    sources = [
        Source(Ref("story", 1), None, None, None, None, None, "en", text, (), Origin(None, "", "text"))
    ]  # fmt: skip
    (chain,) = find_chains(sources, find_entities(sources), text_groups(sources))
    assert list(paths(chain.root)) == [wanted]


def chains_of(*texts: tuple[str, str]) -> list[tuple[str, ...]]:
    sources = [
        Source(Ref("story", number), None, who, None, None, None, "en", text, (), Origin(None, "", "text"))
        for number, (who, text) in enumerate(texts, 1)
    ]
    found = find_chains(sources, find_entities(sources), text_groups(sources))
    return [path for chain in found for path in paths(chain.root)]


def test_an_outlet_leans_on_a_body_according_to_which_it_tells_something() -> None:
    told = "The dam leaks, according to an analysis by the Venn Water Institute. Nobody had closed the road."
    assert chains_of(("The Marl Star", told)) == [("Venn Water Institute", "Marl Star")]


def test_a_body_whose_own_text_is_in_the_story_is_leaned_on() -> None:
    own = "Marl Pumps AG today presented a pump that can lift forty tons of water an hour from any dam."
    told = "Marl Pumps said its new pump can lift forty tons an hour. The works are in the upper town."
    assert chains_of(("Marl Pumps AG", own), ("The Venn Post", told)) == [("Marl Pumps AG", "Venn Post")]


def test_a_body_is_meant_by_the_word_of_its_name_once_the_text_has_named_it() -> None:
    own = "The Venn Harbour Board today closed the lower lock, which is the oldest of the river by a century."
    told = "The Venn Harbour Board met at noon. The lock is shut, the board said. The road is closed."
    assert chains_of(("Venn Harbour Board", own), ("The Marl Star", told)) == [
        ("Venn Harbour Board", "Marl Star")
    ]
    unnamed = "They met at noon. The lock is shut, the board said. The road is closed."
    assert chains_of(("Venn Harbour Board", own), ("The Marl Star", unnamed)) == []


def test_a_text_leans_on_the_agency_that_its_last_line_names() -> None:
    own = "VENN (AP) — A dam leaks by 4.5 litres a day, and the road to the upper town has been shut."
    told = "The dam leaks. The road is closed.\n\nThe Associated Press contributed to this report."
    assert chains_of(("The Associated Press", own), ("Marl Star", told)) == [
        ("Associated Press", "Marl Star")
    ]
    assert (
        chains_of(("Marl Star", told.replace(" contributed to this report", " is in the upper town"))) == []
    )


def test_an_outlet_with_a_text_of_its_own_is_called_as_that_says() -> None:
    own = "A keeper slept all night in the upper town, where the water rose by a metre and nobody woke."
    told = "Evening Post reported that 4.5 litres leak a day, citing a letter. The road is closed."
    found = chains_of(("Derwent Evening Post", own), ("The Marl Star", told))
    assert found == [("a letter", "Derwent Evening Post", "Marl Star")]


@pytest.mark.parametrize(
    ("whose", "said", "wanted"),
    [
        ("Venn Morgenpost", "“It leaks,” Ida Brook told us.", "Ida Brook"),
        ("Venn Morgenpost", "“Ida Brook told us to go.”", None),
        ("Venn Morgenpost", "Ida Brook sat down. “It leaks,” she told the Morgenpost.", "Ida Brook"),
        ("Venn Morgenpost", "Ida Brook sat down. “It leaks,” she told the Upper Town Club.", None),
        ("Venn Avis", "“It leaks,” Ida Brook told Avisa.", "Ida Brook"),
        ("VPR 91.3", "Ida Brook, who keeps the dam, told VPR the water will rise.", "Ida Brook"),
        ("Venn Morgenpost", "“It leaks,” Ida Brook told this newspaper.", "Ida Brook"),
        ("Venn Morgenpost", "“It leaks,” Ida Brook told reporters in Venn.", "Ida Brook"),
        ("Venn Morgenpost", "“It leaks,” Ida Brook told analysts on a call.", "Ida Brook"),
        ("Venn Morgenpost", "“It leaks,” Ida Brook told the dam board in Venn.", None),
        (
            "Venn Morgenpost",
            "Ida Brook, a keeper, said it leaks by 4.5 litres, but told the Venn Morgenpost it holds.",
            "Ida Brook",
        ),
    ],
)
def test_a_text_leans_on_whom_it_says_its_own_people_heard(whose: str, said: str, wanted: str | None) -> None:
    found = chains_of((whose, f"{said} The road was closed at night."))
    assert found == ([(wanted, whose)] if wanted is not None else [])


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("It leaks, Reuters and ABC News reported.", ["Reuters", "ABC News"]),
        ("Drafts obtained by The Venn Courier and ABC News show it.", ["Venn Courier", "ABC News"]),
        ("“The papers revealed do show it,” the Venn Post said.", ["Venn Post"]),
    ],
)
def test_each_outlet_that_is_credited_is_leaned_on(said: str, wanted: list[str]) -> None:
    found = chains_of(("The Marl Star", f"{said} The road was closed at night."))
    assert sorted(found) == sorted((name, "Marl Star") for name in wanted)


def test_an_outlet_is_known_by_its_name_without_that_of_its_edition() -> None:
    own = "A keeper named nobody and slept all night in the upper town, where the water rose by a metre."
    told = "Broadcaster Flodnytt reported that 4.5 litres leak a day, citing a letter. The road is closed."
    found = chains_of(("Flodnytt English", own), ("The Marl Star", told))
    assert found == [("a letter", "Flodnytt", "Marl Star")]


def test_what_only_the_later_version_of_a_text_heard_is_kept() -> None:
    text = (
        "The dam of Venn leaked on Monday after a week of rain, and the upper town was told to leave at noon."
    )
    later = (
        f"{text} Ida Brook told a reporter from The Marl Star that she had warned the council of it twice."
    )
    assert ("Ida Brook", "Marl Star", "Venn Post") in chains_of(("Venn Post", text), ("Venn Post", later))


def test_what_people_told_the_outlet_of_a_text_itself_leans_on_no_other_outlet() -> None:
    told = "“It leaks,” Ida Brook told CNN. The dam is old, and nobody in the upper town slept."
    assert all("CNN" not in path for path in chains_of(("edition.cnn.com", told)))
