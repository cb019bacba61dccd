"""Counts and durations: what a number counts, as it is written, by its phrase or by what is beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.figures import FigureKind
from sources.evidence.figures.finder import find_figures
from sources.evidence.figures.number_words import WORD_VALUES
from tests.evidence.stories import source

COUNTED = [
    ("It employs 1,200 railway workers.", "1,200 railway workers", 1200.0, "workers", None, None),
    ("It sold 3.1 million containers.", "3.1 million containers", 3.1e6, "containers", None, None),
    ("At least two ships sank.", "two ships", 2.0, "ships", 2.0, None),
    ("Fewer than 40 people came.", "40 people", 40.0, "people", None, 40.0),
    ("Between 40 and 50 people came.", "40 and 50 people", 40.0, "people", 40.0, 50.0),
    ("Hundreds of bakers marched.", "Hundreds of bakers", 100.0, "bakers", 100.0, 1000.0),
    ("The work takes six to 12 months.", "six to 12 months", 6.0, "months", 6.0, 12.0),
    ("It is a five-year contract.", "five-year", 5.0, "years", None, None),
    ("He waited for nineteen years.", "nineteen years", 19.0, "years", None, None),
]


@pytest.mark.parametrize(("text", "span", "value", "unit", "low", "high"), COUNTED)
def test_reads_counts_and_durations(
    text: str, span: str, value: float, unit: str, low: float | None, high: float | None
) -> None:
    (figure,) = find_figures(source(text))
    assert (figure.text, figure.value, figure.unit, figure.low, figure.high) == (span, value, unit, low, high)
    assert figure.kind == (FigureKind.DURATION if unit in {"months", "years"} else FigureKind.COUNT)


@pytest.mark.parametrize(
    "text",
    [
        "He came 14th in 2016.",
        "Chapter 11 creditors, Section 8 tenants, Windows 11 users, Type 2 patients and Sept 11 attacks.",
        "One official said so, one person familiar with it agreed; one thing led to one another.",
        "Call 020 7946 0958, open 24/7, channel 4, 1080p, pages 12-15.",
        "He sang on Channel Four at seven, in the top ten and at number three; Apollo Thirteen came home.",
        "It is in Flight 2170, 17 October, 3 to 5 May, 0451 22, 9.30pm, 8 p.m. and 12 Mill Lane.",
        "1. Fish\n2) Soup\n3\nOne or two came in a day or two; it went 3-1 and 6-4.",
        "Tidegate 4 tells captains when to slow down.",
        "See page 12, room 101, line 6 and flight BA 2490.",
        "They won 3-1; the Group of 20 met; call 74884977935; see game seven and Caption 3 of 9.",
        "Handed over on 12 June 2031 at 9:30.",
    ],
)
def test_ordinals_dates_and_labels_are_no_counts(text: str) -> None:
    assert find_figures(source(text)) == ()


READ = [
    # words
    ("Thirty-seven divers came.", [(37.0, "divers")]),
    ("Eighty four divers came.", [(84.0, "divers")]),
    ("One hundred and sixteen divers came.", [(116.0, "divers")]),
    ("A hundred thousand bees swarmed.", [(100_000.0, "bees")]),
    ("It lent three hundred and ninety thousand francs.", [(390_000.0, "CHF")]),
    ("It lost seven hundred and five crowns to two robbers.", [(705.0, "crowns"), (2.0, "robbers")]),
    ("It holds one million four hundred thousand bricks.", [(1_400_000.0, "bricks")]),
    ("Nineteen hundred sheep drowned.", [(1900.0, "sheep")]),
    ("Three dozen goats and half a dozen geese got out.", [(36.0, "goats"), (6.0, "geese")]),
    ("Half a billion grains, a quarter of a million seeds.", [(5e8, "grains"), (250_000.0, "seeds")]),
    ("It took two-and-a-half years.", [(2.5, "years")]),
    ("In 2031 it rained; zero, one.", []),
    # separators
    ("Some 48 500 people came.", [(48_500.0, "people")]),
    ("Some 7\u2009300 people came.", [(7_300.0, "people")]),
    ("It sold 1,204 pies; on day 12 300 pies went.", [(1_204.0, "pies"), (300.0, "pies")]),
    ("Apollo 11 200 people watched.", [(200.0, "people")]),
    ("Der Turm kostet 8.250 Euro, das Dach 2,5 Millionen Euro.", [(8_250.0, "EUR"), (2.5e6, "EUR")]),
    ("The mast cost 9.000 euros.", [(9_000.0, "EUR")]),
    ("Diesel is $4.129 a gallon, up 1.2% this week.", [(4.129, "USD"), (1.2, "percent")]),
    ("It won by 2.318 votes.", [(2_318.0, "votes")]),
    ("It measured 2.318 metres.", [(2.318, "metres")]),
    ("Er zahlte CHF 3’400’000.", [(3_400_000.0, "CHF")]),
    ("It cost ₹3,25,000.", [(325_000.0, "INR")]),
    # scale words and their abbreviations
    ("It cost Rs. 7.5 crore and ₹80 cr.", [(75e6, "INR"), (800e6, "INR")]),
    ("La red cuesta 1.700 millones de euros.", [(1.7e9, "EUR")]),
    ("Il ponte costa 4,5 milioni di euro.", [(4.5e6, "EUR")]),
    ("De brug kost 6,2 miljard euro.", [(6.2e9, "EUR")]),
    ("Bron kostar 12 miljoner kronor.", [(12e6, "SEK")]),
    ("Das Haus kostet 2 Mrd. Euro.", [(2e9, "EUR")]),
    ("The mine paid R2.6 billion, and the R62 road is shut.", [(2.6e9, "ZAR")]),
    ("It pays R8,300 and R75 a day, or 6,000 rand.", [(8300.0, "ZAR"), (75.0, "ZAR"), (6000.0, "ZAR")]),
    ("It reached 2.5m homes and 80k users.", [(2.5e6, "homes"), (80_000.0, "users")]),
    ("The pit is 40m deep.", [(40.0, "metres")]),
    ("She won the 400m final.", [(400.0, "metres")]),
    # fractions and signs
    ("The rate is 4 3/4 percent, not ½ percent.", [(4.75, "percent"), (0.5, "percent")]),
    ("Growth was minus 1.5 percent.", [(-1.5, "percent")]),
    ("It added 40bp; spreads fell 15 bps.", [(0.4, "percentage points"), (0.15, "percentage points")]),
    ("Two quarters of decline; two thirds of men.", [(2.0, "quarters"), (66.6666666667, "percent")]),
    ("Open 24/7 since 3/4/2020.", []),
    # pounds and pence
    ("It lifts 9,400 pounds of cargo.", [(9_400.0, "pounds")]),
    ("It has 2 million pounds of thrust.", [(2e6, "pounds")]),
    ("He lost 12 pounds.", [(12.0, "pounds")]),
    ("A seat costs 40 pounds.", [(40.0, "GBP")]),
    ("It made £2m; the shares closed at 312p in a 1080p film.", [(2e6, "GBP"), (3.12, "GBP")]),
    ("The 312p was a model.", []),
    ("It pays 300m soles.", [(300e6, "PEN")]),
    # measures are one unit, however they are written
    ("It is 9 km or 9 kilometres or 9-kilometer.", [(9.0, "kilometres")] * 3),
    ("It does 90 km/h, 55 mph.", [(90.0, "kilometres per hour"), (55.0, "miles per hour")]),
    ("It burned 80 square miles and 30 sq km.", [(80.0, "square miles"), (30.0, "square kilometres")]),
    ("It fell to -7 degrees.", [(-7.0, "degrees")]),
    # counts
    ("They took 26 UAVs and 9 Hungarians.", [(26.0, "UAVs"), (9.0, "Hungarians")]),
    ("A 90-page report on a 12-bed ward.", [(90.0, "pages"), (12.0, "beds")]),
    ("The Boeing 737 Freighters and GPT-4 models.", []),
    ("Of the crew, 14 of its 31 members left.", [(14.0, "members"), (31.0, "members")]),
    ("It paid €30m plus 5 million in bonuses.", [(30e6, "EUR"), (5e6, "EUR")]),
    ("It made $9m, less than the 14 million that it promised.", [(9e6, "USD"), (14e6, "USD")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), READ)
def test_numbers_are_read_as_they_are_written(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in find_figures(source(text))] == wanted


PHRASES = [
    ("Three Falcon 9 rockets flew.", [(3, "rockets")]),
    ("They flew two B-1B bombers over four F-15 jets.", [(2, "bombers"), (4, "jets")]),
    ("It names 12 current or former leaders.", [(12, "leaders")]),
    ("It took two small, single-engine planes.", [(2, "planes")]),
    ("It rose to 24 injured, doctors said.", [(24, "people")]),
    ("It rose to 10 final, officials said.", [(10, "number")]),
    ("Two Wall Street bankers rang.", [(2, "bankers")]),
    ("She lives at 2 Mill Street and rang.", []),
    ("She ran 2:21:34.", [(8494, "seconds")]),
    ("She rang at 10:21:34.", []),
    ("She rang 10:21:34 GMT.", []),
    # a noun behind demonyms, names, acronyms and other nouns
    ("Some 2,300 Peruvian alpaca herders came.", [(2300.0, "herders")]),
    ("It has 41,000 EU milk quota holders.", [(41_000.0, "holders")]),
    ("He led three Kenyan special forces officers.", [(3.0, "officers")]),
    ("About 2000 moths; in 2000 moths came.", [(2000.0, "moths")]),
    ("They buried nine dead horses.", [(9.0, "horses")]),
    ("Four rabbis and two taxis; one crisis.", [(4.0, "rabbis"), (2.0, "taxis")]),
    ("It freed 60-odd goats and 300-plus hens.", [(60.0, "goats"), (300.0, "hens")]),
    ("A 38-berth ferry, a 17-village tour, a 5-way tie.", [(38.0, "berths"), (17.0, "villages")]),
    ("It hurt one tram driver and one person.", [(1.0, "drivers"), (1.0, "people")]),
    ("The mayor and 14 others resigned.", [(14.0, "people")]),
    # ages
    ("A 28-year-old nurse, 52 years old then, with a nine-month-old son.",
     [(28.0, "years"), (52.0, "years"), (9.0, "months")]),
    ("The rock is 3.9 billion years old.", [(3.9e9, "years")]),
    ("It sank three years ago and was found in the past two weeks.", [(3.0, "years"), (2.0, "weeks")]),
    ("A girl aged six, a widow of 91 and Ada Moss, 34, a baker who is 52; the captain, 41, left.",
     [(6.0, "years"), (91.0, "years"), (34.0, "years"), (52.0, "years"), (41.0, "years")]),
    ("Children aged 8 to 11 came.", [(8.0, "years")]),
    # times, errors, votes and named quantities
    ("She rang seven times, a fivefold rise and a 20-fold one.",
     [(7.0, "times"), (5.0, "times"), (20.0, "times")]),
    ("It voted 31 to 12; a 6-3 ruling; a 5-to-4 vote.", [(31.0, "votes"), (6.0, "votes"), (5.0, "votes")]),
    ("A majority of 11 to one, a 92-1 vote.", [(11.0, "votes"), (92.0, "votes")]),
    ("A magnitude 6.1 quake; the hazard ratio was 0.71; p = 0.02.",
     [(6.1, "magnitude"), (0.71, "hazard ratio"), (0.02, "p-value")]),
    ("It kills 14 per 100,000 births.", [(14.0, "per 100,000 births")]),
    # measures
    ("Give 5 mg, 2.5 mg/kg or 80 mg/dL.",
     [(5.0, "milligrams"), (2.5, "milligrams per kilogram"), (80.0, "milligrams per decilitre")]),
    ("A sample of 91.5 g in a 600-square metre room.", [(91.5, "grams"), (600.0, "square metres")]),
    ("Temperatures hit 41C, 39.5°C and 104 degrees Fahrenheit.",
     [(41.0, "degrees Celsius"), (39.5, "degrees Celsius"), (104.0, "degrees Fahrenheit")]),
    ("The 60m shaft is 3 metres wide, 80m-deep at its end.",
     [(60.0, "metres"), (3.0, "metres"), (80.0, "metres")]),
    ("Two-thirds voted and half the herd was lost.", [(66.6666666667, "percent"), (50.0, "percent")]),
    # of what was counted before
    ("Nine boats sank, six of them at night. Police counted 12 in all.",
     [(9.0, "boats"), (6.0, "boats"), (12.0, "boats")]),
    ("Some 700 farmers came. The police had counted “roughly 4,500”.",
     [(700.0, "farmers"), (4500.0, "farmers")]),
    ("Its population is 3.4 million.", [(3.4e6, "people")]),
    ("Nine goats and 12 hens came; six were sold and the other three grazed.",
     [(9.0, "goats"), (12.0, "hens"), (6.0, "hens"), (3.0, "hens")]),
    ("Of the 61 who rowed, 14 gave up.", [(61.0, "number"), (14.0, "number")]),
    ("Five judges came. Four of the five wept. The two left.",
     [(5.0, "judges"), (4.0, "judges"), (5.0, "judges"), (2.0, "number")]),
    ("A crew of 24, a father of three, a crowd of 9,000.",
     [(24.0, "people"), (3.0, "children"), (9e3, "people")]),
    ("It has 400 a day where it wanted 75.", [(400.0, "number"), (75.0, "number")]),
    ("It cut its rate to 3.25% from 3.5.", [(3.25, "percent"), (3.5, "percent")]),
    ("Oil rose 2% to 81.4.", [(2.0, "percent"), (81.4, "number")]),
    ("States own 57% of it: Nuru 22, Hoshi 21 and Kigoma 14.",
     [(57.0, "percent"), (22.0, "percent"), (21.0, "percent"), (14.0, "percent")]),
    ("Nuru gave €8m and Hoshi three.", [(8e6, "EUR"), (3e6, "EUR")]),
    ("It flew for 9,400 hours, 3,100 of them at night.", [(9400.0, "hours"), (3100.0, "hours")]),
    ("In Kigoma 140 of 900 huts fell.", [(140.0, "huts"), (900.0, "huts")]),
    ("Seven Reels makers came; the firm is called Seven Reels.", []),
    ("It lost by 61 points and 63 runs; one dose protects.", [(61.0, "points"), (63.0, "runs")]),
    ("Five voted for it, one against; two houses, and one of them empty; one loss and four draws.",
     [(5.0, "number"), (1.0, "number"), (2.0, "houses"), (1.0, "losses"), (4.0, "draws")]),
    ("After two years' work, a 12 year wait and 20 and 50 years.",
     [(2.0, "years"), (12.0, "years"), (20.0, "years"), (50.0, "years")]),
    ("At six and 50 hens came; with 3 and 4 goats.", [(50.0, "hens"), (3.0, "goats"), (4.0, "goats")]),
    # shares and parts of measures in words
    ("Nine tenths of it, a third off, a fifth more and a quarter of what he paid.",
     [(90.0, "percent"), (100 / 3, "percent"), (20.0, "percent"), (25.0, "percent")]),
    ("A coat of 3mm to 5mm, up from 40 three years ago.",
     [(3.0, "millimetres"), (40.0, "millimetres"), (3.0, "years")]),
    ("Moss took 50.2 percent to Rook's 47.6 and 24 shots to Rovers' nine, cut by more than a fifth to 8.",
     [(50.2, "percent"), (47.6, "number"), (24.0, "shots"), (9.0, "shots"), (20.0, "percent"),
      (8.0, "shots")]),
    ("A three-percentage-point lead; Ada Moss 16 points ahead; some 28,000-plus at the pier.",
     [(3.0, "percentage points"), (16.0, "points"), (28_000.0, "points")]),
    ("Nine bees, none over a fifth of a gram.", [(9.0, "bees"), (0.2, "grams")]),
    ("A third man ran half a mile, a fifth of a second, a quarter of a percentage point.",
     [(0.5, "miles"), (0.2, "seconds"), (0.25, "percentage points")]),
    ("One worker in six; one in twenty; one man in 2019.",
     [(100 / 6, "percent"), (5.0, "percent"), (1.0, "men")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PHRASES)
def test_what_is_counted_is_told_by_its_phrase(text: str, wanted: list[tuple[float, str]]) -> None:
    found = [(figure.value, figure.unit) for figure in find_figures(source(text))]
    assert [unit for _, unit in found] == [unit for _, unit in wanted]
    assert [value for value, _ in found] == pytest.approx([value for value, _ in wanted])


def test_a_value_with_its_error_has_both_bounds() -> None:
    (share,) = find_figures(source("It was 7.4 ± 0.3 per cent."))
    assert (share.text, share.value, share.unit) == ("7.4 ± 0.3 per cent", 7.4, "percent")
    assert share.low == pytest.approx(7.1)
    assert share.high == pytest.approx(7.7)
    (margin,) = find_figures(source("The error is plus or minus 2 percentage points."))
    assert margin.value == 2.0


BARE = [
    ("Swans numbered 640.", "640", 640, "swans", None),
    ("Engines: 27", "27", 27, "engines", None),
    ("It is stronger by a factor of two.", "two", 2, "times", None),
    ("He was about 15 and at school.", "15", 15, "years", "age"),
    ("It was for those under five.", "five", 5, "years", "age"),
    ("A bus fell, 23 dead.", "23 dead", 23.0, "people", "dead"),
    ("A bus fell, killing 23.", "23", 23.0, "people", "killing"),
    ("The toll climbed to 23 overnight.", "23", 23.0, "people", "toll"),
    ("And 23 have been injured.", "23", 23.0, "people", "injured"),
    ("Twenty-three were arrested.", "Twenty-three", 23.0, "people", "arrested"),
    ("The number of cases rose to 2,300.", "2,300", 2300.0, "cases", "cases"),
    ("Her margin was 2,300.", "2,300", 2300.0, "margin", "margin"),
    ("It gave the number of dead as 23.", "23", 23.0, "people", "dead"),
    ("They found nine of the old gold coins.", "nine", 9.0, "coins", None),
    ("They have a majority of three.", "three", 3.0, "majority", "majority"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit", "noun"), BARE)
def test_a_bare_number_counts_what_stands_beside_it(
    text: str, span: str, value: float, unit: str, noun: str | None
) -> None:
    (figure,) = find_figures(source(text))
    assert (figure.text, figure.value, figure.unit, figure.noun) == (span, value, unit, noun)


def test_a_bare_number_takes_the_noun_of_the_count_before_it_in_the_sentence() -> None:
    figures = find_figures(source("It burned 40 barns and another 23 were damaged, up from 12."))
    assert [(figure.value, figure.unit) for figure in figures] == [
        (40.0, "barns"),
        (23.0, "barns"),
        (12.0, "barns"),
    ]
    (alone,) = find_figures(source("It burned down. Another 23 were damaged."))
    assert (alone.value, alone.unit) == (23.0, "number")
    licensed, carried = find_figures(source("It may carry 90 passengers but had 140 on its list."))
    assert (licensed.unit, carried.value, carried.unit) == ("passengers", 140.0, "passengers")


@pytest.mark.parametrize(
    "text",
    [
        "It was founded in 1923.",
        "They met at 23 Mill Lane.",
        "They met at six.",
        "It is on page 23.",
        "Tidegate 23 is shut.",
    ],
)
def test_a_bare_number_that_names_or_dates_is_no_figure(text: str) -> None:
    assert find_figures(source(text)) == ()


def test_a_change_is_two_counts_and_a_range_is_one() -> None:
    before, after = find_figures(source("It rose from 40 to 50 seats."))
    assert (before.value, after.value, after.unit) == (40.0, 50.0, "seats")
    (one,) = find_figures(source("It has from 40 to 50 seats."))
    assert (one.value, one.low, one.high) == (40.0, 40.0, 50.0)


number_words = st.integers(2, 999_999)


@settings(max_examples=200, deadline=None)
@given(number_words, st.sampled_from([" and ", " "]))
def test_every_number_in_words_has_its_value(number: int, joint: str) -> None:
    (figure,) = find_figures(source(f"They sold {in_words(number, joint)} pies."))
    assert figure.value == number


SMALL = list(WORD_VALUES)[:20]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int, joint: str) -> str:
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    size, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % size
    text = f"{in_words(number // size, joint)} {word}"
    return text + ((joint if rest < 100 else " ") + in_words(rest, joint) if rest else "")
