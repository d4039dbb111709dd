"""The chunks of a pack merged into one file that is PDF/UA-1 and PDF/A-3a at once.

The chunks are PDFs of their own. Here their pages follow each other, their structure trees become one, links are
resolved, and every page gets its running head and number; then the file gets its metadata and the pack's data. The same
chunks give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String

from recommendations.packs.pdf.render import ELSEWHERE, POINTS, RenderedChunk

INK = "0.078 0.098 0.11"
MILLIMETRE = 72 / 25.4
SIDE = 20 * MILLIMETRE
"""The right margin of every page: see pack.css and furniture.css."""
NUMBER_SIZE = 9.5
FOOT = 18 * MILLIMETRE - 10.1
"""The baseline of the page footer: its first line, four millimetres into the margin."""
CONTENTS_SIZE = 12
CONTENTS_DROP = 4.1
"""The distance from the baseline of a line to the bottom of its box."""
DOTS_APART = 5


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF: its name, content, media type and description, and its relationship to the document in the
    terms of ISO 32000-2: "Source" is what the document was made from, "Data" what a table shows.
    """

    name: str
    data: bytes
    mime_type: str
    words: str
    relationship: str


@dataclass(frozen=True)
class About:
    """The metadata of the file. `made` is the moment that its content describes."""

    title: str
    author: str
    subject: str
    language: str
    made: dt.datetime
    producer: str
    attached: Sequence[Attached] = field(default_factory=tuple)


@dataclass(frozen=True)
class Furniture:
    """What stands around every page.

    A PDF whose first two pages hold the running heads, portrait and landscape, and whose last has the typeface; and the
    glyph and width (thousandths of an em) of each character of page numbers.
    """

    data: bytes
    glyphs: dict[str, tuple[int, float]]


def merge(parts: Sequence[RenderedChunk], furniture: Furniture, about: About, *, contents: int) -> bytes:
    """Return one PDF of all the chunks. The first `contents` pages are the contents, whose lines get their page
    numbers.
    """
    with Pdf.new() as pdf:
        roots = [_take_in(pdf, part) for part in parts]
        _one_tree(pdf, roots, parts)
        places = _places(parts)
        _names(pdf, places)
        _links(pdf, places)
        _outline(pdf, parts)
        writer = _PageWriter(pdf, furniture)
        _number_contents(pdf, contents, places, writer)
        _furnish(pdf, parts, writer)
        _one_typeface(pdf)
        _say(pdf, about)
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    """Return the file. Nothing is compressed while it is saved: no stream would be looked at after that."""
    _no_ambiguous_ends(pdf)
    out = io.BytesIO()
    pdf.save(
        out,
        compress_streams=False,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return out.getvalue()


# ------------------------------------------------------------------ pages and tags


def _take_in(pdf: Pdf, part: RenderedChunk) -> Any:
    """Append the chunk's pages. Return its structure tree, now in this file."""
    with Pdf.open(io.BytesIO(part.data)) as source:
        pdf.pages.extend(source.pages)
        return pdf.copy_foreign(source.Root.StructTreeRoot)


def _one_tree(pdf: Pdf, roots: Sequence[Any], parts: Sequence[RenderedChunk]) -> None:
    """Merge the structure trees: one document that holds what the chunks' documents held, and one list from marked
    content to elements, renumbered.
    """
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    whole: list[Any] = []
    parents: list[Any] = []
    base, page_number = 0, 0
    for root, part in zip(roots, parts, strict=True):
        numbers = root.ParentTree.Nums
        for index in range(0, len(numbers), 2):
            parents += [base + int(numbers[index]), numbers[index + 1]]
        for page in pdf.pages[page_number : page_number + part.pages]:
            page.obj.StructParents = base + int(page.obj.StructParents)
            for annotation in page.obj.get("/Annots", ()):
                annotation.StructParent = base + int(annotation.StructParent)
        page_number += part.pages
        base += len(numbers) // 2
        for element in root.K[0].K:
            before = whole[-1] if whole else None
            if before is not None and "/T" in before and str(before.T) == str(element.get("/T", "")):
                for kid in element.K:
                    kid.P = before
                    before.K.append(kid)
                continue
            element.P = document
            whole.append(element)
    document.K = Array(whole)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(parents)))
    tree.ParentTreeNextKey = base
    document.P = tree
    pdf.Root.StructTreeRoot = tree


# ------------------------------------------------------------------ links and bookmarks

Places = dict[str, tuple[int, float, float]]


def _places(parts: Sequence[RenderedChunk]) -> Places:
    places: Places = {}
    first = 0
    for part in parts:
        for name, (page, x, y) in part.anchors.items():
            places.setdefault(name, (first + page, x, y))
        first += part.pages
    return places


def _destination(pdf: Pdf, page: int, x: float, y: float) -> Any:
    return Array([pdf.pages[page].obj, Name.XYZ, round(x, 2), round(y, 2), 0])


def _names(pdf: Pdf, places: Places) -> None:
    found: list[Any] = []
    for name in sorted(places, key=lambda name: name.encode()):
        found += [String(name), _destination(pdf, *places[name])]
    if found:
        limits = Array([found[0], found[-2]])
        leaf = pdf.make_indirect(Dictionary(Names=Array(found), Limits=limits))
        pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))


