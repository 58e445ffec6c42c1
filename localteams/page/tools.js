// The right side: what a newcomer may turn, to see what the bot does then.

import * as api from "./api.js";
import { announce, fullTime, h } from "./dom.js";
import { peopleSearch } from "./search.js";
import { themeChoice } from "./theme.js";

const HOUR = 3_600; // seconds
const DAY = 24 * HOUR;
const STEPS = [
  ["+1 time", HOUR],
  ["+1 dag", DAY],
  ["+3 dage", 3 * DAY],
  ["+14 dage", 14 * DAY],
];

const EVERYTHING = {};
const FAULTS = [
  ["Teams er nede i 30 sekunder", { match: EVERYTHING, do: { status: 503 }, seconds: 30 }],
  [
    "De næste 3 beskeder får for travlt (429)",
    { match: { op: "send" }, do: { status: 429, retry_after: 2 }, times: 3 },
  ],
  [
    "Den næste besked kommer frem, men svaret går tabt",
    { match: { op: "send" }, do: { accept_then_drop: true }, times: 1 },
  ],
  ["Den næste besked får intet svar", { match: { op: "send" }, do: { timeout: true }, times: 1 }],
  ["Hvert femte kald fejler", { seed: 1, rate: 0.2, among: [429, 412, 500, 502, 503, 504] }],
];
const blockedBy = (me) => ({
  match: { person: me.aad_id },
  do: { status: 403, subcode: "MessageWritesBlocked" },
});

/** Fill the side panel. `changed` hears when the list of chats is no longer true. */
export function showTools(root, { me, chats, changed, opened, close, wire }) {
  const status = h("p", { class: "status", role: "status" });
  const act = (done, ask) => async () => {
    status.replaceChildren("Et øjeblik …");
    try {
      const answer = await ask();
      status.replaceChildren(done);
      await changed();
      return answer;
    } catch (problem) {
      status.replaceChildren(h("span", { class: "went-wrong" }, problem.message));
      return null;
    }
  };
  const button = (words, done, ask) =>
    h("button", { type: "button", onclick: act(done, ask) }, words);

  const clock = clockSection({ act });
  root.replaceChildren(
    h(
      "header",
      {},
      h("h2", {}, "Værktøj"),
      h("button", { type: "button", class: "quiet", onclick: close }, "Luk"),
    ),
    status,
    section("Tid", { open: true }, clock.content),
    section(
      "App og chats",
      { open: true },
      appSection({ me, chats, button }),
      groupSection({ me, act, opened }),
    ),
    section("Gør livet svært", {}, faultSection({ me, button })),
    section("Udseende", {}, themeChoice()),
    wire,
  );
  return { setOffset: clock.setOffset };
}

function section(title, { open = false }, ...content) {
  return h("details", { class: "tool", open }, h("summary", {}, title), ...content);
}

function clockSection({ act }) {
  let offset = 0;
  const face = h("p", { class: "clock" });
  const show = () => face.replaceChildren(fullTime(Date.now() + offset * 1000));
  const setOffset = (seconds) => {
    offset = seconds;
    show();
    const ahead = document.getElementById("ahead");
    ahead.hidden = offset === 0;
    ahead.replaceChildren(`Bottens ur er ${inWords(offset)} foran`);
  };
  const move = async (to) => {
    await api.setClock(to);
    setOffset(to);
  };
  const press = (words, to) => {
    const pressed = act("Uret er stillet.", () => move(to(offset)));
    return h("button", { type: "button", onclick: pressed }, words);
  };
  setInterval(show, 10_000);
  show();
  const content = h(
    "div",
    {},
    h("p", {}, "Bottens ur viser"),
    face,
    h(
      "div",
      { class: "buttons" },
      STEPS.map(([words, seconds]) => press(words, (now) => now + seconds)),
      press("Nulstil", () => 0),
    ),
    h("p", { class: "hint" }, "Stil uret frem for at se en påmindelse falde."),
  );
  return { content, setOffset };
}

function inWords(seconds) {
  const days = Math.floor(seconds / DAY);
  const hours = Math.round((seconds % DAY) / HOUR);
  const said = (n, one, many) => (n ? [`${n} ${n === 1 ? one : many}`] : []);
  return [...said(days, "dag", "dage"), ...said(hours, "time", "timer")].join(" og ");
}

function appSection({ me, chats, button }) {
  return h(
    "div",
    { class: "buttons" },
    button("Installér appen", "Appen er installeret.", () => api.install(me.aad_id)),
    button("Fjern appen", "Appen er fjernet.", () => api.uninstall(me.aad_id)),
    chats.teams.length > 0 && teamFields({ me, teams: chats.teams, button }),
  );
}

function teamFields({ me, teams, button }) {
  const options = teams.map((team) => h("option", { value: team.id }, team.name));
  const team = h("select", {}, options);
  return h(
    "div",
    { class: "buttons" },
    h("label", { class: "field" }, "Team", team),
    button("Føj botten til", "Botten er føjet til.", () =>
      api.installInTeam(team.value, me.aad_id),
    ),
    button("Fjern botten", "Botten er fjernet.", () => api.uninstallInTeam(team.value, me.aad_id)),
  );
}

function groupSection({ me, act, opened }) {
  let members = [];
  const names = h("ul", { class: "chips" });
  const make = h("button", { type: "button", disabled: true }, "Lav gruppechat med botten");
  const show = () => {
    make.disabled = members.length === 0;
    names.replaceChildren(...members.map(chip));
  };
  const chip = (person) =>
    h(
      "li",
      {},
      person.name,
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": `Fjern ${person.name}`,
          onclick: () => leave(person),
        },
        "×",
      ),
    );
  const leave = (person) => {
    members = members.filter((one) => one !== person);
    show();
  };
  const join = (person) => {
    if (members.every((one) => one.aad_id !== person.aad_id)) members.push(person);
    announce(`${person.name} er valgt`);
    show();
  };
  make.addEventListener("click", async () => {
    const ids = members.map((person) => person.aad_id);
    const group = await act("Gruppechatten er lavet.", () => api.makeGroup(me.aad_id, ids))();
    if (!group) return;
    members = [];
    show();
    opened(group.id);
  });
  return h(
    "div",
    { class: "group" },
    peopleSearch({ label: "Ny gruppechat med", chosen: join }),
    names,
    make,
  );
}

function faultSection({ me, button }) {
  const fault = (words, rule) => button(words, "Det er sat i gang.", () => api.addFault(rule));
  return h(
    "div",
    { class: "buttons column" },
    FAULTS.map(([words, rule]) => fault(words, rule)),
    fault(`${me.name} har blokeret botten`, blockedBy(me)),
    button("Nye nøgler til bottens dør", "Nøglerne er skiftet.", () => api.rotateKeys()),
    button("Alt virker igen", "Alle fejl er taget væk.", () => api.clearFaults()),
  );
}
