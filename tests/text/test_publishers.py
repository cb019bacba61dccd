"""Where a headline ends and its publisher begins: headlines made up for the purpose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.headlines import split_title

WITH = [
    ("Port of Saltmarsh sold to fund | HarborWire", "HarborWire"),
    ("Port of Saltmarsh sold to fund | The Courier", "The Courier"),
    ("Ferry strike enters third week | Quaynews.com", "Quaynews.com"),
    ("Ferry strike enters third week | Opinion | The Northport Argus", "The Northport Argus"),
    ("Ferry strike enters third week | The Northport Argus | Business", "The Northport Argus"),
    ("Who pays for the quay? | Money Lens", "Money Lens"),
    ("Mayor resigns over crane deal - The New York Times", "The New York Times"),
    ("Mayor resigns over crane deal - Saltmarsh Herald", "Saltmarsh Herald"),
    ("Mayor resigns over crane deal – BBC News", "BBC News"),
    ("Mayor resigns over crane deal — The Guardian", "The Guardian"),
    ("Mayor resigns over crane deal - Reuters", "Reuters"),
    ("Mayor resigns over crane deal - TechRadar", "TechRadar"),
    ("Mayor resigns over crane deal - ChannelBuzz International", "ChannelBuzz International"),
    ("Mayor resigns over crane deal - Mersea International", "Mersea International"),
    ("Mayor resigns over crane deal - docks.co.uk", "docks.co.uk"),
    ("Mayor resigns over crane deal - Harbourline", "Harbourline"),
    ("Mayor resigns over crane deal - Quaywire", "Quaywire"),
    ("Mayor resigns over crane deal - Financial Times", "Financial Times"),
    ("Mayor resigns over crane deal - Irish Independent", "Irish Independent"),
    ("Cranes - and who owns them - The Economist", "The Economist"),
    ("Mayor Resigns Over Crane Deal - Fox Business", "Fox Business"),
    ("Mayor Resigns Over Crane Deal · Al Jazeera", "Al Jazeera"),
    ("“We will not sell,” says Moss - USA TODAY", "USA TODAY"),
    ("Harbour deal: five charts - Bloomberg", "Bloomberg"),
]

WITHOUT = [
    "Port of Saltmarsh sold to fund",
    "Port cuts ties with crane maker -- Report",
    "Port cuts ties with crane maker - Report",
    "Port cuts ties with crane maker - Analysis",
    "Port cuts ties with crane maker | Opinion",
    "Port cuts ties with crane maker | Live updates",
    "Port sold to fund - What now",
    "Port sold to fund - What Happens Next",
    "Fund to buy port - Northport (NYSE:NPT), Meridian (NASDAQ:MRD)",
    "Fund to buy port - sources",
    "Fund to buy port - minister",
    "Fund to buy port - Moss",
    "Fund to buy port - Ada Moss",
    "The harbour deal is a mistake | Jane Okafor",
    "Strike at the docks - 2031",
    "Strike at the docks - day three",
    "Strike at the docks - how it began and who gains from it in the end",
    "Saltmarsh 3 - Northport 1",
    "Part 1 - The Crane",
    "Harbour deal - NATO",
    "A deal worth $4.2 billion - $1 billion less than hoped",
    "Long-awaited harbour-side plan - approved",
    "Why the port matters | 12 June 2031",
    "Who owns the quay - and why it matters?",
    'Fund buys harbour - "a great day"',
    "- The Courier",
    "| HarborWire",
    "",
]


@pytest.mark.parametrize(("line", "publisher"), WITH)
def test_a_publisher_is_taken_from_the_tail(line: str, publisher: str) -> None:
    title, found = split_title(line)
    assert found == publisher
    assert line.startswith(title)
    assert publisher not in title


@pytest.mark.parametrize("line", WITHOUT)
def test_what_is_no_publisher_stays_in_the_headline(line: str) -> None:
    assert split_title(line) == (line, None)


def test_a_rubric_between_headline_and_publisher_goes_too() -> None:
    assert split_title("Ferry strike | Opinion | The Argus").title == "Ferry strike"


@given(st.text(st.sampled_from("aA b|-–:.é(9"), max_size=60))
def test_any_line_gives_a_part_of_itself(line: str) -> None:
    title, publisher = split_title(line)
    assert title in line
    assert publisher is None or (publisher in line and title)
