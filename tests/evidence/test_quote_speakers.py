from __future__ import annotations

import pytest

from tests.evidence.stories import quotes


def test_a_surname_is_resolved_within_the_text() -> None:
    text = 'Lin Okafor leads the fund. He likes ports. "We are patient," Okafor said.'
    assert quotes(text) == [("We are patient,", "Lin Okafor", "said")]


def test_a_pronoun_is_the_nearest_person_before_it() -> None:
    text = 'Ada Moss took the floor at noon. "I am done," she said.'
    assert quotes(text) == [("I am done,", "Ada Moss", "said")]
    assert quotes('"I am done," she said.') == [("I am done,", "she", "said")]


def test_a_pronoun_is_the_subject_before_it_and_not_whoever_is_named_in_passing() -> None:
    text = (
        "Ada Moss told staff in a note that all was well. One crane driver, who works on the quay, was not "
        'comforted. "We read about it," he said.'
    )
    assert quotes(text) == [("We read about it,", "One crane driver", "said")]
    text = 'Lin Okafor took the floor at noon. The fund of Ada Moss had lost. "I am done," he said.'
    assert quotes(text)[0][1] != "The fund of Ada Moss"
    text = 'Mr. Okafor met Ms. Moss. Lin Okafor and Ada Moss spoke. "I am done," she said.'
    assert quotes(text)[0][1] == "Ada Moss"


