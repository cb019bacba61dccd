"""Books as other programs write them, made by hand."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier id="id">urn:x</dc:identifier><dc:title>The Harbour Papers</dc:title>
<dc:creator opf:role="aut">Ada Moss</dc:creator><dc:creator opf:role="aut">Lin Okafor</dc:creator>
<dc:creator opf:role="ill">Somebody Else</dc:creator>
<dc:date opf:event="modification">2033-01-01</dc:date><dc:date>2031-06-12</dc:date>
<dc:language>en-GB</dc:language><dc:publisher>Saltmarsh Press</dc:publisher>
</metadata>
<manifest>{items}</manifest>
<spine toc="ncx">{spine}</spine>
</package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="toc"><ol>{entries}</ol></nav>
<nav epub:type="landmarks"><ol><li><a href="text/one.xhtml">Start</a></li></ol></nav></body></html>"""
NCX = """<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{entries}</navMap></ncx>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>x</title><style>p {{color: red}}</style></head><body>{body}</body></html>"""
LONG = "<p>" + "The port was sold on Thursday, and nobody had heard of the buyer. " * 12 + "</p>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(
                name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return file.getvalue()


def book(
    pages: Mapping[str, str],
    titles: Mapping[str, str],
    more: Mapping[str, str] | None = None,
    *,
    ncx: bool = False,
) -> bytes:
    """Return a book: its pages by name in the order of the spine, and the titles of those that have one."""
    items = "".join(
        f'<item id="i{number}" href="text/{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(pages)
    )
    if ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        point = '<navPoint><navLabel><text>{}</text></navLabel><content src="text/{}"/></navPoint>'
    else:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        point = '<li><a href="text/{1}">{0}</a></li>'
    entries = "".join(point.format(title, name) for name, title in titles.items())
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(pages)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE.format(items=items, spine=spine),
            ("OEBPS/toc.ncx" if ncx else "OEBPS/nav.xhtml"): (NCX if ncx else NAV).format(entries=entries),
            **{f"OEBPS/text/{name}": PAGE.format(body=body) for name, body in pages.items()},
            **(more or {}),
        }
    )
