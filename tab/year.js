// The year of meetings: the wheel, and the same in a list by month.

import { h, picture } from "./dom.js";
import { papersList } from "./papers.js";

const OWN_CALENDAR = "calendar";

/** Draw the year in `root`; `go(year)` leads to another one, `keep(id)` gives a paper as a file. */
export function drawYear(root, year, { go, keep }) {
  const button = ({ year: to, words }) =>
    h("button", { type: "button", onclick: () => go(to) }, words);
  root.replaceChildren(
    h("h1", { tabindex: "-1" }, year.title),
    h("nav", { class: "years", "aria-label": year.title }, button(year.before), button(year.after)),
    h("p", {}, year.lead),
    h("p", {}, h("button", { type: "button", onclick: () => keep(OWN_CALENDAR) }, year.calendar)),
    papersList(year.papers, keep),
    year.wheel ? h("div", { class: "wheel" }, picture(year.wheel)) : "",
    year.months.length > 0 ? h("h2", {}, year.list) : "",
    ...year.months.map((month) => table(month, year.columns)),
  );
}

function table({ title, meetings }, columns) {
  return h(
    "table",
    {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, meetings.map(row)),
  );
}

function row({ day, hour, committee, number, past }) {
  const cells = [hour, committee, number].map((words) => h("td", {}, words));
  return h("tr", { class: past ? "past" : null }, h("th", { scope: "row" }, day), cells);
}
