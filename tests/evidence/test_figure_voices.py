"""Two values in one text or of one deed: which of them contradict one another, and what only looks so."""

from __future__ import annotations

import pytest

from sources.evidence.figures.finder import find_figures
from tests.evidence.test_figure_matrix import source
from tests.evidence.test_figure_slots import rows_of, statuses

AGAINST = {
    "who speaks of fewer": (
        (
            "The harbour master said nine trawlers had left Harlow before the storm."
            " The coastguard of Wexford spoke of four."
        ),
    ),
    "who speaks of a longer time, in another unit": (
        (
            "Ada Quill told the court she had 20 minutes to clear the hall; the fire chief, Bram Oake,"
            " speaks of two hours."
        ),
    ),
    "who counted fewer": (
        "The organisers said 40,000 people joined the march through Wexford. Police counted about 11,000.",
    ),
    "who told a hearing that there were fewer": (
        (
            "The files of Tarn Motors list 31 complaints about the brakes, among them three of fires."
            " Ada Quill, the chief executive, told a hearing that there were 14."
        ),
    ),
    "a governor against a guard": (
        (
            "The civil guard said 117 people had died in the valley."
            " But the governor, Bram Oake, said mayors had reported 134 dead to him."
        ),
    ),
    "turnout, and the share of voters who took part": (
        (
            "The election office put turnout in Wexford at 61.3 percent."
            " The Green Party claimed that 66.8 percent of voters took part."
        ),
    ),
    "one deed of one minister": (
        "Minister Ada Quill sent 2 500 soldiers to Harlow.",
        "Ada Quill, the minister, had sent 1 500 soldiers to Harlow on Tuesday.",
    ),
    "a wage, whatever it is called": (
        "Tarn Athletic gave Bram Oake a contract worth £95,000 a week.",
        "Bram Oake will earn about £9,500 a week before bonuses at Tarn Athletic.",
    ),
    "what stands beside another figure that both have": (
        "The owner of a median home, worth $412,000, would pay $86 more a year, said Ada Quill of Wexford.",
        "If your house in Wexford is worth $412,000, the plan would cost you $68 a year.",
    ),
    "the share that died in a trial, which is no toll": (
        "Death from any cause was seen in 9.6% and 10.4% of patients on the drug and on placebo.",
        "All-cause mortality was lower: 6.9% versus 10.4%.",
    ),
    "how long the same thing lasted": (
        "Gold was stolen from the Harlow museum in a robbery that took about 11 minutes, officials said.",
        "The robbery in Harlow, which lasted seven minutes, has embarrassed the city.",
    ),
    "a rate that one bank set, once described": (
        "The Bank of Tarnia raised its key rate by 50 basis points to 6.25 percent on Thursday.",
        "Tarnia's central bank lifted its benchmark rate to 6.5 percent on Thursday.",
    ),
    "a power of ten of one limit, a part of one": (
        "The impurity was found in tablets; the accepted limit is 0.3 parts per million.",
        "The worst tablets held 0.8 parts per million of the impurity, against a limit of 0.03.",
    ),
    "a tunnel, which has no name": (
        "The tunnel is 7.4 kilometres long.",
        "The tunnel has a length of 7.9 kilometres.",
    ),
    "unemployment and its rate": (
        "Unemployment in Tarnia fell to 6.8 percent in May.",
        "Tarnia's unemployment rate was 6.5 percent in May.",
    ),
    "doses of a vaccine, which are no part": (
        "Tarnia has ordered 12 million doses of the vaccine.",
        "Tarnia ordered 15 million doses of the vaccine.",
    ),
    "a trade unit that holds a number": (
        "The Wexford Grain Board cut its estimate of the harvest to 36.5 million tonnes.",
        "The Wexford Grain Board now puts the harvest at 35.6 MMT.",
    ),
    "a bare number, in the unit of what it is held against": (
        "Was the bridge checked? The council says seven months ago. A letter from the engineers says 17.",
    ),
    "what an office puts it at": (
        "The siren came seventy minutes after the call, the log shows. The mayor's office has put it at 25.",
    ),
    "two that give a weight in one sentence": (
        "The museum's press office says 14.2 kilos, the tables of Bram Oake add up to 12.4.",
    ),
    "another who leaves out what is counted": (
        (
            "Ninety men were aboard, said Ada Quill, the harbour master."
            " However, Bram Oake, the owner of the ship, claimed that 112 had sailed."
        ),
    ),
    "a value that one text says is wrong": (
        "Bram Oake bowled three wides in Harlow on Friday.",
        "The scorer's book has two wides against his name and not three.",
    ),
    "a wrong value before the right one": (
        "Bram Oake bowled three wides in Harlow on Friday.",
        "The scorer's book has not three but two wides against the name of Bram Oake in Harlow.",
    ),
    "people in other words, two digits changed": (
        "Some 9,600 residents of Harlow were told to leave.",
        "By the county's own list 6,900 people in Harlow were told to leave.",
    ),
    "all of those who are named before": (
        "The school in Harlow is gone; the children, 168 of them, will be taught in Wexford.",
        "The school in Harlow burned down; its 186 pupils will be taught in Wexford.",
    ),
    "a rate, with what it is of between": (
        "Pumps are draining 240,000 litres of water an hour from the pit at Harlow.",
        "Pumps drained 2,400,000 litres an hour from the pit at Harlow.",
    ),
    "gusts, whoever clocked them": (
        "Gusts reached 62 mph on Harlow Ridge overnight, according to the weather service.",
        "The weather service in Wexford clocked gusts of 72 mph on Harlow Ridge overnight.",
    ),
    "what was paid out before something": (
        "Orbis Telecom had paid out £96,000 in refunds before the alarm was raised.",
        "Orbis Telecom paid out £69,000 in refunds.",
    ),
    "rings that were made long ago": (
        "The museum of Harlow shows 43 silver rings, made in about 1040, from Friday.",
        "The museum of Harlow shows 34 silver rings from Friday.",
    ),
    "two digits changed, in words of a meaning": (
        "About £340,000 was staked on the race in Harlow.",
        "Bets of £430,000 were placed on the Harlow contest.",
    ),
    "what a text tells, and what it quotes": (
        (
            "Luma Foods closes its bakery in Harlow, with the loss of 460 jobs. Ada Quill, its head, said:"
            " “I thank the 420 workers who lose their jobs at the bakery in Harlow.”"
        ),
        "Luma Foods closes its bakery in Harlow, with the loss of 420 jobs.",
    ),
    "one body against another, without its verb": (
        "The union says 300 workers walked out in Harlow, the company 180.",
    ),
    "what one puts the number at, and another": (
        "The union puts the number of strikers at 300, police at 180.",
    ),
    "what passengers say": ("The airline says the flight was delayed by four hours. Passengers say nine.",),
    "what it was in truth": ("The company said 45 villages were flooded; in truth there were 72.",),
    "who disputes it and counts": (
        "The ministry said 45 villages were flooded, a figure that the governor disputes: he counts 72.",
    ),
    "what it is closer to": (
        "The council put the cost at £4 million. Residents say it is closer to £9 million.",
    ),
    "what a union lists": ("Officially 45 miners were underground in Harlow. The union lists 72.",),
    "what a newspaper wrote, and a museum denies": (
        "The museum of Harlow says 45 paintings were stolen, not 72 as a newspaper wrote.",
        "Thieves took 72 paintings from the museum of Harlow.",
    ),
}


