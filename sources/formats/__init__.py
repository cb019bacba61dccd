"""The file formats that are read: a module each, and here their table in the order they are tried."""

from __future__ import annotations

from sources.formats import (
    article,
    citations,
    epub,
    feed,
    html,
    json_lines,
    mail,
    markdown,
    mhtml,
    office,
    pdf,
    plain_text,
    story_page,
    subtitles,
    tables,
    wacz,
    warc,
)
from sources.formats.registry import BinaryFormat, Format, Registry

__all__ = ["BUILT_IN", "FORMATS", "BinaryFormat", "Format", "parse"]

# The first that matches reads the text; plain text matches everything and stays last.
BUILT_IN = Registry(
    (
        BinaryFormat(pdf.NAME, "a PDF with text", pdf.matches, pdf.read, suffixes=pdf.SUFFIXES),
        BinaryFormat(
            warc.NAME, "the pages of a web archive", warc.matches, warc.read, warc.SUFFIXES, records=True
        ),
        BinaryFormat(
            wacz.NAME,
            "the listed pages of a web archive in a ZIP file",
            wacz.matches,
            wacz.read,
            wacz.SUFFIXES,
            records=True,
        ),
        BinaryFormat(
            office.DOCX, "a document of Word", office.matches_docx, office.read_docx, office.DOCX_SUFFIXES
        ),
        BinaryFormat(
            office.ODT, "a document of LibreOffice", office.matches_odt, office.read_odt, office.ODT_SUFFIXES
        ),
        BinaryFormat(
            epub.NAME,
            "a book, a source a chapter",
            epub.matches,
            epub.read,
            suffixes=epub.SUFFIXES,
            own_story=True,
        ),
        Format(
            feed.NAME,
            "a feed: RSS, RDF, Atom or JSON Feed",
            feed.matches,
            feed.parse,
            suffixes=feed.SUFFIXES,
            shared_suffixes=feed.SHARED_SUFFIXES,
            own_story=True,
        ),
        Format(
            subtitles.NAME,
            "subtitles: SRT or WebVTT",
            subtitles.matches,
            subtitles.parse,
            suffixes=subtitles.SUFFIXES,
        ),
        Format(
            citations.RIS,
            "citations in RIS",
            citations.matches_ris,
            citations.parse_ris,
            suffixes=citations.RIS_SUFFIXES,
            records=True,
        ),
        Format(
            citations.BIBTEX,
            "citations in BibTeX or BibLaTeX",
            citations.matches_bibtex,
            citations.parse_bibtex,
            suffixes=citations.BIBTEX_SUFFIXES,
            records=True,
        ),
        Format(
            citations.CSL,
            "citations in CSL-JSON",
            citations.matches_csl,
            citations.parse_csl,
            records=True,
        ),
        Format(
            json_lines.NAME,
            "JSON Lines, one text a line",
            json_lines.matches,
            json_lines.parse,
            json_lines.stream,
            suffixes=json_lines.SUFFIXES,
            records=True,
            columns=True,
        ),
        Format(
            tables.JSON,
            "a JSON document with records",
            tables.matches_json,
            tables.parse_json,
            shared_suffixes=tables.JSON_SUFFIXES,
            records=True,
            columns=True,
        ),
        Format(
            tables.CSV,
            "a table of texts",
            tables.matches_csv,
            tables.parse_csv,
            shared_suffixes=tables.CSV_SUFFIXES,
            records=True,
            columns=True,
        ),
        BinaryFormat(
            mhtml.NAME, "a web page saved in one file", mhtml.matches, mhtml.read, suffixes=mhtml.SUFFIXES
        ),
        Format(
            mail.NAME,
            "a message or a box of messages",
            mail.matches,
            mail.parse,
            suffixes=mail.SUFFIXES,
        ),
        Format(
            html.NAME,
            "a saved web page",
            html.matches,
            html.parse,
            suffixes=html.SUFFIXES,
        ),
        Format(
            story_page.NAME,
            "an aggregator's page of numbered sources",
            story_page.matches,
            story_page.parse,
            own_story=True,
        ),
        Format(
            markdown.NAME,
            "Markdown, with or without front matter",
            markdown.matches,
            markdown.parse,
            suffixes=markdown.SUFFIXES,
            prose=True,
        ),
        Format(
            article.NAME, "one article as copied from its page", article.matches, article.parse, prose=True
        ),
        Format(
            plain_text.NAME,
            "plain text",
            plain_text.matches,
            plain_text.parse,
            suffixes=frozenset({".txt", ".text"}),
            prose=True,
        ),
    )
)
FORMATS = BUILT_IN.formats
parse = BUILT_IN.parse
