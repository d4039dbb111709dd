"""The words of one paragraph of a Word document, with their marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from committee.text import whole_number
from recommendations.trackers.cells import Piece
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import attribute, local
from recommendations.trackers.readers.text import readable
from recommendations.trackers.readers.word_styles import PLAIN, Look, Styles, read_look

SEEN_THROUGH = (
    "hyperlink",
    "smartTag",
    "customXml",
    "fldSimple",
    "dir",
    "bdo",
    "sdtContent",
    "ins",
    "moveTo",
    "oMathPara",
)
WINGDINGS = {
    0xFC: "\u2713", 0xFB: "\u2717", 0xFE: "\u2611", 0xFD: "\u2612", 0x78: "\u2612", 0xA8: "\u2610", 0x6F: "\u2610", 0x6C: "\u25cf",
    0x6E: "\u25a0", 0x9F: "\u2022", 0xA7: "\u2022", 0xD8: "\u2022", 0x76: "\u2022", 0xE0: "\u2192", 0xE8: "\u2192", 0x4A: "\u263a",
    0x4C: "\u2639", 0xB7: "\u2022",
}  # fmt: skip
WINGDINGS_2 = {0x50: "\u2713", 0x4F: "\u2717", 0x52: "\u2611", 0x53: "\u2612", 0x54: "\u2612", 0xA3: "\u2610"}
SIGNS = {
    "wingdings": WINGDINGS,
    "wingdings 2": WINGDINGS_2,
    "symbol": {0xB7: "\u2022", 0xD6: "\u221a", 0xDE: "\u21d2"},
}
"""Ticks, crosses, boxes and bullets that are letters of a font of signs."""
TICKED, UNTICKED = "\u2612", "\u2610"
"""How the boxes of forms and content controls are read, however they are drawn."""


@dataclass
class Line:
    """What a paragraph says."""

    pieces: list[Piece] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    """Their ids."""
    boxes: list[Any] = field(default_factory=list)
    """Elements of the contents of text boxes that are anchored here."""
    pictures: int = 0
    embedded: int = 0
    footnotes: int = 0

    @property
    def has_words(self) -> bool:
        return any(piece.text.strip() for piece in self.pieces)


@dataclass(frozen=True)
class State:
    """What holds for the words at a place in a paragraph."""

    paragraph_style: str = ""
    inserted: bool = False
    deleted: bool = False
    placeholder: bool = False


class WordReader:
    """Reads the words of paragraphs in their order: a field may begin in one and end in another."""

    def __init__(self, styles: Styles, notices: Notices) -> None:
        self._styles = styles
        self._notices = notices
        self._fields: list[dict[str, Any]] = []
        """The fields that are open, the innermost last."""

    def line(self, paragraph: Any, style: str, *, deleted: bool = False) -> Line:
        """Return what the paragraph says; all of it as deleted words if `deleted`."""
        line = Line()
        self._read(paragraph, line, State(style, deleted=deleted))
        while self._fields and not self._fields[-1]["result"]:
            self._fields.pop()  # an instruction that does not end would take the rest of the document with it
        return line

    def _read(self, element: Any, line: Line, state: State) -> None:
        for each in element:
            name = local(each)
            if name == "r":
                self._run(each, line, state)
            elif name == "sdt":
                self._control(each, line, state)
            elif name in SEEN_THROUGH:
                inserted = name in ("ins", "moveTo")
                if inserted:
                    self._notices.tell("tracked changes")
                self._read(each, line, _inserted(state) if inserted else state)
            elif name in ("del", "moveFrom"):
                self._notices.tell("tracked changes")
                self._read(each, line, State(state.paragraph_style, deleted=True))
            elif name in ("commentRangeStart", "commentReference"):
                _add_once(line.comments, attribute(each, "id"))
            elif name == "AlternateContent":
                self._read(first_choice(each), line, state)
            elif name == "oMath":
                self._add("".join(text.text or "" for text in each.iter("{*}t")), line, state, PLAIN)
            elif name in ("Choice", "Fallback"):
                self._read(each, line, state)

    def _control(self, element: Any, line: Line, state: State) -> None:
        """Read a content control, except for the words that ask to fill it in."""
        box = element.find("{*}sdtPr/{*}checkbox")
        if box is not None:
            mark = box.find("{*}checked")
            self._add(TICKED if _is_on(mark) else UNTICKED, line, state, PLAIN)
        elif not is_placeholder(element):
            for each in element.iterfind("{*}sdtContent"):
                self._read(each, line, state)

    def _run(self, run: Any, line: Line, state: State) -> None:
        properties = run.find("{*}rPr")
        look, font = self._look(properties, state)
        for each in run:
            name = local(each)
            if name == "t":
                text = each.text or ""
                self._add(_signs(text, font) if font else text, line, state, look)
            elif name == "delText":
                self._add(each.text or "", line, State(state.paragraph_style, deleted=True), look)
            elif name in ("tab", "ptab"):
                self._add("\t", line, state, look)
            elif name in ("br", "cr"):
                self._add("\n", line, state, look)
            elif name == "noBreakHyphen":
                self._add("-", line, state, look)
            elif name == "sym":
                self._add(_sign(attribute(each, "font"), attribute(each, "char")), line, state, look)
            elif name == "fldChar":
                self._field(each, line, state, look)
            elif name != "rPr":
                self._other(each, name, line, state)

    def _other(self, element: Any, name: str, line: Line, state: State) -> None:
        """Take what stands among words and is no letter."""
        if name == "commentReference":
            _add_once(line.comments, attribute(element, "id"))
        elif name in ("footnoteReference", "endnoteReference"):
            line.footnotes += not state.deleted
        elif name in ("drawing", "pict", "object"):
            self._drawing(element, line, state)
        elif name == "AlternateContent":
            self._drawing(first_choice(element), line, state)
        elif name == "ruby":
            for base in element.iterfind("{*}rubyBase"):
                self._read(base, line, state)

    def _drawing(self, element: Any, line: Line, state: State) -> None:
        if state.deleted:
            return
        outer = [box for box in element.iter("{*}txbxContent") if not _inside_another(box, element)]
        line.boxes += outer
        line.pictures += any(True for _ in element.iter("{*}blip", "{*}imagedata")) and not outer
        line.embedded += any(True for _ in element.iter("{*}OLEObject"))

    def _look(self, properties: Any, state: State) -> tuple[Look, str]:
        if properties is None or not len(properties):
            return self._styles.look(state.paragraph_style, ""), ""
        style = properties.find("{*}rStyle")
        fonts = properties.find("{*}rFonts")
        font = (
            (attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "").lower()
            if fonts is not None
            else ""
        )
        below = self._styles.look(
            state.paragraph_style, attribute(style, "val") or "" if style is not None else ""
        )
        return read_look(properties).over(below), font if font in SIGNS else ""

    def _field(self, element: Any, line: Line, state: State, look: Look) -> None:
        """Follow a field: its instruction is left out, its result taken, and of a form's list or box what is chosen."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            data = element.find("{*}ffData")
            is_box = data is not None and data.find("{*}checkBox") is not None
            chosen = "" if data is None else _chosen(data)
            self._fields.append({"result": False, "chosen": chosen, "is_box": is_box})
        elif kind == "separate" and self._fields:
            self._fields[-1]["result"] = True
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            if not closed["result"] or closed["is_box"]:
                self._add(closed["chosen"], line, state, look)

    def _add(self, text: str, line: Line, state: State, look: Look) -> None:
        if not text or any(not each["result"] for each in self._fields):
            return
        text = readable(text, self._notices)
        if state.deleted:
            line.deleted.append(text)
            return
        line.pieces.append(
            Piece(
                text,
                struck=bool(look.struck),
                hidden=bool(look.hidden),
                inserted=state.inserted,
                colour=look.colour,
            )
        )


