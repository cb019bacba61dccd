"""English words that say whether a stop before or after them ends a sentence.

All are compared without case and without their last stop; where the case matters, the caller looks.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name follows: these never end a sentence.
TITLES = _words(
    "mr mrs ms mx dr prof gen sen rep gov rev hon lt col maj capt cpl sgt pvt adm cmdr cdr supt insp "
    "pres messrs mme mlle amb atty brig sens reps govs drs profs"
)

# Something of the same sentence follows, whatever it is.
CONTINUING = _words("e.g i.e vs v cf viz esp incl approx ca c. al.e p.s p.p.s")

# A number follows; before anything else they are words or the ends of sentences.
NUMBERED = _words(
    "no nos fig figs vol vols p pp pg art sec ch par para op ca c approx est ext tel eq ver v pt pl bk "
    "a.d ed cl rm apt rte hwy ser jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu "
    "thur thurs fri sat sun max min"
)

# They end a sentence only where a word follows that seldom stands in a name.
JOINING = _words(
    "st ste mt ft pt al bros jr sr univ dept assn assoc inst ph messrs ala ariz ark calif colo conn del "
    "fla ga ill ind kan ky la md mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash "
    "wis wyo mass nat intl govt fr n s e w"
)

# Legal forms end a sentence unless an office or another legal form follows.
COMPANIES = _words("inc corp ltd co cos llc plc pty pte cie s.a n.v s.p.a")
OFFICES = _words(
    "ceo cfo coo cto cio evp svp vp chief president chairman chairwoman chair chairperson director vice "
    "executive founder co-founder cofounder managing senior spokesman spokeswoman spokesperson general "
    "treasurer secretary partner head class series group holdings international inc corp ltd co llc plc"
)

# After "p.m." these belong to the time.
TIMES = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun et "
    "est edt eastern central pacific mountain ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist jst "
    "sgt hkt january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sept sep oct nov dec"
)

# A single letter after one of these is a label, not somebody's initial.
LABELLED = _words(
    "plan group vitamin type class hepatitis series grade section part room gate team pool exhibit "
    "appendix figure option schedule schedules category influenza point block terminal level letter "
    "variant phase line"
)

# Capitalised, these begin sentences far more often than they stand in names.
STARTERS = _words(
    "the a an it he she they we i you this that these those but and or so in on at by for from with as "
    "if when while after before since until although though because however meanwhile still yet now "
    "then there here what who why how where which his her its their our my your some many most all both "
    "each several such another others even according despite during under instead earlier later "
    "yesterday once among also not it's he's she's they're we're i'm that's there's here's what's to of "
    "until unlike like about is are was were do does did can could would should has have had let nobody "
    "everyone nothing everything no yes moreover furthermore nevertheless therefore thus hence indeed "
    "perhaps maybe today tomorrow initially eventually finally recently currently previously originally "
    "reportedly additionally similarly ultimately only"
)

# Names that end in an exclamation mark.
EXCLAIMED = _words("yahoo yum jeopardy joomla oklahoma mamma wham")

# What follows a stop in the name of a place on the net or of a file.
SUFFIXES = _words(
    "com net org edu gov mil info biz io ai fm tv me js ts py rb css html htm xml json csv txt pdf md "
    "doc docx xls xlsx ppt zip exe png jpg jpeg gif svg mp3 mp4"
)
ORDINARY_SUFFIXES = _words("ai me tv md zip doc")  # words too: "by AI", "asked me", "on TV"

SPEECH = (
    "said|says|asked|asks|wrote|writes|added|adds|told|tells|tweeted|posted|replied|replies|wondered|shouted|"
    "cried|joked|quipped|demanded|exclaimed|continued|recalled|insisted|argued|noted"
)
