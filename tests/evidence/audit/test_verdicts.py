from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.audit import Verdict
from tests.evidence.audit.pairs import Found, audit_of, hold, labelled_pairs

PAIRS = labelled_pairs()


@pytest.fixture(scope="module")
def found() -> list[Found]:
    return [hold(pair.sentence, pair.source) for pair in PAIRS]


def test_only_what_a_source_excludes_is_called_contradicted(found: list[Found]) -> None:
    wrong = [
        (pair.sentence, one.differs)
        for pair, one in zip(PAIRS, found, strict=True)
        if one.verdict == "contradicted" != pair.verdict
    ]
    assert wrong == []


def test_most_labelled_pairs_have_their_verdict(found: list[Found]) -> None:
    counts = Counter((pair.verdict, one.verdict) for pair, one in zip(PAIRS, found, strict=True))
    right = sum(count for (label, verdict), count in counts.items() if label == verdict)
    assert right >= 0.78 * len(PAIRS), counts
    contradicted = sum(count for (label, _), count in counts.items() if label == "contradicted")
    assert counts["contradicted", "contradicted"] >= 0.8 * contradicted, counts  # another name only weakens
    assert counts["unsupported", "supported"] <= 2, counts


def test_most_labelled_differences_are_found_and_hardly_any_other(found: list[Found]) -> None:
    labelled = [({each[0] for each in pair.differs}, one) for pair, one in zip(PAIRS, found, strict=True)]
    hits = sum(len(kinds & one.kinds) for kinds, one in labelled)
    assert hits >= 0.9 * sum(len(kinds) for kinds, _ in labelled)
    assert sum(len(one.kinds - kinds) for kinds, one in labelled) <= 2


def test_details_that_a_source_lacks_are_named(found: list[Found]) -> None:
    for pair, one in zip(PAIRS, found, strict=True):
        for missing in pair.missing:
            assert any(missing in words or words in missing for words in one.missing), pair.sentence


