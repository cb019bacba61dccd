"""The use cases, once each, for the app and the command line alike: no Textual, no argument parsing.

The types of what services take and give are named here, so that front ends need to know no other room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import CatchUp as CatchUp
    from index import Freshness as Freshness
    from index import Hit as Hit
    from index import IndexProgress as IndexProgress
    from index import Results as Results
    from index import SearchIndex as SearchIndex
    from index.interface import Facet as Facet
    from index.query.syntax_help import SyntaxEntry as SyntaxEntry
    from sources.evidence_cache import EvidenceCache as EvidenceCache
    from sources.importing import ImportProgress as ImportProgress
    from sources.importing import ImportReport as ImportReport
    from sources.importing.merging import Merged as Merged
    from sources.importing.note_import import NoteImport as NoteImport
    from sources.importing.report import FileReport as FileReport
    from sources.importing.watching import Sightings as Sightings
    from sources.library import Library as Library
    from sources.library.ingest import IngestResult as IngestResult
    from sources.library.journal import Entry as Entry
    from sources.library.note_repository import SavedNote as SavedNote
    from sources.library.placement import Removal as Removal
    from sources.library.source_bin import Binned as Binned
    from sources.notes.adjudication import CodedPassage as CodedPassage
    from sources.notes.adjudication import CoderSpans as CoderSpans
    from sources.notes.agreement import Agreement as Agreement
    from sources.notes.agreement import CoOccurrence as CoOccurrence
    from sources.notes.agreement import LabelAgreement as LabelAgreement
    from sources.notes.agreement import UnitKind as UnitKind
    from sources.notes.importing import Refused as Refused
