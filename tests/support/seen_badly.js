// What somebody at this window would not see whole: things wider than it, words cut off in the chat.
// In a line to write in, one goes on to the rest of what was written.
() => {
  const found = new Set();
  const wide = document.documentElement.clientWidth;
  const words = (element) => (element.textContent || element.className).trim().slice(0, 60);
  if (document.documentElement.scrollWidth > wide) found.add("the page scrolls sideways");
  for (const element of document.querySelectorAll("body *")) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (!width || !height || element.closest(".unseen, .skip")) continue;
    if (left < -1 || right > wide + 1) found.add(`outside the window: ${words(element)}`);
  }
  for (const element of document.querySelectorAll("#chat :not(input)")) {
    const hides = getComputedStyle(element).overflowX !== "visible";
    if (hides && !element.closest(".unseen") && element.scrollWidth > element.clientWidth + 1)
      found.add(`cut off: ${words(element)}`);
  }
  return [...found];
};
