// What the house answers when a lever is pulled, and what follows from it: causes, contagion, who pays, whose gains are cut, what is not seen.
import * as charts from "./charts.js";
import { amount, element, field, mark, rows, text } from "./parts.js";
import { memberOf } from "./tables.js";
import { about, move, percent, rate, times, usd } from "./words.js";

const PERCENT = 10_000;
const WHOLE = 1_000_000;
const NARROW = matchMedia("(max-width: 40rem)");

let board;
let answer;

/** The answer that everything here speaks of, and the board behind it. */
export function take(next, answered) {
  board = next;
  answer = answered;
}

function beyondCalls(rest) {
  if (rest === 0) return "; calls on the others cover it.";
  const bare = rest - answer.gains.gains;
  return `; after every call ${usd(rest)} USD falls on those who gained${bare > 0 ? `, of which ${usd(bare)} USD nobody can pay` : ""}.`;
}

/** The name of a layer beside its colour in the bar. */
function layer(name, place) {
  const cell = text(name);
  cell.prepend(mark(charts.SHADES[place]));
  return cell;
}

/** The scenario as a sentence begins. */
function scenario() {
  const { scalePpm } = answer.asked;
  return `${answer.scenario[0].toUpperCase()}${answer.scenario.slice(1)}${scalePpm === WHOLE ? "" : `, every price move times ${times(scalePpm)}`}`;
}

function showAdequacy() {
  const { adequacy } = answer;
  const [worst] = [answer.members.slice(0, 2)];
  const pair = worst.map((m) => `${m.member} ${usd(m.beyondMargin)}`).join(" and ");
  const first = element("p", `${scenario()}: `);
  const gap = adequacy.beyondPrefunded;
  first.append(worst.length > 1 ? `the two who lose most beyond what they hold are ${pair} USD.` : worst.length ? `${pair} USD is lost beyond what is held, by nobody else.` : "nobody loses more than it holds.");
  const second = element("p");
  second.append(element("strong", gap > 0 ? `${usd(gap)} USD of it nothing that was received pays` : `${usd(adequacy.prefunded - adequacy.need)} USD of what was received is left`));
  second.append(gap > 0 ? beyondCalls(adequacy.beyondAll) : ".");
  field("headline").replaceChildren(...first.childNodes, " ", ...second.childNodes);
  rows(
    "layer-table",
    adequacy.layers.map((l, i) => [layer(l.name, i), amount(l.capacity), amount(l.used), amount(l.capacity - l.used), text(l.prefunded ? "received" : "to be called")]),
  );
  const held = document.createElement("tr");
  held.append(text("margin of the two who fail", "inset"), amount(adequacy.margin), amount(adequacy.margin), amount(0), text("held before; the need is what lies beyond it"));
  field("layer-table").tBodies[0].prepend(held);
  const gains = document.createElement("tr");
  gains.append(layer("a cut of gains of those who gained", adequacy.layers.length), amount(answer.gains.gains), amount(Math.min(adequacy.beyondAll, answer.gains.gains)), amount(Math.max(0, answer.gains.gains - adequacy.beyondAll)), text("taken, not paid"));
  field("layer-table").tBodies[0].append(gains);
  charts.layers(adequacy);
  field("layers-said").textContent = `${scenario()}: what is asked of the fund, and who pays it.`;
}

/** The reproduction number where the cascade ends, and the largest on its way. */
function feedback({ lowerPpm, upperPpm, alongPpm }) {
  const said = upperPpm === 0 ? "Where it ends nothing feeds itself: R = 0." : `Where it ends R lies between ${times(lowerPpm)} and ${times(upperPpm)}${lowerPpm >= 1_000_000 ? ": it feeds itself." : upperPpm < 1_000_000 ? ": a further push dies out." : "."}`;
  return alongPpm ? `${said} On the way a round forced up to ${times(alongPpm)} of what the round before had.` : said;
}

function showCauses() {
  rows("causes", [...answer.causes.map((c) => [text(c.channel), amount(c.amount)])]);
  const sum = document.createElement("tr");
  sum.className = "sum";
  sum.append(text("need"), amount(answer.need.u));
  field("causes").tBodies[0].append(sum);
  const forcedShare = answer.causes.slice(1).reduce((sum, c) => sum + Math.abs(c.amount), 0);
  field("causes-chart").hidden = forcedShare * 100 < answer.need.u;
  if (!field("causes-chart").hidden) charts.causes(answer.causes);
  field("feedback").textContent = answer.feedback ? feedback(answer.feedback) : "";
  const forced = answer.pressure.filter((p) => p.sale || p.purchase || p.movePpm);
  rows(
    "pressure",
    forced.map((p) => [text(p.asset), text(move(p.movePpm), "n"), text(p.downPpm || p.upPpm ? [p.downPpm ? rate(-p.downPpm) : "", p.upPpm ? move(p.upPpm) : ""].filter(Boolean).join(" / ") : "none", "n"), amount(p.sale), amount(p.purchase)]),
    board.certificate ? "nothing is forced" : "This house publishes no contagion buffer: what accounts are forced to sell is not computed.",
  );
}

