// Small comforts. Every page works without this file.
"use strict";

// An error summary is what a person must read first.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// Progress: an element with `data-poll` is replaced by the fragment at that address, until a fragment comes without one.
const pollEvery = 2000;

function samePlace(address) {
  const url = new URL(address, location.href);
  return url.origin === location.origin ? url : null;
}

async function poll(element, wait) {
  await new Promise((resolve) => setTimeout(resolve, wait));
  const url = samePlace(element.dataset.poll);
  if (!url || !element.isConnected) return;
  let next = element;
  try {
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fragment = element.id ? page.getElementById(element.id) : page.body.firstElementChild;
    if (!fragment) return;
    next = document.importNode(fragment, true);
    element.replaceWith(next);
    wait = pollEvery;
  } catch {
    wait = Math.min(wait * 2, 60000);
  }
  if (next.dataset.poll) poll(next, wait);
}

for (const element of document.querySelectorAll("[data-poll]")) poll(element, pollEvery);

// Character counts: the hint under the text says how many are left. Read aloud only after a pause.
for (const area of document.querySelectorAll("textarea[data-limit]")) {
  const words = document.getElementById(area.id + "-count");
  if (!words) continue;
  const limit = Number(area.dataset.limit);
  const spoken = document.createElement("span");
  spoken.className = "unseen";
  spoken.setAttribute("aria-live", "polite");
  words.after(spoken);
  let timer = 0;
  const say = () => {
    // Characters as the server counts them: code points, with a line end as one.
    const left = limit - Array.from(area.value).length;
    const number = Math.abs(left).toLocaleString("en-GB");
    const unit = Math.abs(left) === 1 ? "character" : "characters";
    words.textContent = left < 0 ? `You have ${number} ${unit} too many` : `You have ${number} ${unit} left`;
    words.classList.toggle("over-limit", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => { spoken.textContent = words.textContent; }, 1000);
  };
  area.addEventListener("input", say);
  say();
}

// Whoever writes a new version of a field has chosen it.
for (const area of document.querySelectorAll("textarea[data-chooses]")) {
  area.addEventListener("input", () => { document.getElementById(area.dataset.chooses).checked = true; });
}

// Text that is not saved: ask before the page is left.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let touched = form.dataset.guard === "unsaved";
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
}
