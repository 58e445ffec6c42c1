// One message: who, when, its words or its card, and what became of the last press on it.

import * as api from "./api.js";
import { draw } from "./card.js";
import { avatar, fullTime, h, hour } from "./dom.js";
import { textBody } from "./text.js";

const FAILED = "Noget gik galt. Prøv igen.";

/** Draw one message. `place` is {conversation, me, pressed}: where it stands and who looks. */
export function drawMessage(message, place) {
  const mine = message.from.aad === place.me.aad_id;
  const fromBot = message.from.aad === null;
  const status = h("p", { class: "status", role: "status" });
  return h(
    "li",
    { class: `message ${mine ? "mine" : ""} ${isReply(message) ? "reply" : ""}`, "data-id": message.id },
    mine ? "" : avatar(message.from.name, { bot: fromBot }),
    h("div", { class: "bubble" }, headOf(message, place), bodyOf(message, { fromBot, place, status }), status),
  );
}

/** Whether a message stands under another one in a channel. */
export const isReply = ({ id, thread }) => Boolean(thread) && thread !== id;

/** Draw the line above a message. */
export function headOf(message, { reply }) {
  const { from, at, edited, importance } = message;
  const isPost = message.thread === message.id;
  const answer = () => reply(message);
  return h(
    "p",
    { class: "message-head" },
    h("b", {}, from.name),
    h("time", { datetime: at, title: fullTime(at) }, hour(at)),
    edited ? h("span", {}, "Redigeret") : "",
    { high: h("strong", {}, "VIGTIGT"), urgent: h("strong", {}, "HASTER") }[importance] ?? "",
    isPost && h("button", { type: "button", class: "quiet reply-to", onclick: answer }, "Svar"),
  );
}

function bodyOf(message, { fromBot, place, status }) {
  if (message.deleted) return h("p", { class: "deleted" }, "Beskeden er slettet.");
  const words = message.text ? textBody(message.text, { fromBot }) : "";
  if (!message.card) return words;
  const frame = h("div", { class: "card-frame" });
  showCard(frame, message.card, { message, place, status });
  return h("div", {}, words, frame);
}

function showCard(frame, card, seat) {
  seat.place.showed(seat.message.id, card);
  const hadFocus = frame.contains(document.activeElement);
  frame.replaceChildren(draw(card, { onAction: (action) => pressOn(frame, action, seat) }));
  if (hadFocus) frame.querySelector(".ac-adaptiveCard")?.focus({ preventScroll: true });
}

async function pressOn(frame, action, seat) {
  const { message, place, status } = seat;
  status.replaceChildren();
  const again = () => api.press(place.conversation.id, place.me.aad_id, message.id, action);
  place.pressed({ message: message.id, title: action.title ?? action.verb ?? action.type, again });
  await show(again(), frame, seat);
}

/** Fetch what the card looks like now for the one who sees it; silent when it cannot be had. */
export async function refreshCard(element, message, place) {
  const frame = element.querySelector(".card-frame");
  const answer = api.refresh(place.conversation.id, place.me.aad_id, message.id);
  const status = element.querySelector(".status");
  const before = JSON.stringify(message.card);
  const { card } = await answer.catch(() => ({}));
  if (card && JSON.stringify(card) !== before) showCard(frame, card, { message, place, status });
}

/** Show the bot's answer as Teams does: a new card, a line of words, or that it went wrong. */
async function show(answer, frame, seat) {
  try {
    const { ok, card, text, error } = await answer;
    if (card) showCard(frame, card, seat);
    if (text) seat.status.replaceChildren(text);
    if (!ok) fail(seat.status, error);
  } catch (problem) {
    fail(seat.status, problem.message);
  }
}

function fail(status, why) {
  status.replaceChildren(h("span", { class: "went-wrong" }, FAILED), why ? ` (${why})` : "");
}
