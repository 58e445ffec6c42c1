// How Teams sets a card: sizes and spacing as in Microsoft's designer, colours from theme.css,
// so that a change of theme redraws nothing and loses nothing somebody has typed.

const colour = (name) => ({ default: `var(--${name})`, subtle: `var(--${name})` });

const foregroundColors = {
  default: { default: "var(--text)", subtle: "var(--quiet)" },
  dark: { default: "var(--text)", subtle: "var(--quiet)" },
  light: { default: "var(--raised)", subtle: "var(--raised)" },
  accent: colour("brand-text"),
  good: colour("good"),
  warning: colour("warning"),
  attention: colour("danger"),
};

const box = (background) => ({
  backgroundColor: `var(--${background})`,
  borderColor: "var(--thin-line)",
  foregroundColors,
});

const font = (fontFamily) => ({
  fontFamily,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
});

const label = { weight: "Bolder", color: "default", isSubtle: false, size: "default" };
const fact = { size: "Default", color: "Default", isSubtle: false, wrap: true };

export const HOST_CONFIG = {
  choiceSetInputValueSeparator: ",",
  supportsInteractivity: true,
  fontFamily: "var(--font)",
  fontTypes: { default: font("var(--font)"), monospace: font("Consolas, monospace") },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--thin-line)" },
  imageSizes: { small: 32, medium: 52, large: 100 },
  imageSet: { imageSize: "Medium", maxImageHeight: 100 },
  textBlock: { headingLevel: 3 },
  textStyles: {
    heading: {
      fontType: "default",
      size: "large",
      weight: "bolder",
      color: "default",
      isSubtle: false,
    },
  },
  factSet: {
    title: { ...fact, weight: "Bolder" },
    value: { ...fact, weight: "Default" },
    spacing: 16,
  },
  containerStyles: {
    default: box("raised"),
    emphasis: box("emphasis"),
    accent: box("accent-tint"),
    good: box("good-tint"),
    warning: box("warning-tint"),
    attention: box("danger-tint"),
  },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { ...label, suffix: " *", suffixColor: "attention" },
      optionalInputs: label,
    },
    errorMessage: { color: "attention", size: "small", spacing: "small", weight: "Default" },
  },
  actions: {
    maxActions: 6,
    spacing: "Default",
    buttonSpacing: 8,
    showCard: { actionMode: "Inline", inlineTopMargin: 16, style: "emphasis" },
    preExpandSingleShowCardAction: false,
    actionsOrientation: "Horizontal",
    actionAlignment: "Left",
  },
  adaptiveCard: { allowCustomStyle: false },
};
