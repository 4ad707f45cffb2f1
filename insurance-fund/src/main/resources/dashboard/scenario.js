// The scenario builder: a row that the house knows or prices moved one by one, with levers. What is asked stands in the address, so a link asks it again.
import * as charts from "./charts.js";
import { element, field, link, row, text } from "./parts.js";
import { exact, move, plural, times, usd } from "./words.js";

const LEVERS = ["scale", "threshold", "batches", "topup"];
const PERCENT = 10_000;
const WHOLE = 1_000_000;
const SETTLED_MS = 150;
const OWN = "own";
const SLIDE = { least: -95, most: 100 };
const STEPS = 9;
const SAVED = "bulwark.scenarios";

let board;
let known;
let told;
let asked = 0;
let settling;
let opened = 0;

const headers = { "Content-Type": "application/json", Accept: "application/json" };
const post = (path, body) => fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
const sliders = () => [...field("assets").querySelectorAll("input[type=range]")];
const slide = (name) => sliders().find((s) => s.name === name);
const isOwn = () => field("row").value === OWN;

function slider(name, words, least, most) {
  const label = element("label", words);
  const said = element("output");
  const input = element("input");
  Object.assign(input, { type: "range", min: least, max: most, step: 1, value: 0, name, id: `move-${name}` });
  said.htmlFor.add(input.id);
  label.append(said, input);
  return label;
}

/** What the form asks; nothing but whole numbers and names leaves it. */
function levers() {
  const lever = (id) => Number(field(id).value) * PERCENT;
  const common = {
    thresholdPpm: lever("threshold"),
    batches: Number(field("batches").value),
    topUpPpm: lever("topup"),
    ...(field("venue").value ? { pausedVenue: field("venue").value } : {}),
  };
  return isOwn() ? { ...moves(), ...common } : { row: Number(field("row").value), scalePpm: lever("scale"), ...common };
}

const prices = () => Object.fromEntries(sliders().filter((s) => s.name !== "volatility").map((s) => [s.name, Number(s.value) * PERCENT]));
const moves = () => ({ moves: prices(), volatilityPpm: Number(slide("volatility").value) * PERCENT });

function showLevers() {
  const per = (value) => (value > 0 ? `+${value} %` : `${value} %`.replace("-", "−"));
  field("scale-said").textContent = (Number(field("scale").value) / 100).toFixed(2);
  field("threshold-said").textContent = `${field("threshold").value} %`;
  field("batches-said").textContent = field("batches").value;
  field("topup-said").textContent = `${field("topup").value} %`;
  field("scale").disabled = isOwn();
  sliders().forEach((s) => (s.previousSibling.textContent = per(Number(s.value))));
}

/** Sliders follow the row that is chosen, as far as they reach. */
function follow() {
  const chosen = known.rows.find((r) => r.row === Number(field("row").value));
  if (isOwn() || !chosen) return;
  const scale = Number(field("scale").value) / 100;
  for (const s of sliders()) if (s.name !== "volatility") s.value = Math.round(((chosen.moves[s.name] ?? 0) * scale) / PERCENT);
  slide("volatility").value = 100;
}

/** What is asked as the address keeps it: only what is not as it was sealed. */
function written() {
  const said = new URLSearchParams();
  if (isOwn()) for (const s of sliders()) { if (Number(s.value) !== 0) said.set(s.name, s.value); }
  if (isOwn()) said.set("row", OWN);
  else if (Number(field("row").value) !== board.now.asked.row) said.set("row", field("row").value);
  for (const id of LEVERS) if (field(id).value !== field(id).defaultValue && !(id === "scale" && isOwn())) said.set(id, field(id).value);
  if (field("venue").value) said.set("venue", field("venue").value);
  return said.toString();
}

function keep() {
  if (document.documentElement.dataset.tab !== "what-if") return;
  const said = written();
  const kept = said ? `#what-if?${said}` : "#what-if";
  // What the address says already is not said again: it would call off a way back that is under way.
  if (location.hash !== kept) history.replaceState(null, "", kept);
}

/** Sets the form as an address says; what it does not know is left as it is. */
function read(fragment) {
  field("form").reset();
  field("row").value = String(board.now.asked.row);
  const [, said] = fragment.split("?");
  const asked = new URLSearchParams(said ?? "");
  for (const [name, value] of asked) {
    const input = slide(name) ?? (["row", "venue", ...LEVERS].includes(name) ? field(name) : undefined);
    if (input) input.value = value;
  }
  if (!field("row").value) field("row").value = String(board.now.asked.row);
  follow();
  showLevers();
  return asked.size > 0;
}