SPEAKERS = [
    ("Northport, its harbour master, Wilma Astley, told Ledger Wire, “will earn a lot”.", "Wilma Astley"),
    (
        "In a letter about the sale, Northport's chief, Ada Moss, said that it “did not look for a buyer”.",
        "Ada Moss",
    ),
    ('"We sold it," said a spokesperson for Northport.', "a spokesperson for Northport"),
    ('"We sold it," federal prosecutors wrote.', "federal prosecutors"),
    ('"We sold it," Ada Moss, a member (and a friend) of the board, who was there, said.', "Ada Moss"),
    ('Here in Saltmarsh, Ada Moss opened the door, saying, "We sold it all."', "Ada Moss"),
    ("Even before the vote began, Ada Moss sent a note: “We sold it all.”", "Ada Moss"),
    ('"We sold it all" in the end, Ada Moss said.', "Ada Moss"),
    ("''We sold it,'' Ada Moss said.", "Ada Moss"),
    ("— Ada Moss: “We sold it all.”", "Ada Moss"),
    ("「港は売れた」、Ada Moss said.", "Ada Moss"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_the_speaker_is_whoever_speaks(text: str, speaker: str) -> None:
    assert [row[1] for row in quotes(text)] == [speaker]


MOUTHS = [
    ('"It is late," said Lin Okafor\'s sister, Ada Moss.', "Ada Moss"),
    ('"It is late," said Lin Okafor’s sister, who would not be named.', "Lin Okafor’s sister"),
    ('Lin Okafor\'s deputy told the board: "It is late."', "Lin Okafor's deputy"),
    ('"It is late," according to Lin Okafor\'s staff.', "Lin Okafor's staff"),
    ('"It is late," said Meridian Fund finance director Lin Okafor.', "Lin Okafor"),
    ('"It is late," said Saltmarsh harbour master Ada Moss.', "Ada Moss"),
    ('As Lin Okafor, Meridian chairman, explains, "It is late now."', "Lin Okafor"),
    ('Two divers working for Lin Okafor\'s firm came up. "It is late," one of them said.', "one of them"),
    ('"It is late," the Saltmarsh mayor, Ada Moss, said on Friday.', "Ada Moss"),
    ('Ada Moss returned to the quay at noon and declared, "It is late."', "Ada Moss"),
    ("“It is late,” wrote @ada_moss on Friday.", "@ada_moss"),
    ("“It is late for all of us” (Ada Moss, pilot).", "Ada Moss"),
    ("« Il est tard », a-t-elle ajouté.", "elle"),
    ("—Es tarde —dijo Ada Moss, capitana del puerto.", "Ada Moss"),
    ("ADA MOSS: It is late for that.\nLIN OKAFOR: It is never too late.", "ADA MOSS"),
    ("Varga called the sale a joke. “It is late for that,” she said.", "Varga"),
    ("Lin Okafor met Mrs Moss at noon. Ada Moss was late. “It is late,” he said.", "Lin Okafor"),
    ("Lin Okafor is late for the vote, said Ada Moss, a pilot. “It is late for us,” she said.", "Ada Moss"),
    ("Lin Okafor is late for the vote, Ada Moss said on Friday.\n“It is late for us,” she said.", "Ada Moss"),
    ("For Ada Moss, a pilot who likes ships, that was wrong. “It is late for us,” she said.", "Ada Moss"),
    ("Tolls were set by harbour master Ada Moss, who said it was time. “It is late,” she said.", "Ada Moss"),
    ("Citing a paper, which Lin Okafor wrote, he said, “It is late for all of us.”", "he"),
    ("Pyle wept as he told the court that he was broke. “It is late for us,” she said.", "she"),
    ("“It is late,” said fund chairman and chief executive Lin Okafor.", "Lin Okafor"),
    (
        "Ada Moss of the old pilots’ union, explained it was “too late for us by then.”",
        "Ada Moss",
    ),
    ("Lin Okafor, who, as the leader of the fund, sold ships, said it was “too late for us.”", "Lin Okafor"),
    ("Ada Moss said that it was “too late for all of them,” Ledger Wire reported.", "Ada Moss"),
    (
        "The fund fell, with Meridian deputy finance head Lin Okafor saying “it is late for us”.",
        "Lin Okafor",
    ),
    ("They agree to nothing.\nPlease Sign On Once You agree to it. “It is late for us,” he said.", "he"),
    ("Tolls were called “a shakedown” in the note, said Ada Moss, of Saltmarsh, on Friday.", "Ada Moss"),
    ("A woman who was passing the Albion Hotel said it was “too late for us”.", "A woman"),
    (
        "Another guest who owns a bar nearby, whom nobody named, said it was “too late for us”.",
        "Another guest",
    ),
    ("Ada Moss confirmed that the mayor had rung him and told him to “get on with it”.", "the mayor"),
    ("Ada Moss said the quay was unsafe and added that it was “held up by paint”.", "Ada Moss"),
    ("The harbour master said Okafor had to go, adding: “He has lost us all.”", "The harbour master"),
    ("Ledger Wire quoted Ada Moss as saying the quay was “closed for good”.", "Ada Moss"),
    ("“It is closed,” Ledger Wire quoted Ada Moss as saying.", "Ada Moss"),
    ("Lin Okafor was described by Ms Moss as “a wrecker of quays”.", "Moss"),
    ("Lin Okafor said that the mayor had described the quay as “a grave”.", "the mayor"),
    (
        "The Ledger Press, which many believe is close to the fund, gave a warning: “Stay at home.”",
        "Ledger Press",
    ),
    (
        "Ada Moss was late. “It is late,” she told Ledger's Lin Okafor.\n“It is too late,” she said.",
        "Ada Moss",
    ),
    ("His lawyer, Ada Moss, said he was late. “My client sleeps well,” she said.", "Ada Moss"),
    (
        "Dan Frost wrote it. “Burn it,” Frost said.\nKarim and his sister fled. “I shake,” he said.",
        "Dan Frost",
    ),
    ("Lin Okafor said his side was “half asleep”, while Ada Moss called it “late for us”.", "Lin Okafor"),
    ("Ada Moss and Lin Okafor said it was “too late for us”.", "Ada Moss and Lin Okafor"),
    ("“We pay $20 an hour,” Fight for $20 organiser Ada Moss told the paper.", "Ada Moss"),
    ("“We have sat here for years,” says the 68-year-old from Saltmarsh.", "the 68-year-old from Saltmarsh"),
    ("“The quay was never looked at,” the report read.", "the report"),
    ("From the report: “The quay was never looked at.”", "the report"),
    ("In Ada Moss's words, the quay is “a love letter to ships”.", "Ada Moss"),
    ("Another revealed: “I hid under the bar.”", "Another"),
    ("Ada Moss came late. “We were glad to be asked,” she smiled.", "Ada Moss"),
    ("Ada Moss welcomed the vote as “a good day for pilots”.", "Ada Moss"),
    ("The chief said officers believe the fire was “set on purpose”.", "The chief"),
    ("Despite Ada Moss saying the quay was “quite safe for now”, crews stayed away.", "Ada Moss"),
    ("Residents, meanwhile, say they were “never asked by them”.", "Residents"),
    ("Ada Moss, the younger sister of the heir, Lin, has told the paper it was “late for us”.", "Ada Moss"),
    ("Later, in the hall, as corks flew, pilot Ada Moss wept. “It is late for us,” she said.", "Ada Moss"),
    ("“We found ice,” lead diver and Vale scientist Ada Moss said in a note.", "Ada Moss"),
    ("It is claimed Ada Moss wrote to them, stating: “You will lose us all.”", "Ada Moss"),
    ("The club, dubbed “the Wreckers” by its foes, met Ada Moss.", None),
    ("“You will all lose.” Ada Moss wrote in a note on Friday.", "Ada Moss"),
    ("“Do not come in here,” the board on the gate reads.", "the board"),
    (
        "Lin Okafor said the Moss-era plan was bad. The Moss plan was law, he said, but “it is late for us”.",
        "Lin Okafor",
    ),
    ("A fan said it was over before the pilot herself joked it was “too late for us”.", "the pilot"),
    ("The Courier asked Ada Moss whether it was over. “It is too late for us by now.”", "Ada Moss"),
    ("Ada Moss spoke of a “pause”, saying it meant “not too much of anything for us”.", None),
    ("The town was told to “duck and cover” as angry pilots vowed to fight.", None),
    ("“It is late for us,” as Ada Moss put it.", "Ada Moss"),
    (
        "Ada Moss struck a note, dealing with the Harbour Union at noon, urging us to “come to it”.",
        "Ada Moss",
    ),
    (
        "Ada Moss told the paper that the rules were made with an eye on the weakest of all their “crews”.",
        "Ada Moss",
    ),
    (
        "Ada Moss sat. The plan to sail blaring Tom Hale on the deck was off. “It is late,” she said.",
        "Ada Moss",
    ),
    ("It was near, said Ada Moss, aka “The Bad Pilot.” Nobody wept.", None),
    ("“We did not do it,” the firm of J.P. Varga said.", "the firm of J.P. Varga"),
    ("Ada Moss slammed the crew, likening them to “clowns and losers of old”.", "Ada Moss"),
    ("It was “too late for all of us”, as a diver close to the crew put it.", "a diver close to the crew"),
    ("Pilots were aghast. “It is late for us,” said one.", "one pilot"),
    ("The quay was aghast. “It is late for us,” said one.", "one"),
    (
        "Ada Moss, of the union, said the fund had offered a loan in May and “never asked us back again”.",
        "Ada Moss",
    ),
    ("Ada Moss said the fund had warned that it “never asked us back again”.", "the fund"),
    (
        "In Vale in the west, men were being fed, harbour head Lin Okafor told dpa. “It is late,” he said.",
        "Lin Okafor",
    ),
    ("Her mother, Ada Moss, laid the table. Then: “They called my girl a thief.”", "Ada Moss"),
    ("The first call, Lin Okafor says, came at three. “It is late for us all by then.”", "Lin Okafor"),
    (
        "A log of the harbour has one line for May. It reads: “Water came, wait until noon.”",
        "A log of the harbour",
    ),
    (
        "A log of the harbour was lost. The roof leaked for weeks. It reads: “Water came, wait until noon.”",
        "it",
    ),
    ("“It is late for all of us.” the board said.", "the board"),
    ("Image copyright Image caption The campaign warns that it is “late for all of us”.", "The campaign"),
    ("Ada Moss wept on the quay. “It is late for us,” she said.", "Ada Moss"),
    ("“It is late for all of us.” The board said so in May.", None),
    ("Ada Moss is gone, said Lin Okafor, according to men near her. “It is late for us all.”", "Lin Okafor"),
]


@pytest.mark.parametrize(("text", "speaker"), MOUTHS)
def test_no_words_are_put_into_another_mouth(text: str, speaker: str | None) -> None:
    assert next(row[1] for row in quotes(text)) == speaker


def test_marks_of_two_kinds_may_open_and_close_a_quote_and_its_paragraphs() -> None:
    assert quotes('"It is late,” said Ada Moss.') == [("It is late,", "Ada Moss", "said")]
    assert quotes('“It is late," said Ada Moss.') == [("It is late,", "Ada Moss", "said")]
    text = 'Ada Moss said: “It is late.\n"It is too late for all of us."'
    assert [row[1] for row in quotes(text)] == ["Ada Moss", "Ada Moss"]
    assert [row[0] for row in quotes('“It is "late," they say,” said Ada Moss.')] == [
        'It is "late," they say,'
    ]


def test_who_is_named_in_between_may_be_meant_by_he_as_well() -> None:
    text = "Lin Okafor sat down. The crew listened to Mr. Tom Hale. “It is late,” he said."
    assert [row[1] for row in quotes(text)] == ["he"]
    text = "Tom Hale sat down. The crew listened to Mr. Hale. “It is late,” he said."
    assert [row[1] for row in quotes(text)] == ["Tom Hale"]


def test_a_caption_within_a_quote_of_several_paragraphs_is_passed_over() -> None:
    text = "Ada Moss said: “First we waited.\nShips in the bay (Ledger)\n“Then we sold it.”"
    assert [row[1] for row in quotes(text)] == ["Ada Moss", "Ada Moss"]
    text = "Ada Moss sat. ‘First we waited.\n‘Then we sold it.’"
    assert quotes(text) == [("First we waited.", "Ada Moss", None), ("Then we sold it.", "Ada Moss", None)]
    text = "Ada Moss said: “First we waited.\nThen rain fell.\n“Then we sold it.”"
    assert [row[0] for row in quotes(text)] == ["Then we sold it."]


ALIKE = [
    ("Sgt. Ada Moss opened the case. “We looked for it,” the officer said.", "Ada Moss"),
    ("Sen. Ada Moss rose. “We looked for it,” the senator said.", "Ada Moss"),
    ("Ada Moss, 68, rose. “We looked for it,” the 68-year-old said.", "Ada Moss"),
    ("Mayor Ada Moss and the mayor of Vale, Lin Okafor, met. “It is late,” the mayor said.", "the mayor"),
    ("Inspector Ada Moss rose. Then DI Moss said: “We looked for it.”", "Ada Moss"),
    (
        "Union leader Ada Moss met party leader Lin Okafor. “It is late,” the union leader said.",
        "Ada Moss",
    ),
    (
        "President Ada Moss met President Lin Okafor. Ms Moss sat down. “It is late,” the president said.",
        "Ada Moss",
    ),
    ("President Ada Moss met President Lin Okafor. “It is late,” the president said.", "the president"),
    ("Ada Moss came in third. “It is late,” the Vale runner said.", "Ada Moss"),
    ("Ada Moss came in third.\n\n“It is late,” the Vale runner said.", "Ada Moss"),
    ("Ada Moss came in third.\n\nRain fell.\n\n“It is late,” the Vale runner said.", "the Vale runner"),
    ("Ada Moss beat Lin Okafor. “It is late,” the Vale runner said.", "the Vale runner"),
    ("Ada Moss tripped over a runner. “It is late,” the runner said.", "the runner"),
    ("Ada Moss was jailed for a year. “It is late,” the Vale judge said.", "the Vale judge"),
    ("Ada Moss won the vote. “It is late,” the Ohio senator said.", "Ada Moss"),
    ("Ada Moss won the vote. “It is late,” the senator said.", "the senator"),
]


@pytest.mark.parametrize(("text", "speaker"), ALIKE)
def test_an_office_is_the_one_person_who_is_said_to_hold_it(text: str, speaker: str) -> None:
    assert [row[1] for row in quotes(text)] == [speaker]


def test_a_row_of_paragraphs_in_marks_has_one_speaker() -> None:
    text = "Ada Moss sat on the quay.\n\n“It is late for us all.”\n\n“It is cold.”\n\n“We leave.”"
    assert [row[1] for row in quotes(text)] == ["Ada Moss"] * 3
    text = "It rained on the quay.\n\n“It is late for us all.”\n\n“It is cold as well here.”"
    assert [row[1] for row in quotes(text)] == [None, None]
    text = "Ada Moss sat down.\n\n“It is late for us all.”\n\nRain fell.\n\n“It is cold as well here.”"
    assert [row[1] for row in quotes(text)] == ["Ada Moss", None]


def test_the_title_of_a_programme_is_nobodys_words_and_hides_nobody() -> None:
    text = "Ada Moss said on Harbour TV's “Meet the Press” that the quay was “a joke of a quay”."
    assert [row[1] for row in quotes(text)] == [None, "Ada Moss"]
    text = "“It is late,” Ada Moss said on Harbour TV's “Meet the Press.” “It is too late for us.”"
    assert [row[1] for row in quotes(text)] == ["Ada Moss", None, "Ada Moss"]


def test_a_second_clause_of_what_is_said_goes_on_with_the_same_speaker() -> None:
    text = "Ada Moss said that the quay was “a wreck,” and that “nobody should cross it.”"
    assert [row[1] for row in quotes(text)] == ["Ada Moss", "Ada Moss"]
    text = "Ada Moss said the quay was “a full wreck” and that the vote on it “must be held again.”"
    assert [row[1] for row in quotes(text)] == ["Ada Moss", "Ada Moss"]
    text = "Ada Moss spoke of a “pause”, saying it meant “not too much of anything for us”."
    assert [row[1] for row in quotes(text)][1] == "Ada Moss"


def test_paragraphs_of_one_quote_may_stand_in_one_line_or_in_single_marks() -> None:
    text = 'Ada Moss said: "I ran to it. "It was hot by then. "I broke it."'
    assert [row[1] for row in quotes(text)] == ["Ada Moss"] * 3
    text = "‘We ran,’ said Ada Moss, a pilot.\n‘It was hot by then.\n‘We broke it with a stick.’"
    assert [row[1] for row in quotes(text)] == ["Ada Moss"] * 3
    text = "'Tis late for that.\n'It is late,' said Ada Moss."
    assert [row[0] for row in quotes(text)] == ["It is late,"]


def test_a_list_of_facts_is_no_transcript() -> None:
    assert quotes("Place: Saltmarsh\nDate: 3 May\nPrice: 4 dollars") == []
    lists = "BOAT OF THE DAY: The Astley won it by a length.\nMOVE OF THE DAY: Moss took the inside at noon."
    assert quotes(lists) == []
    lists = "FUTURE SHIPS: The fund has sold some of them.\nLAST WORDS: The quay is for sale again."
    assert quotes(lists) == []


def test_words_that_nobody_can_say_are_no_speakers() -> None:
    text = (
        "They met in what may be the first time that both sides ever agreed on “a deal of an age and more”."
    )
    assert [row[1] for row in quotes(text)] == [None]
