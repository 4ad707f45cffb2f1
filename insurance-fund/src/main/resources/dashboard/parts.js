// What pages are made of: cells and figures, and three elements of their own: tabs, tables that are searched, sorted and paged, small lines.
import { exact, usd, whole } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export const field = (id) => document.getElementById(id);

export function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

export function link(href, words, name = "") {
  const made = element("a", words);
  made.href = href;
  if (name) made.download = name;
  return made;
}

export const text = (words, kind = "") => element("td", words, kind);

/** A cell with an amount: to the cent, in full where the pointer rests. */
export function amount(u, kind = "") {
  const cell = element("td", usd(u), `n ${kind}`);
  cell.title = exact(u);
  return cell;
}

/** An amount in a sentence: whole dollars, in full where the pointer rests. */
export function money(u) {
  const made = element("span", `${whole(u)} USD`, "money");
  made.title = exact(u);
  return made;
}

export function row(cells, kind = "") {
  const made = document.createElement("tr");
  if (kind) made.className = kind;
  made.append(...cells);
  return made;
}

/** Fills a table; `none` is said where nothing is to be said. */
export function rows(id, list, none) {
  const made = list.map((cells) => row(cells));
  if (!made.length) {
    const cell = text(none);
    cell.colSpan = field(id).tHead ? field(id).tHead.rows[0].cells.length : 2;
    made.push(row([cell]));
  }
  field(id).tBodies[0].replaceChildren(...made);
}

export function figure(term, u, note, line = undefined) {
  const box = document.createElement("div");
  const value = element("dd", `${usd(u)} USD`);
  value.title = exact(u);
  if (line) value.append(line);
  value.append(element("small", note));
  box.append(element("dt", term), value);
  return box;
}

function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** A coloured square beside a name. */
export function mark(fill) {
  const shade = drawn("svg", { width: 10, height: 10, "aria-hidden": "true", class: "mark" });
  shade.append(drawn("rect", { width: 10, height: 10, rx: 2, fill }));
  return shade;
}

/** Lets a table that is wider than its place be moved, by keyboard too; where it fits, the keyboard does not stop at it. */
export function scrolled(table, name) {
  const place = element("div", "", "scroll");
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", name);
  new ResizeObserver(() => {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    else place.removeAttribute("tabindex");
  }).observe(place);
  table.before(place);
  place.append(table);
}

/** Every table of the page as it is written, by its caption or the heading before it. */
export function scrollTables() {
  for (const table of document.querySelectorAll("main table")) {
    const heading = table.closest("section").querySelector("h2");
    scrolled(table, (table.caption ?? heading).textContent);
  }
}

const LINE = { width: 120, height: 28, edge: 3 };

/** How a figure moved: a line over its values, the last one as a dot; `limit` is drawn across. Says its values in words. */
class SmallLine extends HTMLElement {
  show(values, words, limit = undefined) {
    const least = Math.min(...values, limit ?? Infinity);
    const most = Math.max(...values, limit ?? -Infinity);
    const across = (i) => (values.length === 1 ? LINE.width - LINE.edge : LINE.edge + (i * (LINE.width - 2 * LINE.edge)) / (values.length - 1));
    const up = (v) => (most === least ? LINE.height / 2 : LINE.height - LINE.edge - ((v - least) * (LINE.height - 2 * LINE.edge)) / (most - least));
    const picture = drawn("svg", { viewBox: `0 0 ${LINE.width} ${LINE.height}`, width: LINE.width, height: LINE.height, role: "img", "aria-label": words });
    if (limit !== undefined) picture.append(drawn("line", { x1: 0, x2: LINE.width, y1: up(limit), y2: up(limit), class: "limit" }));
    picture.append(drawn("polyline", { points: values.map((v, i) => `${across(i)},${up(v)}`).join(" ") }));
    picture.append(drawn("circle", { cx: across(values.length - 1), cy: up(values[values.length - 1]), r: 2.5 }));
    this.title = words;
    this.replaceChildren(picture);
    return this;
  }
}

export const smallLine = (values, words, limit) => document.createElement("small-line").show(values, words, limit);

/**
 * Tabs over the sections of its page that are named in `data-panel`; the address's fragment names the open one, so a link opens it. Tells of every
 * change by the event "opened".
 */
