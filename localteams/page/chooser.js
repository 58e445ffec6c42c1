// Who are you? A dialog to become somebody, here or in a window of its own.

import { avatar, h } from "./dom.js";
import { peopleSearch, personWords } from "./search.js";

const KEY = "localteams.recent";
const AT_MOST = 6;

const recent = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");

/** Remember somebody one has been, newest first. */
export function remember(person) {
  const others = recent().filter((one) => one.aad_id !== person.aad_id);
  localStorage.setItem(KEY, JSON.stringify([person, ...others].slice(0, AT_MOST)));
}

/** The address at which one is this person. */
export const addressOf = (person) => `/?as=${encodeURIComponent(person.aad_id)}`;

/** Ask who one wants to be. `must` means that there is nobody to go back to. */
export function choose(dialog, { must }) {
  const elsewhere = h("input", { type: "checkbox", id: "elsewhere" });
  const chosen = (person) => {
    remember(person);
    if (elsewhere.checked) window.open(addressOf(person), "_blank", "noopener");
    else location.assign(addressOf(person));
  };
  const known = recent().map((person) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "row", onclick: () => chosen(person) },
        avatar(person.name),
        personWords(person),
      ),
    ),
  );
  const content = h(
    "div",
    {},
    h("h2", { id: "chooser-title" }, "Hvem vil du være?"),
    h(
      "p",
      {},
      "Her prøver du botten som en af de opdigtede medarbejdere. ",
      "Åbn et vindue til, hvis du vil være to personer på én gang.",
    ),
    peopleSearch({ label: "Søg efter en person", chosen }),
    known.length > 0 && h("h3", {}, "Dem, du har været"),
    known.length > 0 && h("ul", { class: "plain-list" }, known),
    h("label", { class: "check" }, elsewhere, "Åbn i et nyt vindue"),
    !must && h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Luk"),
  );
  dialog.replaceChildren(content);
  dialog.oncancel = (event) => {
    if (must) event.preventDefault();
  };
  dialog.showModal();
  dialog.querySelector("input").focus();
}
