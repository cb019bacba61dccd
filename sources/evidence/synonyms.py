"""Maps words that mean the same in news to one form, for comparing sentences."""

from __future__ import annotations

import re
from functools import lru_cache

from sources.text.words import stem

_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty
"""
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBER = re.compile(r"(?:[a-z]{0,3}[$£€¥₹₩₽])?(\d+(?:\.\d+)?)(bn|m|mn|k|tn|th|st|nd|rd|%)?")

# A line a meaning; the first word stands for all.
_SAME = """
say declare announce remark comment mention
tell inform notify
claim assert maintain allege contend argue insist
deny reject refute dismiss
refuse decline
acknowledge admit concede
warn caution alert
promise pledge vow guarantee
ask request plea appeal urge
explain clarify
reveal disclose unveil
buy purchase acquire acquisition
sell sale vend
company firm corporation enterprise
shop store outlet retailer
customer client consumer buyer shopper
employee worker staff workforce personnel
boss chief leader director manager
chairman chairwoman chairperson
spokesman spokeswoman spokesperson
lawyer attorney solicitor counsel
doctor physician medic
police officer cop
soldier troop
lawmaker legislator parliamentarian councillor
parliament legislature
government administration
ministry department
minister secretary
law legislation statute
rule regulation
ruling verdict judgment decision
judge magistrate
court tribunal
trial hearing
lawsuit suit litigation
crime offence offense
prison jail
arrest detain
kill slay murder
die perish death dead
hurt injure wound injury
victim casualty
crash collision wreck
flood deluge
storm hurricane typhoon cyclone
ship vessel boat craft
plane aircraft airplane jet
car automobile vehicle
lorry truck
railway railroad rail
road street highway
house home residence
building construction structure
build construct erect
city town municipality
country nation
world globe planet earth
sea ocean
war conflict
attack assault
peace truce ceasefire
agree agreement accord pact deal
talk negotiation negotiate discussion discuss
meet meeting gathering
vote ballot poll
opposition opponent critic
support back endorse
oppose object
protest demonstration demonstrate rally
strike walkout stoppage
money cash fund
price cost fee
pay payment paid
salary wage
profit earnings
loss lose lost
revenue income turnover
debt liability
loan credit
tax levy
share stock
stake holding
owner proprietor
investor shareholder
bank lender
value worth
grow growth expand expansion
rise increase climb gain
drop decrease plunge slump
raise lift
cut reduce reduction lower slash
start begin commence
end finish conclude
stop halt cease
delay postpone defer
speed accelerate
plan intend intention
try attempt
help assist aid
need require
use utilize utilise utilization
show indicate
find discover
think believe
know aware
want wish desire
fear worry concern afraid
choose select pick
decide determine
receive get obtain
give hand
keep retain preserve
leave depart departure
arrive come
send dispatch
bring carry
allow permit
ban prohibit forbid prohibition
prevent avert
approve approval
replace successor substitute replacement
repair patch mend
letter correspondence
study research survey
researcher scientist
university college
student pupil
expert specialist analyst
picture photograph photo image
painting artwork
artist painter
film movie
museum gallery
visitor guest
crowd throng
relative family kin
heir descendant
child kid
youngster teenager adolescent
friend pal
neighbour neighbor
resident inhabitant citizen
foreigner alien
migrant immigrant
sick ill
illness disease sickness ailment
hospital clinic
drug medicine medication pharmaceutical
vaccine jab inoculation
food meal
big large huge enormous massive giant
small little tiny
quick fast rapid swift
slow gradual
old ancient elderly aged
rich wealthy affluent
poor impoverished
important crucial vital essential significant
difficult tough challenging
easy simple
dangerous risky hazardous
risk danger hazard threat
safe secure
safety security
error mistake fault blunder flaw
problem trouble difficulty
solution remedy answer
result outcome consequence
reason cause
effect impact
aim goal objective target purpose
chance opportunity
change alter modify alteration
improve improvement
worsen deteriorate
damage harm
destroy demolish ruin
protect protective protection
search hunt
investigate probe inquiry investigation
proof evidence
accuse charge accusation
fine penalty
punish punishment
steal theft rob robbery
thief robber
fraud scam
hide conceal
escape flee fled
happen occur
remain stay
continue proceed
consider contemplate
expect anticipate
predict forecast
estimate reckon
calculate compute
measure gauge
about around approximately roughly nearly almost
soon shortly
often frequently
rarely seldom
now currently presently
today nowadays
earlier previously before
later afterward afterwards subsequently
annual yearly
daily everyday
evening night
percent percentage
twice double
amount sum quantity
majority most
portion section
whole entire
total overall
rival competitor competition
partner ally
product merchandise goods
factory plant
machine device equipment
phone telephone handset
internet web online
software program code
satellite spacecraft
missing vanish disappear
lack shortage scarcity
supply provide provider
trade commerce
harbour harbor port
quit resign
hire recruit
appoint name nominate
win victory triumph
defeat beat
team squad
coach trainer
stadium arena
weather climate
energy electricity
oil petroleum
bottom floor
"""


def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _SAME.splitlines():
        words = line.split()
        if len(words) > 1:
            for word in words:
                found.setdefault(stem(word), f"={words[0]}")
    return found


_MEANINGS = _meanings()
_VALUES = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_VALUES.update({word: str(10 * value) for value, word in enumerate(_TENS.split(), start=3)})


@lru_cache(maxsize=1 << 16)
def meaning(norm: str) -> str:
    """Return what a normalised word counts as; words of other scripts come back as they are."""
    if norm in _VALUES:
        return _VALUES[norm]
    if number := _NUMBER.fullmatch(norm):
        return number[1]
    one = stem(norm)
    return _MEANINGS.get(one, one)
