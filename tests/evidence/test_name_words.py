"""What the words in and around a name tell: where it begins and ends, and what kind of thing it names."""

from __future__ import annotations

import pytest

from tests.evidence.stories import kinds


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
        ("The old town of the salt makers, Quillet Varga lies in the hills.", "Quillet Varga", "place"),
        ("They took the boat from Quillet Varga again.", "Quillet Varga", "place"),
        ("They asked the election agent, Quillet Varga, again.", "Quillet Varga", "person"),
        ("They asked the painters Quillet Varga and Corvin Sastle.", "Quillet Varga", "person"),
        ("It hung in the Corvin Hof museum again.", "Corvin Hof", "organisation"),
        ("They took on men from Oslo and Quillet, who left.", "Quillet", "place"),
        ("They asked Quillet Varga, who left.", "Quillet Varga", "person"),
        ("They asked Quillet Vale Water again.", "Quillet Vale Water", "organisation"),
        ("It is bigger than Washington DC, they said.", "Washington DC", "place"),
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
        ("The fire burned in Northern California.", {"Northern California"}),
        ("The Eastern Quillet Mills paid.", {"Eastern Quillet Mills"}),
        ("It was told to Western NATO allies.", {"NATO"}),
        ("Trucker Quillet Varga left. Quillet Varga drives.", {"Quillet Varga"}),
        ("Bookie Brindlow paid out. The firm of Brindlow wept.", {"Brindlow"}),
        ("They met at Heddle’s Ness and at Moss's Farm.", {"Heddle’s Ness", "Moss's Farm"}),
        ("The Kestle-Brindle road is shut. It is far to Brindle.", {"Kestle", "Brindle"}),
        ("The Kestle-Brindle plan is dead. It is far to Brindle.", {"Kestle-Brindle", "Brindle"}),
        ("Ward Nos 5 and 6 were shut in Kestle Bay.", {"Kestle Bay"}),
        ("The Agent was ill. They met the Agent and the Manager of Kestle Bay.", {"Kestle Bay"}),
        ("Police shut Kestle Bay, it was said. PTI ABC DEF", {"Kestle Bay", "PTI"}),
        ("They lay in Mazar-e-Sharif, and played at Mar-a-Lago.", {"Mazar-e-Sharif", "Mar-a-Lago"}),
        ("It was seen by the Chandra X-ray Observatory.", {"Chandra X-ray Observatory"}),
        ("A-lister Ada Moss wore a T-shirt.", {"Ada Moss"}),
        ("They sat. Sign Up Continue reading the story. Sign Up Continue reading it.", set()),
        ("BERLIN (AP) - Two men left.", {"Berlin", "AP"}),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_nothing_is_added_to_it(text: str, names: set[str]) -> None:
    assert kinds(text).keys() == names
