// Partial page updates: the one way in which a part of a page is fetched and put in place. Every page works without it.
//
// <form data-filters="#results">                        a list answers as its filters are changed
// <form data-in-place="id of a part">                   one part of a long page is saved without leaving it
// <div data-follow="address" data-follow-fields="a b">  a part follows fields of its form as they are changed, those
//                                                       in data-follow-typing while somebody types too
// <div data-poll="address">                             a part follows what happens on the server
//
// The first two are answered with whole pages, the others with the part alone (X-Fragment).

const SOON = 150;
const TYPING = 350;
const TYPING_LONG = 900;

export function startPartials() {
  for (const panel of document.querySelectorAll("details.app-filters")) foldOnPhones(panel);
  for (const form of document.querySelectorAll("form[data-filters]")) startFilters(form);
  for (const part of document.querySelectorAll("[data-follow]")) startFollowing(part);
  for (const part of document.querySelectorAll("[data-poll]")) startPolling(part);
  startInPlace();
  if (document.querySelector("form[data-filters], form[data-in-place], [data-follow]")) addStatus();
}

// ------------------------------------------------------------------ what they share

async function fetchText(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  if (!answer.ok) throw new Error(String(answer.status));
  return { answer, text: await answer.text() };
}

async function fetchPage(address, options) {
  const { text } = await fetchText(address, options);
  return new DOMParser().parseFromString(text, "text/html");
}

// Components within the new part are started: see app.js.
function changed(part) {
  document.dispatchEvent(new CustomEvent("app:results", { detail: part }));
}

// Tells a screen reader what has changed; sighted people see it.
function announce(words) {
  let status = document.getElementById("app-said");
  if (!status) status = addStatus();
  // The same words twice are two changes.
  status.textContent = "";
  setTimeout(() => {
    status.textContent = words;
  }, 50);
}

// It stands on the page from the beginning: a screen reader may miss what is said in one that was only just added.
function addStatus() {
  const status = document.createElement("div");
  status.id = "app-said";
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  document.querySelector("main")?.append(status);
  return status;
}

// One timer, and the number of the latest request: an answer that was overtaken is dropped.
function latestOnly(act) {
  let timer;
  let latest = 0;
  return (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const mine = ++latest;
      act(() => mine === latest);
    }, pause);
  };
}

// ------------------------------------------------------------------ filters

function foldOnPhones(panel) {
  const wide = window.matchMedia("(min-width: 48.0625em)");
  if (!wide.matches && panel.dataset.keepOpen === undefined) panel.open = false;
}

function startFilters(form) {
  const later = latestOnly((isLatest) => filter(form, isLatest));
  form.addEventListener("change", (event) => {
    // A date is three boxes: wait until the person has left them all.
    if (event.target.closest(".govuk-date-input")) return;
    later(0);
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("input[type=search], input[type=text]:not(.govuk-date-input__input)")) later(TYPING);
  });
  form.addEventListener("focusout", (event) => {
    const date = event.target.closest(".govuk-date-input");
    if (!date || date.contains(event.relatedTarget)) return;
    // Half a date is no filter yet; the button still sends it, and the answer says what is missing.
    const filled = [...date.querySelectorAll("input")].filter((box) => box.value.trim() !== "").length;
    if (filled === 0 || filled === 3) later(0);
  });
}

// The address is kept, so that back, reload and a copied link work.
async function filter(form, isLatest) {
  const selector = form.dataset.filters;
  const results = document.querySelector(selector);
  if (!results) return;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
  const address = `${form.action.split("?")[0]}?${query}`;
  results.classList.add("is-loading");
  results.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(address);
    const fresh = page.querySelector(selector);
    if (!fresh) throw new Error("no results in the answer");
    if (!isLatest()) return;
    results.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    history.replaceState(null, "", address);
    changed(results);
    announce(results.querySelector(".app-count")?.textContent.trim() ?? "The list has changed");
  } catch {
    if (isLatest()) form.requestSubmit(); // whatever went wrong, the ordinary way still works
  } finally {
    results.classList.remove("is-loading");
    results.removeAttribute("aria-busy");
  }
}

// ------------------------------------------------------------------ saving in place

const REPLACED_TOO = ["running"];

function startInPlace() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-in-place]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    saveInPlace(form, event.submitter ?? form.querySelector("button"));
  });
}

async function saveInPlace(form, button) {
  const id = form.dataset.inPlace;
  const part = document.getElementById(id);
  const data = new FormData(form);
  if (button.name) data.append(button.name, button.value);
  button.disabled = true;
  part.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(form.action, { method: "POST", body: data });
    const fresh = page.getElementById(id);
    if (!page.getElementById("list")) throw new Error("another page");
    for (const also of REPLACED_TOO) {
      const there = page.getElementById(also);
      if (!there) continue;
      document.getElementById(also)?.replaceWith(there);
      changed(there);
    }
    const next = part.nextElementSibling;
    const wrong = fresh?.querySelector(".govuk-error-message, .app-conflict");
    if (fresh) {
      part.replaceWith(fresh);
      changed(fresh);
    } else {
      part.remove();
    }
    if (wrong) {
      announce("Not recorded. Look at what has to change.");
      const box = fresh.querySelector("[aria-invalid=true], .govuk-form-group--error input, .app-conflict");
      (box ?? fresh).focus();
    } else {
      announce(page.querySelector(".govuk-notification-banner__heading")?.textContent.trim() || "Recorded");
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

// ------------------------------------------------------------------ following a form, and the server

function startFollowing(part) {
  const form = part.closest("form");
  const fields = part.dataset.followFields.split(" ");
  const typing = part.dataset.followTyping?.split(" ") ?? [];
  const later = latestOnly((isLatest) => follow(part, form, fields, isLatest));
  form.addEventListener("change", (event) => {
    if (fields.includes(event.target.name)) later(SOON);
  });
  form.addEventListener("input", (event) => {
    if (typing.includes(event.target.name)) later(TYPING_LONG);
  });
}

// By POST the whole form is sent: its words may be too long for an address.
async function follow(part, form, fields, isLatest) {
  const posted = part.dataset.followMethod === "post";
  const data = new FormData(form);
  const query = new URLSearchParams();
  for (const [name, value] of data) if (fields.includes(name)) query.append(name, value);
  try {
    const { answer, text } = posted
      ? await fetchText(part.dataset.follow, { method: "POST", body: data, headers: { "X-Fragment": "1" } })
      : await fetchText(`${part.dataset.follow}?${query}`, { headers: { "X-Fragment": "1" } });
    if (answer.redirected || !isLatest()) return;
    part.innerHTML = text;
    changed(part);
    const words = part.querySelector("[data-announce]")?.dataset.announce;
    if (words) announce(words);
  } catch {
    // What is shown stays; it is right again after the next save.
  }
}

// Where nothing is waited for any more the page is fetched again as a whole.
function startPolling(part) {
  let failures = 0;
  let shown;
  const look = async () => {
    try {
      const { answer, text } = await fetchText(part.dataset.poll, { headers: { "X-Fragment": "1" } });
      failures = 0;
      if (answer.headers.get("X-Waiting") !== "1") return location.reload();
      if (text !== shown) {
        part.innerHTML = shown = text;
        changed(part);
      }
    } catch {
      failures += 1;
    }
    setTimeout(look, Math.min(1500 * 2 ** failures, 30000));
  };
  setTimeout(look, 1000);
}
