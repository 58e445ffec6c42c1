// The tab: knows Teams, asks for views with the token of who looks, and lets a view draw itself.

import { h } from "./dom.js";
import { drawYear } from "./year.js";

const EVERY = 60_000; // ms between two looks
const at = (id) => document.getElementById(id);
let token = null;
let query = {};
let seen = { tag: null, key: null };

await begin();

async function begin() {
  try {
    const { app, authentication } = globalThis.microsoftTeams;
    await app.initialize();
    const context = await app.getContext();
    paint(context.app.theme);
    app.registerOnThemeChangeHandler(paint);
    app.notifySuccess();
    token = () => authentication.getAuthToken();
  } catch {
    tell("Åbn siden som fane i Teams.");
    return;
  }
  await look();
  setInterval(look, EVERY);
}

function paint(theme) {
  document.documentElement.dataset.theme = theme ?? "default";
}

function tell(words) {
  at("state").textContent = words;
  at("state").hidden = !words;
}

/** Ask for the view; draw it only where it changed since the last look. */
async function look() {
  const address = `/tab/views/year?${new URLSearchParams(query)}`;
  try {
    const headers = { Authorization: `Bearer ${await token()}` };
    if (seen.tag && seen.key === address) headers["If-None-Match"] = seen.tag;
    const answer = await fetch(address, { headers, cache: "no-store" });
    if (answer.status === 304) return tell("");
    if (!answer.ok) return tell((await answer.json()).message);
    seen = { tag: answer.headers.get("ETag"), key: address };
    drawYear(at("main"), await answer.json(), { go: (year) => go({ year }), keep });
    at("main").hidden = false;
    tell("");
  } catch {
    tell("Der er ingen forbindelse lige nu. Vi prøver igen om lidt.");
  }
}

/** Fetch a paper of one's own as a file; who may have it is proven by the token alone. */
async function keep(id) {
  try {
    const headers = { Authorization: `Bearer ${await token()}` };
    const answer = await fetch(`/tab/papers/${id}`, { headers, cache: "no-store" });
    if (!answer.ok) return tell((await answer.json()).message);
    const [, name] = answer.headers.get("Content-Disposition").match(/filename="([^"]+)"/);
    const file = URL.createObjectURL(await answer.blob());
    h("a", { href: file, download: name }).click();
    URL.revokeObjectURL(file);
    tell("");
  } catch {
    tell("Der er ingen forbindelse lige nu. Prøv igen om lidt.");
  }
}

async function go(wanted) {
  query = wanted;
  await look();
  at("main").querySelector("h1").focus();
}
