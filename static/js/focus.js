// After a conflict the reader begins at the difference, as after errors they begin at the summary.
export function startFocus() {
  document.querySelector("[data-focus-first]")?.focus();
}
