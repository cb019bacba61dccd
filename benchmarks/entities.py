"""Measure the names engine on WikiGold: how many spans it finds, and how many with the right type.

Run as ``python -m benchmarks.entities [--errors] [--library]``; with ``--library`` each document is read with
the word counts of all of them. The data is looked for in ``../shared/data/entities`` beside the checkout;
without it there is nothing to measure.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from sources.evidence.entities import EntityKind
from sources.evidence.entities.casing import count_usage
from sources.evidence.entities.finder import find_entities
from sources.evidence.word_lists import words
from sources.model import Origin, Ref, Source

DATA = Path(__file__).parents[2] / "shared" / "data" / "entities" / "wikigold.jsonl"
LABEL = {
    EntityKind.PERSON: "PER",
    EntityKind.ORGANISATION: "ORG",
    EntityKind.PLACE: "LOC",
    EntityKind.PRODUCT: "MISC",
    EntityKind.EVENT: "MISC",
    EntityKind.OTHER: "MISC",
}
Spans = dict[tuple[str, int, int], str]


def _source(identifier: str, text: str) -> Source:
    return Source(
        Ref("wikigold", 1), None, None, None, None, None, "en", text, (), Origin(identifier, "", "text")
    )


def _f1(right: int, found: int, gold: int) -> str:
    precision, recall = right / max(found, 1), right / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}"


def _report(title: str, gold: Spans, found: Spans) -> None:
    both = gold.keys() & found.keys()
    typed = sum(gold[span] == found[span] for span in both)
    print(f"{title}: {len(gold)} gold, {len(found)} found")
    print(f"  span   {_f1(len(both), len(found), len(gold))}")
    print(f"  typed  {_f1(typed, len(found), len(gold))}")
    for label in ("PER", "ORG", "LOC", "MISC"):
        right = sum(gold[span] == found[span] == label for span in both)
        has = Counter(found.values())[label]
        print(f"    {label:4} {_f1(right, has, Counter(gold.values())[label])}")


def _print_errors(gold: Spans, found: Spans, texts: dict[str, str]) -> None:
    for (identifier, start, end), label in sorted((gold | found).items()):
        span = (identifier, start, end)
        text = texts[identifier]
        context = f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 30]}".replace(
            "\n", "/"
        )
        if span not in found:
            print(f"MISSED {label:4} {context}")
        elif span not in gold:
            print(f"WRONG  {found[span]:4} {context}")
        elif gold[span] != found[span]:
            print(f"TYPE   {gold[span]}>{found[span]} {context}")


def main() -> None:
    """Print the scores, with ``--errors`` every difference as well."""
    if not DATA.exists():
        print(f"no data at {DATA}")
        return
    demonyms = words("peoples.txt", "demonyms")
    gold: Spans = {}
    found: Spans = {}
    texts: dict[str, str] = {}
    documents = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    began = time.process_time()
    usage = count_usage(document["text"] for document in documents) if "--library" in sys.argv else None
    for document in documents:
        identifier, text = document["id"], document["text"]
        texts[identifier] = text
        gold |= {(identifier, start, end): label for start, end, label, _ in document["entities"]}
        for entity in find_entities([_source(identifier, text)], usage):
            found |= {
                (identifier, mention.start, mention.end): LABEL[entity.kind] for mention in entity.mentions
            }
    spent = time.process_time() - began
    _report("all of WikiGold", gold, found)
    without = {
        span: label for span, label in gold.items() if texts[span[0]][span[1] : span[2]] not in demonyms
    }
    _report("without words for peoples, which are no entities here", without, found)
    print(f"{sum(map(len, texts.values())) / spent / 1e6:.2f} MB/s")
    if "--errors" in sys.argv:
        _print_errors(without, found, texts)


if __name__ == "__main__":
    main()
