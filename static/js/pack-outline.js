// Follows the ticks of a pack's sections: the pages to expect. Without this they are right after each save.
const box = document.querySelector("[data-outline]");
const form = box?.closest("form");
const TOLD = ["sections", "edition", "start"];
const PAUSE = 150;
let waiting;
let latest = 0;

async function follow() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (TOLD.includes(name)) query.append(name, value);
  const mine = ++latest;
  try {
    const answer = await fetch(`${box.dataset.outline}?${query}`, { headers: { "X-Fragment": "1" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const text = await answer.text();
    if (mine === latest) box.querySelector("[data-outline-shown]").innerHTML = text;
  } catch {
    // What is shown stays; it is right again after the next save.
  }
}

form?.addEventListener("change", (event) => {
  if (!TOLD.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(follow, PAUSE);
});
