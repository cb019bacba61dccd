"""What words are made of, and which say nothing by themselves, for index, queries and evidence alike.

The two take words apart differently, and have to: the index (`index.analysis`) splits at hyphens, so that
``gpt`` finds "GPT-4", and keeps scripts without spaces by character; the evidence (`sources.text.tokens`)
compares what a writer meant as one word, hyphens and units included.
"""

from __future__ import annotations

_TOO_COMMON = """
    a about above after again against all also am an and any are as at be because been before being below
    between both but by can cannot could did do does doing down during each few for from further had has
    have having he her here hers herself him himself his how i if in into is it its itself just me
    might more most must my myself no nor not of off on once only or other our ours ourselves out over
    own same shall she should so some such than that the their theirs them themselves then there these
    they this those through to too under until up upon very was we were what when where which while who
    whom whose why will with would you your yours yourself yourselves i'm i've i'd i'll you're you've
    you'd you'll he'd he'll she'd she'll it'd it'll we're we've we'd we'll they're they've they'd they'll
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't
    shouldn't mustn't
"""
STOP_WORDS: frozenset[str] = frozenset(_TOO_COMMON.split())

# Vowel signs, accents and joiners are parts of words although they are not letters; the ranges are those of
# the scripts in which newspapers appear.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u0900-\u0963\u0971-\u0dff\u0f71-\u0f84\u200c\u200d\u00ad"
)
# These stand among the letters of scripts that the index takes apart by character.
MARKS_OF_UNSPACED = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u17b4-\u17d3"
IDEOGRAPHS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = (
    f"\u0e00-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3\u3005-\u3007{IDEOGRAPHS}\uac00-\ud7a3\uff66-\uff9f"
)
APOSTROPHES = "'’ʼ＇"
HYPHENS = "\\-‐‑"
