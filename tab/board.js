// The readiness board: every open alert at a glance, one alert closer, and figures across them.

import { h, picture, settle } from "./dom.js";

const BIG = 3; // changes that are told at once
let told = null;

/** Draw the board; `go(query, view)` leads on, `says(words)` tells of changes. */
export function drawBoard(root, board, { go, says }) {
  const pieces = board.groups.flatMap((group, place) => [
    words(`group-${place}`, "h2", group.title),
    ...(group.lines.length === 0 ? [words(`none-${place}`, "p", group.none)] : []),
    ...group.lines.map((line) => ({
      key: line.id,
      said: { ...line, age: null },
      draw: () => card(line, go),
    })),
  ]);
  settle(root, [heading(board.title), words("lead", "p", board.lead), ...pieces]);
  const lines = board.groups.flatMap((group) => group.lines);
  for (const { id, age } of lines) write(`age-${id}`, age);
  tell(lines, says);
}

/** Draw one alert; `keep(id)` gives a paper of it as a file. */
export function drawAlert(root, alert, { go, keep, says }) {
  if (alert.mark) root.dataset.mark = alert.mark;
  settle(root, [
    {
      key: "back",
      said: alert.back,
      draw: () =>
        h("p", {}, h("button", { type: "button", onclick: () => go({}, "board") }, alert.back)),
    },
    heading(alert.title, alert.drill ? "drill" : null),
    { key: "age", said: 0, draw: () => h("p", { class: "age", id: `age-${alert.id}` }) },
    ...alert.standing.map((text, place) => words(`standing-${place}`, "p", text, "standing")),
    { key: "facts", said: alert.facts, draw: () => facts(alert.facts) },
    {
      key: "authorities",
      said: alert.authorities,
      draw: () => section(h("h2", {}, alert.authorities.title), authorities(alert.authorities)),
    },
    ...figures(alert),
    ...alert.tables.map((each) => ({ key: each.title, said: each, draw: () => tabled(each) })),
    { key: "papers", said: alert.papers, draw: () => papers(alert.papers, keep) },
  ]);
  write(`age-${alert.id}`, alert.age);
  tell([alert], says);
}

/** Draw the figures across alerts. */
export function drawFigures(root, view) {
  settle(root, [heading(view.title), words("lead", "p", view.lead), ...figures(view)]);
}

/** Say which alerts are new or stand otherwise than at the last look; at the first, nothing. */
function tell(lines, says) {
  const before = told;
  told = new Map([...(before ?? []), ...lines.map((line) => [line.id, line.told])]);
  if (!before) return;
  const changed = lines.filter((line) => before.get(line.id) !== line.told);
  if (changed.length > 0) says(changed.slice(0, BIG).map((line) => line.told).join(" "));
}

function card(line, go) {
  const id = `toast-${line.id}`;
  const open = { type: "button", id: `open-${line.id}` };
  const marks = ["alert", line.drill && "drill", line.lacks && "lacks"].filter(Boolean);
  return h(
    "article",
    { class: marks.join(" "), "aria-labelledby": id },
    h("h3", { id }, line.toast),
    h("p", { class: "age", id: `age-${line.id}` }),
    facts(line.facts),
    line.authorities.rows.length > 0 ? authorities(line.authorities) : "",
    counts(line.delivery),
    h("p", {}, h("button", { ...open, onclick: () => go({ alert: line.id }, "alert") }, line.open)),
  );
}

const section = (...children) => h("section", {}, ...children);

const heading = (text, mark = null) => words("title", "h1", text, mark);

function words(key, tag, text, mark = null) {
  const focus = tag === "h1" ? "-1" : null;
  return { key, said: [text, mark], draw: () => h(tag, { class: mark, tabindex: focus }, text) };
}

function write(id, text) {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
}

function facts(rows) {
  const pair = ([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return h("dl", { class: "facts" }, rows.map(pair));
}

/** Say of each authority whether enough are joining: in words, by shape, and then by colour. */
function authorities({ title, rows }) {
  const one = ({ name, words: said, lacks }) =>
    h("li", { class: lacks ? "lacks" : "met" }, h("b", {}, name), ` ${said}`);
  return h("ul", { class: "authorities", "aria-label": title }, rows.map(one));
}

function counts({ title, rows }) {
  const row = ([name, number]) =>
    h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, String(number)));
  return h("table", { class: "counts" }, h("caption", {}, title), h("tbody", {}, rows.map(row)));
}

function figures({ figures: drawn, table: fold }) {
  return drawn.map((each, place) => ({
    key: `figure-${place}`,
    said: each,
    draw: () => figure(each, fold, place),
  }));
}

function figure({ title, desc, svg, head, rows }, fold, place) {
  const under = h(
    "details",
    { id: `table-${place}` },
    h("summary", { id: `fold-${place}` }, `${fold}: ${title}`),
    table(head, rows, title),
  );
  return h(
    "figure",
    { class: "drawn" },
    h("h2", { class: "unseen" }, title),
    h("div", { class: "wide", tabindex: "0", role: "group", "aria-label": title }, picture(svg)),
    h("figcaption", {}, desc),
    rows.length > 0 ? under : "",
  );
}

function tabled({ title, lead, head, rows }) {
  return section(
    h("h2", {}, title),
    lead ? h("p", {}, lead) : "",
    rows.length > 0 ? table(head, rows, title) : "",
  );
}

function table(head, rows, title) {
  const cell = (text, place) =>
    place === 0
      ? h("th", { scope: "row", "data-head": head[place] }, String(text))
      : h("td", { "data-head": head[place] }, String(text));
  return h(
    "div",
    { class: "wide", tabindex: "0", role: "group", "aria-label": title },
    h(
      "table",
      { class: "told" },
      h("caption", { class: "unseen" }, title),
      h("thead", {}, h("tr", {}, head.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell)))),
    ),
  );
}

function papers({ title, lead, rows }, keep) {
  const button = ({ id, words: said }) =>
    h("li", {}, h("button", { type: "button", id, onclick: () => keep(id) }, said));
  return h(
    "section",
    { class: "papers kinds" },
    h("h2", {}, title),
    h("p", {}, lead),
    h("ul", {}, rows.map(button)),
  );
}
