"""Citations as reference managers write them."""

from __future__ import annotations

import json

import pytest

from sources.errors import InputError
from sources.formats import BUILT_IN, citations
from sources.model import ZoneKind

RIS = """TY  - JOUR
AU  - Moss, Ada
AU  - Okafor, Lin
TI  - The harbour
T2  - Journal of Ports
PY  - 2031
DA  - 2031/06/12/
DO  - 10.1234/abc
AB  - We ask who sold the harbour,
and for how much.
N1  - a note
ER  -\x20

TY  - BOOK
T1  - Only a title
A1  - Harbour Authority
PB  - Quay Press
Y1  - 2030///
UR  - https://quay.example/book
ER  -
TY  - GEN
ER  -
"""
BIBTEX = r"""% made by hand
@article{moss2031,
  title = {The {H}arbour of {\"O}resund \& its sale},
  author = {Moss, Ada and Lin Okafor and {Harbour Authority}},
  journal = {Journal of Ports}, year = 2031, month = jun,
  doi = {https://doi.org/10.1234/abc},
  abstract = {We ask who sold it. It was {\'E}mile.},
}
@book{x, title="Only a title", publisher={Quay Press}, date={2030-05-01}, note={Seen at the quay}}
@book{broken, title={no end
"""
CSL = json.dumps(
    [
        {
            "id": "moss",
            "type": "article-journal",
            "title": "The <i>harbour</i>",
            "author": [{"family": "Moss", "given": "Ada"}, {"literal": "Harbour Authority"}],
            "issued": {"date-parts": [[2031, 6, 12]]},
            "abstract": "<jats:p>We ask who sold it.</jats:p>",
            "container-title": "Journal of Ports",
            "DOI": "10.1234/abc",
        }
    ]
)


@pytest.mark.parametrize(("text", "name"), [(RIS, "ris"), (BIBTEX, "bibtex"), (CSL, "csl-json")])
def test_a_record_is_a_source_with_its_abstract_as_the_text(text: str, name: str) -> None:
    found = BUILT_IN.parse(text, path=None)
    first = found.sources[0]
    assert found.format == name
    assert first.text.startswith("We ask who sold ")
    assert (first.publisher, first.url) == ("Journal of Ports", "https://doi.org/10.1234/abc")
    assert (first.author or "").startswith("Ada Moss, ")
    assert (first.title or "").lower().startswith("the harbour")
    assert (first.date or "").startswith("2031-06")


def test_details_of_each_are_read() -> None:
    ris = citations.parse_ris(RIS, None)
    assert ris.sources[0].text == "We ask who sold the harbour, and for how much."
    assert (ris.sources[1].author, ris.sources[1].date) == ("Harbour Authority", "2030")
    assert (ris.sources[1].text, ris.sources[1].zones[0].kind) == ("Only a title", ZoneKind.HEADING)
    assert ris.failures == ("record 3: has neither an abstract nor a note nor a title",)
    assert ris.warnings == ("1 of 2 records have no abstract: their note or title is the text",)
    bibtex = citations.parse_bibtex(BIBTEX, None)
    assert bibtex.sources[0].title == "The Harbour of Öresund & its sale"
    assert bibtex.sources[0].author == "Ada Moss, Lin Okafor, Harbour Authority"
    assert (bibtex.sources[0].key, bibtex.sources[0].date) == ("moss2031", "2031-06")
    assert (bibtex.sources[1].text, bibtex.sources[1].date) == ("Seen at the quay", "2030-05-01")
    assert bibtex.failures == ("line 10: is an entry that cannot be read",)
    assert citations.parse_csl(CSL, None).sources[0].author == "Ada Moss, Harbour Authority"


def test_two_records_under_one_key_are_two() -> None:
    entry = "@misc{a, title={%s}}\n"
    assert [each.title for each in citations.parse_bibtex(entry % "One", None).sources] == ["One"]
    ris = "TY  - GEN\nID  - a\nTI  - One\nER  -\nTY  - GEN\nID  - a\nTI  - Two\nER  -\n"
    assert [each.key for each in citations.parse_ris(ris, None).sources] == ["a", "a~2"]


def test_other_json_and_a_mail_address_are_no_citations() -> None:
    for text in ('[{"title": "A", "type": "news", "text": "B"}]', '[{"type": "x"}]', "[]", "{}"):
        assert not citations.matches_csl(text, None)
    assert not citations.matches_bibtex("@moss {said} that", None)
    assert not citations.matches_ris("TY for asking", None)


@pytest.mark.parametrize("text", ["", "@", "@book{", "TY  - ", "[[]]", "[" * 5000])
def test_what_is_none_is_refused_or_fails(text: str) -> None:
    for parse in (citations.parse_ris, citations.parse_bibtex, citations.parse_csl):
        try:
            found = parse(text, None)
        except InputError:
            continue
        assert not found.sources