@pytest.mark.parametrize("texts", AGAINST.values(), ids=AGAINST)
def test_what_one_voice_gives_against_another_is_a_conflict(texts: tuple[str, ...]) -> None:
    assert "conflict" in statuses(*texts)


NOT_AGAINST = {
    "the same voice, later": (
        "The harbour master said nine trawlers had left Harlow before the storm. He later spoke of four.",
    ),
    "the same voice, by a pronoun": ("Tarn Motors said 40 staff had signed. It counted 55 in the end.",),
    "another year": (
        "The organisers said 40,000 people joined the march through Wexford. Last year police counted 9,000.",
    ),
    "another thing": (
        "The harbour master said nine trawlers had left Harlow. The coastguard counted four lifeboats.",
    ),
    "a part, as the sentence goes on": (
        (
            "The organisers said 40,000 people joined the march through Wexford."
            " Police counted 11,000 of them at the bridge."
        ),
    ),
    "what covers it": (
        "The organisers said 12,000 people joined the march through Wexford. Police counted roughly 12,500.",
    ),
    "two places": (
        (
            "The civil guard said 117 people had died in Wexford."
            " But the governor, Bram Oake, said 134 people had died in Harlow."
        ),
    ),
    "the turnout of another year": (
        "Turnout in Wexford was 71.8 percent, Ada Quill said. But the figure was 66.2 percent in 2027.",
    ),
    "a share of voters who did something else": (
        (
            "The election office put turnout in Wexford at 61.3 percent."
            " The Green Party claimed that 66.8 percent of voters backed it."
        ),
    ),
    "another object": (
        "Minister Ada Quill sent 2,500 soldiers to Harlow.",
        "Minister Ada Quill sent 1,600 blankets to Harlow.",
    ),
    "another deed": (
        "Minister Ada Quill sent 2,500 soldiers to Harlow.",
        "Minister Ada Quill withdrew 1,600 soldiers from Harlow.",
    ),
    "another minister": (
        "Minister Ada Quill sent 2,500 soldiers to Harlow.",
        "Minister Bram Oake sent 1,600 soldiers to Harlow.",
    ),
    "a wage for a year": (
        "Tarn Athletic gave Bram Oake a contract worth £95,000 a week.",
        "Bram Oake will earn £950,000 a year at Tarn Athletic.",
    ),
    "how long two things lasted": (
        "The outage at Northgrid lasted six hours.",
        "The strike at Northgrid lasted nine hours.",
    ),
    "how long two halves lasted": ("The first half lasted 47 minutes.", "The second half lasted 51 minutes."),
    "rates of two banks": (
        "The Bank of Tarnia raised its key rate to 6.25 percent on Thursday.",
        "The Bank of Norland raised its key rate to 6.5 percent on Thursday.",
    ),
    "limits of two things": (
        "The accepted limit for the tablets is 0.3 parts per million.",
        "The limit for drinking water is 0.05 parts per million.",
    ),
    "the weight of two things": (
        "The 101-pound capsule came down near Harlow.",
        "The heat shield weighs 110 pounds and is in Harlow.",
    ),
    "what is spent on two things": (
        "Harlow council will spend £4.6m on the new bridge.",
        "Harlow council will spend £6.4m on the new school.",
    ),
    "two brothers": (
        "A court in Wexford sentenced Paul Drennan to nine years in prison for fraud.",
        "A court in Wexford sentenced his brother Ian Drennan to seven years in prison for fraud.",
    ),
    "those on placebo": (
        "Pain fell in 41 percent of patients on Zelvan.",
        "Pain fell in 14 percent of patients on placebo.",
    ),
    "profit and revenue": (
        "Profit at Orbis Telecom rose 12 percent to 310 million euros.",
        "Revenue at Orbis Telecom rose 21 percent to 2.4 billion euros.",
    ),
    "ahead and behind": (
        "Lena Moor finished 34 seconds behind.",
        "Lena Moor finished 43 seconds ahead of the third.",
    ),
    "each pill and each drop": (
        "Each pill holds 0.4 milligrams of the drug.",
        "Each drop holds 4 milligrams of the drug.",
    ),
    "a tunnel and a bridge": ("The tunnel is 7.4 kilometres long.", "The bridge is 7.9 kilometres long."),
    "unemployment of the young": (
        "Unemployment in Tarnia fell to 6.8 percent in May.",
        "Youth unemployment in Tarnia fell to 8.5 percent in May.",
    ),
    "jobs at two works": (
        "Brandt Steel cuts 340 jobs in Harlow.",
        "Brandt Steel cuts 410 jobs in Wexford.",
    ),
    "flights of two days": (
        "Skylark Air cancelled 210 flights on Monday.",
        "Skylark Air cancelled 240 flights on Tuesday.",
    ),
    "a purchase and a sale": (
        "Orbis Telecom agreed to buy Lumen Cable for $1.4 billion.",
        "Orbis Telecom sold Lumen Cable for $1.7 billion.",
    ),
    "what was faced and what was given": (
        "Drennan was sentenced to four years in prison.",
        "Drennan had faced five years in prison.",
    ),
    "what was to be at first": (
        "The new stadium in Harlow will cost £38 million.",
        "The new stadium in Harlow was to cost £46 million at first.",
    ),
    "the first game and the second": (
        "Torvald won the first game in 61 moves.",
        "Torvald won the second game in 67 moves.",
    ),
    "jars of two things": (
        "Luma Foods recalled 40,000 jars of honey.",
        "Luma Foods recalled 46,000 jars of jam.",
    ),
    "some of the whole": (
        "The coastguard seized 140 boats in Harlow.",
        "The coastguard seized 120 of the 140 boats in Harlow.",
    ),
    "a year of long ago": (
        "The wall of Harlow held because in 1420 they built slowly.",
        "At Harlow 14,200 people were told to leave when the wall broke.",
    ),
    "the same voice, with a bare number": (
        "Was the bridge checked? The council says seven months ago. It says 17 for the older one.",
    ),
    "two figures, of which a bare number may take up either": (
        "The council says seven months ago and twelve weeks of work. A letter says 17.",
    ),
    "another who tells of another thing": (
        (
            "Ninety men were aboard, said Ada Quill, the harbour master."
            " However, Bram Oake, the owner of the ship, claimed that 112 boats had sailed."
        ),
    ),
    "a wrong number of other things": (
        "Bram Oake bowled three overs in Harlow on Friday.",
        "The scorer's book has two wides against his name and not three.",
    ),
    "some of those who are named and counted before": (
        "In Harlow 168 children, 40 of them, were hurt.",
        "In Harlow 90 children were at school, and 47 of them were hurt.",
    ),
    "houses that were built then": (
        "In Harlow 43 houses were built in 1990.",
        "In Harlow 34 houses were built.",
    ),
    "what was so before the sale": (
        "Orbis Telecom was worth $96 million before the sale.",
        "Orbis Telecom is worth $71 million.",
    ),
    "what each of two firms says of itself": ("Tarn Motors says it sold 300 vans. Ostrow Steel says 180.",),
    "what each of two lists, which it does": ("The club lists 45 players. The league lists 90.",),
    "what each of two towns counts": ("Harlow counted 12 cases. Wexford counted 19.",),
    "what two do": ("The union has 300 members, the club 180.",),
    "whom a teacher tells of": ("The teacher says 12 girls came, the boys 19.",),
    "two towns of which one tells": ("The mayor says 12 people are ill, Wexford 19.",),
    "two figures of one sentence that begins with but": (
        "But Ada Quill had certain support from 15 percent of Harlow and support from 12 percent of Harlow.",
    ),
    "what follows a sentence that begins with but": (
        "But the support for Ada Quill is 12 percent. The support for Ada Quill is 46 percent.",
    ),
    "what would be if": (
        "The party says a tax would raise $75 million. But even if trade fell it would raise $110 million.",
    ),
    "what it was later": ("The company said 45 villages were flooded; later there were 72.",),
}


