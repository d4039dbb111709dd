"""The parts of a Word or Excel file, opened one by one: pictures and macros stay packed, links are not followed."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.limits import MOST_TREE_BYTES
from recommendations.trackers.readers.source import Source

CHUNK = 256 * 1024
DAMAGED = "The file is damaged or not complete: open it, save it as a new file, then bring that"
TOO_LARGE = "The file holds more than can be read: copy its table to a new file, then bring that"
UNREADABLE = (zipfile.BadZipFile, KeyError, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What a zip made to be unreadable raises, beside zlib.error, which is no error of the standard library's own kinds."""


@dataclass(frozen=True)
class Relation:
    """What a part says of another: its kind, by the last word of its type, and where it is."""

    kind: str
    target: str
    """The name of the part, or an address that is never opened."""
    external: bool


class _Local(dict[Any, str]):
    """Names without their namespace, worked out when they are first met; "" for comments, instructions and entities."""

    def __missing__(self, tag: Any) -> str:
        name = tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""
        if len(self) < MOST_NAMES:
            self[tag] = name
        return name


MOST_NAMES = 2_000
"""That are remembered; Office has some hundreds."""
_LOCAL = _Local()


def local(element: Any) -> str:
    """Return the name of an element without its namespace; "" for comments, instructions and entities."""
    return _LOCAL[element.tag]


def attribute(element: Any, name: str) -> str | None:
    """Return an attribute whatever its namespace: transitional and strict files have different ones."""
    for key, value in element.attrib.items():
        if key[key.rfind("}") + 1 :] == name:
            return str(value)
    return None


def parser_options() -> dict[str, Any]:
    """Return what every XML parser here is told: no entities, no network, no DTD, no huge texts."""
    return {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class Package:
    """The parts of one file. Raises CannotBeRead where a part is damaged or too large."""

    def __init__(self, source: Source) -> None:
        self._parts = source.parts or {}
        self._archive = zipfile.ZipFile(source.file)

    def names(self) -> list[str]:
        return list(self._parts)

    def has(self, name: str) -> bool:
        return name.lower() in self._parts

    def size(self, name: str) -> int:
        """Return how many bytes a part has when it is unpacked; 0 where there is none."""
        part = self._parts.get(name.lower())
        return part.file_size if part else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part piece by piece."""
        try:
            with self.opened(name) as part:
                while chunk := part.read(CHUNK):
                    yield chunk
        except CannotBeRead:
            raise
        except Exception as error:
            raise _damaged(error) from error

    def opened(self, name: str) -> IO[bytes]:
        try:
            return self._archive.open(self._parts[name.lower()])
        except UNREADABLE as error:
            raise CannotBeRead(DAMAGED) from error

    def tree(self, name: str) -> Any:
        """Return the root element of an XML part; None where there is no such part."""
        if not self.has(name):
            return None
        if self.size(name) > MOST_TREE_BYTES:
            raise CannotBeRead(TOO_LARGE)
        parser = etree.XMLParser(**parser_options(), remove_comments=True, remove_pis=True)
        refuse_declarations(next(self.chunks(name), b""))
        try:
            for chunk in self.chunks(name):
                parser.feed(chunk)
            return parser.close()
        except etree.XMLSyntaxError as error:
            raise _damaged(error) from error

    def stream(self, name: str, *tags: str, starts: bool = False) -> Stream:
        """Return the elements of these local names in an XML part, one after another."""
        return Stream(self.chunks(name), tags, starts=starts)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relations of a part by their id; "" gives those of the file."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        found = {}
        for each in root:
            external = each.get("TargetMode") == "External"
            target = each.get("Target") or ""
            found[each.get("Id") or ""] = Relation(
                kind=(each.get("Type") or "").rpartition("/")[2],
                target=target if external else _resolved(folder, target),
                external=external,
            )
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """Return the names of the parts of this kind that a part speaks of."""
        return [
            each.target for each in self.relations(name).values() if each.kind == kind and not each.external
        ]

    def main_part(self) -> str:
        """Return the name of the document or workbook itself."""
        for name in self.related("", "officeDocument"):
            if self.has(name):
                return name
        raise CannotBeRead(DAMAGED)

    def properties(self) -> dict[str, str]:
        """Return what the file says of itself: title, created, modified. Damage here is not worth a refusal."""
        found = {}
        for name in self.related("", "core-properties"):
            root = self.tree(name)
            for each in root if root is not None else ():
                if (key := local(each)) in ("title", "subject", "created", "modified") and (
                    each.text or ""
                ).strip():
                    found[key] = each.text.strip()[:500]
        return found

    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in self._parts)


class Stream:
    """Elements of an XML part as they end, and begin too if `starts`, so that the part is never held as a whole."""

    def __init__(self, pieces: Iterator[bytes], tags: tuple[str, ...], *, starts: bool = False) -> None:
        self._pieces = pieces
        self._held = 0
        self._parser = etree.XMLPullParser(
            ("start", "end") if starts else ("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            remove_comments=True,
            remove_pis=True,
            **parser_options(),
        )

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yield each event with its element. Raise CannotBeRead where more is held than the limit allows."""
        beginning = True
        try:
            for piece in self._pieces:
                if beginning:
                    refuse_declarations(piece)
                    beginning = False
                self._held += len(piece)
                if self._held > MOST_TREE_BYTES:
                    raise CannotBeRead(TOO_LARGE)
                self._parser.feed(piece)
                yield from self._parser.read_events()
            self._parser.close()
        except etree.XMLSyntaxError as error:
            raise _damaged(error) from error

    def forget(self, element: Any) -> None:
        """Let go of what an element that was taken holds, and of those of its kind before it."""
        self._held = 0
        element.clear()
        before = element.getprevious()
        while before is not None and before.tag == element.tag:
            element.getparent().remove(before)
            before = element.getprevious()


def refuse_declarations(beginning: bytes) -> None:
    """Raise CannotBeRead for a part that declares entities, which Office never writes."""
    if b"<!DOCTYPE" in beginning.replace(b"\0", b"")[:4096].upper():
        raise CannotBeRead(
            "The file has declarations that Office never writes: open it, save it as a new file, then bring that"
        )


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def _damaged(error: Exception) -> CannotBeRead:
    words = str(error).lower()
    if "huge" in words or "excessive depth" in words or "too deep" in words or "too long" in words:
        return CannotBeRead(TOO_LARGE)
    return CannotBeRead(DAMAGED)
