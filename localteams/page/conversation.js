// The middle: one conversation, newest at the bottom, and the box one writes in.

import * as api from "./api.js";
import { announce, avatar, day, h } from "./dom.js";
import { MessageView, isFromBot, isReply } from "./message.js";
import { withoutMarkdown } from "./text.js";

const TYPING_LASTS = 8_000; // ms
const NEAR_BOTTOM = 80; // px

export class Conversation {
  /** Draw the conversation in `root`; `pressed` hears of card presses, `back` leaves on a phone. */
  constructor(root, { conversation, me, bot, pressed, back }) {
    this.place = {
      conversation,
      me,
      pressed,
      reply: (post) => this.#answer(post),
    };
    this.bot = bot;
    this.views = new Map();
    this.seen = new IntersectionObserver((entries) => this.#refreshSeen(entries));
    this.asked = 0;
    this.loaded = false;
    this.stopped = false;
    this.thread = null;
    this.#draw(root, back);
  }

  #draw(root, back) {
    const { conversation } = this.place;
    const inPrivate = conversation.kind === "personal";
    this.items = h("ol", { class: "messages" });
    this.empty = h("p", { class: "empty" }, hint(conversation, this.bot));
    this.typing = h("p", { class: "typing", role: "status" });
    this.answering = h("p", { class: "answering" });
    this.note = h("p", { class: "answering", role: "status" });
    this.trouble = h("p", { class: "trouble", role: "alert" });
    this.words = h("textarea", {
      id: "words",
      rows: "1",
      "aria-label": "Skriv en besked",
      placeholder: "Skriv en besked",
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
      {
        type: "button",
        class: "quiet",
        onclick: () => this.#mention(),
        title: `Nævn ${this.bot}`,
      },
      "@",
      h("span", { class: "unseen" }, ` Nævn ${this.bot}`),
    );
    root.replaceChildren(
      h(
        "header",
        { class: "chat-head" },
        h("button", { type: "button", class: "quiet back", onclick: back }, "‹ Chats"),
        avatar(conversation.title, { bot: inPrivate }),
        h(
          "h2",
          {},
          conversation.title,
          conversation.team ? h("small", {}, conversation.team) : "",
        ),
      ),
      this.scroll,
      this.trouble,
      this.note,
      this.answering,
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
  async load() {
    const { conversation, me } = this.place;
    const turn = (this.asked += 1);
    const messages = await api.messages(conversation.id, me.aad_id);
    if (this.stopped || turn !== this.asked) return;
    const first = !this.loaded;
    this.loaded = true;
    const follow = first || this.#isAtBottom();
    const fresh = this.#merge(messages);
    this.empty.hidden = messages.length > 0;
    if (fresh.some(isFromBot)) this.typing.replaceChildren();
    if (!first) for (const message of fresh) this.#announce(message);
    if (follow) this.#scrollDown();
    if (document.visibilityState === "visible") await api.read(conversation.id, me.aad_id);
  }

  /** Someone is writing; it is shown until they have written, or long enough. */
  someoneTypes() {
    this.typing.replaceChildren(avatar(this.bot, { bot: true }), `${this.bot} skriver …`);
    if (this.#isAtBottom()) this.#scrollDown();
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
    const fresh = messages.filter((message) => !this.views.has(message.id));
    const items = [];
    let under = null;
    for (const message of inThreads(messages)) {
      const title = day(message.at);
      if (title !== under && !isReply(message))
        items.push(h("li", { class: "day" }, (under = title)));
      items.push(this.#show(message));
    }
    const kept = new Set(messages.map((message) => message.id));
    for (const id of this.views.keys()) if (!kept.has(id)) this.views.delete(id);
    arrange(this.items, items);
    return fresh;
  }

  /** The element of a message, drawn anew only where it changed. */
  #show(message) {
    const view = this.views.get(message.id) ?? new MessageView(message, this.place);
    view.update(message);
    this.views.set(message.id, view);
    this.seen.unobserve(view.element);
    if (view.wantsRefresh) this.seen.observe(view.element);
    return view.element;
  }

  /** Go to the bottom, as Teams does: a card's current question and its buttons are there. */
  #scrollDown() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  /** Cards that came into view, or changed in view, may be refreshed; the stand-in knows when. */
  #refreshSeen(entries) {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      this.views.get(entry.target.dataset.id)?.refresh();
    }
  }

  /** Write in the thread of a post from now on; null to write a new post again. */
  #answer(post) {
    this.thread = post?.id ?? null;
    const stop = () => this.#answer(null);
    this.answering.replaceChildren(
      post ? `Du svarer ${post.from.name}. ` : "",
      post
        ? h("button", { type: "button", class: "quiet", onclick: stop }, "Skriv nyt opslag")
        : "",
    );
    this.words.focus();
  }

  #announce(message) {
    if (message.from.aad === this.place.me.aad_id) return;
    const text = message.summary || withoutMarkdown(message.text);
    const words = text || message.card?.speak || "nyt kort";
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
    this.note.replaceChildren();
    try {
      const { conversation, me } = this.place;
      this.#scrollDown();
      const thread = this.thread ?? undefined;
      const said = await api.say(conversation.id, me.aad_id, { text, thread });
      if (said.error) this.trouble.replaceChildren(said.error);
      else if (!said.sent_to_bot)
        this.note.replaceChildren(`${this.bot} hører kun, hvad der nævner @${this.bot}.`);
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

/** Replies right after the post they belong to; everything else as it came. */
function inThreads(messages) {
  const replies = Map.groupBy(messages.filter(isReply), (message) => message.thread);
  return messages
    .filter((message) => !isReply(message))
    .flatMap((post) => [post, ...(replies.get(post.id) ?? [])]);
}

function hint({ kind }, bot) {
  return kind === "personal"
    ? `Her er ingen beskeder endnu. Skriv "hej" til ${bot}.`
    : `Her er ingen beskeder endnu. Botten svarer, når du nævner @${bot}.`;
}
