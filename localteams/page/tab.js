// The app's own page, in a frame, as Teams shows a tab; it asks us who looks and in what colours.

import * as api from "./api.js";
import { h } from "./dom.js";

export const TABS = [
  { id: "tab", title: "Overblik", search: "" },
  { id: "tab:readiness", title: "Beredskab", search: "?show=board" },
];

/** Find the tab that an address names; what stands after it is what a link wants to see there. */
export function tabOf(id) {
  const tab = TABS.findLast((each) => id === each.id || id.startsWith(`${each.id}:`));
  return tab && { ...tab, place: id.slice(tab.id.length + 1) };
}

/** Give the address here of what a link into Teams names: a tab, and perhaps a place in it. */
export function tabLinked(href) {
  const { pathname, searchParams } = new URL(href);
  const tab = TABS.find(({ id }) => id === `tab:${pathname.split("/").at(-1)}`) ?? TABS[0];
  const { subEntityId } = JSON.parse(searchParams.get("context") ?? "{}");
  return subEntityId ? `${tab.id}:${subEntityId}` : tab.id;
}

export class Tab {
  /** Show the app's page in `root` for somebody; `back` leaves on a phone. */
  constructor(root, { tab, me, bot, back }) {
    this.place = { conversation: { id: tab.id } };
    this.tab = tab;
    this.me = me;
    this.frame = h("iframe", { class: "tab", title: `${tab.title} fra ${bot}` });
    this.hears = (event) => this.#answer(event);
    this.repaints = new MutationObserver(() => this.#tell({ theme: theme() }));
    addEventListener("message", this.hears);
    this.repaints.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    root.replaceChildren(
      h(
        "header",
        { class: "chat-head" },
        h("button", { type: "button", class: "quiet back", onclick: back }, "‹ Chats"),
        h("h2", {}, tab.title),
      ),
      this.frame,
    );
  }

  async load() {
    if (this.frame.src) return;
    const { url } = await api.tab(this.me.aad_id);
    this.frame.src = `${url}${this.tab.search}`;
  }

  someoneTypes() {}

  prefill() {}

  stop() {
    removeEventListener("message", this.hears);
    this.repaints.disconnect();
  }

  async #answer({ source, data }) {
    if (source !== this.frame.contentWindow || !data?.tab) return;
    const answers = {
      hello: () => null,
      context: () => ({ app: { theme: theme() }, page: { subPageId: this.tab.place } }),
      token: async () => (await api.tab(this.me.aad_id)).token,
    };
    try {
      this.#tell({ number: data.number, answer: await answers[data.tab]?.() });
    } catch (problem) {
      this.#tell({ number: data.number, failed: problem.message || "failed" });
    }
  }

  #tell(what) {
    this.frame.contentWindow?.postMessage(what, new URL(this.frame.src || location).origin);
  }
}

/** The colours by the names that Teams has for them. */
function theme() {
  const ours = document.documentElement.dataset.theme;
  return ours === "light" ? "default" : ours;
}
