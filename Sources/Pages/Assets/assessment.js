// Asks one question after the other without waiting for the network. Every answer goes to the server as it is given; what
// has not arrived stays in memory and is sent again. Nothing is kept on the device. The pages work without this file.
"use strict";

const asking = document.getElementById("asking");
const waiting = new Map(); // by key of question: what has not reached the server
let sending = false, tries = 0, timer = 0, isWhole = false;

const state = () => asking.querySelector(".ask-state");
const steps = () => [...asking.querySelectorAll("[data-step]")];
const step = (key) => steps().find((one) => one.dataset.step === key);
const words = (one) => one.querySelector("textarea[id^='words-']");

function say(text, isProblem) {
  const place = state();
  place.textContent = text;
  place.classList.toggle("ask-unsaved", Boolean(isProblem));
}

async function page(answer) {
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// All questions are fetched once; from then on no signal is needed to go on.
async function fetchWhole() {
  try {
    const answer = await fetch(asking.dataset.asking, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    const found = [...(await page(answer)).querySelectorAll("[data-step]")].map((one) => document.importNode(one, true));
    const here = asking.querySelector("[data-step]");
    if (!found.some((one) => one.dataset.step === here.dataset.step)) return;
    for (const one of found) {
      if (one.dataset.step === here.dataset.step) { asking.insertBefore(here, state()); continue; }
      one.hidden = true;
      asking.insertBefore(one, state());
    }
    isWhole = true;
  } catch { /* Without them each answer loads the next page. */ }
}

function isAsked(one) {
  const called = one.dataset.called;
  return !called || called.split(" ").some((key) => step(key)?.dataset.counts === "1");
}

function following(one) {
  const all = steps(), isOpen = (other) => isAsked(other) && other.dataset.answered !== "1";
  return all.slice(all.indexOf(one) + 1).find(isOpen) || all.find(isOpen);
}

function show(one, isBack) {
  delete asking.dataset.leaving;
  for (const other of steps()) other.hidden = other !== one;
  if (!isBack) history.pushState({ step: one.dataset.step }, "", one.dataset.address);
  const heading = one.querySelector("h1, h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  // The buttons come to the same place each time: no scrolling back.
  asking.scrollIntoView();
  document.title = heading.textContent + " – Holdfast";
  const before = steps().slice(0, steps().indexOf(one)).filter(isAsked).pop();
  const back = document.querySelector("[data-back]"), another = document.querySelector("[data-another]");
  if (back) { back.hidden = !before; back.href = before ? before.dataset.address : ""; }
  if (another) another.hidden = true;
}

function fields(one, reply) {
  const form = one.querySelector("form"), body = new URLSearchParams(new FormData(form));
  body.set("reply", reply);
  return { address: form.getAttribute("action"), body };
}

function keep(one, reply) {
  one.dataset.answered = "1";
  waiting.set(one.dataset.step, fields(one, reply));
  send();
}

// What stands, when words are typed after it was chosen.
function standing(one) {
  const pressed = one.querySelector("button[aria-pressed='true']");
  if (pressed) return pressed.value;
  return one.querySelector("button[value='written']") && words(one).value.trim() ? "written" : "";
}

function leaveWhenSaved() {
  asking.dataset.leaving = "1";
  if (waiting.size === 0) location.assign(asking.dataset.done);
}

asking?.addEventListener("submit", (event) => {
  if (!isWhole) return;
  event.preventDefault();
  const one = event.target.closest("[data-step]"), button = event.submitter;
  let reply = button ? button.value : standing(one);
  if (reply === "keep") reply = standing(one);
  if (reply === "" || (reply === "written" && !words(one).value.trim())) return words(one).focus();
  if (reply === "not-asked" && !one.querySelector("input[id^='reason-']").value.trim()) {
    return one.querySelector("input[id^='reason-']").focus();
  }
  const isNext = button && button.closest(".ask-next");
  if (!isNext) {
    for (const other of one.querySelectorAll("button[aria-pressed]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    one.dataset.counts = button?.dataset.counts || "";
    one.querySelector(".ask-next").hidden = false;
  } else if (reply === "written") {
    one.dataset.counts = "1";
  }
  keep(one, reply);
  if (!isNext && one.dataset.counts === "1" && !words(one).value.trim()) return words(one).focus();
  const next = following(one);
  if (next) show(next);
  else leaveWhenSaved();
});

// Words are saved in every pause, so that a lost page loses nothing.
asking?.addEventListener("input", (event) => {
  const one = event.target.closest("[data-step]");
  if (!isWhole || !one) return;
  one.dataset.typed = "1";
  clearTimeout(one.pause);
  one.pause = setTimeout(() => { if (standing(one)) keep(one, standing(one)); }, 1500);
});

document.querySelector("[data-back]")?.addEventListener("click", (event) => {
  const path = event.target.getAttribute("href"), one = isWhole && steps().find((other) => other.dataset.address === path);
  if (!one) return;
  event.preventDefault();
  show(one);
});

// The token of a new sign-in, unless it is somebody else's: nothing is ever sent in another's name.
async function freshToken() {
  const answer = await fetch(location.pathname + location.search, { credentials: "same-origin" });
  const found = answer.ok && (await page(answer)).querySelector("#asking");
  const token = found && found.querySelector("input[name='form-token']");
  if (!token) throw new Error("signed out");
  if (found.dataset.user !== asking.dataset.user) throw new Error("somebody else");
  for (const field of document.querySelectorAll("input[name='form-token']")) field.value = token.value;
  for (const item of waiting.values()) item.body.set("form-token", token.value);
}

const troubles = {
  "signed out": "You are signed out. What you typed is kept on this page: sign in again in another tab, and it is sent.",
  "somebody else": "Somebody else is signed in. What you typed is kept on this page: sign in as yourself in another tab, "
    + "and it is sent.",
};

async function send() {
  if (sending || waiting.size === 0) return;
  sending = true;
  clearTimeout(timer);
  say("Saving…");
  try {
    while (waiting.size > 0) {
      const [key, item] = waiting.entries().next().value;
      await post(key, item);
      if (waiting.get(key) === item) waiting.delete(key);
    }
    tries = 0;
    say("Saved");
    if (asking.dataset.leaving) leaveWhenSaved();
  } catch (problem) {
    say(troubles[problem.message] || "Not saved yet – trying again", true);
    timer = setTimeout(send, Math.min(1000 * 2 ** tries++, 15000));
  }
  sending = false;
}

async function post(key, item, isAgain) {
  const one = step(key), seen = one.querySelector("input[name='seen']");
  item.body.set("seen", seen.value);
  const answer = await fetch(item.address, {
    method: "POST", body: item.body, credentials: "same-origin", redirect: "manual",
    headers: { Accept: "application/json" },
  });
  if (answer.ok) {
    seen.value = (await answer.json()).seen;
    if (waiting.get(key) === item) delete one.dataset.typed;
    return;
  }
  if (answer.status === 409 || answer.status === 422) return put(one, await page(answer));
  const isSignedOut = answer.type === "opaqueredirect" || answer.status === 403;
  if (!isSignedOut || isAgain) throw new Error(isSignedOut ? "signed out" : "not saved");
  await freshToken();
  return post(key, item, true);
}

// Another device answered the same question, or something is wrong with the answer: both are shown.
function put(one, found) {
  const problem = found.querySelector(".error-summary"), next = found.querySelector("[data-step]");
  if (!next) return say(found.querySelector("main")?.innerText || "This could not be saved.", true);
  const fresh = document.importNode(next, true);
  fresh.hidden = one.hidden;
  if (problem) fresh.prepend(document.importNode(problem, true));
  one.replaceWith(fresh);
  if (fresh.hidden) show(fresh);
}

window.addEventListener("online", () => { tries = 0; send(); });
window.addEventListener("popstate", (event) => {
  const one = isWhole && steps().find((other) => other.dataset.address === location.pathname + location.search);
  if (one) show(one, true);
  else location.reload();
});
window.addEventListener("beforeunload", (event) => {
  if (waiting.size > 0 || steps().some((one) => one.dataset.typed === "1")) event.preventDefault();
});

if (asking) fetchWhole();