async function showLikelihood(turn) {
  const chosen = isOwn() ? prices() : known.rows.find((r) => r.row === Number(field("row").value))?.moves;
  const scale = isOwn() ? 1 : Number(field("scale").value) / 100;
  const scaled = Object.fromEntries(Object.entries(chosen ?? {}).map(([name, ppm]) => [name, Math.max(known.leastPpm, Math.min(known.mostPpm, Math.round(ppm * scale)))]));
  const response = await post("/fund/scenarios/likelihood", scaled);
  const body = await response.json();
  if (turn !== asked) return;
  if (!response.ok) {
    field("likely").textContent = body.detail;
    return;
  }
  const sigmas = Object.entries(body.deviationsThousandths).filter(([, s]) => s !== 0).map(([name, s]) => `${name} ${(Math.abs(s) / 1000).toFixed(1)}`);
  const often = body.asFar === 0 ? `on none of ${body.days.toLocaleString("en-US")} recorded days` : `on ${plural(body.asFar, "day")} of ${body.days.toLocaleString("en-US")} recorded`;
  field("likely").replaceChildren(
    element("strong", sigmas.length === 0 ? "No price moves. " : body.plausible ? "Plausible on one day. " : "Beyond what is plausible on one day. ", body.plausible ? "good" : "warn"),
    sigmas.length ? `In standard deviations of a stressed day: ${sigmas.join(", ")}; joint distance D² ${(body.distanceThousandths / 1000).toFixed(1)}, plausible to ${(body.greatestThousandths / 1000).toFixed(1)}. Prices went as far together ${often}. Of volatility nothing is said.` : "",
  );
}

const forced = (answer) => answer.pressure.reduce((sum, p) => sum + p.sale + p.purchase, 0);
const pair = (answer) => answer.members.slice(0, 2).map((m) => m.member).join(", ") || "nobody";

/** What was sealed and what is asked, a column each; never in one. */
function showBeside(answer) {
  const now = board.now;
  const line = (term, of) => {
    const cell = (u, kind) => Object.assign(text(usd(u), `n ${kind}`), { title: exact(u) });
    const [sealed, hypothetical] = [of(now), of(answer)];
    return row([element("th", term), cell(sealed, ""), cell(hypothetical, "asked"), cell(hypothetical - sealed, hypothetical > sealed ? "bad" : hypothetical < sealed ? "good" : "")]);
  };
  const words = (term, of) => row([element("th", term), text(of(now), "n"), text(of(answer), "n asked"), text(of(now) === of(answer) ? "" : "other", "n")]);
  field("beside").tBodies[0].replaceChildren(
    line("need: the two who lose most, beyond what they hold", (a) => a.need.u),
    line("what all lose beyond what they hold", (a) => a.totalUncovered.u),
    words("the two", pair),
    line("forced trades", forced),
    line("nothing that was received pays", (a) => a.adequacy.beyondPrefunded),
  );
  field("beside").tHead.rows[0].cells[1].textContent = `as sealed, epoch ${board.epoch}`;
  field("beside").tBodies[0].querySelectorAll("th").forEach((th) => (th.scope = "row"));
}

function showSame() {
  field("likely").textContent = "";
  field("answered").textContent = "As the epoch was sealed, no lever pulled: both columns are the same.";
  showBeside(board.now);
  told.answer(board.now);
}

async function ask() {
  clearTimeout(settling);
  const turn = ++asked;
  const begin = performance.now();
  keep();
  showLikelihood(turn);
  showHeat(turn);
  try {
    const response = await post("/fund/counterfactual", levers());
    const body = await response.json();
    if (turn !== asked) return;
    if (!response.ok) throw new Error(body.detail ?? `the house answered ${response.status}`);
    told.trouble("");
    const { scalePpm } = body.asked;
    field("answered").textContent = `${body.scenario[0].toUpperCase()}${body.scenario.slice(1)}${scalePpm === WHOLE ? "" : `, every price move times ${times(scalePpm)}`}, over epoch ${board.epoch}: computed by the house in ${Math.round(performance.now() - begin)} ms.`;
    showBeside(body);
    told.answer(body);
  } catch (failure) {
    if (turn === asked) told.trouble(`The lever was not answered: ${failure.message}. What is shown is the answer before.`);
  }
}

