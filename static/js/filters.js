// Filters answer as they are changed. The form is an ordinary GET form with a button; with scripts the results are
// fetched in the background, put in place and the address is kept, so that back, reload and a copied link work.
//
// <form data-filters="#results"> ... </form>  <div id="results" class="app-results"> ... </div>

const PAUSE = 350;

export function startFilters() {
  for (const panel of document.querySelectorAll("details.app-filters")) foldOnPhones(panel);
  for (const form of document.querySelectorAll("form[data-filters]")) listen(form);
}

function foldOnPhones(panel) {
  const wide = window.matchMedia("(min-width: 48.0625em)");
  if (!wide.matches && panel.dataset.keepOpen === undefined) panel.open = false;
}

function listen(form) {
  let timer;
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => refresh(form), pause);
  };
  form.addEventListener("change", (event) => {
    // A date is three boxes: wait until the person has left them all.
    if (event.target.closest(".govuk-date-input")) return;
    later(0);
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("input[type=search], input[type=text]:not(.govuk-date-input__input)")) later(PAUSE);
  });
  form.addEventListener("focusout", (event) => {
    const date = event.target.closest(".govuk-date-input");
    if (!date || date.contains(event.relatedTarget)) return;
    // Half a date is no filter yet; the button still sends it, and the answer says what is missing.
    const filled = [...date.querySelectorAll("input")].filter((box) => box.value.trim() !== "").length;
    if (filled === 0 || filled === 3) later(0);
  });
}

let latest = 0;

async function refresh(form) {
  const selector = form.dataset.filters;
  const results = document.querySelector(selector);
  if (!results) return;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
  const address = `${form.action.split("?")[0]}?${query}`;
  const mine = ++latest;
  results.classList.add("htmx-request");
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "filters" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(selector);
    if (!fresh) throw new Error("no results in the answer");
    if (mine !== latest) return;
    results.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    history.replaceState(null, "", address);
    document.dispatchEvent(new CustomEvent("app:results", { detail: results }));
    say(results);
  } catch {
    // Whatever went wrong, the ordinary way still works.
    if (mine === latest) form.requestSubmit();
  } finally {
    results.classList.remove("htmx-request");
    results.removeAttribute("aria-busy");
  }
}

// Tells a screen reader how many there are now; sighted people see it above the list.
function say(results) {
  let voice = document.getElementById("app-said");
  if (!voice) {
    voice = document.createElement("div");
    voice.id = "app-said";
    voice.className = "govuk-visually-hidden";
    voice.setAttribute("role", "status");
    document.querySelector("main").append(voice);
  }
  voice.textContent = results.querySelector(".app-count")?.textContent.trim() ?? "The list has changed";
}