def _links(pdf: Pdf, places: Places) -> None:
    """Resolve links between chunks; a link to a place that is not in the pack is removed."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""
            if not address.startswith(ELSEWHERE):
                continue
            name = address.removeprefix(ELSEWHERE)
            if name not in places:
                raise KeyError(f"A link of the pack leads to {name}, which is not in it")
            del annotation.A
            annotation.Dest = String(name)


def _outline(pdf: Pdf, parts: Sequence[RenderedChunk]) -> None:
    first = 0
    with pdf.open_outline() as outline:
        above: list[tuple[int, Any]] = []
        for part in parts:
            for level, label, page, x, y in part.bookmarks:
                item = OutlineItem(label, _destination(pdf, first + page, x, y))
                while above and above[-1][0] >= level:
                    above.pop()
                if above:
                    above[-1][1].children.append(item)
                    item.is_closed = True
                else:
                    outline.root.append(item)
                above.append((level, item))
            first += part.pages
    pdf.Root.PageMode = Name.UseOutlines


# ------------------------------------------------------------------ what is the same on all pages


def _one_typeface(pdf: Pdf) -> None:
    """Keep each font file once, since every chunk brought the same ones. They come uncompressed and are compressed
    here.
    """
    kept: dict[bytes, Any] = {}
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/FontFile2" in item:
            file = item.FontFile2
            data = file.read_bytes()
            if data not in kept:
                file.write(_small_typeface(data), filter=Name.FlateDecode)
                kept[data] = file
            item.FontFile2 = kept[data]


class _PageWriter:
    """Writes page numbers onto pages that are laid out, in the typeface of the rest."""

    def __init__(self, pdf: Pdf, furniture: Furniture) -> None:
        with Pdf.open(io.BytesIO(furniture.data)) as source:
            self.upright, self.lying, face = (
                pdf.copy_foreign(page.as_form_xobject()) for page in source.pages
            )
        self.font = next(f for f in face.Resources.Font.values() if str(f.BaseFont).endswith("-Next"))
        self.glyphs = furniture.glyphs

    def width(self, words: str, size: float) -> float:
        return sum(self.glyphs[char][1] for char in words) * size / 1000

    def written(self, page: Any, words: str, x: float, y: float, size: float, apart: float = 0) -> str:
        """Return the content stream that draws the text from x on, in points from the left and the bottom."""
        face = page.add_resource(self.font, Name.Font, Name.PackFace)
        glyphs = "".join(f"{self.glyphs[char][0]:04x}" for char in words)
        return f"q {INK} rg BT {face} {size} Tf {apart:.3f} Tc {x:.3f} {y:.3f} Td <{glyphs}> Tj ET Q"


def _number_contents(pdf: Pdf, front: int, places: Places, writer: _PageWriter) -> None:
    """Write the page of each line of the contents, at the right, after dots.

    It is read out as the end of the line's link; the dots are not read out. Written here, the contents need not be laid
    out again once the pages are known.
    """
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    lines: dict[str, tuple[Any, Any]] = {}
    for page in pdf.pages[:front]:
        for annotation in page.obj.get("/Annots", ()):
            if "/Dest" in annotation:
                lines[str(annotation.Dest)] = page, annotation  # the end of a long line
    drawn: dict[int, dict[int, str]] = {}
    for name, (page, annotation) in lines.items():
        _, one, left, other = (float(edge) for edge in annotation.Rect)
        number, y = str(places[name][0] + 1), min(one, other) + CONTENTS_DROP
        right = float(page.mediabox[2]) - SIDE - writer.width(number, CONTENTS_SIZE)
        read = owners[int(page.obj.StructParents)]
        link = owners[int(annotation.StructParent)]
        before = max(int(kid) for kid in link.K if isinstance(kid, int))
        link.K.append(len(read))
        first = math.ceil((left + 4) / DOTS_APART) * DOTS_APART
        dots = "." * max(0, int((right - 4 - first) / DOTS_APART))
        apart = DOTS_APART - writer.width(".", CONTENTS_SIZE)
        drawn.setdefault(page.index, {})[before] = (
            f"/Artifact BMC {writer.written(page, dots, first, y, CONTENTS_SIZE, apart)} EMC\n"
            f"/Link <</MCID {len(read)}>> BDC {writer.written(page, number, right, y, CONTENTS_SIZE)} EMC"
        )
        read.append(link)
    for index, lines_of_page in drawn.items():
        _write_behind(pdf, pdf.pages[index], lines_of_page)


def _write_behind(pdf: Pdf, page: Any, after: dict[int, str]) -> None:
    """Draw something directly after marked content, in the page's own coordinates, so that the drawing order stays the
    reading order.
    """
    upright = f"q {1 / POINTS} 0 0 {-1 / POINTS} 0 {float(page.mediabox[3]) / POINTS} cm\n"
    out: list[Any] = []
    waiting = ""
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        out.append((operands, operator))
        name = str(operator)
        if (
            name == "BDC"
            and len(operands) > 1
            and isinstance(operands[1], Dictionary)
            and "/MCID" in operands[1]
        ):
            waiting = after.get(int(operands[1].MCID), "")
        elif name == "EMC" and waiting:
            out += pikepdf.parse_content_stream(Stream(pdf, f"{upright}{waiting}\nQ".encode()))
            waiting = ""
    page.obj.Contents = _packed(pdf, pikepdf.unparse_content_stream(out))


def _furnish(pdf: Pdf, parts: Sequence[RenderedChunk], writer: _PageWriter) -> None:
    """Write the running head and "Page 3 of 40" on every page, as artifacts: shown, and not read out."""
    total, number = len(pdf.pages), 0
    begin = _packed(pdf, b"q\n")
    for part in parts:
        for _ in range(part.pages):
            page = pdf.pages[number]
            number += 1
            head = page.add_resource(
                writer.lying if part.wide else writer.upright, Name.XObject, Name.PackHead
            )
            words = f"Page {number} of {total}"
            x = float(page.mediabox[2]) - SIDE - writer.width(words, NUMBER_SIZE)
            drawn = _packed(
                pdf,
                f"\nQ\n/Artifact <</Type /Pagination>> BDC q {head} Do Q"
                f" {writer.written(page, words, x, FOOT, NUMBER_SIZE)} EMC\n".encode(),
            )
            page.obj.Contents = Array([begin, page.obj.Contents, drawn])


def _packed(pdf: Pdf, data: bytes) -> Any:
    """Return a compressed stream of the data."""
    return pdf.make_indirect(Stream(pdf, _small(data), Filter=Name.FlateDecode))


def _small(data: bytes) -> bytes:
    """Return the data compressed, so that it does not end in a carriage return.

    Together with the line feed that PDF/A wants after a stream it would form one line end, and readers would count one
    byte too few. An additional line feed at the end of the data, which changes nothing in drawings and tables, gives
    another checksum.
    """
    while (packed := zlib.compress(data)).endswith(b"\r"):
        data += b"\n"
    return packed


_small_typeface = lru_cache(8)(_small)
"""The same, cached, for what is the same in every pack."""


def _no_ambiguous_ends(pdf: Pdf) -> None:
    """As `_small`, for every stream that came with the chunks and the running heads.

    Those that are not compressed yet are compressed here. The metadata stay as they are, for whoever reads a file without
    understanding PDF.
    """
    for item in pdf.objects:
        if not isinstance(item, Stream) or item.get("/Type") == Name.Metadata:
            continue
        if "/Filter" not in item or item.read_raw_bytes().endswith(b"\r"):
            item.write(_small(item.read_bytes()), filter=Name.FlateDecode)


# ------------------------------------------------------------------ what the file says of itself


def _say(pdf: Pdf, about: About) -> None:
    pdf.Root.Lang = String(about.language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for page in pdf.pages:
        page.obj.Tabs = Name.S
    moment = about.made.astimezone(dt.UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    pdf.docinfo[Name.Title] = about.title
    pdf.docinfo[Name.Author] = about.author
    pdf.docinfo[Name.Subject] = about.subject
    pdf.docinfo[Name.Producer] = about.producer
    pdf.docinfo[Name.CreationDate] = pdf.docinfo[Name.ModDate] = moment
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, _metadata(about), Type=Name.Metadata, Subtype=Name.XML))
    profile = pdf.make_indirect(Stream(pdf, _small(_srgb()), N=3, Filter=Name.FlateDecode))
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB2014"),
                Info=String("sRGB2014"),
                DestOutputProfile=profile,
            )
        ]
    )
    _attach(pdf, about, moment)


def _attach(pdf: Pdf, about: About, moment: str) -> None:
    """Attach the pack's data to the file."""
    listed: list[Any] = []
    for each in sorted(about.attached, key=lambda one: one.name):
        file = pdf.make_indirect(
            Stream(
                pdf,
                _small(each.data),
                Type=Name.EmbeddedFile,
                Filter=Name.FlateDecode,
                Subtype=Name("/" + each.mime_type),
                Params=Dictionary(Size=len(each.data), CreationDate=String(moment), ModDate=String(moment)),
            )
        )
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(each.name),
                UF=String(each.name),
                Desc=String(each.words),
                AFRelationship=Name("/" + each.relationship),
                EF=Dictionary(F=file, UF=file),
            )
        )
        listed += [specification.UF, specification]
    if listed:
        pdf.Root.AF = Array(listed[1::2])
        if "/Names" not in pdf.Root:
            pdf.Root.Names = Dictionary()
        pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(listed))


def _srgb() -> bytes:
    """Return the sRGB colour profile, as WeasyPrint brings it (International Color Consortium, free to embed)."""
    from importlib.resources import files

    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _metadata(about: About) -> bytes:
    """Return the XMP metadata. PDF/A wants the terms of PDF/UA described, as they are not its own."""
    moment = about.made.isoformat(timespec="seconds")
    text: Callable[[str], str] = escape
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{text(about.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{text(about.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text(about.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{text(about.language)}</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{text(about.producer)}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file follows</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