function showContagion() {
  const published = board.certificate !== undefined;
  for (const id of ["map", "edges-box"]) field(id).hidden = !published;
  field("map-said").textContent = published
    ? `${NARROW.matches ? "On a wider screen this is a map. " : ""}From left to right: venues, accounts, assets. A red arrow is what an account is forced to trade; an amber arrow is what the moved price costs an account that holds the asset. Wider is more.`
    : "This house publishes no contagion buffer (buffer.published is 0), so nobody knows who infects whom. The losses below are those of the scenario alone.";
  field("map").hidden = !published || NARROW.matches;
  field("edges-box").open ||= NARROW.matches;
  if (!field("map").hidden) charts.contagion(board, answer);
  const edge = (e, from, to) => ({ from, to, through: `forced ${e.side}s`, amount: e.amount });
  field("edges").fill([...answer.edges.trades.map((e) => edge(e, memberOf(e.account), e.asset)), ...answer.edges.costs.map((e) => edge(e, e.asset, memberOf(e.account)))]);
  const holders = new Map(board.accounts.map((h) => [h.number, h]));
  field("accounts").fill(answer.accounts.map((a) => ({ ...a, holder: holders.get(a.number) })));
}

/** Tables of the answer that are as long as the house is large. */
export function defineAnswer() {
  const words = (title, value, kind = () => "") => ({ title, value, cell: (e) => text(value(e), kind(e)) });
  const sum = (title, value, kind = () => "") => ({ title, number: true, value, cell: (e) => amount(value(e), kind(e)) });
  field("edges").define({
    caption: "Who infects whom, and through what, USD",
    none: "nothing is forced, so nobody infects anybody",
    sorted: { by: 3, down: true },
    found: (e) => `${e.from} ${e.to} ${e.through}`,
    columns: [words("From", (e) => e.from), words("To", (e) => e.to), words("Through", (e) => e.through), sum("amount", (e) => e.amount)],
  });
  field("accounts").define({
    caption: "What the scenario that is shown does to every account, USD; below 0 it loses",
    none: "no account has a margin in this epoch",
    sorted: { by: 6, down: true },
    found: (a) => `${a.member} ${a.number} ${a.holder.venues.join(" ")} ${a.holder.state}`,
    columns: [
      words("Member", (a) => a.member),
      words("Venues", (a) => a.holder.venues.join(", ")),
      words("state now", (a) => a.holder.state, (a) => (a.holder.state === "open" ? "" : "warn")),
      sum("the scenario", (a) => -a.direct, (a) => (a.direct > 0 ? "" : "good")),
      sum("forced trades", (a) => -a.forced),
      sum("margin", (a) => a.margin),
      sum("beyond margin", (a) => a.beyondMargin, (a) => (a.beyondMargin > 0 ? "bad" : "")),
      { title: "sold", number: true, value: (a) => a.soldPpm, cell: (a) => text(rate(a.soldPpm), `n ${a.soldPpm > 0 ? "warn" : ""}`) },
    ],
  });
}

function showGains() {
  const { gains } = answer;
  field("gains-said").textContent = gains.deficit === 0 ? "The layers pay this scenario: nothing is taken from those who gained. Move the levers until they do not, and this says who would give up what." : `${usd(gains.deficit)} USD that no layer pays falls on gains of ${usd(gains.gains)} USD. The house’s rule is pro rata. The queue is what venues do; water-filling takes from the most leveraged first.`;
  rows("gains-table", gains.rules.map((r) => [text(r.rule), amount(r.taken), amount(r.overshoot, r.overshoot ? "bad" : ""), amount(r.uncovered, r.uncovered ? "bad" : ""), text(String(r.hedgesBroken), `n ${r.hedgesBroken ? "bad" : ""}`), text(r.cuts.filter((c) => c.cut).map((c) => `${c.member} ${about(c.cut)} of ${about(c.gain)}`).join(", ") || "nobody")]));
}

function showSight() {
  const { lower, upper, accounts } = answer.unseen;
  field("sight-said").textContent = accounts.length === 0 ? "Every account was seen at this epoch’s horizon: the need has no interval." : `Not seen: ${accounts.map(memberOf).join(", ")}. The need lies ${upper === undefined ? `at or above ${usd(lower)} USD, without an end: an account that was never seen can lose anything` : `between ${usd(lower)} and ${usd(upper)} USD: what was last seen there may lose nothing, or hold nothing`}.`;
  field("interval").hidden = accounts.length === 0;
  if (accounts.length) charts.interval(answer);
  rows("venues", board.venues.map((v) => [text(v.venue), text(String(v.accounts), "n"), text(v.unseen.length ? `old or missing for ${v.unseen.map(memberOf).join(", ")}` : "seen", v.unseen.length ? "warn" : "")]));
}

/** Clearing payments and DebtRank in the scenario that is shown; a house whose tables do not say where entries stand has none. */
async function showNetwork() {
  const row = answer.asked.row;
  field("network").hidden = row === undefined;
  if (row === undefined) return;
  const response = await fetch(`/fund/network?row=${row}`, { headers: { Accept: "application/json" } });
  field("network").hidden = !response.ok;
  if (!response.ok) return;
  const network = await response.json();
  if (network.epoch !== board.epoch || row !== answer.asked.row) return;
  field("network-said").textContent = `${network.scenario}: of ${usd(network.owed.u)} USD that accounts and venues owe one another beyond what secures it, ${usd(network.unpaid.u)} would stay unpaid if no fund paid and nobody was called.`;
  const percent = (ppm) => `${(ppm / PERCENT).toFixed(2)} %`;
  rows("fallen", network.fallen.map((f) => [text(f.round, "n"), text(f.name), amount(f.owes.u), amount(f.pays.u)]), "everybody pays");
  rows("distress", network.distress.map((d) => [text(d.name), text(percent(d.directPpm), "n"), text(percent(d.ppm), d.ppm > d.directPpm ? "n bad" : "n")]), "nobody loses anything");
}

/** Everything that an answer changes. Pictures are drawn where their tab is open: one that is not has no size. */
export function showAnswer() {
  showAdequacy();
  showCauses();
  showContagion();
  showGains();
  showSight();
  showNetwork();
}
