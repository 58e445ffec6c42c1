// The middle: one conversation, newest at the bottom, and the box one writes in.

import * as api from "./api.js";
import { announce, avatar, day, h } from "./dom.js";
import { drawMessage, refreshCard } from "./message.js";

const TYPING_LASTS = 8_000; // ms
const REFRESH_AFTER = 60_000; // ms since the last invoke, as Teams waits
const NEAR_BOTTOM = 80; // px

export class Conversation {
  /** Draw the conversation in `root`; `pressed` hears of card presses, `back` leaves on a phone. */
  constructor(root, { conversation, me, bot, pressed, back }) {
    this.place = { conversation, me, pressed: (press) => this.#invoked(press, pressed) };
    this.bot = bot;
    this.drawn = new Map();
    this.invokedAt = new Map();
    this.seen = new IntersectionObserver((entries) => this.#refreshSeen(entries));
    this.stopped = false;
    this.#draw(root, back);
  }

  #draw(root, back) {
    const { conversation } = this.place;
    const inPrivate = conversation.kind === "personal";
    this.items = h("ol", { class: "messages" });
    this.empty = h("p", { class: "empty" }, hint(conversation, this.bot));
    this.typing = h("p", { class: "typing", role: "status" });
    this.trouble = h("p", { class: "trouble", role: "alert" });
    this.words = h("textarea", {
      id: "words",
      rows: "1",
      "aria-label": "Skriv en besked",
      placeholder: inPrivate ? "Skriv en besked" : `Skriv en besked. Nævn @${this.bot} for at få svar`,
      oninput: () => this.#grow(),
      onkeydown: (event) => this.#onKey(event),
    });
    this.scroll = h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Beskeder" },
      this.empty,
      this.items,
      this.typing,
    );
    const mention = h(
      "button",
      { type: "button", class: "quiet", onclick: () => this.#mention(), title: `Nævn ${this.bot}` },
      "@",
      h("span", { class: "unseen" }, ` Nævn ${this.bot}`),
    );
    root.replaceChildren(
      h(
        "header",
        { class: "chat-head" },
        h("button", { type: "button", class: "quiet back", onclick: back }, "‹ Chats"),
        avatar(conversation.title, { bot: inPrivate }),
        h("h2", {}, conversation.title, conversation.team ? h("small", {}, conversation.team) : ""),
      ),
      this.scroll,
      this.trouble,
      h(
        "form",
        { class: "composer", onsubmit: (event) => this.#send(event) },
        inPrivate ? "" : mention,
        this.words,
        h("button", { type: "submit", class: "main" }, "Send"),
      ),
    );
  }

  /** Fetch the messages anew and redraw those that changed; what is being typed in others stays. */
  async load({ first = false } = {}) {
    const { conversation, me } = this.place;
    const messages = await api.messages(conversation.id, me.aad_id);
    if (this.stopped) return;
    const atBottom = first || this.#isAtBottom();
    const fresh = this.#merge(messages);
    this.empty.hidden = messages.length > 0;
    if (fresh.length) this.typing.replaceChildren();
    if (!first) for (const message of fresh) this.#announce(message);
    if (atBottom) this.scroll.scrollTop = this.scroll.scrollHeight;
    if (document.visibilityState === "visible") await api.read(conversation.id, me.aad_id);
  }

  /** Someone is writing; it is shown until they have written, or long enough. */
  someoneTypes() {
    this.typing.replaceChildren(avatar(this.bot, { bot: true }), `${this.bot} skriver …`);
    if (this.#isAtBottom()) this.scroll.scrollTop = this.scroll.scrollHeight;
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.typing.replaceChildren(), TYPING_LASTS);
  }

  /** Put words in the box, as a deep link does. */
  prefill(words) {
    this.words.value = words;
    this.#grow();
    this.words.focus();
  }

  stop() {
    this.stopped = true;
    this.seen.disconnect();
    clearTimeout(this.typingTimer);
  }

  #merge(messages) {
    const fresh = [];
    let lastDay = null;
    const items = [];
    const kept = new Set();
    for (const message of messages) {
      const under = day(message.at);
      if (under !== lastDay) items.push(h("li", { class: "day" }, under));
      lastDay = under;
      const told = JSON.stringify(message);
      const before = this.drawn.get(message.id);
      if (!before) fresh.push(message);
      if (before?.told !== told) this.#redraw(message, told);
      kept.add(message.id);
      items.push(this.drawn.get(message.id).element);
    }
    for (const id of this.drawn.keys()) if (!kept.has(id)) this.drawn.delete(id);
    arrange(this.items, items);
    return fresh;
  }

  #redraw(message, told) {
    const before = this.drawn.get(message.id);
    if (before) this.seen.unobserve(before.element);
    const hadFocus = before?.element.contains(document.activeElement);
    const element = drawMessage(message, this.place);
    this.drawn.set(message.id, { element, message, told });
    before?.element.replaceWith(element);
    if (hadFocus) (element.querySelector(".ac-adaptiveCard") ?? this.words).focus();
    if (message.card?.refresh?.action) this.seen.observe(element);
  }

  #refreshSeen(entries) {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      const { id } = entry.target.dataset;
      if (Date.now() - (this.invokedAt.get(id) ?? 0) < REFRESH_AFTER) continue;
      this.invokedAt.set(id, Date.now());
      refreshCard(entry.target, this.drawn.get(id).message, this.place);
    }
  }

  #invoked(press, pressed) {
    this.invokedAt.set(press.message, Date.now());
    pressed(press);
  }

  #announce(message) {
    if (message.from.aad === this.place.me.aad_id) return;
    const words = message.summary || message.text || message.card?.speak || "nyt kort";
    announce(`${message.from.name}: ${words}`);
  }

  #isAtBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
  }

  #grow() {
    this.words.style.height = "auto";
    this.words.style.height = `${Math.min(this.words.scrollHeight + 2, 160)}px`;
  }

  #mention() {
    this.prefill(`@${this.bot} ${this.words.value}`);
  }

  #onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.words.form.requestSubmit();
  }

  async #send(event) {
    event.preventDefault();
    const text = this.words.value.trim();
    if (!text) return;
    this.prefill("");
    this.trouble.replaceChildren();
    try {
      await api.say(this.place.conversation.id, this.place.me.aad_id, text);
      this.scroll.scrollTop = this.scroll.scrollHeight;
      await this.load();
    } catch (problem) {
      if (!this.words.value) this.prefill(text);
      this.trouble.replaceChildren(`Beskeden kunne ikke sendes. ${problem.message}`);
    }
  }
}

/** Put `items` in order into `list`, moving only what is out of place: focus and input stay. */
function arrange(list, items) {
  for (const old of [...list.children]) if (!items.includes(old)) old.remove();
  items.forEach((item, index) => {
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
}

function hint({ kind }, bot) {
  return kind === "personal"
    ? `Her er ingen beskeder endnu. Skriv "hej" til ${bot}.`
    : `Her er ingen beskeder endnu. Botten svarer, når du nævner @${bot}.`;
}
