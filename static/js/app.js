// The one entry. Every part looks for its own marks in the page and does nothing where there are none.
import { CharacterCount, initAll } from "./vendor/govuk-frontend.js";
import { startAutosaves } from "./autosave.js";
import { countAsKept } from "./count.js";
import { startOnce } from "./once.js";
import { startFocus } from "./focus.js";
import { startPartials } from "./partial.js";
import { startPrint } from "./print.js";
import { startReveals } from "./reveal.js";
import { startTables } from "./tables.js";
import { startUnsaved } from "./unsaved.js";

const start = (root) => {
  startReveals(root);
  startTables(root);
  startAutosaves(root);
  startUnsaved(root);
};

countAsKept(CharacterCount);
initAll();
start(document);
startOnce();
startFocus();
startPartials();
startPrint();

// What is brought in later is part of the page too: see partial.js. Only the new part is started, for what stands
// already is, and says so on the console if it is started again.
document.addEventListener("app:results", (event) => {
  initAll({ scope: event.detail });
  start(event.detail);
});
