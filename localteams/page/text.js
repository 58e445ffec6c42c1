// Text as Teams shows it: a little Markdown from bots, nothing but text from people.

import markdownit from "/vendor/markdown-it/dist/browser/markdown-it.esm.min.mjs";

// Bold, italic, lists and links. Headings, tables, pictures, quotes and code stay as typed.
const markdown = markdownit({ html: false, linkify: false, breaks: true }).disable([
  "heading",
  "lheading",
  "table",
  "image",
  "code",
  "fence",
  "backticks",
  "blockquote",
  "hr",
]);

const drawLink = (tokens, index, options, env, self) => {
  tokens[index].attrSet("target", "_blank");
  tokens[index].attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, index, options);
};
markdown.renderer.rules.link_open = drawLink;

const MENTION = /&lt;at&gt;(.*?)&lt;\/at&gt;/g;

/** Turn a bot's text into safe HTML; mentions are marked. */
export function markdownToHtml(text) {
  return markdown.render(text).replace(MENTION, '<span class="mention">$1</span>');
}

/** A bot's text without its Markdown, for a list or for reading aloud. */
export function withoutMarkdown(text) {
  const page = new DOMParser().parseFromString(markdownToHtml(text), "text/html");
  return page.body.textContent.replace(/\s+/g, " ").trim();
}

/** Draw a message's text: Markdown when a bot wrote it, plain when a person did. */
export function textBody(text, { fromBot }) {
  const body = document.createElement("div");
  body.className = fromBot ? "words" : "words plain";
  if (fromBot) body.innerHTML = markdownToHtml(text);
  else body.textContent = text.replace(/<\/?at>/g, "");
  return body;
}
