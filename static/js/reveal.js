// Shows a question only when the answer before it asks for it. Without scripts everything is shown, and the server
// decides in either case what counts.
//
// <div data-reveal-when="decision" data-reveal-is="rejected in_part"> ... </div>

// <details data-open-when-wide> stands open where there is room, and is folded away on telephones.

export function startReveals(root) {
  if (window.matchMedia("(min-width: 48.0625em)").matches) {
    for (const details of root.querySelectorAll("details[data-open-when-wide]")) details.open = true;
  }
  for (const part of root.querySelectorAll("[data-reveal-when]")) {
    if (part.dataset.revealReady) continue;
    part.dataset.revealReady = "yes";
    const form = part.closest("form");
    if (!form) continue;
    const wanted = part.dataset.revealIs.split(" ");
    const name = part.dataset.revealWhen;
    const decide = () => {
      const answers = new FormData(form).getAll(name).map(String);
      const asked = wanted.includes("*") ? answers.some((answer) => answer !== "") : false;
      // What holds an error is never hidden.
      const wrong = part.querySelector(".govuk-error-message") !== null;
      part.hidden = !(asked || wrong || answers.some((answer) => wanted.includes(answer)));
    };
    form.addEventListener("change", decide);
    decide();
  }
}
