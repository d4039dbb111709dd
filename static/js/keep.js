// Keeps what is typed into a form on this computer until it is recorded: <form data-keep="a key of its own">. Used
// live in a meeting, where a lost connection or a closed lid must lose nothing. The form's box "seen" tells what was
// recorded last: once that changes after the form was sent, the copy has done its work. Only for words that are public
// once recorded; forms with exempt text have draft.js.
const PREFIX = "house-kept:";
const KEEP_DAYS = 3;
const WAIT = 300;

export function startKeeps(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) {
    if (form.dataset.keepReady) continue;
    form.dataset.keepReady = "yes";
    keep(form, PREFIX + form.dataset.keep);
  }
}

function keep(form, key) {
  const seen = () => form.querySelector("[name$=seen]")?.value ?? "";
  let waiting;
  const write = (sent) => {
    clearTimeout(waiting);
    store(key, { at: Date.now(), seen: seen(), sent, fields: fieldsOf(form) });
  };
  const copy = read(key);
  const answered = form.querySelector(".govuk-error-message, .house-conflict");
  if (copy?.sent && copy.seen !== seen()) store(key, null);
  else if (copy && !answered) putBack(form, copy);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, WAIT, false);
  });
  form.addEventListener("submit", () => write(true), { capture: true });
}

function fieldsOf(form) {
  const fields = {};
  for (const element of form.elements) {
    if (!element.name || element.type === "hidden" || element.tagName === "BUTTON") continue;
    if (element.type === "radio" || element.type === "checkbox") {
      fields[element.name] ||= [];
      if (element.checked) fields[element.name].push(element.value);
    } else fields[element.name] = [element.value];
  }
  return fields;
}

function putBack(form, copy) {
  let differs = false;
  for (const element of form.elements) {
    const kept = copy.fields[element.name];
    if (!kept) continue;
    if (element.type === "radio" || element.type === "checkbox") {
      differs ||= element.checked !== kept.includes(element.value);
      element.checked = kept.includes(element.value);
    } else {
      differs ||= element.value !== (kept[0] ?? "");
      element.value = kept[0] ?? "";
    }
  }
  if (!differs) return;
  const folded = form.closest("details");
  if (folded) folded.open = true;
  const note = document.createElement("p");
  note.className = "house-note";
  note.setAttribute("role", "status");
  const when = new Date(copy.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  note.textContent = `What you typed here on ${when} was kept on this computer. It is not recorded yet.`;
  form.prepend(note);
}

function store(key, copy) {
  try {
    if (copy === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(copy));
  } catch {
    // Full or forbidden: the page still holds the words.
  }
}

function read(key) {
  try {
    const copy = JSON.parse(localStorage.getItem(key) || "null");
    if (copy && Date.now() - copy.at < KEEP_DAYS * 86400000) return copy;
  } catch {
    // not ours, or broken
  }
  store(key, null);
  return null;
}
