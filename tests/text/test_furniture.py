"""What is muted inside a body, and above all what is not: passages made up for the purpose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.boilerplate import is_boilerplate_line, is_credit_line, muted_stretches

BEFORE = "The port was sold on Thursday."
AFTER = "The buyer is a fund that nobody on the quay had heard of."


def muted(text: str) -> list[str]:
    return [text[zone.start : zone.end].strip() for zone in muted_stretches(text)]


@pytest.mark.parametrize(
    "furniture",
    [
        "Related: Ferry captain cleared after a long night at sea",
        "READ MORE: Crane Drivers Vote On Strike As Talks Fail",
        "SEE ALSO: Lighthouse Keeper Wins Again, Says 'Never Mind'",
        "Also read: Ten ports that sold for less than a song",
        "Click here to see how the port compares with its rivals.",
        "Sign up for our daily newsletter and never get lost again.",
        "By submitting this form, you agree to receive letters from us and our partners.",
        "By clicking on the button you agree to our terms.",
        "Subscribe to our channel for more.",
        "Disclaimer: This text was drafted by software.",
        "This article was produced with the help of AI and checked by an editor.",
        "This story was originally published by the Courier.",
        "Follow us on Mastodon.",
        "You are receiving this because you once bought a rope from us.",
        "You’re reading the weekly letter of the Lantern.",
        "If you no longer wish to receive our tide tables, tell the harbour master.",
        "To stop receiving these letters, unsubscribe here.",
        "Was this e-mail forwarded to you?",
        "Manage your subscription in three steps.",
        "View this letter in your browser.",
        "This morning's bulletin is brought to you by Moss and Sons, rope makers.",
        "Please do not reply to this message.",
        "Our postal address is 4 Tide Lane, Saltmarsh.",
        "Thanks for reading.",
        "We use cookies to make this page worse.",
        "Photo: Getty Images",
        "Image via Shutterstock",
        "(Photo by Ada Moss/Harbour Pictures)",
        "(Read more: Why the quay is empty)",
        "Source: Pixabay",
        "Related What is a hawser? A short history of rope for landsmen Posts",
        "The views expressed here are those of the author.",
    ],
)
def test_furniture_between_two_sentences_is_muted_and_they_are_not(furniture: str) -> None:
    assert muted(f"{BEFORE} {furniture} {AFTER}") == [furniture]


@pytest.mark.parametrize(
    "said",
    [
        "Related parties may not vote, and the related fees were waived.",
        "Read also means to study, at some universities.",
        "The photo shows the harbour; the image is from 2030.",
        "A source: that is what every reporter wants.",
        "You received nothing, the judge told the heirs, because the will was lost.",
        "If you leave the harbour, the pilot will no longer answer.",
        "Thank the pilots for that.",
        "This letter was sent to the mayor in May.",
        "“Click here to win,” the message said, and four people did.",
        '"Sign up for our newsletter," the caption read.',
        "Source code was stolen from the booking system.",
        "By using cranes, the port saved $4 million, and dockers agree.",
        "This story was told to the inspectors twice.",
        "This report was written in haste.",
        "Shares closed at US$18.42, down 0.5% on the day.",
        "She told investors to follow the money, and us to follow her.",
        "Watch: that is what the crew calls its four hours on deck.",
        "Get the money first, the old rule goes.",
        "They agreed by signing the contract on Monday.",
        "Video from the quay shows two cranes falling.",
        "The pictures by Moss hang in the customs shed.",
        "Credit Harbour, the lender, declined to comment.",
        "Join the union, Holm told them, or catch your own ropes.",
        "Privacy is what customers ask for, and terms that last.",
        "Advertisement sales rose 3% at the Courier.",
        "You can read more about it in the annual report.",
        "Sign up for an account with the port for $11.99 a month.",
        "Email the minister and he will answer, eventually.",
        "According to the Courier Stock Rankings, the port has a score of 88.42%.",
        "In the photo, courtesy of nobody in particular, the mayor waves.",
    ],
)
def test_what_the_source_says_is_never_muted(said: str) -> None:
    assert muted(f"{BEFORE} {said} {AFTER}") == []


def test_teasers_follow_one_another() -> None:
    first = "Related: Ferry captain cleared after a long night"
    second = "Related: Town to pay $13M for a quieter bell"
    text = f"{BEFORE} {first} {second} A spokesperson for the port told the Courier that it had no bell."
    assert muted(text) == [first, second]


def test_a_teaser_whose_end_nothing_tells_takes_no_sentence_with_it() -> None:
    text = f"{BEFORE} Related: Ferry captain cleared Northport said on Friday that it would appeal. {AFTER}"
    assert not any("Northport said" in stretch for stretch in muted(text))


def test_a_run_of_share_prices_is_muted_to_its_end() -> None:
    run = (
        "NPTNorthport plc$18.42+12.40%Score locked: sign in to see itMomentum61.20Growth44.10"
        "CSLCastellan Lines$7.05-1.80%Prices and data provided by Harbour Feeds"
    )
    assert muted(f"{BEFORE} {run}") == [run]


def test_a_disclaimer_glued_to_a_credit_is_muted_too() -> None:
    teaser = "READ MORE: Wheat And Tin Drift Lower"
    text = f"{BEFORE} {teaser} Image via Harbour Pictures Disclaimer: Drafted by software."
    assert "".join(muted(text)).endswith("Disclaimer: Drafted by software.")
    assert BEFORE not in " ".join(muted(text))


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "Copy Link",
        "Share Copy Link",
        "Share on Facebook",
        "Print this article",
        "5 min read",
        "12 comments",
        "Read more",
        "Related stories",
        "Today's top stories",
        "Advertisement",
        "Listen to this article",
        "SHARE",
        "Facebook Twitter WhatsApp",
        "Updated 3 hrs ago",
        "Summarized by AI",
    ],
)
def test_controls_are_furniture(line: str) -> None:
    assert is_boilerplate_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Shares fell",
        "Print is dead",
        "Share prices rose on Thursday",
        "Home prices",
        "Reading the tide",
        "",
        "  ",
        "Post-war cranes",
        "Savings",
        "Top of the quay",
        "Related parties",
        "The summary",
    ],
)
def test_other_short_lines_are_not(line: str) -> None:
    assert not is_boilerplate_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Source: The Courier",
        "Photo: Harbour Authority",
        "Image credit: Ada Moss",
        "Ada Moss/Getty Images",
        "Getty Images",
        "Reuters",
        "© Harbour Pictures",
        "Picture: Lin Okafor / AFP",
        "(Photo by Ada Moss)",
    ],
)
def test_lines_that_only_name_a_picture_s_source(line: str) -> None:
    assert is_credit_line(line)


@pytest.mark.parametrize(
    "line", ["Sources say so", "The photo was taken in 2030", "Reuters reported it", "Ada Moss"]
)
def test_lines_that_say_more_are_no_credits(line: str) -> None:
    assert not is_credit_line(line)


PIECES = st.sampled_from(
    [
        "Related: ",
        "READ MORE: ",
        "Image via ",
        "Photo: ",
        "Ada Moss ",
        "said ",
        "The ",
        "port ",
        "sold. ",
        "? ",
        '"',
        "“",
        "”",
        "\n",
        "$1.20-3.4%",
        "ABC",
        "Click here to ",
        "Share",
        " Posts ",
        "(",
        ")",
        "|",
        "Disclaimer: ",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_stretches_are_in_order_and_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for zone in muted_stretches(text):
        assert at <= zone.start < zone.end <= len(text)
        assert zone.kind.muted
        assert "\n" not in text[zone.start : zone.end]
        at = zone.end


def kinds(text: str) -> list[tuple[str, str]]:
    return [(str(zone.kind), text[zone.start : zone.end].strip()) for zone in muted_stretches(text)]


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - Ada Moss leaves the harbour office in Northport on May 4.",
        "FILE PHOTO: A crane stands over the east quay of Northport.",
        "Caption 12 A crane stands over the east quay",
        "Image copyright AFP Image caption A crane stands over the quay",
        "Image caption The crane was sold with the quay",
        "A crane stands over the east quay of Northport. (Tom Marsh/AP)",
        "A crane stands over the east quay (Getty Images)",
        "A crane over the quay. (Tom Marsh/Pool via AP) (Associated Press)",
        "AP:Associated Press A crane stands over the east quay",
        "The crane that was sold ©Tom Marsh (AFP/File)",
    ],
)
def test_captions_of_pictures_are_muted(caption: str) -> None:
    assert kinds(f"{BEFORE}\n{caption}\n{AFTER}") == [("caption", caption)]


@pytest.mark.parametrize(
    "line",
    [
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Read or Share this story: http://example.org/12",
        "Follow Tom Marsh on Twitter @tmarsh",
        "Contact the reporter at tom@example.org",
        "MOST READ",
        "Most viewed in News",
        "Advertisement",
        "This is a breaking news story and will be updated.",
        "For more news, visit our page.",
    ],
)
def test_lines_of_a_page_are_muted(line: str) -> None:
    assert muted(f"{BEFORE}\n{line}\n{AFTER}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The port authority (Northport/West) said on Monday that the crane was sold.",
        "The quay was sold, the authority said. (Reuters)",
        "He filed a claim: the file photo had been taken from his desk, he said.",
        "Follow the money, said Ada Moss, and you will find the crane.",
        "Contact with the ship was lost at noon, the reporter said.",
        "For more than an hour news of the ship was awaited on the quay.",
        "This is a story about a crane.",
    ],
)
def test_sentences_like_captions_and_page_lines_stay(line: str) -> None:
    assert muted(f"{BEFORE}\n{line}\n{AFTER}") == []


def test_a_caption_at_the_end_of_its_line_names_its_picture_apart() -> None:
    text = "A crane stands over the east quay. (Photo: Harbour Pictures)"
    assert kinds(text) == [
        ("caption", "A crane stands over the east quay."),
        ("credit", "(Photo: Harbour Pictures)"),
    ]
