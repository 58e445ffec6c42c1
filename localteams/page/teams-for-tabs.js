// What a tab finds instead of TeamsJS: the few calls it makes, answered by the page around it.

(() => {
  const waiting = new Map();
  let number = 0;
  let themed = () => {};

  /** Ask the stand-in, which is the window around us, and wait for its answer. */
  const ask = (what) =>
    new Promise((answered, failed) => {
      number += 1;
      waiting.set(number, { answered, failed });
      parent.postMessage({ tab: what, number }, "*");
    });

  addEventListener("message", ({ source, data }) => {
    if (source !== parent) return;
    if (data.theme !== undefined && data.number === undefined) themed(data.theme);
    if (data.failed) waiting.get(data.number)?.failed(new Error(data.failed));
    else waiting.get(data.number)?.answered(data.answer);
    waiting.delete(data.number);
  });

  globalThis.microsoftTeams = {
    app: {
      initialize: () => (parent === globalThis ? Promise.reject(new Error()) : ask("hello")),
      getContext: () => ask("context"),
      registerOnThemeChangeHandler: (handler) => (themed = handler),
      notifySuccess: () => {},
    },
    authentication: { getAuthToken: () => ask("token") },
  };
})();
