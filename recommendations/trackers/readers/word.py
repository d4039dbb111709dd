"""Reads Word documents: tables, paragraphs, tracked changes as they were accepted, and numbers as they are printed.

The document's own XML is read, since python-docx leaves out inserted words, cells in content controls and every automatic
number.
"""

from __future__ import annotations

from typing import Any

from recommendations.trackers.cells import TrackerFile
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.flow import Flow
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import Package, attribute
from recommendations.trackers.readers.source import Source
from recommendations.trackers.readers.word_blocks import DocumentStream
from recommendations.trackers.readers.word_numbers import Numbers
from recommendations.trackers.readers.word_story import Story
from recommendations.trackers.readers.word_styles import read_styles

PAGE_PARTS = {"headerReference": "header", "footerReference": "footer"}


def read(source: Source) -> TrackerFile:
    """Return the tables and paragraphs of the document, and what is printed at the head and foot of its pages."""
    package = Package(source)
    notices, budget = Notices(), Budget()
    main = package.main_part()
    styles = read_styles(_part(package, main, "styles"))
    numbers = Numbers(_part(package, main, "numbering"), styles.lists)
    story = Story(Flow(budget), styles, numbers, notices, read_comments(_part(package, main, "comments")))
    if package.has_macros():
        notices.tell("macros")
    document = DocumentStream(package, main, notices)
    story.read(document.blocks())
    _read_pages(package, main, document, story)
    return TrackerFile(
        name=source.name,
        format="docx",
        tables=story.flow.tables(),
        paragraphs=story.flow.paragraphs(),
        notices=notices.all(),
        properties=package.properties(),
    )


def _part(package: Package, main: str, kind: str) -> Any:
    names = package.related(main, kind)
    return package.tree(names[0]) if names else None


def read_comments(root: Any) -> dict[str, str]:
    """Return the words of the comments by their id."""
    found = {}
    for each in root.iterfind("{*}comment") if root is not None else ():
        lines = ["".join(text.text or "" for text in line.iter("{*}t")) for line in each.iter("{*}p")]
        found[attribute(each, "id") or ""] = "\n".join(filter(None, lines))
    return found


def _read_pages(package: Package, main: str, document: DocumentStream, story: Story) -> None:
    """Read the heads and feet of pages, each once however many sections have it."""
    relations = package.relations(main)
    read: set[str] = set()
    for name, key in document.page_parts:
        relation = relations.get(key)
        if relation and not relation.external and relation.target not in read:
            read.add(relation.target)
            root = package.tree(relation.target)
            if root is not None:
                story.read_page_part(root, PAGE_PARTS[name])
