// Follows a pack while it is made. Without this the page is fetched again as a whole.
const box = document.querySelector("[data-pack-progress]");
let failures = 0;

async function look() {
  try {
    const answer = await fetch(box.dataset.packProgress, { headers: { "X-Fragment": "1" } });
    if (!answer.ok) throw new Error(answer.status);
    failures = 0;
    if (answer.headers.get("X-Waiting") !== "1") return location.reload();
    const text = await answer.text();
    if (text !== box.dataset.shown) {
      box.innerHTML = text;
      box.dataset.shown = text;
    }
  } catch {
    failures += 1;
  }
  setTimeout(look, Math.min(1500 * 2 ** failures, 30000));
}

if (box) setTimeout(look, 1000);