# What shows a kind of difference, and what comes near and shows none.
KINDS = [
    (
        "hedge",
        "The harbour master has resigned.",
        "The harbour master plans to resign in May.",
        "Calls to the harbour office were many when the harbour master resigned.",
    ),
    (
        "unit",
        "The crew needed 19 days to reach the port.",
        "The crew had been at sea for 19 hours when it came to the port.",
        "The crew needed 19 days to reach the port, of which it slept for 19 hours.",
    ),
    (
        "unit",
        "Ida Quill rode the last 61 miles alone.",
        "Ida Quill rode on alone with 61 kilometres left.",
        "Ida Quill rode the last 61 miles alone.",
    ),
    (
        "negation",
        "The mill was short of rope, but it kept its forecast for the year.",
        "The mill was short of rope. The company withdrew its forecast for the year.",
        "The mill was short of rope. It kept its forecast for the year and withdrew an offer.",
    ),
    (
        "hedge",
        "The mill is going to bid for the yard.",
        "The mill is considering an offer for the yard.",
        "The mill is going to make an offer for the yard.",
    ),
    (
        "strength",
        "This harvest will be the largest since 2026.",
        "This harvest could be the largest since 2026.",
        "This harvest will be the largest since 2026, but the next could be smaller.",
    ),
    (
        "attribution",
        "The mill ignored three warnings about the boiler.",
        "The mill ignored three warnings about the boiler, a former clerk testified.",
        "The mill ignored three warnings about the boiler, the inspector found.",
    ),
    (
        "attribution",
        "The mill is selling the yard.",
        "The mill is selling the yard, two people familiar with the talks said.",
        "The mill is selling the yard, the mayor said.",
    ),
    (
        "attribution",
        "Wet sand was to blame for the fall of the crane.",
        "Several workers blamed wet sand for the fall of the crane.",
        "Wet sand was to blame for the fall of the crane, and several workers were hurt.",
    ),
    (
        "figure",
        "The mill made 70 ropes a day.",
        "The mill made 90 ropes a day.",
        "The mill made 70 ropes a day, and 90 later.",
    ),
    (
        "figure",
        "The mill lost 12 percent of its orders.",
        "The mill lost 21 percent of its orders.",
        "The mill lost some 12.2 percent of its orders.",
    ),
    (
        "figure",
        "A ticket will cost $4.",
        "A ticket will cost $5.",
        "A ticket will cost $1 more than the $3 of today.",
    ),
    (
        "unit",
        "The fog lasted nine weeks.",
        "The fog lasted nine days.",
        "The fog lasted 63 days.",
    ),
    (
        "unit",
        "Rates rose by 2 percentage points.",
        "Rates rose by 2 percent.",
        "Rates rose by 2 percentage points, or 40 percent.",
    ),
    (
        "unit",
        "The wind blew at 90 miles an hour.",
        "The wind blew at 90 km/h.",
        "The wind blew at 90 mph.",
    ),
    (
        "date",
        "The mill closed in May.",
        "The mill closed in June.",
        "The mill closed on 3 May.",
    ),
    (
        "date",
        "The vote was held on Tuesday.",
        "The vote was held on Friday.",
        "On Tuesday the vote was held, and on Friday counted.",
    ),
    (
        "name",
        "Dr Bella Quist runs the mill.",
        "Dr Orla Venn runs the mill.",
        "Orla Venn and Bella Quist run the mill.",
    ),
    (
        "name",
        "The mill is owned by Tarbet Group.",
        "The mill is owned by Lorne Group.",
        "The mill is owned by Tarbet, once part of Lorne Group.",
    ),
    (
        "role",
        "Mayor Orla Venn opened the mill.",
        "Sheriff Orla Venn opened the mill.",
        "Orla Venn, mayor since May, opened the mill.",
    ),
    (
        "role",
        "Chief executive Orla Venn opened the mill.",
        "Treasurer Orla Venn opened the mill.",
        "Founder Orla Venn opened the mill.",
    ),
    (
        "speaker",
        '"We are tired of fog," said Orla Venn.',
        '"We are tired of fog," said Bella Quist. Orla Venn was there.',
        '"We are tired of fog," Venn said. Orla Venn was there.',
    ),
    (
        "quote",
        '"We are really tired of the fog," said Orla Venn.',
        '"We are tired of the fog," said Orla Venn.',
        '"We are really tired of the fog, and of rain," said Orla Venn.',
    ),
    (
        "hedge",
        "The owners closed the mill.",
        "The owners reportedly closed the mill.",
        "The owners closed the mill, as they had planned.",
    ),
    (
        "hedge",
        "The owners sold the mill.",
        "The owners plan to sell the mill.",
        "The owners sold the mill. They plan to leave.",
    ),
    (
        "strength",
        "The owners will sell the mill.",
        "The owners may sell the mill.",
        "The owners will sell the mill in May.",
    ),
    (
        "strength",
        "The fog caused the crash of the bus.",
        "The fog was linked to the crash of the bus.",
        "The fog caused the crash of the bus, it was proved.",
    ),
    (
        "quantifier",
        "All workers signed the letter.",
        "Most workers signed the letter.",
        "Every worker signed the letter.",
    ),
    (
        "attribution",
        "The fog ruined the ropes.",
        "The owners claim that the fog ruined the ropes.",
        "The fog ruined the ropes, and the owners claim damages.",
    ),
    (
        "negation",
        "The mill paid the workers.",
        "The mill did not pay the workers.",
        "The mill did not only pay the workers, it thanked the workers.",
    ),
    (
        "negation",
        "Nobody at the mill was hurt.",
        "Two men at the mill were hurt.",
        "No one at the mill was hurt.",
    ),
    (
        "negation",
        "The council approved the sale of the mill.",
        "The council rejected the sale of the mill.",
        "The council approved the sale of the mill and rejected the rest.",
    ),
    (
        "negation",
        "Output at the mill rose.",
        "Output at the mill fell.",
        "Output at the mill rose after prices fell.",
    ),
]


@pytest.mark.parametrize(("kind", "sentence", "source", "near"), KINDS)
def test_a_kind_of_difference_is_found_where_it_is_and_only_there(
    kind: str, sentence: str, source: str, near: str
) -> None:
    shown = hold(sentence, source)
    assert kind in shown.kinds, shown
    assert all(said in sentence for _, said, _ in shown.differs)
    assert hold(sentence, near).kinds == set()


