// How fresh the page is: when it was last true, and what it says when it no longer knows.

const CLOCK = new Intl.DateTimeFormat("da-DK", {
  timeZone: "Europe/Copenhagen",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

export class Freshness {
  /** Show it in an element; screen readers find it there, and are not told each time. */
  constructor(root) {
    this.root = root;
    this.words = null;
    this.at = null;
  }

  /** Take the words from a view; of one that is not live, nothing is shown. */
  speaks(words) {
    this.words = words;
    this.root.hidden = !words;
  }

  now() {
    this.at = CLOCK.format(new Date());
    this.#shows("fresh");
  }

  sleeps() {
    this.#shows("stale");
  }

  /** Say that the connection is lost, in words to be told; nothing where it never was. */
  lost() {
    if (!this.words || !this.at) return null;
    this.root.hidden = true;
    return this.words.lost.replace("{time}", this.at);
  }

  #shows(what) {
    if (!this.words || !this.at) return;
    this.root.hidden = false;
    this.root.textContent = this.words[what].replace("{time}", this.at);
  }
}
