// The few things we want of the document: make an element, say something aloud, tell the time.

/** Make an element: h("button", { class: "x", onclick: press }, "Tekst", child). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/** Let a screen reader say something, without moving the focus. */
export function announce(words) {
  document.getElementById("announcer").replaceChildren(words);
}

const inCopenhagen = (options) =>
  new Intl.DateTimeFormat("da-DK", { timeZone: "Europe/Copenhagen", ...options });
const HOUR = inCopenhagen({ hour: "2-digit", minute: "2-digit" });
const DAY = inCopenhagen({ weekday: "long", day: "numeric", month: "long" });
const FULL = inCopenhagen({ dateStyle: "full", timeStyle: "short" });

export const hour = (when) => HOUR.format(new Date(when));
export const fullTime = (when) => FULL.format(new Date(when));

/** The day a message belongs under: "I dag", or "torsdag den 3. december". */
export function day(when, now = Date.now()) {
  const name = DAY.format(new Date(when));
  return name === DAY.format(new Date(now)) ? "I dag" : name;
}

const TINTS = 6;

/** A round picture with a person's initials; always the same colour for the same name. */
export function avatar(name, { bot = false } = {}) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((w) => w[0] ?? "")
    .join("");
  const tint = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TINTS;
  const look = bot ? "avatar bot" : `avatar tint-${tint}`;
  return h("span", { class: look, "aria-hidden": "true" }, initials.toUpperCase());
}
