// The bare page for card pictures: window.drawCard(json, width), window.faults(), window.pressed.

import { draw } from "./card.js";

const frame = document.getElementById("frame");
const host = document.getElementById("card");
const theme = new URLSearchParams(location.search).get("theme") ?? "light";
document.documentElement.dataset.theme = theme;

/** What was pressed since the card was drawn. */
window.pressed = [];

/** Draw a card in a window `width` px wide; resolves to what the renderer could not read. */
window.drawCard = async (card, width) => {
  window.pressed = [];
  frame.style.width = `${width}px`;
  const drawn = draw(card, { theme, onAction: (action) => void window.pressed.push(action) });
  host.replaceChildren(drawn);
  await document.fonts.ready;
  return drawn.problems;
};

/** What the eye would catch: text cut off, things wider than the card. */
window.faults = () => {
  const found = new Set();
  const edge = host.getBoundingClientRect();
  for (const element of host.querySelectorAll("*")) {
    const place = element.getBoundingClientRect();
    if (!place.width || !place.height) continue;
    const words = (element.textContent || element.className).slice(0, 60);
    if (place.right > edge.right + 1 || place.left < edge.left - 1) {
      found.add(`wider than the card: ${words}`);
    }
    if (holdsText(element) && hidesOverflow(element)) found.add(`text cut off: ${words}`);
  }
  return [...found];
};

const holdsText = (element) =>
  element.childElementCount === 0 || element.matches(".ac-textBlock, button");

const hidesOverflow = (element) =>
  !element.matches("input, textarea") &&
  getComputedStyle(element).overflow !== "visible" &&
  (element.scrollWidth > element.clientWidth + 1 ||
    element.scrollHeight > element.clientHeight + 1);
