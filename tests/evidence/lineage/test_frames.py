"""What an outlet repeats from issue to issue makes no copies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sources.evidence.lineage.finder import text_groups
from sources.evidence.lineage.frames import framed
from sources.evidence.lineage.text_reuse import body_spans
from sources.model import Origin, Ref, Source, Zone, ZoneKind

HEAD = "The Lantern, the weekly letter for all who keep bees, made behind the town hall of Ostrava."
FOOT = (
    "The Lantern is printed by Novak and Daughters on paper that was something else before. Write to us, "
    "send honey, or come by on any Saturday before noon, when the kettle is on and the smoker is lit."
)
NEWS = (
    "Swarms left early this year because the lime trees flowered in April.",
    "A thief took nine hives from a field near the motorway at night.",
    "The price of beeswax doubled after candles came back into fashion.",
    "Wasps ate a whole colony while its keeper was at a wedding in Brno.",
)
OWN_WORDS = "Drones hum loudly; clover blossoms"  # five that count


def issue(number: int, *news: str, publisher: str | None = "The Lantern") -> Source:
    text = "\n\n".join((HEAD, *news, FOOT))
    zones = (Zone(ZoneKind.BODY, 0, len(text)),)
    return Source(
        Ref("bees", number), None, publisher, None, None, None, None, text, zones, Origin(None, "", "text")
    )


def told(*texts: Source) -> int:
    """Return how many distinct texts there are."""
    return len(text_groups(texts))


def test_issues_with_other_stories_are_texts_of_their_own() -> None:
    assert told(*(issue(number, news) for number, news in enumerate(NEWS, 1))) == 4


def test_a_habit_of_one_outlet_needs_three_texts() -> None:
    texts = [replace(issue(number, news), text=plain(number, news)) for number, news in enumerate(NEWS, 1)]
    assert not framed(texts[:2], body_spans)
    assert {ref: len(spans) for ref, spans in framed(texts[:3], body_spans).items()} == {
        text.ref: 1 for text in texts[:3]
    }


def plain(number: int, news: str) -> str:
    """Return a text with a line that says nothing to its readers, padded to the length of an issue."""
    line = "Ostrava has four clubs of bee keepers and one museum of honey."
    return f"{line}\n\n{news}".ljust(len(issue(number, news).text))


def test_two_issues_that_speak_to_their_readers_are_two_texts() -> None:
    issues = [issue(number, news, publisher=None) for number, news in enumerate(NEWS[:2], 1)]
    assert {len(spans) for spans in framed(issues, body_spans).values()} == {2}
    assert told(*issues) == 2


def test_what_is_muted_in_a_paragraph_tells_that_it_speaks_to_readers() -> None:
    advert = "This letter is brought to you by Novak. Open a hive and win a spoon of oak. Terms apply to it."
    texts = [f"{news}\n\n{advert}" for news in NEWS[:2]]
    cut = advert.index("Open")
    issues = [
        replace(
            bare(number, text),
            zones=(
                Zone(ZoneKind.BODY, 0, at := text.index(advert)),
                Zone(ZoneKind.BOILERPLATE, at, at + cut),
                Zone(ZoneKind.BODY, at + cut, len(text)),
            ),
        )
        for number, text in enumerate(texts, 1)
    ]
    assert {len(spans) for spans in framed(issues, body_spans).values()} == {1}


COLUMN = (
    "We keep bees because our grandmothers did, and you should too if you have a garden and a free Sunday.",
    "The smoker calms the bees, the veil calms us, and neither of the two does anything for a neighbour.",
)


QUOTED = "“You and we,” said Novak of the price of wax."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Novak writes for us of a garden and a smoker.", *COLUMN), ("A veil, your Sunday, free.", *COLUMN)),
        (("A keeper of bees in Brno was stung on Sunday.", *COLUMN), COLUMN),
        ((*COLUMN, NEWS[0]), (NEWS[1], *COLUMN)),
        ((NEWS[0], QUOTED), (NEWS[1], QUOTED)),
    ],
    ids=["about the same", "nothing of its own", "at another place", "only a quote speaks"],
)
def test_two_copies_with_something_of_their_own_have_no_frame(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert not framed([bare(1, *one), bare(2, *other)], body_spans)


def bare(number: int, *paragraphs: str) -> Source:
    text = "\n\n".join(paragraphs)
    zones = (Zone(ZoneKind.BODY, 0, len(text)),)
    return replace(issue(number, publisher=None), text=text, zones=zones)


def test_of_other_outlets_nothing_is_a_frame() -> None:
    issues = [issue(number, news, publisher=f"Outlet {number}") for number, news in enumerate(NEWS, 1)]
    assert not framed(issues, body_spans)


def test_three_copies_of_one_report_are_one_text() -> None:
    assert told(*(issue(number, *NEWS) for number in (1, 2, 3))) == 1


def test_versions_that_tell_nearly_the_same_are_one_text() -> None:
    later = NEWS[0].replace("April", "March")
    assert told(issue(1, NEWS[0]), issue(2, later), issue(3, NEWS[0].replace("lime", "plum"))) == 1


@pytest.mark.parametrize(("own", "texts"), [(OWN_WORDS, 2), (OWN_WORDS.removesuffix(" blossoms"), 1)])
def test_a_text_needs_five_words_of_its_own(own: str, texts: int) -> None:
    assert told(issue(1, own), issue(2, NEWS[1])) == texts
