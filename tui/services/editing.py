"""Putting right what is said of sources and stories: titles, publishers, authors, days, addresses, slugs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sources.errors import RequestError
from sources.formats.parsing import FieldError, address_field, date_field, one_line
from sources.importing.placing import checked_slug
from sources.library.source_edits import FACTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sources.library import Library
    from sources.model import Ref, SourceEntry

__all__ = ["FACTS"]
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class SameDomain:
    """Sources of one domain that have another publisher than the one that was just put right, or none."""

    domain: str
    publisher: str
    others: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of an edit: the sources that it changed and those that said so already.

    ``kin`` are others of the same domain, which the publisher may be true of, too.
    """

    changed: tuple[Ref, ...]
    unchanged: tuple[Ref, ...]
    kin: SameDomain | None = None


def checked_facts(given: Mapping[str, str]) -> dict[str, str | None]:
    """Return facts as they are kept, None for what is empty; raises RequestError for what cannot be true."""
    return {name: _checked(name, value) for name, value in given.items()}


def _checked(name: str, value: str) -> str | None:
    try:
        if name == "date":
            return date_field(value)
        if name == "url":
            return address_field(value)
        said = one_line(value, name)
    except FieldError as error:
        raise RequestError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    if name == "language" and said is not None:
        if not _LANGUAGE.fullmatch(said):
            raise RequestError(f"{said[:60]!r} is not a language code (write en, de or pt-BR).")
        main, *rest = said.split("-")
        return "-".join((main.lower(), *rest))
    return said


def edit_sources(
    library: Library, refs: Sequence[Ref], facts: Mapping[str, str | None], *, same_domain: bool = False
) -> Edited:
    """Say of sources what ``facts`` hold, and of all others of their domain who published them if wanted.

    Raises UnknownReference, and RequestError where no domain is known.
    """
    refs = tuple(dict.fromkeys(refs))
    publisher = facts.get("publisher")
    urls = [facts["url"] if "url" in facts else library.source(ref).url for ref in refs]
    domains = {domain for url in urls if (domain := _domain(url)) is not None}
    if same_domain and publisher is None:
        raise RequestError("--same-domain goes with a publisher: it sets that of all others of the domain.")
    if same_domain and not domains:
        raise RequestError("No address is known of these sources, so nothing else is of their domain.")
    kin = _same_domain(library, publisher, domains, refs) if publisher is not None and domains else None
    with library.together():
        changed = library.edit_sources(refs, facts)
        if same_domain and kin is not None:
            changed += library.edit_sources([entry.ref for entry in kin.others], {"publisher": publisher})
            kin = None
    return Edited(changed, tuple(ref for ref in refs if ref not in changed), kin)


def _same_domain(
    library: Library, publisher: str, domains: Collection[str], known: Sequence[Ref]
) -> SameDomain | None:
    others = tuple(
        entry
        for entry in library.entries()
        if entry.url
        and entry.publisher != publisher
        and entry.ref not in known
        and _domain(entry.url) in domains
    )
    return SameDomain(", ".join(sorted(domains)), publisher, others) if others else None


def _domain(url: str | None) -> str | None:
    """Return the host of an address without ``www.``; None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def edit_story(library: Library, slug: str, *, title: str | None = None, new_slug: str | None = None) -> bool:
    """Give a story another title (empty: none) or slug; tell whether that changed it.

    Raises UnknownReference, and RequestError for a slug that is not valid or that another story has.
    """
    facts: dict[str, str | None] = {}
    if title is not None:
        facts |= checked_facts({"title": title})
    if new_slug is not None:
        facts["slug"] = checked_slug(new_slug)
    changed = library.edit_story(slug, facts)
    if changed and new_slug is not None:
        rename_settings(library, slug, new_slug)
    return changed


def rename_settings(library: Library, slug: str, new: str) -> None:
    """Let the settings that name a story follow it to another slug."""
    from tui.services import changes, queries, watching

    changes.follow_story(library, slug, new)
    queries.follow_story(library, slug, new)
    watching.follow_story(library, slug, new)
