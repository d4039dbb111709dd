// Has the browser ask before leaving a page with words that the server does not have: <form data-unsaved>.
const changed = new Set();

export function startUnsaved(root) {
  for (const form of root.querySelectorAll("form[data-unsaved]")) {
    if (form.dataset.unsavedReady) continue;
    form.dataset.unsavedReady = "yes";
    // A form that came back with errors or a conflict holds unsaved words from the start.
    if (form.querySelector(".govuk-error-message") || document.querySelector(".app-conflict")) changed.add(form);
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
    form.addEventListener("app:saved", () => changed.delete(form)); // autosave.js saved it meanwhile
  }
}

window.addEventListener("beforeunload", (event) => {
  if (changed.size === 0) return;
  event.preventDefault();
});
