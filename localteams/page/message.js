// One message: who, when, its words or its card, and what became of the last press on it.

import * as api from "./api.js";
import { draw } from "./card.js";
import { avatar, fullTime, h, hour } from "./dom.js";
import { textBody } from "./text.js";

const MARKS = { high: "VIGTIGT", urgent: "HASTER" };

/** Whether the bot wrote it. */
export const isFromBot = (message) => message.from.aad === null;

/** Whether a message stands under another one in a channel. */
export const isReply = ({ id, thread }) => Boolean(thread) && thread !== id;

export class MessageView {
  /**
   * Draw a message. `place` says where it stands and who looks: {conversation, me}, and hears
   * of presses (`pressed`) and of the wish to answer a post (`reply`).
   */
  constructor(message, place) {
    this.place = place;
    this.shown = null;
    this.head = h("p", { class: "message-head" });
    this.words = h("div", {});
    this.frame = h("div", { class: "card-frame" });
    this.status = h("p", { class: "status", role: "status" });
    this.element = this.#whole(message);
    this.update(message);
  }

  /** Show what changed; a card that did not stays, with what is being typed in it. */
  update(message) {
    this.message = message;
    this.head.replaceChildren(...this.#headOf(message));
    if (message.deleted)
      this.words.replaceChildren(h("p", { class: "deleted" }, "Beskeden er slettet."));
    else if (message.text)
      this.words.replaceChildren(textBody(message.text, { fromBot: isFromBot(message) }));
    else this.words.replaceChildren();
    this.#showCard(message.deleted ? null : message.card);
  }

  get wantsRefresh() {
    return Boolean(this.message.card?.refresh?.action);
  }

  /** Fetch how the card looks now for the one who sees it; silent when it cannot be had. */
  async refresh() {
    const { conversation, me } = this.place;
    const answer = await api
      .refresh(conversation.id, me.aad_id, this.message.id)
      .catch(() => ({}));
    if (answer.card) this.#showCard(answer.card);
  }

  #whole(message) {
    const mine = message.from.aad === this.place.me.aad_id;
    const look = ["message", mine && "mine", isReply(message) && "reply"]
      .filter(Boolean)
      .join(" ");
    return h(
      "li",
      { class: look, "data-id": message.id },
      mine ? "" : avatar(message.from.name, { bot: isFromBot(message) }),
      h("div", { class: "bubble" }, this.head, this.words, this.frame, this.status),
    );
  }

  #headOf(message) {
    const { from, at, edited, importance, id, thread } = message;
    const answer = () => this.place.reply(message);
    return [
      h("b", {}, from.name),
      h("time", { datetime: at, title: fullTime(at) }, hour(at)),
      edited && h("span", {}, "Redigeret"),
      MARKS[importance] && h("strong", {}, MARKS[importance]),
      thread === id &&
        h("button", { type: "button", class: "quiet reply-to", onclick: answer }, "Svar"),
    ].filter(Boolean);
  }

  #showCard(card) {
    const told = JSON.stringify(card);
    if (told === this.shown) return;
    this.shown = told;
    const hadFocus = this.frame.contains(document.activeElement);
    const drawn = card ? [draw(card, { onAction: (action) => this.#press(action) })] : [];
    this.frame.replaceChildren(...drawn);
    if (hadFocus) this.frame.querySelector(".ac-adaptiveCard")?.focus({ preventScroll: true });
  }

  /** Take a press to the bot, and show its answer: a new card, a line of words, or what went wrong. */
  async #press(action) {
    const { conversation, me } = this.place;
    const { id } = this.message;
    const again = () => api.press(conversation.id, me.aad_id, id, action);
    this.place.pressed({ title: action.title ?? action.verb ?? action.type, again });
    this.status.replaceChildren();
    try {
      const { card, text, error } = await again();
      if (card) this.#showCard(card);
      if (text) this.status.replaceChildren(text);
      if (error) this.#wentWrong(error);
    } catch (problem) {
      this.#wentWrong(problem.message);
    }
    this.#bringIntoView();
  }

  #wentWrong(words) {
    this.status.replaceChildren(h("span", { class: "went-wrong" }, words));
  }

  /** Let the answer be seen; a card taller than the window is seen from its top. */
  #bringIntoView() {
    const window = this.element.closest(".scroll");
    const tall = this.element.offsetHeight > (window?.clientHeight ?? 0);
    this.element.scrollIntoView({ block: tall ? "start" : "nearest" });
  }
}
