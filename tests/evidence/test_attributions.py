from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.attributions import find_attributions
from sources.evidence.credited_phrases import own_outlet
from sources.evidence.outlet_names import is_outlet
from sources.model import Zone, ZoneKind
from tests.evidence.stories import source


@pytest.mark.parametrize(
    ("text", "credited", "cue", "citing", "told"),
    [
        ("The Daily Gull reported, citing two sailors, that it sank.", "The Daily Gull", "reported",
         "two sailors", None),
        ("It sank, according to a Friday report from the Daily Gull.", "the Daily Gull", "according to",
         None, None),
        ("It sank, according to minutes seen by the Daily Gull.", "the Daily Gull", "according to",
         "minutes", None),
        ("It sank, three people with knowledge of the wreck told the Daily Gull.",
         "three people with knowledge of the wreck", "told", None, "the Daily Gull"),
        ("As Ida Brook, its owner, told the Daily Gull, it sank.", "Ida Brook", "told", None,
         "the Daily Gull"),
        ("The gulls left Northport, its harbour master, Ida Brook, said.", "Ida Brook", "said", None, None),
        ("The ship sank. -- Reuters", "Reuters", "--", None, None),
        ("“It sank,” said Ida Brook, who saw it.", "Ida Brook", "said", None, None),
        ("A Northport spokesperson said in a statement that it sank.", "A Northport spokesperson", "said",
         None, None),
        ("It sank, mayor Ida Brook told the Lusa news agency.", "Ida Brook", "told", None, "the Lusa"),
        ("It sank, Ida Brook told local radio station RPP.", "Ida Brook", "told", None, "RPP"),
        ("The Daily Gull reported on Monday, quoting two sailors, a leak.", "The Daily Gull", "reported",
         "two sailors", None),
        ("The Daily Gull reported a leak, attributing it to two sailors.", "The Daily Gull", "reported",
         "two sailors", None),
        ("The owner has told Amani FM that it sank.", "The owner", "told", None, "Amani FM"),
        ("A sailor named by the Venn Courier is free.", "the Venn Courier", "named by", None, None),
        ("A report by the TV channel Canal 24 said so.", "Canal 24", "report by", None, None),
        ("It sank, according to a diver cited by the Daily Gull.", "the Daily Gull", "according to",
         "a diver", None),
        ("It sank, according to a report by Reuters, which cited two sailors.", "Reuters", "according to",
         "two sailors", None),
        ("It sank, according to a report on Monday in Nautical Letters.", "Nautical Letters",
         "according to", None, None),
        ("Ida Brook from Northport told the Daily Gull that it sank.", "Ida Brook", "told", None,
         "the Daily Gull"),
        ("Divers from Northport told the Daily Gull that it sank.", "Divers from Northport", "told", None,
         "the Daily Gull"),
        ("The Bank of Northport said it sank.", "The Bank of Northport", "said", None, None),
        ("As noted by the Daily Gull, it sank.", "the Daily Gull", "As noted by", None, None),
        ("It sank, reports the Daily Gull.", "the Daily Gull", "reports", None, None),
        ("It sank, state-run Al-Bahr newspaper reported.", "Al-Bahr", "reported", None, None),
        ("Ida Brook told a reporter from the Daily Gull that it sank.", "Ida Brook", "told", None,
         "the Daily Gull"),
        ("It sank, she told the Daily Gull.", "she", "told", None, "the Daily Gull"),
        ("Its keeper, Ida Brook, told a reporter from the Marl Post that it sank.", "Ida Brook", "told", None,
         "the Marl Post"),
        ("It sank, news agency dpa reported.", "dpa", "reported", None, None),
        ("Broadcaster Venn Nytt reported a leak of 4.5 litres, citing a letter.", "Venn Nytt", "reported",
         "a letter", None),
        ("Radio Venn reported that it sank.", "Radio Venn", "reported", None, None),
        ("Ida Brook, who won it in 49.87, told AFP it sank.", "Ida Brook", "told", None, "AFP"),
        ("It sank, according to figures from the Association for Dry Harbours.",
         "the Association for Dry Harbours", "according to", None, None),
        ("It sank, according to a survey from Ipsos for Venn Water.", "Ipsos", "according to", None, None),
        ("It sank, according to data source Gullwatch and is lost.", "data source Gullwatch",
         "according to", None, None),
        ("It sank, according to a priest at the church they went to.", "a priest at the church",
         "according to", None, None),
        ("It sank, according to the website gullwatch.example.", "the website gullwatch.example",
         "according to", None, None),
        ("It sank, according to Mr. Brook of Venn.", "Mr. Brook of Venn", "according to", None, None),
        ("Mayor Ida Brook (R-Venn) told the Daily Gull that it sank.", "Mayor Ida Brook (R-Venn)", "told",
         None, "the Daily Gull"),
        ("Ruritania's coast guard said it sank.", "Ruritania's coast guard", "said", None, None),
        ("The ferry owner Ida Brook also recently said it sank.", "The ferry owner Ida Brook", "said", None,
         None),
        ("A warning which two officials have told the Daily Gull was late.", "two officials", "told", None,
         "the Daily Gull"),
        ("Ida Brook told the Daily Gull Friday that it sank.", "Ida Brook", "told", None, "the Daily Gull"),
        ("Northport officials said it sank.", "Northport officials", "said", None, None),
        ("It sank, according to the Gull Index released last year.", "the Gull Index", "according to", None,
         None),
        ("A study by biologist Ida Brook found that gulls sleep.", "Ida Brook", "found", None, None),
        ("Figures from the Harbour Institute show that it sank.", "the Harbour Institute", "show", None,
         None),
        ("He had debts, court documents show.", "court documents", "show", None, None),
        ("The Daily Gull is reporting that it sank.", "The Daily Gull", "is reporting that", None, None),
        ("As the Daily Gull reported, it sank.", "the Daily Gull", "reported", None, None),
        ("A cabinet member told Reuters that it sank.", "A cabinet member", "told", None, "Reuters"),
        ("It sank, a swimmer told Shore Line, a news website.", "a swimmer", "told", None, "Shore Line"),
        ("It sank, according to a Reuters tally.", "Reuters", "according to", None, None),
        ("It sank, according to Marlin in Northport.", "Marlin", "according to", None, None),
        ("It sank, according to a study published on Monday in Nautical Letters.", "Nautical Letters",
         "according to", None, None),
        ("It sank, Ida Brook said on the BBC.", "the BBC", "said on", None, "the BBC"),
        ("It sank, Ida Brook said in a statement to Reuters.", "Reuters", "said in a statement to", None,
         "Reuters"),
        ("It sank, she wrote last month in the Venn Courier.", "the Venn Courier",
         "wrote last month in", None, "the Venn Courier"),
        ("Ida Brook spoke twice, telling Reuters that it sank.", "Reuters", "telling", None, "Reuters"),
        ("The BBC's Ida Brook reported that it sank.", "The BBC", "reported", None, "The BBC"),
        ("A journalist for Reuters said it sank.", "Reuters", "said", None, "Reuters"),
        ("A diver told the BBC's Ida Brook that it sank.", "A diver", "told", None, "the BBC"),
        ("A former shipmate told us: “It sank.”", "A former shipmate", "told", None, "us"),
        ("It sank, the harbour board said.", "the harbour board", "said", None, None),
        ("The council says that it sank.", "The council", "says", None, None),
        ("It sank, sources with wisdom of it instructed Reuters.", "sources with wisdom of it",
         "instructed", None, "Reuters"),
    ],
)  # fmt: skip
def test_a_credit_is_read(text: str, credited: str, cue: str, citing: str | None, told: str | None) -> None:
    found = find_attributions(source(text))
    assert (credited, cue, citing, told) in [(one.credited, one.cue, one.citing, one.told) for one in found]
    for one in found:
        assert one.credited in one.span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said that it sank.",
        "The deal was announced on Monday.",
        "Earlier reports speak of a leak.",
        "Google reportedly wants to leave.",
        "They denied reports by Reuters.",
        "It has not confirmed a report by the Daily Gull.",
        "A prize was given to Reuters.",
        "They met on the sidelines of the Group of 20 summit and said that it sank.",
        "He told Danish television.",
        "If all goes according to plan, it will not sink.",
        "According to legend, it sank.",
        "It sank, according to what was known.",
        "Gull Airways continues to fly.",
        "It was at a Reuters event in the port.",
        "“The old tides told us to go.”",
        "The old tides told us a lot.",
    ],
)
def test_what_names_nobody_is_no_credit(text: str) -> None:
    assert find_attributions(source(text)) == ()


