// Saves one part of a long page without leaving it: <form data-in-place="id of the part">. The form is an ordinary
// form; with scripts it is sent in the background and its part is replaced by the same part of the answered page.

const REPLACED_TOO = ["running"];

export function startInPlace() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-in-place]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    send(form);
  });
}

async function send(form) {
  const id = form.dataset.inPlace;
  const part = document.getElementById(id);
  const button = form.querySelector("button");
  button.disabled = true;
  part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      headers: { "X-Requested-With": "in-place" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(id);
    if (!page.getElementById("list")) throw new Error("another page");
    for (const also of REPLACED_TOO) {
      const there = page.getElementById(also);
      if (there) document.getElementById(also)?.replaceWith(there);
    }
    const next = part.nextElementSibling;
    const wrong = fresh?.querySelector(".govuk-error-message, .app-conflict");
    if (fresh) part.replaceWith(fresh);
    else part.remove();
    document.dispatchEvent(new CustomEvent("app:results", { detail: fresh }));
    if (wrong) {
      say("Not recorded. Look at what has to change.");
      const box = fresh.querySelector("[aria-invalid=true], .govuk-form-group--error input, .app-conflict");
      (box ?? fresh).focus();
    } else {
      say(page.querySelector(".govuk-notification-banner__content")?.textContent.trim() || "Recorded");
      const goal = next?.matches("article") ? next : fresh;
      goal?.focus();
      goal?.scrollIntoView({ block: "start" });
    }
  } catch {
    // Whatever went wrong, the ordinary way still works.
    form.removeAttribute("data-in-place");
    button.disabled = false;
    form.requestSubmit(button);
  } finally {
    part.removeAttribute("aria-busy");
  }
}

function say(words) {
  let voice = document.getElementById("app-said");
  if (!voice) {
    voice = document.createElement("div");
    voice.id = "app-said";
    voice.className = "govuk-visually-hidden";
    voice.setAttribute("role", "status");
    document.querySelector("main").append(voice);
  }
  voice.textContent = words;
}