CONVERSES = [
    ("Tarbet Group bought the mill for $3 million.", "Lorne Group sold the mill for $3 million."),
    ("Tarbet Group received $3 million in aid.", "Lorne Group paid $3 million in aid."),
]


@pytest.mark.parametrize(("sentence", "source"), CONVERSES)
def test_what_one_does_and_another_undergoes_is_no_contradiction(sentence: str, source: str) -> None:
    assert "name" not in hold(sentence, source).kinds


def test_an_office_that_a_source_has_for_somebody_is_no_other_role() -> None:
    source = "Orla Venn, the treasurer of the mill, will serve as its interim chief executive from May."
    assert hold("Chief executive Orla Venn runs the mill.", source).kinds.isdisjoint({"role"})


def test_what_two_sources_bear_out_together_is_supported() -> None:
    found = audit_of(
        "The mill at Ashby closed in May, and 90 workers lost their jobs [1][2].",
        "The mill at Ashby closed in May.",
        "In Ashby 90 workers lost their jobs.",
    )
    (one,) = found.sentences
    assert one.verdict is Verdict.SUPPORTED
    assert [str(check.verdict) for check in one.checks] == ["partial", "partial"]


def test_a_source_that_was_not_cited_and_says_it_is_named() -> None:
    found = audit_of(
        "The mill at Ashby closed in May [1].", "Fog lay on the river.", "The mill at Ashby closed in May."
    )
    (one,) = found.sentences
    assert one.verdict is Verdict.UNSUPPORTED
    assert [check.ref.number for check in one.best] == [2]


def test_a_text_without_markers_is_held_against_all_sources() -> None:
    found = audit_of(
        "The mill at Ashby closed in May.", "Fog lay on the river.", "The mill at Ashby closed in May."
    )
    (one,) = found.sentences
    assert one.marker is None
    assert one.verdict is Verdict.SUPPORTED


def test_equal_sources_say_equal_things() -> None:
    source = "The mill at Ashby closed in May."
    (one,) = audit_of("The mill at Ashby closed in May [1][2].", source, source).sentences
    assert [str(check.verdict) for check in one.checks] == ["supported", "supported"]


@pytest.mark.parametrize("written", ["", " \n\n ", "[1]", "...", "# ", "[1] [1] [1]"])
def test_a_text_that_says_nothing_has_nothing_to_judge(written: str) -> None:
    assert all(
        not one.checks or one.verdict is Verdict.UNSUPPORTED for one in audit_of(written, "Fog.").sentences
    )


@settings(max_examples=60, deadline=None)
@given(st.text("Ab1 .,[]()^\"'“”-:;%$³\n", max_size=80), st.text('Ab1 .,"-\n', max_size=60))
def test_no_text_is_too_strange(written: str, source: str) -> None:
    for one in audit_of(written, source).sentences:
        assert 0 <= one.span.start <= one.span.end <= len(written)
        for check in one.checks:
            assert 0.0 <= check.support <= 1.0
            assert all(0 <= span.start < span.end <= len(source) for span in check.evidence)


def test_words_that_run_on_are_searched_and_not_read_as_clauses() -> None:
    longest = " ".join(["The mill closed in May and"] * 41)  # 246 words, of which 250 are still a sentence
    held = hold(f"{longest} it did.", "The mill did not close in May.")
    assert held.verdict == "contradicted"
    run_on = hold(f"{longest} the men who made ropes lost.", "The mill did not close in May.")
    assert run_on.differs == ()


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        # a number that is often met is in another unit by chance
        (
            "The crew needed 24 days to reach the port.",
            "The crew was at sea for 24 hours, off the port.",
        ),
        # of what size it is says nothing of how many there are
        ("Thieves took the data of 700,000 customers.", "Thieves took the data of millions of customers."),
        # two who each have their say
        ("Lin Okafor notes that the pictures are gone.", "The pictures are gone, Ada Moss said."),
        # where a text was written is no one who does anything
        ("KELBROOK (AP) - A Norland woman was stunned.", "A Norland woman was stunned."),
        # two who each had a view of the plan
        ("The nurses' leaders condemned the plan.", "On Tuesday the Asterby board backed the plan."),
    ],
)
def test_what_comes_near_is_not_called_contradicted(sentence: str, source: str) -> None:
    assert hold(sentence, source).verdict != "contradicted"
