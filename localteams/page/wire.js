// The inspector: every activity and every answer between the stand-in and the bot, newest first.

import * as api from "./api.js";
import { h, hour } from "./dom.js";

const EVERY = 1_500; // ms between two looks, while the list is open
const AT_MOST = 200; // rows shown

/** Draw the inspector; it looks only while it is unfolded. */
export function wireTool() {
  let after = 0;
  let timer = null;
  let lastPress = null;
  const rows = h("ol", { class: "wire", "aria-label": "Trafik, nyeste først" });
  const status = h("p", { class: "status", role: "status" });
  const counted = h("p", { class: "hint" });
  const again = h(
    "button",
    { type: "button", disabled: true, onclick: () => pressAgain() },
    "Send seneste tryk igen",
  );

  async function look() {
    const news = await api.wire(after).catch(() => []);
    for (const exchange of news) {
      after = Math.max(after, exchange.n);
      rows.prepend(drawExchange(exchange, { resend }));
    }
    const figures = await api.figures().catch(() => null);
    if (figures) counted.replaceChildren(inShort(figures));
    while (rows.childElementCount > AT_MOST) rows.lastElementChild.remove();
  }

  async function tell(doing, done) {
    try {
      await doing();
      status.replaceChildren(done);
      await look();
    } catch (problem) {
      status.replaceChildren(h("span", { class: "went-wrong" }, problem.message));
    }
  }

  const resend = (exchange) => tell(() => api.resend(exchange.n), "Sendt igen.");
  const pressAgain = () => tell(() => lastPress.again(), "Trykket er sendt igen.");

  const content = h(
    "details",
    {
      class: "tool",
      ontoggle: () => {
        clearInterval(timer);
        if (!content.open) return;
        look();
        timer = setInterval(look, EVERY);
      },
    },
    h("summary", {}, "Trafik mellem Teams og botten"),
    h("div", { class: "buttons" }, again),
    status,
    counted,
    rows,
  );

  return {
    content,
    pressed(press) {
      lastPress = press;
      again.disabled = false;
      again.replaceChildren(`Send "${press.title}" igen`);
    },
  };
}

/** What the bot has asked of Teams so far, in a sentence. */
function inShort({ arrived, throttled }) {
  const most = `højst ${arrived.most_in_a_second} på et sekund`;
  return `Botten har kaldt Teams ${arrived.count} gange, ${most}; ${throttled} fik 429.`;
}

function drawExchange(exchange, { resend }) {
  const { at, direction, method, path, status, ms, request, answer } = exchange;
  const toBot = direction === "to_bot";
  return h(
    "li",
    {},
    h(
      "details",
      {},
      h(
        "summary",
        {},
        h("span", { class: "way" }, toBot ? "→ bot" : "← bot"),
        h(
          "span",
          { class: status >= 400 || !status ? "code went-wrong" : "code" },
          String(status || "–"),
        ),
        h("span", { class: "what" }, whatItIs(request, method, path)),
        h("small", {}, `${hour(at)} · ${Math.round(ms)} ms`),
      ),
      h("p", { class: "hint" }, `${method} ${path}`),
      toBot ? h("button", { type: "button", onclick: () => resend(exchange) }, "Send igen") : "",
      json("Sendt", request),
      json("Svar", answer),
    ),
  );
}

/** The activity in a few words: "message: hej", "invoke adaptiveCard/action concern.take_up". */
function whatItIs(request, method, path) {
  const type = request?.type;
  if (!type) return `${method} ${path.split("/").slice(-2).join("/")}`;
  const verb = request.value?.action?.verb;
  const told = [type, request.name ?? request.action, verb].filter(Boolean).join(" ");
  const words = request.text || request.summary;
  return words ? `${told}: ${words.slice(0, 60)}` : told;
}

function json(title, body) {
  if (body === null || body === undefined || body === "") return "";
  const text = typeof body === "string" ? body : JSON.stringify(body, null, 2);
  return h(
    "details",
    {},
    h("summary", {}, title),
    h("pre", { tabindex: "0", "aria-label": title }, text),
  );
}
