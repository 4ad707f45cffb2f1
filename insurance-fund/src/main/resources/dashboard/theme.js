// Light or dark: as the reader's machine is set, until the reader says otherwise.
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Lets a button change it; told of every change, and of the first. */
export function changing(button, told = () => {}) {
  const wear = (theme) => {
    document.documentElement.dataset.theme = theme;
    button.textContent = theme === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-pressed", theme === "dark");
    told();
  };
  button.addEventListener("click", () => wear(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  dark.addEventListener("change", () => wear(dark.matches ? "dark" : "light"));
  wear(dark.matches ? "dark" : "light");
}