async function showHeat(turn = asked) {
  const [across, down, span] = [field("across").value, field("down").value, Number(field("span").value)];
  const fits = known.assets.length > 1 && across !== down;
  field("heat").hidden = known.assets.length < 2;
  field("heat-said").textContent = fits ? `The need where both move, all else as in the scenario above; ✗ where what was received does not pay it.` : "Two different assets are needed.";
  field("heat-map").hidden = !fits;
  if (!fits || document.documentElement.dataset.tab !== "what-if") return;
  const { row: ignored, scalePpm: unused, ...common } = levers();
  const response = await post("/fund/counterfactual", { ...common, ...moves(), grid: { across, down, leastPpm: -span, mostPpm: span, steps: STEPS } });
  if (turn !== asked || !response.ok) return;
  const { heat } = await response.json();
  charts.heat(heat, across, down);
  const heads = row([element("th", `${down} down, ${across} across`), ...heat.at.map((ppm) => element("th", move(ppm), "n"))]);
  field("heat-table").tHead.replaceChildren(heads);
  field("heat-table").tBodies[0].replaceChildren(...heat.need.map((line, y) => row([element("th", move(heat.at[y])), ...line.map((u, x) => Object.assign(text(usd(u), heat.unpaid[y][x] > 0 ? "n bad" : "n"), { title: exact(u) }))])));
}

function saved() {
  try {
    const list = JSON.parse(localStorage.getItem(SAVED) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function showSaved() {
  const list = saved();
  field("saved").hidden = list.length === 0;
  field("saved").replaceChildren(...list.map(({ name, fragment }) => {
    const item = element("li");
    const gone = element("button", "×");
    gone.type = "button";
    gone.setAttribute("aria-label", `Forget ${name}`);
    gone.addEventListener("click", () => {
      localStorage.setItem(SAVED, JSON.stringify(saved().filter((s) => s.name !== name)));
      showSaved();
    });
    item.append(link(`/fund#${fragment}`, name), gone);
    return item;
  }));
}

function save() {
  const name = field("name").value.trim() || `${field("row").selectedOptions[0]?.textContent ?? "scenario"}`;
  localStorage.setItem(SAVED, JSON.stringify([...saved().filter((s) => s.name !== name), { name, fragment: `what-if?${written()}` }]));
  field("kept").textContent = `“${name}” is kept in this browser`;
  showSaved();
}

const pulled = () => written() !== "";

/** Back to what was sealed. */
function reset() {
  field("form").reset();
  field("row").value = String(board.now.asked.row);
  follow();
  clearTimeout(settling);
  showLevers();
  asked++;
  keep();
  showSame();
  showLikelihood(asked);
  showHeat();
}

/**
 * Sets the builder up once.
 *
 * `answer` is told of every answer, `trouble` of every refusal.
 */
export function define(to) {
  told = to;
  field("form").addEventListener("input", (event) => {
    if (event.target.closest("#assets")) field("row").value = OWN;
    else follow();
    showLevers();
    clearTimeout(settling);
    settling = setTimeout(ask, SETTLED_MS);
  });
  field("sealed").addEventListener("click", reset);
  field("save").addEventListener("click", save);
  field("copy").addEventListener("click", async () => {
    keep();
    await navigator.clipboard.writeText(location.href);
    field("kept").textContent = "The link is copied: it holds the scenario and no secret";
  });
  for (const id of ["across", "down", "span"]) field(id).addEventListener("change", () => showHeat());
  addEventListener("hashchange", () => { if (board && location.hash.startsWith("#what-if?") && read(location.hash)) ask(); });
  showSaved();
}

/** A new epoch: what was asked stays and is asked again over it; what was not, is as the new one was sealed. */
export async function open(next) {
  const turn = ++opened;
  const response = await fetch("/fund/scenarios", { headers: { Accept: "application/json" } });
  const scenarios = response.ok ? await response.json() : undefined;
  if (turn !== opened) return;
  // As the form stands now: what was asked or taken back while the house answered counts.
  const fragment = board === undefined ? location.hash : `#what-if?${written()}`;
  board = next;
  if (!scenarios) return;
  known = scenarios;
  field("row").replaceChildren(...board.scenarios.map((s) => new Option(`${s.scenario} (sealed need ${usd(s.need)} USD)`, s.row)), new Option("a scenario of my own", OWN));
  field("venue").replaceChildren(new Option("no venue paused", ""), ...board.venues.map((v) => new Option(v.venue, v.venue)));
  field("assets").replaceChildren(element("legend", "Or move each price yourself"), ...known.assets.map((name) => slider(name, name, SLIDE.least, SLIDE.most)), slider("volatility", "volatility, of its full move", -100, 100));
  for (const [id, at] of [["across", 0], ["down", 1]]) {
    const before = field(id).value;
    field(id).replaceChildren(...known.assets.map((name) => new Option(name, name)));
    field(id).value = known.assets.includes(before) ? before : known.assets[at] ?? known.assets[0];
  }
  if (read(fragment.startsWith("#what-if?") ? fragment : "") && pulled()) await ask();
  else reset();
}

/** Draws again what had no room while its tab was closed. */
export function shown() {
  if (known) showHeat();
}
