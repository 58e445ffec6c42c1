// Light, dark or contrast: as the system says, or as somebody chose; remembered.

const KEY = "localteams.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(forced-colors: active), (prefers-contrast: more)");

const fromSystem = () => (contrast.matches ? "contrast" : dark.matches ? "dark" : "light");

/** Set the colours now and whenever the system or the person changes their mind. */
export function followTheme(choice) {
  choice.value = localStorage.getItem(KEY) ?? "system";
  const paint = () => {
    document.documentElement.dataset.theme =
      choice.value === "system" ? fromSystem() : choice.value;
  };
  choice.addEventListener("change", () => {
    localStorage.setItem(KEY, choice.value);
    paint();
  });
  dark.addEventListener("change", paint);
  contrast.addEventListener("change", paint);
  paint();
}
