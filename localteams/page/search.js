// A box to search people in: type, arrows, Enter. Used to choose who one is, and whom to invite.

import * as api from "./api.js";
import { avatar, h } from "./dom.js";

let boxes = 0;

/** Draw a search box; `chosen(person)` hears who was picked. */
export function peopleSearch({ label, chosen }) {
  const name = `people-${(boxes += 1)}`;
  let found = [];
  let active = -1;
  let asked = 0;

  const options = h("ul", { class: "options", id: name, role: "listbox", "aria-label": label });
  const status = h("p", { class: "unseen", role: "status" });
  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "fx lærer, facilitator eller et navn",
    "aria-autocomplete": "list",
    "aria-controls": name,
    "aria-expanded": "false",
    oninput: () => look(),
    onfocus: () => look(),
    onkeydown: onKey,
  });
  const box = h("div", { class: "search" }, h("label", {}, label, input), options, status);
  options.hidden = true;

  async function look() {
    const turn = (asked += 1);
    const people = await api.people(input.value.trim()).catch(() => []);
    if (turn !== asked) return;
    found = people;
    show(found.length ? 0 : -1);
    status.textContent = found.length
      ? `${found.length} fundet. Brug piletasterne.`
      : "Ingen fundet. Prøv en del af navnet.";
  }

  function show(next) {
    active = next;
    options.replaceChildren(...found.map(option));
    options.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${name}-${active}`);
    options.children[active].scrollIntoView({ block: "nearest" });
  }

  function option(person, index) {
    return h(
      "li",
      {
        id: `${name}-${index}`,
        role: "option",
        "aria-selected": String(index === active),
        onmousedown: (event) => event.preventDefault(),
        onclick: () => pick(person),
      },
      avatar(person.name),
      personWords(person),
    );
  }

  function pick(person) {
    input.value = "";
    found = [];
    asked += 1;
    show(-1);
    chosen(person);
  }

  function onKey(event) {
    const last = found.length - 1;
    const moves = { ArrowDown: Math.min(active + 1, last), ArrowUp: Math.max(active - 1, 0) };
    if (event.key in moves && found.length) {
      event.preventDefault();
      show(moves[event.key]);
    } else if (event.key === "Enter" && found[active]) {
      event.preventDefault();
      pick(found[active]);
    } else if (event.key === "Escape" && found.length) {
      event.preventDefault();
      event.stopPropagation();
      found = [];
      show(-1);
    }
  }

  return box;
}

/** A person's name, with what they do on the line below. */
export function personWords(person) {
  const does = [person.function, person.authority].filter(Boolean).join(" · ");
  return h("span", { class: "person" }, person.name, h("small", {}, does));
}
