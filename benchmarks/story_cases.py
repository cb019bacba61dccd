"""What is counted of the evidence of one story: the cases of each measure, against what a reader labelled.

A place is (number of the source, start, end).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from math import isclose
from typing import Any, NamedTuple, TypeVar

UNSURE = {"possible", "nearby", "updated"}  # such a row says of no value that it contradicts another
TITLES = (
    "a an the one of in for by and mr mrs ms dr sir lord lady justice chief prof professor president sen rep "
    "governor kc lj jr iii asst ch con"
)
Place = tuple[int, int, int]
Answer = Callable[..., Any]


class Case(NamedTuple):
    """One thing that was counted: its kind, its outcome, what it was about."""

    kind: str
    outcome: str
    note: str


class Story(NamedTuple):
    """A story in the library: its texts by number, its gold, and the command that answers about it."""

    slug: str
    texts: dict[int, str]
    gold: dict[str, Any]
    ask: Answer

    def quoted(self, *places: Place) -> str:
        """Quote what the texts say at the places."""
        return " | ".join(f"[{n}] {' '.join(self.texts[n][a:b].split())[:80]}" for n, a, b in places)

    def rows(self) -> list[dict[str, Any]]:
        """Ask for the rows of the figure matrix that are no dates."""
        return [row for row in self.ask("figures", self.slug)["rows"] if row["kind"] != "date"]

    def against(self, number: int) -> dict[str, Any]:
        """Compare one source with all others of the story."""
        answer: dict[str, Any] = self.ask("compare", f"{self.slug}/{number}", "--against", self.slug)
        return answer


def place(mention: dict[str, Any]) -> Place:
    """Read the place that a mention of the command or the gold has."""
    return int(str(mention["ref"]).rsplit("/", 1)[-1]), mention["start"], mention["end"]


def shared(one: Place, other: Place) -> int:
    """How many characters two places have in common."""
    return max(0, min(one[2], other[2]) - max(one[1], other[1])) if one[0] == other[0] else 0


def same(one: Place, other: Place) -> bool:
    """Whether two places share more than half of the shorter one."""
    return shared(one, other) > 0.5 * min(one[2] - one[1], other[2] - other[1])


Found = TypeVar("Found", bound=tuple[Any, ...])


def best(spot: Place, found: Iterable[Found]) -> Found | None:
    """Of the tuples that begin with a place, the one that covers the spot most, if any does."""
    hit = max(found, key=lambda one: shared(spot, one[0]), default=None)
    return hit if hit and shared(spot, hit[0]) else None


def name_words(name: str) -> list[str]:
    """Fold a name to the words that tell it from others, without titles and initials if any remain."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    bare = [
        word.strip("'\",;()").removesuffix("'s").replace(".", "") for word in folded.replace("’", "'").split()
    ]
    return [word for word in bare if word not in TITLES.split() and (len(word) > 1 or word.isdigit())] or bare


def means(given: str, *names: str) -> bool:
    """Whether a name is one of these: all of its words are among theirs, or theirs among its own."""
    got = set(name_words(given))
    wanted = [set(name_words(name)) for name in names]
    return any(got and mine and (got <= mine or mine <= got) for mine in wanted)


def opposed(one: dict[str, Any], other: dict[str, Any], conflict: dict[str, Any]) -> bool:
    """Whether two values of a row are on different sides of a conflict."""
    mine, theirs = (
        {
            number
            for number, side in enumerate(conflict["sides"])
            for mention in value["mentions"]
            if any(isclose(value["value"] or 0, x) for x in side.get(str(place(mention)[0]), ()))
        }
        for value in (one, other)
    )
    return bool(mine and theirs and mine != theirs)


def measure_figures(story: Story) -> Iterator[Case]:
    """Figures found with their value, and like figures of different sources in one row."""
    found = [
        (place(mention), value, (row["id"], place(mention) if row["status"] == "nearby" else None))
        for row in story.rows()
        for value in row["values"]
        for mention in value["mentions"]
    ]
    read = []
    for gold in story.gold["figures"]:
        hit = best(place(gold), found)
        right = hit and all(isclose(hit[1][k] or 0, gold[k]) for k in ("value", "low", "high") if k in gold)
        outcome = "missing" if hit is None else "right" if right else "wrong"
        note = f"{story.quoted(place(gold))} ({gold['row']}), got {hit and hit[1]['value']}"
        yield Case("figures", outcome, note)
        read += [(gold, hit[2])] if hit else []
    together = {frozenset(pair) for pair in story.gold.get("together", ())}
    for (a, row), (b, other) in combinations(read, 2):
        joined = row == other
        like = (a["row"], a["kind"]) == (b["row"], b["kind"])
        note = f"{a['row']} | {b['row']}: {story.quoted(place(a), place(b))}, in {row[0]} | {other[0]}"
        if not like and joined and frozenset((a["row"], b["row"])) not in together:
            yield Case("pairs", "wrong", note)
        if like and a["ref"] != b["ref"] and (a["kind"] != "money" or a.get("unit") == b.get("unit")):
            yield Case("pairs", "right" if joined else "missing", note)