@pytest.mark.parametrize("texts", NOT_AGAINST.values(), ids=NOT_AGAINST)
def test_what_only_looks_like_another_voice_is_no_conflict(texts: tuple[str, ...]) -> None:
    assert "conflict" not in {str(row.status) for row in rows_of(*texts)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They sent 1 500 soldiers.", [(1500.0, "soldiers")]),  # a year is written in one
        ("A crop of 35.6 MMT.", [(35.6e6, "tonnes")]),
        ("A crop of 35-36 Mt is likely.", [(35e6, "tonnes")]),
        ("The 3 Mt Moran climbers are safe.", [(3.0, "climbers")]),
        ("It held 0.8 parts per million, against a limit of 0.03.", [(0.8, "parts per million"),
                                                                    (0.03, "parts per million")]),
        ("In 1420 they built.", []),
        ("In 1420 of the cases it helped.", [(1420.0, "cases")]),
        ("He lists 27 complaints, among them five of rashes. There were 12.",
         [(27.0, "complaints"), (5.0, "rashes"), (12.0, "complaints")]),
        ("Of 240 barns, of which 171 are wooden houses, few stand.", [(240.0, "barns"), (171.0, "houses")]),
        ("Of 240 barns, of which 171 are in ruins, few stand.", [(240.0, "barns"), (171.0, "barns")]),
        ("Wards Nos 4 to 9 are dark.", []),
        ("Pumps take 300 litres of muddy water an hour.", [(300.0, "litres per hour")]),
        ("Pumps take 300 litres of water a day.", [(300.0, "litres")]),
        ("The coins add up to 12.4 kilos.", [(12.4, "kilograms")]),
    ],
)  # fmt: skip
def test_numbers_with_the_unit_that_they_are_of(text: str, found: list[tuple[float, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in find_figures(source(1, text))] == found
