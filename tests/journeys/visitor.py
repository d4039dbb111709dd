"""Somebody at a browser, and what holds for every page they meet."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from recommendations.demo.people import PASSWORD

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    return AXE.read_text()


class Visitor:
    """A person at a browser. Every page they come to is looked at by axe, and for a title, one h1 and a way on."""

    def __init__(self, page: Page, *, javascript: bool = True) -> None:
        self.page = page
        self.javascript = javascript
        self.failures: list[str] = []
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.failures.append(message.text)

    def sign_in(self, email: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.locator("main").get_by_role("button", name="Sign in").first.click()
        self.page.wait_for_load_state()
        assert "/accounts/login/" not in self.page.url, "signing in failed"

    def go(self, address: str) -> Visitor:
        """Open an address of the site and look the page over."""
        self.page.goto(address)
        return self.look()

    def follow(self, name: str, **details: Any) -> Visitor:
        """Follow the first link in the page of that name."""
        self.page.locator("main").get_by_role("link", name=name, **details).first.click()
        return self.look()

    def press(self, name: str, **details: Any) -> Visitor:
        """Press the button of that name."""
        self.page.locator("main").get_by_role("button", name=name, **details).first.click()
        return self.look()

    def look(self) -> Visitor:
        """What must hold on every page: a title, one h1, a link to home, no script failure, nothing for axe."""
        self.page.wait_for_load_state()
        where = self.page.url
        assert self.page.title().strip(), f"{where} has no title"
        assert self.page.locator("h1").count() == 1, f"{where} does not have exactly one h1"
        assert self.page.locator("header a").count() >= 1, f"{where} has no way back"
        assert not self.failures, f"{where}: {self.failures}"
        if self.javascript:
            found = self.violations()
            assert not found, f"{where}:\n" + "\n".join(found)
        return self

    def violations(self) -> list[str]:
        """What axe finds on the page, a line for each place."""
        self.page.evaluate(axe_source())
        result = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", STANDARDS
        )
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    def sees(self, text: str) -> Visitor:
        """The main part of the page says this."""
        self.page.locator("main").get_by_text(text).first.wait_for()
        return self

    @property
    def words(self) -> str:
        """Everything the main part of the page says."""
        return self.page.locator("main").inner_text()
