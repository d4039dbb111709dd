// Tables that turn into blocks on phones keep their meaning for screen readers, and wide tables that scroll can be
// scrolled from the keyboard.
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };

export function startTables(root) {
  for (const table of root.querySelectorAll(".app-table--stack")) {
    if (table.hasAttribute("role")) continue;
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody, tr, td, th")) {
      const tag = part.localName;
      part.setAttribute("role", tag === "th" ? (part.scope === "row" ? "rowheader" : "columnheader") : ROLES[tag]);
    }
  }
  for (const box of root.querySelectorAll(".app-table-scroll")) {
    if (box.scrollWidth <= box.clientWidth + 1 || box.hasAttribute("tabindex")) continue;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    const name = box.querySelector("caption")?.textContent.trim();
    box.setAttribute("aria-label", name || "Table that scrolls sideways");
  }
}
