// Light, dark or contrast: as the system says, or as somebody chose; remembered.

import { h } from "./dom.js";

const KEY = "localteams.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(forced-colors: active), (prefers-contrast: more)");

const CHOICES = [
  ["system", "Som systemet"],
  ["light", "Lyst"],
  ["dark", "Mørkt"],
  ["contrast", "Høj kontrast"],
];

const chosen = () => localStorage.getItem(KEY) ?? "system";
const fromSystem = () => (contrast.matches ? "contrast" : dark.matches ? "dark" : "light");

const paint = () => {
  const choice = chosen();
  document.documentElement.dataset.theme = choice === "system" ? fromSystem() : choice;
};

/** Set the colours now, and again whenever the system changes its mind. */
export function followTheme() {
  dark.addEventListener("change", paint);
  contrast.addEventListener("change", paint);
  paint();
}

/** A list to choose the colours from. */
export function themeChoice() {
  const options = CHOICES.map(([value, words]) =>
    h("option", { value, selected: value === chosen() }, words),
  );
  const choose = (event) => {
    localStorage.setItem(KEY, event.target.value);
    paint();
  };
  return h("label", { class: "field" }, "Farver", h("select", { onchange: choose }, options));
}
