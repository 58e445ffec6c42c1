// One's own papers: what there is, and a button that fetches each.

import { h } from "./dom.js";

/** Draw the list; `keep(id)` gives one of them as a file. */
export function papersList({ title, lead, rows }, keep) {
  return h(
    "section",
    { class: "papers", "aria-label": title },
    h("h2", {}, title),
    h("p", {}, lead),
    rows.length > 0 ? h("ul", {}, rows.map((paper) => line(paper, keep))) : "",
  );
}

function line({ id, words, when }, keep) {
  return h(
    "li",
    {},
    h("button", { type: "button", onclick: () => keep(id) }, words),
    h("span", { class: "when" }, when),
  );
}
