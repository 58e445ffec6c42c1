// The tab: knows Teams, asks for views with the token of who looks, and lets a view draw itself.

import { drawAlert, drawBoard, drawFigures } from "./board.js";
import { h } from "./dom.js";
import { Freshness } from "./fresh.js";
import { drawYear } from "./year.js";

const EVERY = { board: 7_000, alert: 7_000, year: 60_000, figures: 60_000 }; // ms between two looks
const NOT_FOR_THEM = [401, 403];
const AT_MOST = 9_000; // ms to wait for an answer
const DRAW = { board: drawBoard, alert: drawAlert, year: drawYear, figures: drawFigures };
const at = (id) => document.getElementById(id);
const fresh = new Freshness(at("fresh"));
let token = null;
let shown = { view: "year", query: {} };
let seen = { tag: null, key: null };
let waiting = 0;

await begin();

async function begin() {
  try {
    const { app, authentication } = globalThis.microsoftTeams;
    await app.initialize();
    const context = await app.getContext();
    paint(context.app.theme);
    app.registerOnThemeChangeHandler(paint);
    app.notifySuccess();
    token = () => inTime(authentication.getAuthToken());
    shown = asked(context.page?.subPageId);
  } catch {
    tell("Åbn siden som fane i Teams.");
    return;
  }
  document.addEventListener("visibilitychange", look);
  for (const line of ["online", "offline"]) addEventListener(line, look);
  addEventListener("beforeprint", () => unfold(true));
  addEventListener("afterprint", () => unfold(false));
  await look();
}

/** Say what is to be shown first: an alert that a link names, or what the tab is for. */
function asked(alert) {
  if (alert) return { view: "alert", query: { alert } };
  const wanted = new URLSearchParams(location.search).get("show");
  return { view: wanted in DRAW ? wanted : "year", query: {} };
}

/** Wait for Teams no longer than for our own server: without a line it may never answer. */
function inTime(answer) {
  const late = new Promise((_, reject) => setTimeout(reject, AT_MOST, new Error("late")));
  return Promise.race([answer, late]);
}

function paint(theme) {
  document.documentElement.dataset.theme = theme ?? "default";
}

function tell(words) {
  at("state").textContent = words;
  at("state").hidden = !words;
}

/** Look, and look again after a while; a page that nobody sees does not ask. */
async function look() {
  clearTimeout(waiting);
  if (document.hidden) return fresh.sleeps();
  await ask(shown);
  clearTimeout(waiting);
  waiting = setTimeout(look, EVERY[shown.view]);
}

/** Ask for the view; draw it only where it changed since the last look. */
async function ask(wanted) {
  const { view, query } = wanted;
  const address = `/tab/views/${view}?${new URLSearchParams(query)}`;
  try {
    const headers = { Authorization: `Bearer ${await token()}` };
    if (seen.tag && seen.key === address) headers["If-None-Match"] = seen.tag;
    const signal = AbortSignal.timeout(AT_MOST);
    const answer = await fetch(address, { headers, signal, cache: "no-store" });
    const drawn = answer.ok ? await answer.json() : null;
    if (wanted !== shown) return;
    if (drawn) draw(view, drawn, { tag: answer.headers.get("ETag"), key: address });
    else if (answer.status !== 304) return refused(answer.status, (await answer.json()).message);
    fresh.now();
    tell("");
  } catch {
    if (wanted === shown) lost();
  }
}

function draw(view, drawn, { tag, key }) {
  const first = seen.key !== key;
  seen = { tag, key };
  navigate(drawn.nav, view);
  fresh.speaks(view === "year" ? null : drawn);
  const main = at("main");
  if (first) {
    main.replaceChildren();
    delete main.dataset.mark;
  }
  DRAW[view](main, drawn, { go, keep, says });
  main.hidden = false;
}

/** Say why there is no answer; show nothing of what somebody may see no more. */
function refused(status, words) {
  if (NOT_FOR_THEM.includes(status)) {
    seen = { tag: null, key: null };
    at("main").hidden = true;
  }
  tell(words);
}

function lost() {
  tell(fresh.lost() ?? "Der er ingen forbindelse lige nu. Vi prøver igen om lidt.");
}

/** Tell a screen reader what has changed, and nothing else. */
function says(words) {
  at("told").textContent = words;
}

function navigate(words, view) {
  const here = view === "alert" ? "board" : view;
  const buttons = Object.entries(words).map(([to, name]) =>
    h(
      "button",
      { type: "button", "aria-current": to === here ? "page" : null, onclick: () => go({}, to) },
      name,
    ),
  );
  if (at("nav").dataset.here === here) return;
  at("nav").dataset.here = here;
  at("nav").hidden = false;
  at("nav").replaceChildren(...buttons);
}

/** Fetch a paper as a file; who may have it is proven by the token alone. */
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

async function go(query, view = shown.view) {
  shown = { view, query };
  says("");
  await look();
  at("main").querySelector("h1")?.focus();
}

/** Let the tables under the figures be on paper too. */
function unfold(open) {
  for (const each of document.querySelectorAll("details")) {
    if (open) each.dataset.was = each.open;
    each.open = open || each.dataset.was === "true";
  }
}
