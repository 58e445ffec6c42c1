// Puts the page together: who one is, which conversation is open, and what happens on news.

import * as api from "./api.js";
import { choose, remember } from "./chooser.js";
import { Conversation } from "./conversation.js";
import { avatar, h } from "./dom.js";
import { conversationsOf, showList, walkWithArrows } from "./list.js";
import { followTheme } from "./theme.js";
import { Tab, tabLinked, tabOf } from "./tab.js";
import { showTools } from "./tools.js";
import { wireTool } from "./wire.js";

const at = (id) => document.getElementById(id);
const narrow = matchMedia("(width <= 760px)");
const wire = wireTool();
let me = null;
let bot = null;
let chats = null;
let open = null; // the Conversation on show
let tools = null;

followTheme();
walkWithArrows(at("list"));
at("who").addEventListener("click", () => choose(at("chooser"), { must: !me }));
at("toggle-tools").addEventListener("click", () => toggleTools());
at("skip").addEventListener("click", (event) => {
  event.preventDefault();
  at("words")?.focus();
});
addEventListener("hashchange", () => follow());
addEventListener("click", takeDeepLink);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && at("tools").contains(event.target)) toggleTools(false);
});
document.addEventListener("visibilitychange", () => open?.load().catch(() => {}));
await begin(new URLSearchParams(location.search).get("as"));

async function begin(aad) {
  me = aad ? await api.person(aad).catch(() => null) : null;
  if (!me) {
    at("chat").replaceChildren(h("p", { class: "empty" }, "Vælg, hvem du vil være."));
    choose(at("chooser"), { must: true });
    return;
  }
  remember(me);
  at("who").replaceChildren(
    avatar(me.name),
    h("span", {}, me.name),
    h("span", { class: "unseen" }, " – skift person"),
  );
  bot = (await api.bot()).name;
  await loadChats();
  setUpTools();
  await follow();
  api.listen(me.aad_id, { heard, connected });
}

async function loadChats() {
  chats = await api.chats(me.aad_id);
  drawList();
}

function drawList() {
  const current = open?.place.conversation.id;
  const opened = (conversation) => go(conversation.id);
  showList(at("list"), chats, { current, opened });
  const unread = conversationsOf(chats).reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${me.name} – Lokal Teams`;
}

function go(id) {
  if (location.hash.slice(1) === encodeURIComponent(id)) follow();
  else location.hash = encodeURIComponent(id);
}

/** Show the conversation in the address; on a wide screen the chat with the bot if none is named. */
async function follow() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const conversation = conversationsOf(chats).find((one) => one.id === wanted);
  const inTab = tabOf(wanted);
  const shown = conversation ?? (narrow.matches || inTab ? null : chats.personal);
  document.body.dataset.view = conversation || inTab ? "chat" : "list";
  open?.stop();
  open = null;
  const back = () => (location.hash = "");
  if (inTab) {
    open = new Tab(at("chat"), { tab: inTab, me, bot, back });
    await open.load().catch(() => {});
  } else if (shown) {
    open = new Conversation(at("chat"), {
      conversation: shown,
      me,
      bot,
      pressed: wire.pressed,
      back,
    });
    await open.load().catch(() => {});
    if (conversation) at("words").focus();
  } else {
    at("chat").replaceChildren();
  }
  at("skip").hidden = !shown;
  drawList();
  if (!shown && !inTab) at("list").querySelector("button")?.focus();
}

let pending = null;

/** Take in news; several in a row become one look. */
function heard(event) {
  if (event.type === "clock") return tools.setOffset(event.offset_seconds);
  const here = open && event.conversation === open.place.conversation.id;
  if (event.type === "typing") return here && open.someoneTypes();
  if (here && event.type !== "unread") open.load().catch(() => {});
  pending ??= setTimeout(() => {
    pending = null;
    loadChats().catch(() => {});
  }, 100);
}

/** Look again whenever the line is up: what happened before that was not heard. */
function connected(yes) {
  at("lost").hidden = yes;
  if (!yes) return;
  loadChats().catch(() => {});
  open?.load().catch(() => {});
}

function setUpTools() {
  tools = showTools(at("tools"), {
    me,
    chats,
    changed: async () => {
      await loadChats();
      if (!open) await follow();
    },
    opened: go,
    close: () => toggleTools(false),
    wire: wire.content,
  });
  api.clock().then(
    (clock) => tools.setOffset(clock.offset_seconds ?? 0),
    () => {},
  );
}

function toggleTools(wanted = at("tools").hidden) {
  at("tools").hidden = !wanted;
  at("toggle-tools").setAttribute("aria-expanded", String(wanted));
  document.body.classList.toggle("with-tools", wanted);
  if (wanted) at("tools").querySelector("button").focus();
  else at("toggle-tools").focus();
}

/** A link into Teams leads to the chat with the bot here, or to a tab, and not out on the web. */
function takeDeepLink(event) {
  const tab = event.target.closest?.("a[href^='https://teams.microsoft.com/l/entity/']");
  if (tab && chats) {
    event.preventDefault();
    return go(tabLinked(tab.href));
  }
  const link = event.target.closest?.("a[href^='https://teams.microsoft.com/l/chat/']");
  if (!link || !chats) return;
  event.preventDefault();
  const words = new URL(link.href).searchParams.get("message");
  go(chats.personal.id);
  if (words) setTimeout(() => open?.prefill(words));
}