def test_muted_zones_and_headings_credit_nobody() -> None:
    text = "Reuters reported a fire.\nReuters reported a flood."
    zones = (Zone(ZoneKind.HEADING, 0, 25), Zone(ZoneKind.BOILERPLATE, 25, len(text)))
    assert find_attributions(source(text, zones=zones)) == ()


def test_a_text_tells_whose_it_is_by_whom_people_answer() -> None:
    assert own_outlet(source("Northport did not respond to CNBC's request for comment.")) == "CNBC"
    assert own_outlet(source("Northport did not respond.")) is None


def test_outlets_are_known_by_list_word_or_story() -> None:
    assert is_outlet("Reuters")
    assert is_outlet("the Saltmarsh Courier")
    assert not is_outlet("Northport plc")
    assert is_outlet("Northport plc", frozenset({"northport plc"}))
    assert not is_outlet("White Tower Press Secretary Ida Brook")
    assert not is_outlet("Venn News and talk show hosts")
    assert not is_outlet("a Venn Courier poll")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="Aa bTthe,.-\n“”\"' said told citing according Reuters", max_size=200))
def test_any_text_is_read_in_order(text: str) -> None:
    last = 0
    for one in find_attributions(source(text)):
        assert last <= one.span.start < one.span.end <= len(text)
        assert one.credited
        last = one.span.end
