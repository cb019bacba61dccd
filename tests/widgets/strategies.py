"""Texts to throw at layouts: words, wide characters, marks, tabs, and what would steer a terminal."""

from __future__ import annotations

from hypothesis import strategies as st

HOSTILE = (
    "\x1b]52;c;Z29uZQ==\x07 \x9b31m \x85 \u202eesrever\u202c \u2066x\u2069 \x7f \x00 "
    "[red]no[/red] [/x] \ud800"
)

characters = st.one_of(
    st.sampled_from("abc DEF, ."),
    st.sampled_from("  \n\t-—’“”"),
    st.sampled_from("港は水。「」한국어"),
    st.sampled_from("e\u0301\u0300\u200d\ufe0f👩🏽‍🚀🇳🇴\u200b\u00ad\xa0"),
    st.sampled_from("\x1b\x07\x9b\u202e\u2066\ud800\u2028"),
    st.characters(),
)
texts = st.text(characters, max_size=300)
