// What the page asks of the stand-in: one function per address, and the stream of news.

/** The stand-in would not, or could not be asked. */
export class Refused extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

async function ask(method, path, body) {
  const request = { method };
  if (body !== undefined) {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw new Refused(0, "Der er ingen forbindelse til den lokale Teams.");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told.error ?? `Svaret var ${answer.status}.`);
  return told;
}

const id = encodeURIComponent;
const conversation = (name) => `/api/conversations/${id(name)}`;

export const people = (words) => ask("GET", `/api/people?q=${id(words)}`);
export const person = (me) => ask("GET", `/api/me/${id(me)}`);
export const bot = () => ask("GET", "/api/bot");
export const chats = (me) => ask("GET", `/api/me/${id(me)}/chats`);
export const tab = (me) => ask("GET", `/api/me/${id(me)}/tab`);
export const install = (me) => ask("POST", `/api/me/${id(me)}/install`, {});
export const uninstall = (me) => ask("POST", `/api/me/${id(me)}/uninstall`, {});
export const installInTeam = (team, me) =>
  ask("POST", `/api/teams/${id(team)}/install`, { as: me });
export const uninstallInTeam = (team, me) =>
  ask("POST", `/api/teams/${id(team)}/uninstall`, { as: me });
export const makeGroup = (me, members) => ask("POST", "/api/groups", { as: me, members });

export const messages = (where, me) => ask("GET", `${conversation(where)}/messages?as=${id(me)}`);
export const say = (where, me, { text, thread }) =>
  ask("POST", `${conversation(where)}/messages`, { as: me, text, thread });
export const press = (where, me, message, action) =>
  ask("POST", `${conversation(where)}/press`, { as: me, message, action });
export const refresh = (where, me, message) =>
  ask("POST", `${conversation(where)}/refresh`, { as: me, message });
export const read = (where, me) => ask("POST", `${conversation(where)}/read`, { as: me });

export const wire = (after) => ask("GET", `/api/wire?after=${after}`);
export const clock = () => ask("GET", "/api/clock");
export const setClock = (seconds) => ask("POST", "/api/clock", { offset_seconds: seconds });
export const rotateKeys = () => ask("POST", "/api/rotate-keys", {});
export const figures = () => ask("GET", "/local/figures");
export const addFault = (fault) => ask("POST", "/local/faults", fault);
export const clearFaults = () => ask("DELETE", "/local/faults");
export const resend = (exchange) => ask("POST", `/api/wire/${exchange}/resend`, {});

/** Hear news for one person; `connected` hears true and false. Returns a way to stop. */
export function listen(me, { heard, connected }) {
  const stream = new EventSource(`/api/me/${id(me)}/events`);
  stream.onopen = () => connected(true);
  stream.onerror = () => connected(false);
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  return () => stream.close();
}