def measure_conflicts(story: Story) -> Iterator[Case]:
    """Values marked as contradicting others, and the contradictions that there are."""
    true, arguable = story.gold["conflicts"], story.gold.get("arguable", [])
    met = []
    for row in story.rows():
        values = [value for value in row["values"] if not value.get("before")]
        certain = row["status"] not in UNSURE
        marked = [v for v in values if certain and v.get("dissents", row["status"] == "conflict")]
        for a, b in combinations(values, 2):
            met.append((a, b, "marked" if a in marked or b in marked else row["status"]))
        for value in marked:
            others = [other for other in values if other is not value]
            real, open_ = (
                any(opposed(value, other, one) for other in others for one in some)
                for some in (true, arguable)
            )
            note = f"{row['subject']}: {value['text']} against {', '.join(v['text'] for v in others)}"
            if real or not open_:
                yield Case("shown", "right" if real else "wrong", note)
    for one in true:
        how = {how for a, b, how in met if opposed(a, b, one)}
        agrees = how & {"agree", "before-after"}
        yield Case("conflicts", "right" if "marked" in how else "wrong" if agrees else "missing", one["what"])


def measure_quotes(story: Story) -> Iterator[Case]:
    """Quotes found, and whom they are given to; those credited by a pronoun also apart."""
    families = story.ask("quotes", story.slug)["families"]
    variants = [(place(v), v["speaker"]) for family in families for v in family["variants"]]
    for gold in story.gold["quotes"]:
        given = {speaker for spot, speaker in variants if same(spot, place(gold))}
        said, names = given - {None, ""}, (gold["speaker"], *gold.get("also", ()))
        outcome = "missing" if not said else "right" if all(means(one, *names) for one in said) else "wrong"
        note = f"{story.quoted(place(gold))}: {gold['speaker']}, got {', '.join(sorted(said)) or None}"
        yield Case("quotes", "right" if given else "missing", note)
        if given:
            yield Case("speakers", outcome, note)
        if "by" in gold:
            yield Case("he-she", outcome, note)


def measure_entities(story: Story) -> Iterator[Case]:
    """Mentions with span and kind, names split and falsely merged, and what the list holds that is none."""
    known = {entity["id"]: entity for entity in story.gold["entities"]}
    if not known:
        return
    listed = story.ask("entities", story.slug)["entities"]
    found = [(place(m), m["text"], entity) for entity in listed for m in entity["mentions"]]
    spots = [
        ((n, a, b), known[who]) for n, a, b, who in story.gold["mentions"] if "optional" not in known[who]
    ]
    named = [(spot, name_words(story.texts[spot[0]][spot[1] : spot[2]]), gold) for spot, gold in spots]
    for spot, form, gold in named if story.gold["by_hand"] else ():
        hit = best(spot, found)
        right = hit and name_words(hit[1]) == form and hit[2]["kind"] in gold["kind"]
        note = f"{story.quoted(spot)} ({gold['kind']}), got {hit and (hit[1], hit[2]['kind'])}"
        yield Case("mentions", "missing" if hit is None else "right" if right else "wrong", note)
    pairs = set()
    for spot, text, entity in found:
        hit = best(spot, named)
        if hit and name_words(text)[-1] == hit[1][-1]:
            pairs.add((hit[2]["id"], entity["name"]))
    for kind, (side, other) in {"names": (0, 1), "unions": (1, 0)}.items():
        for name in sorted({pair[side] for pair in pairs}):
            others = sorted(pair[other] for pair in pairs if pair[side] == name)
            yield Case(kind, "wrong" if len(others) > 1 else "right", f"{name}: {', '.join(others)}")
    for entity in listed:
        wanted = name_words(entity["name"])
        kinds = [one["kind"] for one in known.values() if wanted in map(name_words, one["forms"])]
        right = any(entity["kind"] in kind for kind in kinds)
        note = f"{entity['name']} ({entity['kind']}), is {', '.join(kinds) or 'none'}"
        yield Case("rows", "right" if right else "wrong", note)


