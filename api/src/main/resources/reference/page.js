// The reference of the API: Swagger UI over the description that this house serves.
import { changing } from "/dashboard/theme.js";

const whole = document.documentElement;
const reference = document.getElementById("reference");

const PARTS = { ".information-container": "About", ".scheme-container": "Signing in", ".filter-container": "Search" };

/** What the library leaves out for those who do not see: names of its parts, and a place in the order of keys for what scrolls. */
const mend = () => {
  Object.entries(PARTS).forEach(([place, name]) => reference.querySelectorAll(place).forEach((part) => {
    part.setAttribute("role", "region");
    part.setAttribute("aria-label", name);
  }));
  reference.querySelectorAll(".microlight, .body-param__example, .table-container, textarea").forEach((part) => { part.tabIndex = 0; });
  reference.querySelectorAll("input:not([aria-label]), select:not([aria-label]), textarea:not([aria-label])").forEach((part) => {
    part.setAttribute("aria-label", part.closest("tr[data-param-name]")?.dataset.paramName ?? part.placeholder ?? "choice");
  });
};

new MutationObserver(mend).observe(reference, { childList: true, subtree: true });

changing(document.getElementById("theme"), () => whole.classList.toggle("dark-mode", whole.dataset.theme === "dark"));

SwaggerUIBundle({
  url: "/openapi.yml",
  dom_id: "#reference",
  // A link to each operation would stand inside the button that opens it, which a keyboard cannot tell apart.
  deepLinking: false,
  docExpansion: "list",
  filter: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: "none",
  onComplete: () => { whole.dataset.shown = "whole"; },
});