class PageTabs extends HTMLElement {
  connectedCallback() {
    this.tabs = [...this.querySelectorAll("[role=tab]")];
    this.addEventListener("click", (event) => event.target.matches("[role=tab]") && this.open(event.target.dataset.panel));
    this.addEventListener("keydown", (event) => this.move(event));
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /** The name in the fragment, before what a section keeps there of its own. */
  follow() {
    const [name] = location.hash.slice(1).split("?");
    this.show(this.tabs.some((tab) => tab.dataset.panel === name) ? name : this.tabs[0].dataset.panel);
  }

  open(name) {
    if (this.shown !== name) history.pushState(null, "", `#${name}`);
    this.show(name);
  }

  show(name) {
    if (this.shown === name) return;
    this.shown = name;
    for (const tab of this.tabs) {
      const chosen = tab.dataset.panel === name;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      field(tab.dataset.panel).hidden = !chosen;
    }
    document.documentElement.dataset.tab = name;
    this.dispatchEvent(new CustomEvent("opened", { detail: name }));
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = this.tabs.findIndex((tab) => tab.dataset.panel === this.shown);
    const next = this.tabs[Number.isFinite(step) ? (at + step + this.tabs.length) % this.tabs.length : step < 0 ? 0 : this.tabs.length - 1];
    next.focus();
    this.open(next.dataset.panel);
  }
}

const PAGE = 25;
const byText = new Intl.Collator("en-US", { numeric: true });

/**
 * A table of many: searched as one types, sorted by a click on a heading, a page at a time. Columns are {title, value(entry), cell(entry), number}; only the
 * page that is shown is built.
 */
class ManyRows extends HTMLElement {
  define({ caption, columns, found, sorted, none, opened }) {
    Object.assign(this, { columns, found, none, opened, at: 0, order: sorted });
    this.search = element("input");
    Object.assign(this.search, { type: "search", placeholder: "Search", autocomplete: "off" });
    this.search.setAttribute("aria-label", `Search: ${caption}`);
    this.search.addEventListener("input", () => { this.at = 0; this.show(); });
    this.said = element("p", "", "quiet");
    this.said.setAttribute("role", "status");
    this.before = element("button", "Earlier");
    this.after = element("button", "Further");
    [[this.before, -1], [this.after, 1]].forEach(([button, step]) => {
      button.type = "button";
      button.addEventListener("click", () => { this.at += step; this.show(); });
    });
    this.table = document.createElement("table");
    this.table.append(element("caption", caption));
    const head = this.table.createTHead().insertRow();
    columns.forEach((column, i) => {
      const heading = element("th", "", column.number ? "n" : "");
      heading.scope = "col";
      const button = element("button", column.title, "sort");
      button.type = "button";
      button.addEventListener("click", () => {
        this.order = { by: i, down: this.order.by === i ? !this.order.down : Boolean(column.number) };
        this.at = 0;
        this.show();
      });
      heading.append(button);
      head.append(heading);
    });
    this.table.createTBody();
    const bar = element("div", "", "many");
    bar.append(this.search, this.said, this.before, this.after);
    this.replaceChildren(bar, this.table);
    scrolled(this.table, caption);
  }

  fill(entries) {
    this.entries = entries.map((entry) => ({ entry, words: this.found(entry).toLowerCase() }));
    this.show();
  }

  show() {
    const asked = this.search.value.trim().toLowerCase();
    const list = this.entries.filter(({ words }) => words.includes(asked)).map(({ entry }) => entry);
    const { value } = this.columns[this.order.by];
    const compare = this.columns[this.order.by].number ? (a, b) => value(a) - value(b) : (a, b) => byText.compare(value(a), value(b));
    list.sort(this.order.down ? (a, b) => compare(b, a) : compare);
    const pages = Math.max(1, Math.ceil(list.length / PAGE));
    this.at = Math.max(0, Math.min(this.at, pages - 1));
    const page = list.slice(this.at * PAGE, (this.at + 1) * PAGE);
    this.table.tBodies[0].replaceChildren(...page.map((entry) => row(this.columns.map((column) => column.cell(entry)))));
    if (!page.length) {
      const cell = text(asked ? `nothing fits “${this.search.value}”` : this.none);
      cell.colSpan = this.columns.length;
      this.table.tBodies[0].append(row([cell]));
    }
    [...this.table.tHead.rows[0].cells].forEach((heading, i) => {
      if (i === this.order.by) heading.setAttribute("aria-sort", this.order.down ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    });
    const first = this.at * PAGE + 1;
    this.said.textContent = list.length > PAGE ? `${first} to ${first + page.length - 1} of ${list.length}` : `${list.length} of ${this.entries.length}`;
    this.before.hidden = this.after.hidden = pages === 1;
    this.before.disabled = this.at === 0;
    this.after.disabled = this.at === pages - 1;
  }
}

customElements.define("small-line", SmallLine);
customElements.define("page-tabs", PageTabs);
customElements.define("many-rows", ManyRows);

/** What a wallet signed is a key's or a contract's, and only the house can tell: it is sent as each, until the house takes it. */
export async function signedAs(schemes, send) {
  let refused;
  for (const scheme of schemes) {
    try {
      return await send(scheme);
    } catch (failure) {
      if (failure.field !== "signature") throw failure;
      refused = failure;
    }
  }
  throw refused;
}
