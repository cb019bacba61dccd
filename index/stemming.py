"""English stems as the engine makes them, without trying endings that a word does not have."""

# The engine leaves its stemmer untyped.
# mypy: allow-untyped-calls

from __future__ import annotations

from whoosh.lang import porter2

_AFTER_VERBS = ("eedly", "eed", *porter2.s1b_suffixes)
_SECOND = tuple(ending for ending, *_ in porter2.s2_triples)
_THIRD = tuple(ending for ending, *_ in porter2.s3_triples)
_FOURTH = (*porter2.s4_delete_list, "sion", "tion")


def english_stem(word: str) -> str:
    """Return the Porter2 stem of a word of three small letters or more.

    The same as the engine's ``stem``, whose steps each look through a long list of endings; most words have
    none of them, which one comparison tells.
    """
    known = porter2.exceptional_forms.get(word)
    if known is not None:
        return str(known)
    if "y" in word:
        word = porter2.capitalize_consonant_ys(word)
    marked = word  # the regions are those of the whole word
    first = porter2.get_r1(marked)
    if word[-1] in "sd":
        word = porter2.step_1a(word)
    if word in porter2.exceptional_early_exit_post_1a:
        return str(word)
    if word.endswith(_AFTER_VERBS):
        word = porter2.step_1b(word, first)
    if word[-1] in "yY":
        word = porter2.step_1c(word)
    if word.endswith(_SECOND):
        word = porter2.step_2(word, first)
    if word.endswith(_THIRD):
        word = porter2.step_3(word, first, porter2.get_r2(marked))
    if word.endswith(_FOURTH):
        word = porter2.step_4(word, porter2.get_r2(marked))
    if word[-1] in "le":
        word = porter2.step_5(word, first, porter2.get_r2(marked))
    return str(porter2.normalize_ys(word))
