"""A pack's content as a Word document: the same text as the PDF with real styles, which a clerk may edit.

It is made from the pack's web page, so that what an edition leaves out there cannot be here. The same content gives the
same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from lxml import html as lxml_html

from recommendations.packs.chart_image import Picture, picture
from recommendations.packs.html import chart, running_heads, screen_html
from recommendations.packs.values import Data
from recommendations.templatetags.packs import day_words

HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3", "h5": "Heading 4"}
FONT = "Arial"
MUCH = 900
"""How many characters in a cell may make its row longer than half a page, so that it must be allowed to break."""
PAGE, MARGIN, TOP = (Mm(210), Mm(297)), Mm(20), Mm(30)
LABEL, WIDE_LABEL = Mm(38), Mm(55)
"""The indent of a text from the beginning of its label."""
SHARES = {2: (3, 1), 4: (21, 25, 32, 22)}
"""How tables with this number of columns share the width of the page."""
SMALL_HEAD = Pt(10)
TALLEST = Mm(225)
"""The largest height of a picture that fits on one page with its heading."""
CELL_ROOM = "50"
"""The padding above and below the content of a cell, in twentieths of a point."""
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_word(content: Data, *, content_hash: str, made_with: dict[str, str]) -> bytes:
    """Return the document as bytes, in A4, in the language of the content."""
    page = lxml_html.document_fromstring(screen_html(content, content_hash=content_hash, made_with=made_with))
    writer = _Writer(content)
    for part in page.find("body"):
        if part.tag == "nav":
            if part.get("class") == "contents":
                writer.contents(part)
        elif part.tag != "section":  # the notice on a preview
            writer.block(part)
    return writer.saved()


class _Writer:
    def __init__(self, content: Data) -> None:
        self.content = content
        self.document = Document()
        self.marks = 0
        self.last_heading = ""
        self.turned = False
        """Whether the pages before this place are landscape, so that the next must be portrait again."""
        self._about()
        self._styles()
        self.style_ids = {style.name: style.style_id for style in self.document.styles}
        self._furniture(self.document.sections[0])

    # ------------------------------------------------------------------ the document as a whole

    def _about(self) -> None:
        """Set the properties of the file. Nothing of the machine, and no name of a person."""
        about, content = self.document.core_properties, self.content
        moment = dt.datetime.fromisoformat(content["as_at"]).astimezone(dt.UTC).replace(tzinfo=None)
        about.title = clean(
            f"{content['title']}: {content['meeting']['name']} ({content['edition']['label']})"
        )
        about.author = about.last_modified_by = clean(content["council"])
        about.subject = clean(f"{content['meeting']['name']}, {day_words(content['meeting']['held_on'])}")
        about.language = content["language"]
        about.comments = about.keywords = about.category = ""
        about.created = about.modified = moment
        about.revision = 1
        about.version = str(content["number"])

    def _styles(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(12)
        normal.paragraph_format.space_after = Pt(6)
        normal.paragraph_format.widow_control = True
        language = OxmlElement("w:lang")
        for kind in ("w:val", "w:eastAsia"):
            language.set(qn(kind), self.content["language"])
        normal.element.get_or_add_rPr().append(language)
        sizes = {"Title": 26, "Heading 1": 20, "Heading 2": 16, "Heading 3": 14, "Heading 4": 12}
        for name, size in sizes.items():
            style = styles[name]
            style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
            style.font.color.rgb, style.font.italic = RGBColor(0x1A, 0x1A, 0x1A), False
            fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt(size)
            style.paragraph_format.space_after = Pt(6)
        for border in styles["Title"].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break
        for name in ("Quote", "Caption"):
            style = styles[name]
            style.font.size, style.font.italic = Pt(12), False
            style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        styles["Quote"].paragraph_format.left_indent = Mm(8)
        styles["Caption"].paragraph_format.keep_with_next = True
        styles["Caption"].paragraph_format.space_after = Pt(3)
        for name in ("Header", "Footer"):
            styles[name].font.size = SMALL_HEAD
            styles[name].paragraph_format.space_after = Pt(0)
            stops = styles[name].element.pPr.find(qn("w:tabs"))
            if stops is not None:
                styles[name].element.pPr.remove(stops)
        for name, like in (
            ("Table text", "Normal"),
            ("Table bullet", "List Bullet"),
            ("Fact", "Normal"),
            ("Fact in a frame", "Fact"),
            ("Implication", "Normal"),
            ("Gap", "Normal"),
        ):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[like]
            style.paragraph_format.space_after = Pt(3)
        for name, label, inset in (
            ("Fact", LABEL, Mm(0)),
            ("Fact in a frame", LABEL, Mm(8)),
            ("Implication", WIDE_LABEL, Mm(0)),
        ):
            said = styles[name].paragraph_format
            said.left_indent, said.first_line_indent = Mm(inset.mm + label.mm), -label
            said.tab_stops.add_tab_stop(Mm(inset.mm + label.mm))
        self._letter(styles["List Number"])
        gap = styles["Gap"]
        gap.font.size, gap.paragraph_format.space_after = Pt(2), Pt(0)
        link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        link.font.underline, link.font.color.rgb = True, RGBColor(0x1F, 0x3F, 0x8F)

    def _letter(self, style: Any) -> None:
        """Number the style with letters: decisions are a, b, c in every file, so that minutes may cite them."""
        numbering = self.document.part.numbering_part.element
        number = numbering.num_having_numId(style.element.pPr.numPr.numId.val)
        wanted = str(number.abstractNumId.val)
        for kind in numbering.findall(qn("w:abstractNum")):
            if kind.get(qn("w:abstractNumId")) == wanted:
                kind.find(qn("w:lvl")).find(qn("w:numFmt")).set(qn("w:val"), "lowerLetter")

    def _furniture(self, section: Any, size: tuple[Any, Any] = PAGE) -> None:
        """Set up the page, its header with meeting and edition, and its footer with title and number."""
        section.page_width, section.page_height = size
        self.width = size[0] - 2 * MARGIN
        section.left_margin = section.right_margin = section.bottom_margin = MARGIN
        section.top_margin = TOP
        heads = running_heads(self.content)
        head = self._line(section.header.paragraphs[0], section)
        head.add_run(clean(f"{heads['meeting']}\t"))
        head.add_run(clean(heads["edition"])).bold = True
        if heads["cited"]:
            cited = section.header.add_paragraph(style="Header")
            cited.add_run(clean(heads["cited"])).bold = True
        foot = self._line(section.footer.paragraphs[0], section)
        foot.add_run(clean(f"{heads['foot']}\tPage "))
        self._field(foot, "PAGE", "1")
        foot.add_run(" of ")
        self._field(foot, "NUMPAGES", "1")

    def _line(self, paragraph: Any, section: Any) -> Any:
        """Write a line with text at its left and at its right end."""
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(section.page_width - 2 * MARGIN, WD_TAB_ALIGNMENT.RIGHT)
        return paragraph

    def _field(self, paragraph: Any, instruction: str, shown: str, *, until: Any = None) -> None:
        """Add a field that Word computes, with what to show until then."""
        for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
            run = paragraph.add_run()
            if kind == "shown":
                run.text = text
            elif kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)
            else:
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = f" {text} "
                run._r.append(code)

    # ------------------------------------------------------------------ what the page says

    def contents(self, nav: Any) -> None:
        """Write the contents as links; they need no field that asks to be updated."""
        self._new_paragraph("Heading 1").add_run("Contents")
        for item in nav.iter("li"):
            depth = sum(1 for above in item.iterancestors("ul"))
            if depth > 2:
                continue  # each recommendation has its heading, and the navigation pane lists them
            style = "List Bullet" if depth == 1 else "List Bullet 2"
            paragraph = self._new_paragraph(style)
            self._inline(paragraph, item.find("a"))

    def block(self, element: Any) -> None:
        """Write one element of the page and all below it."""
        tag = element.tag
        if not isinstance(tag, str):
            return
        if "review" in _classes(element):
            self.review(element)
            return
        if self.turned and tag == "section":
            self.turned = False
            self._turn(WD_ORIENT.PORTRAIT, PAGE)
        if tag in HEADINGS:
            self.last_heading = _text(element)
            self._paragraph(element, HEADINGS[tag])
        elif tag == "p":
            framed = {"exempt", "withheld", "opened"} & set(_classes(element.getparent()))
            fact = {"fact", "more"} & set(_classes(element))
            said = "Fact in a frame" if framed else "Fact"
            if "implications" in _classes(element.getparent()):
                said = "Implication"
            self._paragraph(element, said if fact else None)
        elif tag == "blockquote":
            for part in element:
                self._paragraph(part, "Quote") if part.tag == "p" else self.block(part)
        elif tag in ("ul", "ol"):
            for item in element.findall("li"):
                self._paragraph(item, "List Bullet" if tag == "ul" else "List Number")
        elif tag == "table":
            self._table(element)
        elif "chart" in _classes(element):
            self._chart(picture(chart(self.content)))
        else:
            for part in element:
                self.block(part)

    def _new_paragraph(self, style: str | None = None) -> Any:
        """Add a paragraph. Its style is set by id: looking it up by name each time takes most of the time of a long
        pack.
        """
        paragraph = self.document.add_paragraph()
        if style is not None:
            paragraph._p.style = self.style_ids[style]
        return paragraph

    def _paragraph(self, element: Any, style: str | None = None) -> None:
        paragraph = self._new_paragraph(style)
        self._mark(paragraph, element.get("id"))
        classes = _classes(element)
        if "more" in classes and style is not None:
            paragraph.paragraph_format.first_line_indent = 0
        if "fact" not in classes:
            self._inline(paragraph, element)
            return
        label, *said = element
        self._run(paragraph, _text(label), bold=True)
        paragraph.add_run("\t")
        self._run(paragraph, (label.tail or "").lstrip())
        self._parts(paragraph, said)

    def _mark(self, paragraph: Any, name: str | None) -> None:
        """Add a bookmark that links lead to."""
        if not name:
            return
        self.marks += 1
        for kind in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{kind}")
            mark.set(qn("w:id"), str(self.marks))
            if kind == "bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)

    def _inline(self, paragraph: Any, element: Any, *, bold: bool = False) -> None:
        """Write the text of an element, with its bold text, links and line breaks."""
        if element.tag == "a":
            self._link(paragraph, element)
            return
        self._run(paragraph, element.text, bold=bold)
        self._parts(paragraph, element, bold=bold)

    def _parts(self, paragraph: Any, parts: Iterable[Any], *, bold: bool = False) -> None:
        for part in parts:
            if part.tag == "br":
                paragraph.add_run().add_break()
            elif isinstance(part.tag, str) and part.tag != "svg":
                self._inline(paragraph, part, bold=bold or part.tag in ("b", "strong"))
            self._run(paragraph, part.tail, bold=bold)

    def _run(self, paragraph: Any, text: str | None, *, bold: bool = False) -> None:
        words = re.sub(r"\s+", " ", clean(text or ""))
        begun = any(child.tag != qn("w:pPr") and "bookmark" not in child.tag for child in paragraph._p)
        if not begun:
            words = words.lstrip()
        if not words:
            return
        run = paragraph.add_run(words)
        if bold:
            run.bold = True

    def _link(self, paragraph: Any, element: Any) -> None:
        address, words = element.get("href", ""), clean(" ".join(element.text_content().split()))
        link = OxmlElement("w:hyperlink")
        if address.startswith("#"):
            link.set(qn("w:anchor"), address[1:])
        else:
            key = paragraph.part.relate_to(clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), key)
        run = paragraph.add_run(words)
        run._r.style = self.style_ids["Hyperlink"]
        link.append(run._r)
        paragraph._p.append(link)

    def _chart(self, found: Picture) -> None:
        """Add a picture in a paragraph of its own, with its text for people who cannot see it."""
        shown = self._new_paragraph().add_run().add_picture(io.BytesIO(found.png), width=self.width)
        if shown.height > TALLEST:
            shown.width, shown.height = Emu(shown.width * TALLEST // shown.height), TALLEST
        for side in ("distL", "distR"):  # room for text that flows around it, which none does
            shown._inline.set(side, "0")
        about = shown._inline.docPr
        about.set("name", "Chart")
        about.set("title", clean(found.title))
        about.set("descr", clean(found.description))

    def _table(self, element: Any) -> None:
        caption = element.find("caption")
        if caption is not None:
            paragraph = self._new_paragraph("Caption")
            self._inline(paragraph, caption)
        rows = list(element.iter("tr"))
        words = _text(caption) or self.last_heading
        table = self._new_table(len(rows), max(len(row) for row in rows), clean(words))
        for row, cells in zip(table.rows, rows, strict=True):
            if "long" in _classes(cells) or any(len(_text(cell)) > MUCH for cell in cells):
                row._tr.get_or_add_trPr().remove(row._tr.trPr.find(qn("w:cantSplit")))
            for cell, source in zip(row.cells, cells, strict=False):
                self._cell(cell, source)
                if "figures" in _classes(element) and cells is not rows[-1]:  # short: whole on one page
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._new_paragraph("Gap")  # Word needs a paragraph after a table

    def _cell(self, cell: Any, source: Any) -> None:
        """Write the content of a cell: a line of text, or paragraphs and lists."""
        paragraph = cell.paragraphs[0]
        blocks = [part for part in source if part.tag in ("p", "ul")]
        if not blocks:
            paragraph._p.style = self.style_ids["Table text"]
            if "number" in _classes(source):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._inline(paragraph, source, bold=source.tag == "th")
        for block in blocks:
            for line in [block] if block.tag == "p" else block.findall("li"):
                if paragraph is None:
                    paragraph = cell.add_paragraph()
                paragraph._p.style = self.style_ids["Table text" if line.tag == "p" else "Table bullet"]
                self._inline(paragraph, line)
                paragraph = None

    def _new_table(self, rows: int, columns: int, words: str) -> Any:
        """Return a new table whose first row is its head on each page, whose rows do not break, and that has a
        description.
        """
        table = self.document.add_table(rows, columns, style="Table Grid")
        table.autofit = False
        shares = SHARES.get(columns, (1,) * columns)
        widths = [Emu(self.width * share // sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), words)
        room = OxmlElement("w:tblCellMar")
        for side in ("top", "bottom"):
            edge = OxmlElement(f"w:{side}")
            edge.set(qn("w:w"), CELL_ROOM)
            edge.set(qn("w:type"), "dxa")
            room.append(edge)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        look.addprevious(room)
        table._tbl.tblPr.append(caption)
        for number, row in enumerate(table.rows):
            for cell, width in zip(row._tr.tc_lst, widths, strict=True):
                cell.width = width
            properties = row._tr.get_or_add_trPr()
            whole = OxmlElement("w:cantSplit")
            properties.append(whole)
            if number == 0:
                head = OxmlElement("w:tblHeader")
                properties.append(head)
        return table

    # ------------------------------------------------------------------ pages that lie

    def review(self, section: Any) -> None:
        """Write the review table, on landscape pages of its own."""
        self._turn(WD_ORIENT.LANDSCAPE, (PAGE[1], PAGE[0]))
        for part in section:
            self.block(part)
        self.turned = True

    def _turn(self, orientation: Any, size: tuple[Any, Any]) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = orientation
        self._end_in_what_is_there()
        for furniture in (section.header, section.footer):
            furniture.is_linked_to_previous = False
        self._furniture(section, size)

    def _end_in_what_is_there(self) -> None:
        """End a section in its last paragraph, not in an empty one of its own, which might need another page."""
        body = self.document.element.body
        end = [part for part in body if part.tag == qn("w:p")][-1]
        before = end.getprevious()
        before.get_or_add_pPr().append(end.pPr.find(qn("w:sectPr")))
        body.remove(end)

    # ------------------------------------------------------------------ the file

    def saved(self) -> bytes:
        """Return the file. Its entries have one fixed time, so that the same content gives the same bytes."""
        first, out = io.BytesIO(), io.BytesIO()
        self.document.save(first)
        with zipfile.ZipFile(first) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
            for entry in made.infolist():
                if entry.filename == "docProps/thumbnail.jpeg":
                    continue
                data = made.read(entry)
                if entry.filename == "_rels/.rels":
                    data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
                info = zipfile.ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                kept.writestr(info, data)
        return out.getvalue()


def clean(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return NOT_XML.sub("", text)


def _classes(element: Any) -> list[str]:
    return str(element.get("class", "")).split() if element is not None else []


def _text(element: Any) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""