def measure_dates(story: Story) -> Iterator[Case]:
    """Dates found and resolved. A conflict of dates is wrong: none of the labelled stories has one."""
    if not story.gold["dates"]:
        return
    events = story.ask("timeline", story.slug)["events"]
    found = [(place(m), m["first"] or "", m["last"] or "") for event in events for m in event["mentions"]]
    for gold in story.gold["dates"]:
        hit, first, last = best(place(gold), found), gold["first"], gold["last"]
        right = hit and (hit[1:] == (first, last) or ("loose" in gold and first <= hit[1] <= hit[2] <= last))
        note = f"{story.quoted(place(gold))}: {first} to {last}, got {hit and hit[1:]}"
        yield Case("dates", "missing" if hit is None else "right" if right else "wrong", note)
    for event in events:
        if event["status"] == "conflict":
            yield Case("dates", "wrong", f"conflict: {event['text']}")


def _met(rows: Sequence[tuple[Place, Place, str]], pairs: Iterable[tuple[Place, Place]]) -> bool:
    return any(same(a, x) and same(b, y) for a, b in pairs for x, y, _ in rows)


def measure_partners(story: Story) -> Iterator[Case]:
    """Rows of a comparison that join what does not belong together, and statements that meet or do not."""
    judged = [((a, b, c), (d, e, f), label) for a, b, c, d, e, f, label in story.gold.get("rows", ())]
    facts = [[(n, a, b) for n, a, b in fact] for fact in story.gold.get("facts", ())]
    rows: list[tuple[Place, Place, str]] = []
    for n in story.texts:
        for pair in story.against(n)["pairs"]:
            m = int(pair["b"].rsplit("/", 1)[1])
            if n < m:
                rows += [((n, *row["a"]), (m, *row["b"]), row["kind"]) for row in pair["rows"]]
    outcomes = {"missed": "right", "partly": "open"}
    for a, b, kind in rows:
        if kind in ("same", "edited") or not facts:
            continue
        stated = any(all(any(same(x, spot) for spot in fact) for x in (a, b)) for fact in facts)
        labels = [label for x, y, label in judged if same(a, x) and same(b, y)]
        label = labels[0] if labels else "right" if stated else "wrong"
        yield Case("partners", outcomes.get(label, label), story.quoted(a, b))
    for a, b, label in judged:
        if label in ("right", "missed"):
            met = "right" if _met(rows, [(a, b)]) else "missing"
            yield Case("kept" if label == "right" else "overlooked", met, story.quoted(a, b))
    for fact in facts:
        for n, m in combinations(sorted({spot[0] for spot in fact}), 2):
            pairs = [(a, b) for a in fact for b in fact if (a[0], b[0]) == (n, m)]
            yield Case("statements", "right" if _met(rows, pairs) else "missing", story.quoted(*pairs[0]))


def measure_alone(story: Story) -> Iterator[Case]:
    """Sentences marked as said by nobody else in the story."""
    own, free = ([(n, a, b) for n, a, b in story.gold.get(key, ())] for key in ("alone", "neutral"))
    if not own:
        return
    marks = [
        (n, *span) for n in story.texts for one in story.against(n)["said_alone"] for span in one["spans"]
    ]
    for mark in marks:
        if not any(same(mark, spot) for spot in free):
            right = any(same(mark, spot) for spot in own)
            yield Case("alone", "right" if right else "wrong", story.quoted(mark))
    for spot in own:
        if not any(same(mark, spot) for mark in marks):
            yield Case("alone", "missing", story.quoted(spot))


def measure_lineage(story: Story) -> Iterator[Case]:
    """On how many independent origins the story stands, and who leans on whom."""
    names = [one["name"] for one in story.ask("lineage", story.slug)["origins"]]
    low, high = story.gold["origins"]
    right = low <= len(names) <= high
    yield Case("origins", "right" if right else "wrong", f"{low} to {high}, got {', '.join(names)}")
    chains = story.ask("quotes", story.slug)["chains"]
    leans: list[tuple[str, str]] = []
    open_: list[tuple[tuple[str, ...], Any]] = [((), chain["root"]) for chain in chains]
    while open_:
        above, link = open_.pop()
        leans += [(name, link["name"]) for name in above]
        open_ += [((*above, link["name"]), follower) for follower in link["followers"]]
    for key, found, lost in (("credits", "right", "missing"), ("false_credits", "wrong", "")):
        for root, leaf in story.gold.get(key, ()):
            outcome = found if any(means(x, root) and means(y, leaf) for x, y in leans) else lost
            if outcome:
                yield Case("credits", outcome, f"{root} <- {leaf}")


MEASURES: dict[str, Callable[[Story], Iterator[Case]]] = {
    "figures": measure_figures,
    "conflicts": measure_conflicts,
    "quotes": measure_quotes,
    "entities": measure_entities,
    "dates": measure_dates,
    "partners": measure_partners,
    "alone": measure_alone,
    "lineage": measure_lineage,
}
