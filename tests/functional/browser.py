"""Somebody at a browser, and what holds for every page they meet."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, TimeoutError

from recommendations.demo.people import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "docs" / "pictures"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

SEEN = """() => {
  const shown = element => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const here = document.activeElement;
  if (!here || here === document.body) return false;
  const box = here.getBoundingClientRect();
  // On the calendar button inside a date box Chromium draws its own ring, and the box no longer counts as focused.
  if (here.type === 'date' && !here.matches(':focus')) return true;
  const before = element => getComputedStyle(element, '::before');
  const label = here.labels && here.labels[0];
  const ring = label && ['radio', 'checkbox'].includes(here.type)
    && (before(label).boxShadow !== 'none' || before(label).outlineStyle !== 'none');
  return (shown(here) || Boolean(ring)) && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""
"""Whether the focused element shows that it is focused, and stands in view."""

NAMED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return '';
  const label = here.labels && here.labels[0];
  return (here.getAttribute('aria-label') || (label ? label.innerText : here.innerText) || '').trim();
}"""
"""The words by which the focused element is known."""


HIDDEN_SIDEWAYS = """() => [...document.querySelectorAll('main *')].flatMap(box => {
  if (!['auto', 'scroll'].includes(getComputedStyle(box).overflowX) || box.scrollWidth <= box.clientWidth + 1) return [];
  if (!box.querySelector('table')) return [];
  const lacks = [];
  if (box.tabIndex !== 0) lacks.push('no focus');
  if (!box.getAttribute('aria-label') && !box.getAttribute('aria-labelledby')) lacks.push('no name');
  if (!box.previousElementSibling?.matches('.app-scroll-hint')) lacks.push('no sign');
  return lacks;
})"""
"""What each table lacks that hides a part of it sideways."""

MEANS_SOMETHING = ", ".join(
    (
        ".govuk-notification-banner", ".govuk-inset-text", ".govuk-warning-text", ".app-chosen li:not(.app-chosen__clear)",
        ".app-tag", ".app-count", ".app-demonstration", ".app-exempt", ".app-conflict", ".app-late", ".app-row-note",
        ".app-choice [aria-current]",
    )
)  # fmt: skip
"""What changes the meaning of what stands beside it: a day, filters, a state, what is withheld."""

MARK_SEEN = """means => {
  for (const one of document.querySelectorAll(means)) {
    if (one.checkVisibility() && !one.closest('form')) one.dataset.seen = '';
  }
}"""
NOT_PRINTED = """() => [...document.querySelectorAll('[data-seen]')].flatMap(one => {
  delete one.dataset.seen;
  return one.checkVisibility() ? [] : [one.className + ' ' + one.textContent.trim().slice(0, 80)];
})"""


@cache
def axe_source() -> str:
    return AXE.read_text()


def text_of(pdf: bytes) -> str:
    """What a PDF says, with single spaces."""
    import pymupdf

    with pymupdf.open(stream=pdf) as document:
        return " ".join(" ".join(sheet.get_text() for sheet in document).split())


def sheets_beside_each_other(pdf: bytes, sheets: tuple[int, ...], path: Path) -> None:
    """Draw some sheets of a PDF, counted from 1, on a grey desk."""
    import pymupdf

    edge = 14
    with pymupdf.open(stream=pdf) as document, pymupdf.open() as desk:
        drawn = [document[sheet - 1] for sheet in sheets]
        width = sum(one.rect.width for one in drawn) + edge * (len(drawn) + 1)
        desk_page = desk.new_page(width=width, height=max(one.rect.height for one in drawn) + 2 * edge)
        desk_page.draw_rect(desk_page.rect, color=(0.85, 0.86, 0.87), fill=(0.85, 0.86, 0.87))
        left = edge
        for one in drawn:
            place = pymupdf.Rect(left, edge, left + one.rect.width, edge + one.rect.height)
            desk_page.draw_rect(place, color=(1, 1, 1), fill=(1, 1, 1))
            desk_page.show_pdf_page(place, document, one.number)
            left += one.rect.width + edge
        desk_page.get_pixmap(dpi=72).save(path)


class Visitor:
    """A person at a browser. Every page they come to is looked at by axe, and for a title, one h1, a way on, and
    that nobody has to scroll sideways to read it."""

    def __init__(
        self, page: Page, *, javascript: bool = True, seen: set[tuple[Any, ...]] | None = None
    ) -> None:
        self.page = page
        self.javascript = javascript
        self.seen = seen if seen is not None else set()
        self.failures: list[str] = []
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        """Keep whatever is written to the console: our scripts write nothing, GOV.UK Frontend only what went wrong, and
        that as an ordinary line. A page may answer 4xx on purpose, and what Chromium advises begins with [DOM]."""
        if not message.text.startswith("[DOM]") and "status of 4" not in message.text:
            self.failures.append(message.text.partition("\n")[0])

    # ------------------------------------------------------------------ getting about

    def sign_in(self, email: str, password: str = PASSWORD) -> Visitor:
        """Sign in by the page for it."""
        self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in", exact=True)
        assert "/accounts/login/" not in self.page.url, "signing in failed"
        return self

    @property
    def width(self) -> int:
        """How wide the window is, in pixels."""
        return self.page.viewport_size["width"] if self.page.viewport_size else 0

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def go(self, address: str) -> Visitor:
        """Open an address of the site and look the page over."""
        try:
            self.page.goto(address)
        except Error as aborted:
            if "ERR_ABORTED" not in str(aborted):
                raise
            # The page went on by itself at that moment, as one that waits for a pack does when it is ready.
            self.page.wait_for_load_state()
            self.page.goto(address)
        return self.look()

    def menu(self, name: str) -> Visitor:
        """Follow an entry of the menu at the top, which on a telephone is opened first."""
        opener = self.page.get_by_role("button", name="Menu", exact=True)
        if opener.is_visible():
            opener.click()
        self.page.get_by_role("navigation", name="Menu").get_by_role("link", name=name, exact=True).click()
        return self.look()

    def follow(self, name: str | re.Pattern[str], **details: Any) -> Visitor:
        """Follow the first link in the page of that name, in a button's clothes or not."""
        dressed = self.main.locator("a").and_(self.main.get_by_role("button", name=name, **details))
        self.main.get_by_role("link", name=name, **details).or_(dressed).first.click()
        return self.look()

    def press(self, name: str | re.Pattern[str], **details: Any) -> Visitor:
        """Press the first button of that name."""
        self.main.get_by_role("button", name=name, **details).first.click()
        return self.look()

    # ------------------------------------------------------------------ filling in

    def enter(self, label: str, words: str, **details: Any) -> Visitor:
        """Write into the box with that label."""
        self.main.get_by_label(label, **details).first.fill(words)
        return self

    def choose(self, name: str, **details: Any) -> Visitor:
        """Choose the radio button with that label."""
        self.main.get_by_role("radio", name=name, **details).first.check()
        return self

    def tick(self, name: str, **details: Any) -> Visitor:
        """Tick the box with that label."""
        self.main.get_by_role("checkbox", name=name, **details).first.check()
        return self

    def select(self, label: str, option: str, **details: Any) -> Visitor:
        """Select from the list box with that label; its words may be given in part."""
        box = self.main.get_by_label(label, **details).first
        words = [one for one in box.locator("option").all_inner_texts() if option in one]
        assert words, f"{label} does not offer {option}"
        box.select_option(label=words[0])
        return self

    def day(self, legend: str, day: str, **details: Any) -> Visitor:
        """Enter a day, given as "12 1 2026", into the three boxes of that name."""
        group = self.main.get_by_role("group", name=legend, **details).first
        for label, number in zip(("Day", "Month", "Year"), day.split(), strict=True):
            group.get_by_label(label, exact=True).fill(number)
        return self

    def unfold(self, words: str) -> Visitor:
        """Open the part of the page that is folded under these words."""
        self.main.locator("summary", has_text=words).first.click()
        return self

    # ------------------------------------------------------------------ by keyboard only

    def tab_to(self, name: str, *, most: int = 150) -> Visitor:
        """Press Tab until the element with that name has the focus, which must be seen at each step."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = " ".join(str(self.page.evaluate(NAMED)).split())
            self._sees_the_focus(here)
            if here.startswith(name):
                return self
        raise AssertionError(f"{self.page.url}: Tab never came to “{name}”")

    def _sees_the_focus(self, here: str) -> None:
        """The focus shows, at once or as soon as the page has scrolled to it."""
        try:
            self.page.wait_for_function(SEEN, timeout=2_000)
        except TimeoutError:
            where = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            raise AssertionError(f"{self.page.url}: the focus on “{here}” can't be seen: {where}") from None

    def keys(self, *keys: str) -> Visitor:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, words: str) -> Visitor:
        """Type into what has the focus."""
        self.page.keyboard.insert_text(words)
        return self

    def enter_key(self) -> Visitor:
        """Press Enter on what opens another page, and look at it."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.look()

    # ------------------------------------------------------------------ looking

    def look(self) -> Visitor:
        """What must hold on every page: a title, one h1, a link to home, no script failure, nothing for axe."""
        self.page.wait_for_load_state()
        wrong = self.wrong()
        assert not wrong, "\n".join(wrong)
        return self

    def wrong(self) -> list[str]:
        """What is not as it must be on the page, each with where."""
        where = self.page.url
        found = []
        if not self.page.title().strip():
            found.append("it has no title")
        if (count := self.page.locator("h1").count()) != 1:
            found.append(f"it has {count} h1")
        if self.page.locator("header a, a.back, .back a").count() < 1:
            found.append("it has no way back")
        found += self.failures
        self.failures.clear()
        found += self.violations()
        return [f"{where}: {one}" for one in found] + self.overflow()

    def overflow(self) -> list[str]:
        """Return one line where the page is wider than the window, else none."""
        width, window = self.page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        return (
            [f"{self.page.url}: it is {width} px wide in a window of {window} px"] if width > window else []
        )

    def hidden_sideways(self) -> list[str]:
        """Return one line for each table that hides columns sideways without a sign, a name and a place for the focus."""
        return [
            f"{self.page.url}: a table scrolls sideways, {one}" for one in self.page.evaluate(HIDDEN_SIDEWAYS)
        ]

    def hidden_ways_back(self) -> list[str]:
        """Return one line where the breadcrumbs hide the page that this one belongs to."""
        parent = self.page.locator("nav.govuk-breadcrumbs").get_by_role("link", include_hidden=True).last
        if not parent.count() or parent.is_visible():
            return []
        return [f"{self.page.url}: the breadcrumbs hide the way back to “{parent.text_content()}”"]

    def lost_in_print(self) -> list[str]:
        """Return one line for each thing that changes the meaning of the page and is seen, but not printed."""
        self.page.evaluate(MARK_SEEN, MEANS_SOMETHING)
        self.page.emulate_media(media="print")
        lost = self.page.evaluate(NOT_PRINTED)
        self.page.emulate_media(media="screen")
        return [f"{self.page.url}: not printed: {one}" for one in lost]

    def violations(self) -> list[str]:
        """What axe finds on the page, a line for each place. A page that was met before is not asked again."""
        if not self.javascript:
            return []
        key = (urlsplit(self.page.url).path, self.page.title(), self.width)
        if key in self.seen:
            return []
        self.seen.add(key)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe_source())
        result = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            STANDARDS,
        )
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    def sees(self, *texts: str) -> Visitor:
        """The main part of the page says this."""
        for text in texts:
            try:
                self.main.get_by_text(text).filter(visible=True).first.wait_for()
            except TimeoutError:
                raise AssertionError(
                    f"{self.page.url} does not say “{text}” but: {self.words[:800]}"
                ) from None
        return self

    def does_not_see(self, *texts: str) -> Visitor:
        """Nothing on the page, shown or hidden, says this."""
        content = self.page.content()
        for text in texts:
            assert text not in content, f"{self.page.url} says “{text}”"
        return self

    @property
    def words(self) -> str:
        """Everything the main part of the page says, with single spaces."""
        return " ".join(self.main.inner_text().split())

    def download(self, name: str) -> bytes:
        """The file behind a link of the page."""
        address = self.main.get_by_role("link", name=name).first.get_attribute("href")
        response = self.page.request.get(str(address))
        assert response.status == 200, f"{address} answered {response.status}"
        return response.body()

    def picture(
        self, name: str, *, height: int = 900, part: str = "", of: bytes = b"", sheets: tuple[int, ...] = ()
    ) -> Visitor:
        """Keep a picture for the README and the guides, where PICTURES=1 asks for them: of what is seen, of one part of
        the page, or of some sheets of a PDF side by side."""
        if os.environ.get("PICTURES") != "1":
            return self
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        if of:
            sheets_beside_each_other(of, sheets, path)
            return self
        self.page.set_viewport_size({"width": self.width, "height": height})
        self.page.evaluate("document.activeElement.blur(), window.scrollTo(0, 0)")
        (self.main.locator(part) if part else self.page).screenshot(path=path)
        return self