def _inserted(state: State) -> State:
    return State(state.paragraph_style, inserted=True, deleted=state.deleted)


def is_placeholder(control: Any) -> bool:
    """Return whether a content control shows nothing but words that ask to fill it in."""
    mark = control.find("{*}sdtPr/{*}showingPlcHdr")
    return mark is not None and (attribute(mark, "val") or "1") not in ("0", "false", "off")


def first_choice(element: Any) -> Any:
    """Return the content that a present version of Word shows, where there is another for older ones."""
    choice = element.find("{*}Choice")
    if choice is not None:
        return choice
    fallback = element.find("{*}Fallback")
    return element if fallback is None else fallback


def _inside_another(box: Any, top: Any) -> bool:
    above = box.getparent()
    while above is not None and above is not top:
        if local(above) in ("txbxContent", "Fallback"):
            return True
        above = above.getparent()
    return False


def _add_once(values: list[str], value: str | None) -> None:
    if value is not None and value not in values:
        values.append(value)


def _chosen(data: Any) -> str:
    """Return what is chosen in a form's list or box."""
    choices = data.find("{*}ddList")
    if choices is not None:
        entries = [attribute(each, "val") or "" for each in choices.iterfind("{*}listEntry")]
        at = choices.find("{*}result")
        index = whole_number(attribute(at, "val") or "0" if at is not None else "0", most=len(entries) - 1)
        return "" if index is None else entries[index]
    box = data.find("{*}checkBox")
    if box is not None:
        mark = box.find("{*}checked")
        mark = box.find("{*}default") if mark is None else mark
        return TICKED if _is_on(mark) else UNTICKED
    return ""


def _is_on(mark: Any) -> bool:
    return mark is not None and (attribute(mark, "val") or "1") not in ("0", "false", "off")


def _sign(font: str | None, char: str | None) -> str:
    try:
        code = int(char or "", 16)
    except ValueError:
        return ""
    signs = SIGNS.get((font or "").lower())
    if signs is not None:
        return signs.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""


def _signs(text: str, font: str) -> str:
    """Return letters of a font of signs as the signs that are seen."""
    signs = SIGNS[font]
    return "".join(signs.get(ord(letter) & 0xFF, "") if letter.strip() else letter for letter in text)
