// The left side: the chat with the bot, group chats, teams with channels; who wrote last, what is unread.

import { avatar, h, hour } from "./dom.js";
import { TABS } from "./tab.js";
import { withoutMarkdown } from "./text.js";

/** Draw all conversations. `opened(conversation)` hears which one is wanted. */
export function showList(root, chats, { current, opened }) {
  const focused = root.contains(document.activeElement)
    ? document.activeElement.dataset.key
    : null;
  const folded = new Set(
    [...root.querySelectorAll("details:not([open])")].map((d) => d.dataset.key),
  );
  const row = (conversation) => conversationRow(conversation, { current, opened });

  root.replaceChildren(
    h("h2", {}, "Apps"),
    h(
      "ul",
      { class: "plain-list" },
      TABS.map(({ id, title }) => row({ id, kind: "tab", title, unread: 0 })),
    ),
    h("h2", {}, "Chat"),
    h("ul", { class: "plain-list" }, [chats.personal, ...chats.groups].filter(Boolean).map(row)),
    chats.teams.length > 0 ? h("h2", {}, "Teams") : "",
    ...chats.teams.map((team) => teamRows(team, { folded, row })),
  );
  if (focused) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function conversationRow(conversation, { current, opened }) {
  const { id, kind, title, unread, last } = conversation;
  const here = id === current;
  const button = h(
    "button",
    {
      type: "button",
      class: unread ? "row unread" : "row",
      "data-key": id,
      "aria-current": here ? "true" : null,
      onclick: () => opened(conversation),
    },
    kind === "channel" || kind === "tab"
      ? h("span", { class: "hash", "aria-hidden": "true" }, kind === "tab" ? "◔" : "#")
      : avatar(title, { bot: kind === "personal" }),
    h(
      "span",
      { class: "row-words" },
      h("span", { class: "row-title" }, title),
      last && kind !== "channel" ? h("small", {}, withoutMarkdown(last.text) || "Kort") : "",
    ),
    last?.at && kind !== "channel" ? h("time", { datetime: last.at }, hour(last.at)) : "",
    unread
      ? h("span", { class: "badge" }, String(unread), h("span", { class: "unseen" }, " ulæste"))
      : "",
  );
  return h("li", {}, button);
}

function teamRows(team, { folded, row }) {
  const key = `team:${team.id}`;
  return h(
    "details",
    { "data-key": key, open: !folded.has(key) },
    h("summary", { "data-key": `summary:${key}` }, avatar(team.name), h("span", {}, team.name)),
    h("ul", { class: "plain-list" }, team.channels.map(row)),
  );
}

/** Let the arrow keys walk from row to row, as in Teams. */
export function walkWithArrows(root) {
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [...root.querySelectorAll("button, summary")].filter((e) => e.checkVisibility());
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}

/** Every conversation of a person, in the order they are shown. */
export function conversationsOf(chats) {
  const inTeams = chats.teams.flatMap((team) =>
    team.channels.map((channel) => ({ ...channel, team: team.name })),
  );
  return [chats.personal, ...chats.groups, ...inTeams].filter((one) => one?.id);
}
