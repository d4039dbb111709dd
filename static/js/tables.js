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
    if (box.dataset.scrollReady) continue;
    box.dataset.scrollReady = "yes";
    new ResizeObserver(() => tellWhetherItScrolls(box)).observe(box);
    tellWhetherItScrolls(box);
  }
}

function tellWhetherItScrolls(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  if (!box.hasAttribute("role")) {
    const name = box.querySelector("caption")?.textContent.trim();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", name || "Table that scrolls sideways");
  }
  box.tabIndex = scrolls ? 0 : -1;
  const hint = box.previousElementSibling?.matches(".app-scroll-hint") ? box.previousElementSibling : null;
  if (scrolls && !hint) {
    const told = document.createElement("p");
    told.className = "app-scroll-hint no-print";
    told.textContent = "Scroll the table sideways to see all columns";
    box.before(told);
  } else if (!scrolls) {
    hint?.remove();
  }
}
