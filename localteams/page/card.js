// Draws one Adaptive Card as Teams does. Knows nothing of chats; the card pictures load it alone.

import { HOST_CONFIG } from "./hostconfig.js";
import { markdownToHtml } from "./text.js";

const AC = globalThis.AdaptiveCards;

AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};
AC.Strings.defaults.overflowButtonText = () => "…";
AC.Strings.defaults.overflowButtonTooltip = () => "Flere valg";
AC.Strings.defaults.showCardAriaLabel = () => "Mere i kortet";
AC.Strings.defaults.mediaPlayerAriaLabel = () => "Afspiller";

/**
 * Draw a card.
 *
 * `onAction` hears of Action.Execute and Action.Submit with the inputs already merged into
 * `data`, and may return a promise: until it settles, the card's buttons rest, as in Teams.
 * The element that comes back has `problems`: what the renderer could not read.
 */
export function draw(card, { theme = null, onAction = () => {} } = {}) {
  const host = document.createElement("div");
  host.className = "card";
  if (theme) host.dataset.theme = theme;
  if (card?.lang) host.lang = card.lang;
  const { content, problems } = render(card, (action) => take(action, host, onAction));
  host.append(content ?? document.createTextNode("Kortet kunne ikke vises."));
  host.problems = problems;
  mendRoles(host);
  keepApart(host);
  host.addEventListener("click", (event) => restWhileBusy(event, host), { capture: true });
  return host;
}

function render(card, onExecuteAction) {
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const adaptive = new AC.AdaptiveCard();
  adaptive.hostConfig = new AC.HostConfig(HOST_CONFIG);
  adaptive.onExecuteAction = onExecuteAction;
  try {
    // The renderer takes the same language for wrong every second time; draw() sets it itself.
    adaptive.parse({ ...card, lang: undefined }, context);
    return { content: adaptive.render(), problems: problemsOf(adaptive, context) };
  } catch (problem) {
    return { content: null, problems: [problem.message] };
  }
}

/** Hand an action on, and let the card's buttons rest until it is answered. */
async function take(action, host, onAction) {
  if (action instanceof AC.OpenUrlAction) {
    if (/^(https?|mailto|tel):/i.test(action.url ?? "")) followLink(action.url, host);
    return;
  }
  const pressed = {
    type: action.getJsonTypeName(),
    id: action.id,
    title: action.title,
    verb: action.verb,
    data: action.data ?? {},
  };
  rest(host, true);
  try {
    await onAction(pressed);
  } finally {
    rest(host, false);
  }
}

/** Follow a link the way a click on one does, so that the page may take its own ones itself. */
function followLink(url, host) {
  const link = document.createElement("a");
  Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer", hidden: true });
  host.append(link);
  link.click();
  link.remove();
}

function rest(host, busy) {
  host.setAttribute("aria-busy", String(busy));
  for (const button of host.querySelectorAll("button")) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function restWhileBusy(event, host) {
  if (host.getAttribute("aria-busy") === "true" && event.target.closest("button")) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function problemsOf(adaptive, context) {
  const events = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n));
  events.push(...adaptive.validateProperties().validationEvents);
  return [...new Set(events.map((event) => event.message))];
}

let drawn = 0;

/** Let nobody's choice on one card undo the same choice on another: the renderer names both alike. */
function keepApart(host) {
  drawn += 1;
  for (const radio of host.querySelectorAll('input[type="radio"]')) radio.name += `-${drawn}`;
}

/** Give assistive tools buttons and groups, where the renderer says menus or nothing. */
function mendRoles(host) {
  for (const menu of host.querySelectorAll('[role="menubar"], [role="menu"]')) {
    menu.setAttribute("role", "group");
  }
  for (const item of host.querySelectorAll('[role="menuitem"]')) item.removeAttribute("role");
  for (const label of host.querySelectorAll("label[for]")) nameChoices(label, host);
  const root = host.querySelector(".ac-adaptiveCard");
  if (root) {
    root.setAttribute("role", "group");
    root.tabIndex = -1;
    if (!root.getAttribute("aria-label")) root.setAttribute("aria-label", "Kort");
  }
}

/** Say which question radio buttons and tick boxes answer; the renderer tells it for the first only. */
function nameChoices(label, host) {
  const choices = host.querySelector(`#${CSS.escape(label.htmlFor)}`);
  if (!choices?.matches(".ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect")) return;
  const several = choices.querySelector('[type="checkbox"]');
  choices.setAttribute("role", several ? "group" : "radiogroup");
  choices.setAttribute("aria-labelledby", label.id);
}
