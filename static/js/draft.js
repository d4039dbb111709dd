// Saves what is typed while it is typed: <form data-draft data-draft-key data-draft-user>.
//
// The page works without this. With it, words go to the address of the form a moment after they are typed. Until the
// server has them a copy stays on this computer, in localStorage, so that a lost connection or a closed window loses
// nothing. What stands inside [data-draft-private] (the exempt text), files, and tokens are never kept there, and the
// copy is gone as soon as the server has the words.

const AFTER = 2500;
const RETRY = 15000;
const KEEP_DAYS = 7;
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "ticket", "version", "tab", "do", "corrects"]);

// Last time's words stand beside the form where there is room, and fold away on phones.
if (window.matchMedia("(min-width: 48.0625em)").matches) {
  for (const details of document.querySelectorAll("details[data-open-when-wide]")) details.open = true;
}

for (const form of document.querySelectorAll("form[data-draft]")) start(form);

function start(form) {
  const told = form.querySelector("[data-draft-told]");
  const trouble = form.querySelector("[data-draft-trouble]");
  const key = `draft:${form.dataset.draftUser}:${form.dataset.draftKey}`;
  let timer = 0;
  let typed = 0; // rises with each change, so that an answer knows whether it is the latest
  let saving = false;
  let stopped = document.querySelector(".house-conflict") !== null; // a conflict is decided by pressing a button

  offerCopy();
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });
  // Coming back to the page, or staying on it because the submit was stopped, saving goes on.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });
  window.addEventListener("online", () => {
    if (typed) later(0);
  });

  function change(event) {
    if (event.target.type === "file" || event.target.closest("#evidence")) return;
    typed += 1;
    keepCopy();
    later(AFTER);
  }

  function later(wait) {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  }

  async function save() {
    if (saving || stopped) return;
    saving = true;
    const sent = typed;
    const data = new FormData(form);
    for (const name of [...data.keys()]) if (name.startsWith("evidence-") || data.get(name) instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST",
        body: data,
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
      });
      saving = false;
      await read(answer, sent);
    } catch {
      saving = false;
      tell("No connection. What you typed stays on this page, and on this computer except the exempt part, and is saved when the connection is back.", "");
      later(RETRY);
    }
  }

  async function read(answer, sent) {
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    const said = isJson ? await answer.json() : {};
    if (answer.ok && isJson) {
      form.elements.version.value = said.version;
      if (sent === typed) {
        clear();
        dropCopy();
        if (said.exempt_saved) form.dispatchEvent(new CustomEvent("house:saved"));
      } else {
        later(AFTER);
      }
      const exempt = said.exempt_saved ? "" : " The exempt part is saved once it has its paragraph and its public summary.";
      told.textContent = said.saved_words + "." + exempt;
      return;
    }
    if (answer.status === 401) {
      stopped = true;
      if (said.signed_out) {
        tell(said.told || "You have been signed out. What you typed stays on this page. ", said.sign_in, said.link || "Sign in again");
      } else {
        tell("You signed in again in another window. Press “Save draft” to go on.", "");
      }
      return;
    }
    if (answer.status === 409) {
      stopped = true;
      tell("Somebody else saved this while you were working on it. Nothing you typed is lost: press “Save draft” to see both.", "");
      return;
    }
    if (answer.status === 422) {
      stopped = true;
      tell(`Not saved: ${said.message}. What you typed stays on this page.`, "");
      return;
    }
    tell("It could not be saved just now. What you typed stays on this page; it is tried again soon.", "");
    later(RETRY);
  }

  // ---- telling

  function clear() {
    trouble.replaceChildren();
  }

  function tell(words, signIn, signInWords) {
    const note = document.createElement("p");
    note.className = "house-note";
    note.textContent = words;
    if (signIn) {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = signIn;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = `${signInWords} (opens in a new tab)`;
      note.append(link, ", then come back and press “Save draft”.");
    }
    trouble.replaceChildren(note);
  }

  // ---- the copy on this computer

  function mayKeep(element) {
    return element.name && element.type !== "file" && !NEVER_KEPT.has(element.name) && !element.name.startsWith("evidence-") && !element.closest("[data-draft-private]");
  }

  function keepCopy() {
    const fields = {};
    for (const element of form.elements) {
      if (!mayKeep(element) || element.tagName === "BUTTON") continue;
      if (element.type === "radio" || element.type === "checkbox") {
        fields[element.name] = fields[element.name] || [];
        if (element.checked) fields[element.name].push(element.value);
      } else {
        fields[element.name] = [element.value];
      }
    }
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
    } catch {
      // Full or forbidden: the page still holds the words, and the server is asked all the same.
    }
  }

  function dropCopy() {
    try {
      localStorage.removeItem(key);
    } catch {
      // nothing to drop
    }
  }

  function readCopy() {
    try {
      const copy = JSON.parse(localStorage.getItem(key) || "null");
      if (copy && Date.now() - copy.at < KEEP_DAYS * 86400000) return copy;
      dropCopy();
    } catch {
      dropCopy();
    }
    return null;
  }

  function differs(copy) {
    for (const element of form.elements) {
      const kept = copy.fields[element.name];
      if (!kept || !mayKeep(element)) continue;
      const now = element.type === "radio" || element.type === "checkbox" ? element.checked === kept.includes(element.value) : element.value === kept[0];
      if (!now) return true;
    }
    return false;
  }

  function offerCopy() {
    const copy = readCopy();
    if (!copy) return;
    if (!differs(copy)) {
      dropCopy();
      return;
    }
    const note = document.createElement("div");
    note.className = "house-note";
    const when = new Date(copy.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    const words = document.createElement("p");
    words.textContent = `This computer holds words of ${when} that were not saved.`;
    const back = button("Put them into the form", () => {
      for (const element of form.elements) {
        const kept = copy.fields[element.name];
        if (!kept || !mayKeep(element)) continue;
        if (element.type === "radio" || element.type === "checkbox") element.checked = kept.includes(element.value);
        else element.value = kept[0];
      }
      note.remove();
      form.dispatchEvent(new Event("input")); // marks the form as changed and saves it
      form.querySelector("textarea").focus();
    });
    const away = button("Throw them away", () => {
      dropCopy();
      note.remove();
      form.querySelector("textarea").focus();
    });
    note.append(words, back, " ", away);
    form.prepend(note);
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "house-link-button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }
}
