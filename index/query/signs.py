"""What the query language can say, as one list, from which the help and the page about it are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sign(NamedTuple):
    """A way to say something in a query: how it is written, what it finds, an example on the bundled story.

    ``write`` and ``finds`` are Markdown whose only markup are backticks.
    """

    name: str
    write: str
    finds: str
    example: str


SIGNS: tuple[Sign, ...] = (
    Sign(
        "words",
        "words",
        "sources with any of them; those with all come first, then those where they stand together",
        "golden share",
    ),
    Sign("phrase", '`"…"`', "these words in this order, as they are written", '"golden share"'),
    Sign(
        "near",
        '`"…"~N`',
        "these words in any order, with at most N others between them (N up to 50)",
        '"share ministry"~9',
    ),
    Sign("must", "`+word`", "must be there; the other words only rank", "+Blackfen dredging"),
    Sign("mustnot", "`-word`, `NOT`", "must not be there", "dredging -strike"),
    Sign(
        "operators",
        "`AND`, `OR`, `( )`",
        "both, either; capitals; `AND` binds tighter than `OR`, words side by side tighter still",
        "(dredging OR crane) AND channel",
    ),
    Sign("prefix", "`begin*`", "words that begin so (two letters at least)", "dredg*"),
    Sign(
        "fuzzy",
        "`word~`, `word~2`",
        "words that differ in one letter, or in two behind the first",
        "harbor~",
    ),
    Sign("fields", "`title:` `text:` `publisher:` `author:`", "words of this field only", "title:dredging"),
    Sign(
        "entities",
        "`person:` `org:` `place:` `entity:`",
        "sources that name such a person, organisation, place, or anything",
        'person:"ada moss"',
    ),
    Sign("speaker", "`speaker:`", "sources that quote this person or body", "speaker:moss"),
    Sign(
        "said",
        "`speaker:… quote:…`",
        "what this person or body says in a quote",
        "speaker:moss quote:buyer",
    ),
    Sign("quote", "`quote:`", "words inside quotation marks", 'quote:"look for a buyer"'),
    Sign(
        "only-quotes",
        "`only:quotes`",
        "all plain words beside it count in quotes only",
        "only:quotes harbour",
    ),
    Sign(
        "not-quotes",
        "`not:quotes`",
        "all plain words beside it count outside of quotes only",
        'not:quotes "golden share"',
    ),
    Sign("figure", "`figure:`", "an amount of money or a percentage, by its value", "figure:$4.2bn"),
    Sign("figure-bound", "`figure:>` `>=` `<` `<=`", "a greater or a smaller one", "figure:>$1bn"),
    Sign("figure-range", "`figure:A..B`", "one between the two, both included", "figure:$4bn..5bn"),
    Sign("date", "`date:`", "a day, a month or a year", "date:2031-06"),
    Sign(
        "date-range",
        "`date:>=` `>` `<=` `<`, `A..B`",
        "from then on, after, until, before, between",
        "date:2031-05..2031-06",
    ),
    Sign(
        "place",
        "`story:` `number:` `ref:`",
        "a story, the numbers of sources (or `summary`), one source",
        "number:2..5",
    ),
    Sign("tags", "`tag:` `label:`", "sources with a note or passage that has this tag or label", "tag:claim"),
    Sign("note", "`note:`", "sources with a note of yours that says so", "note:price"),
)


def signs_table() -> str:
    """Return the list as a Markdown table."""
    lines = ["| write | finds | for example |", "|---|---|---|"]
    lines += [f"| {sign.write} | {sign.finds} | `{sign.example}` |" for sign in SIGNS]
    return "\n".join(lines) + "\n"


def examples(known: Mapping[str, str]) -> dict[str, str]:
    """Return an example for every sign, from what is known of a source where there is something.

    ``known`` has, where they are known, a ``title`` word, ``publisher``, ``author``, ``date`` (a month),
    ``story``, ``speaker``, ``quote``, ``percent`` and ``money`` as they are written, and names: ``person``,
    ``org``, ``place``, ``name`` (of any kind).
    """
    fitting = {
        "phrase": ("name", "{}"),
        "must": ("title", "+{}"),
        "fields": ("title", "title:{}"),
        "entities": ("person", "person:{}"),
        "speaker": ("speaker", "speaker:{}"),
        "quote": ("quote", "quote:{}"),
        "only-quotes": ("title", "only:quotes {}"),
        "not-quotes": ("name", "not:quotes {}"),
        "figure": ("money", "figure:{}"),
        "date": ("date", "date:{}"),
        "date-range": ("date", "date:>={}"),
        "place": ("story", "story:{}"),
    }
    made = {sign.name: sign.example for sign in SIGNS}
    for sign, (kind, pattern) in fitting.items():
        value = " ".join(known.get(kind, "").replace('"', " ").split())
        bare = kind in {"date", "story"} or (kind == "title" and value.isalpha())
        if value:
            made[sign] = pattern.format(value if bare else f'"{value}"')
    return made
