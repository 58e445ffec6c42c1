// The app's own page, in a frame, as Teams shows a tab; it asks us who looks and in what colours.

import * as api from "./api.js";
import { h } from "./dom.js";

export const TAB = "tab";

export class Tab {
  /** Show the app's page in `root` for somebody; `back` leaves on a phone. */
  constructor(root, { me, bot, back }) {
    this.place = { conversation: { id: TAB } };
    this.me = me;
    this.frame = h("iframe", { class: "tab", title: `Overblik fra ${bot}` });
    this.hears = (event) => this.#answer(event);
    this.repaints = new MutationObserver(() => this.#tell({ theme: theme() }));
    addEventListener("message", this.hears);
    this.repaints.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    root.replaceChildren(
      h(
        "header",
        { class: "chat-head" },
        h("button", { type: "button", class: "quiet back", onclick: back }, "‹ Chats"),
        h("h2", {}, "Overblik"),
      ),
      this.frame,
    );
  }

  async load() {
    if (this.frame.src) return;
    const { url } = await api.tab(this.me.aad_id);
    this.frame.src = url;
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
      context: () => ({ app: { theme: theme() } }),
      token: async () => (await api.tab(this.me.aad_id)).token,
    };
    this.#tell({ number: data.number, answer: await answers[data.tab]?.() });
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
