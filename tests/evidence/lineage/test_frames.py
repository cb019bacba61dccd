"""What an outlet repeats from issue to issue makes no copies."""

from __future__ import annotations

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


def test_two_texts_are_no_habit_yet_and_three_are() -> None:
    issues = [issue(number, news) for number, news in enumerate(NEWS, 1)]
    assert not framed(issues[:2], body_spans)
    assert {ref: len(spans) for ref, spans in framed(issues[:3], body_spans).items()} == {
        issue.ref: 2 for issue in issues[:3]
    }


def test_of_other_outlets_nothing_is_a_frame() -> None:
    issues = [issue(number, news, publisher=f"Outlet {number}") for number, news in enumerate(NEWS, 1)]
    assert not framed(issues, body_spans)
    assert not framed([issue(number, news, publisher=None) for number, news in enumerate(NEWS)], body_spans)


def test_three_copies_of_one_report_are_one_text() -> None:
    assert told(*(issue(number, *NEWS) for number in (1, 2, 3))) == 1


def test_versions_that_tell_nearly_the_same_are_one_text() -> None:
    later = NEWS[0].replace("April", "March")
    assert told(issue(1, NEWS[0]), issue(2, later), issue(3, NEWS[0].replace("lime", "plum"))) == 1


@pytest.mark.parametrize(("own", "texts"), [(OWN_WORDS, 3), (OWN_WORDS.removesuffix(" blossoms"), 1)])
def test_a_text_needs_five_words_of_its_own(own: str, texts: int) -> None:
    assert told(issue(1, own), issue(2, NEWS[1]), issue(3, NEWS[2])) == texts
