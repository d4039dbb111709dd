// Saves on the server what is typed, while it is typed. Nothing is stored on this computer, because the words may be
// exempt from publication and the computer may be shared.
//
// <form data-autosave="draft"> sends the form to its own address, whose view saves it as a draft and answers with JSON.
// <form data-autosave="keep"> has its words kept until they are recorded, and returned to the form when it opens again.
// Inside the form, [data-autosave-told] tells when it was saved, [data-autosave-trouble] why it was not, and
// [data-autosave-noticed] what in it looks like personal data.
// The page works without this.

const AFTER = 2500;
const RETRY = 15000;

export function startAutosaves(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (form.dataset.autosaveReady) continue;
    form.dataset.autosaveReady = "yes";
    start(form);
  }
}

function start(form) {
  const isDraft = form.dataset.autosave === "draft";
  const button = isDraft ? "“Save draft”" : "the button";
  const told = form.querySelector("[data-autosave-told]");
  const trouble = form.querySelector("[data-autosave-trouble]");
  const noticed = form.querySelector("[data-autosave-noticed]");
  let timer = 0;
  let typed = 0; // rises with each change, so that an answer knows whether it is the latest
  let saved = 0;
  let saving = null;
  let stopped = isDraft && document.querySelector(".app-conflict") !== null; // a conflict is decided by pressing a button

  form.addEventListener("input", change);
  form.addEventListener("change", change);
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
    if (!isDraft) saving?.abort();
  });
  // Coming back to the page, or staying on it because the submit was stopped, saving goes on.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });
  window.addEventListener("online", () => {
    if (typed > saved) later(0);
  });
  // A closed tab or lid does not wait until the timer has run out.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && typed > saved && form.isConnected) save(true);
  });

  function change(event) {
    if (event.target.type === "file" || event.target.closest("#evidence")) return;
    typed += 1;
    later(AFTER);
  }

  function later(wait) {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  }

  async function save(keepalive = false) {
    if (saving || stopped || !form.isConnected) return;
    clearTimeout(timer);
    const sent = typed;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (name.startsWith("evidence-") || value instanceof File) data.delete(name);
    if (!isDraft) data.set("form_recovery", "keep");
    saving = new AbortController();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: data,
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        signal: saving.signal,
        keepalive: keepalive === true,
      });
      saving = null;
      await read(answer, sent);
    } catch {
      saving = null;
      if (stopped) return;
      tell("No connection. What you typed stays on this page, and is saved when the connection is back.");
      later(RETRY);
    }
  }

  async function read(answer, sent) {
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    const said = isJson ? await answer.json() : {};
    if (answer.status === 204 || (answer.ok && isJson)) {
      saved = sent;
      if (isDraft) {
        form.elements.version.value = said.version;
        const exempt = said.exempt_saved ? "" : " The exempt part is saved once it has its paragraph and its public summary.";
        told.textContent = said.saved_words + "." + exempt;
        if (noticed) pointOut(said.noticed || []);
      }
      if (sent === typed) {
        trouble.replaceChildren();
        if (!isDraft || said.exempt_saved) form.dispatchEvent(new CustomEvent("app:saved"));
      } else {
        later(AFTER);
      }
    } else if (answer.status === 401) {
      stopped = true;
      if (said.signed_out) tell(said.told || "You have been signed out. What you typed stays on this page. ", said.sign_in, said.link || "Sign in again");
      else tell(`You signed in again in another window. Press ${button} to go on.`);
    } else if (answer.status === 409) {
      stopped = true;
      tell("Somebody else saved this while you were working on it. Nothing you typed is lost: press “Save draft” to see both.");
    } else if (answer.status === 422) {
      stopped = true;
      tell(`Not saved: ${said.message}. What you typed stays on this page.`);
    } else {
      tell("It could not be saved just now. What you typed stays on this page; it is tried again soon.");
      later(RETRY);
    }
  }

  // Said once: an unchanged list is not read aloud again at each saving.
  function pointOut(words) {
    if (noticed.dataset.words === words.join("\n")) return;
    noticed.dataset.words = words.join("\n");
    noticed.replaceChildren();
    if (!words.length) return;
    const note = document.createElement("div");
    note.className = "app-note";
    const lead = document.createElement("p");
    lead.textContent = "This may be personal data. Progress needs none about victims or families: check that it may be public.";
    const list = document.createElement("ul");
    list.className = "govuk-list govuk-list--bullet";
    for (const one of words) list.append(Object.assign(document.createElement("li"), { textContent: one }));
    note.append(lead, list);
    noticed.append(note);
  }

  function tell(words, signIn, signInWords) {
    const note = document.createElement("p");
    note.className = "app-note";
    note.textContent = words;
    if (signIn) {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = signIn;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = `${signInWords} (opens in a new tab)`;
      note.append(link, `, then come back and press ${button}.`);
    }
    trouble.replaceChildren(note);
  }
}
