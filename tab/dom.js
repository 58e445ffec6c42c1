// The two things we want of the document: make an element, and take a drawing in.

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

/** Take in a drawing that our server wrote, as a drawing and nothing else. */
export function picture(svg) {
  const read = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return document.importNode(read, true);
}

const SAID = new WeakMap();

/**
 * Let `root` hold these pieces, and leave alone those that say what they said before: the focus,
 * what is folded out and the place in the page stay as they are. A piece is
 * { key, said, draw }: what tells it apart, all that it shows, and what draws it.
 */
export function settle(root, pieces) {
  const before = new Map([...root.children].map((child) => [child.dataset.key, child]));
  const after = pieces.map((piece) => kept(before.get(piece.key), piece));
  for (const child of [...root.children]) if (!after.includes(child)) child.remove();
  after.forEach((child, place) => {
    if (root.children[place] !== child) root.insertBefore(child, root.children[place] ?? null);
  });
}

function kept(old, { key, said, draw }) {
  const text = JSON.stringify(said);
  if (old && SAID.get(old) === text) return old;
  const drawn = draw();
  drawn.dataset.key = key;
  SAID.set(drawn, text);
  if (old) replace(old, drawn);
  return drawn;
}

/** Put a piece in another's place; what had the focus there, or was folded out, still does. */
function replace(old, drawn) {
  const open = [...old.querySelectorAll("details[id]")].filter((each) => each.open);
  const { id } = old.contains(document.activeElement) ? document.activeElement : { id: "" };
  old.replaceWith(drawn);
  for (const each of open) {
    const same = document.getElementById(each.id);
    if (same) same.open = true;
  }
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
}
