// The fund manager's page: one board an epoch by the stream, one answer a lever by POST; what is shown is what the house answered.
import * as charts from "./charts.js";
import { changing } from "./theme.js";
import { about, age, dated, exact, move, percent, plural, rate, times, usd } from "./words.js";

const field = (id) => document.getElementById(id);
const LEVERS = ["scale", "threshold", "batches", "topup"];
const PERCENT = 10_000;
const SETTLED_MS = 120;
const TIGHT = 20;
const CROWDED = 200_000;
const WHOLE = 1_000_000;
const STRIKES = { put: "puts below 35 Δ", atm: "at the money", call: "calls below 35 Δ" };
const MILLION_ROWS = 6;
const COVERAGE_ROWS = 100;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NARROW = matchMedia("(max-width: 40rem)");

let board;
let answer;
let asked = 0;

function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

/** A cell with an amount: to the cent, in full where the pointer rests. */
function amount(u, kind = "") {
  const cell = element("td", usd(u), `n ${kind}`);
  cell.title = exact(u);
  return cell;
}

const text = (words, kind = "") => element("td", words, kind);

function rows(id, list, none) {
  const made = list.map((cells) => {
    const row = document.createElement("tr");
    row.append(...cells);
    return row;
  });
  if (!made.length) {
    const cell = text(none);
    cell.colSpan = 9;
    made.push(document.createElement("tr"));
    made[0].append(cell);
  }
  field(id).tBodies[0].replaceChildren(...made);
}

function figure(term, u, note) {
  const box = document.createElement("div");
  const value = element("dd", `${usd(u)} USD`);
  value.title = exact(u);
  value.append(element("small", note));
  box.append(element("dt", term), value);
  return box;
}

const memberOf = (number) => board.accounts.find((a) => a.number === number)?.member ?? `account ${number}`;

function beyondCalls(rest) {
  if (rest === 0) return "; calls on the others cover it.";
  const bare = rest - answer.gains.gains;
  return `; after every call ${usd(rest)} USD falls on those who gained${bare > 0 ? `, of which ${usd(bare)} USD nobody can pay` : ""}.`;
}

/** The name of a layer beside its colour in the bar. */
function layer(name, place) {
  const cell = text(name);
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shade = mark.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
  for (const [key, value] of [["width", 10], ["height", 10], ["rx", 2], ["fill", charts.SHADES[place]]]) shade.setAttribute(key, value);
  mark.classList.add("mark");
  mark.setAttribute("aria-hidden", "true");
  cell.prepend(mark);
  return cell;
}

function showAdequacy() {
  const { adequacy } = answer;
  field("money").textContent = board.money.text;
  field("money").className = board.money.holds ? "money" : "money bad";
  field("verdict").textContent = board.money.holds ? "Holds" : "Does not hold";
  field("verdict").dataset.holds = board.money.holds;
  const [worst] = [answer.members.slice(0, 2)];
  const pair = worst.map((m) => `${m.member} ${usd(m.beyondMargin)}`).join(" and ");
  const first = element("p", `In ${answer.scenario}${answer.asked.scalePpm === 1_000_000 ? "" : `, every price move times ${answer.asked.scalePpm / 1_000_000}`}, `);
  first.append(worst.length ? `the two who lose most beyond margin are ${pair} USD.` : "nobody loses more than margin.");
  const gap = adequacy.beyondPrefunded;
  const second = element("p");
  second.append(element("strong", gap > 0 ? `${usd(gap)} USD of it nothing that was received pays` : `${usd(adequacy.prefunded - adequacy.need)} USD of what was received is left`));
  second.append(gap > 0 ? beyondCalls(adequacy.beyondAll) : ".");
  field("headline").replaceChildren(first, second);
  field("figures").replaceChildren(
    figure("Need, Cover-2", answer.need.u, "the worst two together, forced sales inside"),
    figure("Sealed need", board.need.u, "the same before anything is forced, sealed"),
    figure("All losses beyond margin", answer.totalUncovered.u, `${plural(answer.members.length, "member")}`),
    figure("Received and usable", adequacy.prefunded, "cash, no exit queued; of those who fail only what pays their own loss"),
    figure("The largest one alone", board.layers.largestOne.u, "forced sales inside, as sealed"),
    figure("If each of the two hides an affiliate", board.hiddenAffiliates.u, "the worst four, sealed, nothing forced"),
  );
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
  const vectors = board.certificate ? ` The contagion vectors are certified: Φ(c′) ≤ c′ held in ${board.certificate.held} of ${board.certificate.scenarios} scenarios, checked for this page.` : "";
  field("certificate").textContent = `Everybody with the sealed inputs recomputes the sealed need from the vault table ${board.vaultTable.slice(0, 16)}… under the seal ${board.digest.slice(0, 16)}…; “bulwark proof prove fund” shows it without showing whose it is.${vectors}`;
}

const STEPS = {
  collect: (step) => `Collect ${usd(step.amount.u)} USD, which ${step.member} was called for and has not paid`,
  close: (step) => `Close the positions of ${step.member}, which is in liquidation: the fund must hold ${usd(step.amount.u)} USD less`,
};

/** Who endangers the fund and what to do now; nothing of it depends on a lever. */
function showFirst() {
  const { dangers, steps } = board.first;
  field("dangers").replaceChildren(...dangers.map((danger) => {
    const item = element("li");
    item.append(element("strong", danger.member), ` without it the fund would have to hold ${usd(danger.marginal.u)} USD less`);
    return item;
  }));
  if (!dangers.length) field("dangers").replaceChildren(element("li", "nobody alone"));
  field("steps").replaceChildren(...steps.map((step) => {
    const item = element("li", `${STEPS[step.kind](step)}. `);
    item.append(element("strong", `Coverage ${percent(board.money.coveragePpm)} → ${percent(step.coveragePpm)}`));
    return item;
  }));
  if (!steps.length) field("steps").replaceChildren(element("li", board.money.holds ? "Nothing is owed and nobody is in liquidation" : "Nothing is owed: the next review asks members for what is missing"));
}

/** What asks for somebody's attention now, worst first; nothing of it depends on a lever. */
function showAlerts() {
  const alerts = [];
  if (!board.now.holds) alerts.push(["bad", `What was received does not pay the worst scenario: ${usd(board.now.adequacy.beyondPrefunded)} USD are missing.`]);
  if (board.required.u > board.fund.u) alerts.push(["bad", `Market stress alone asks the fund for ${usd(board.required.u)} USD; it holds ${usd(board.fund.u)} USD.`]);
  for (const a of board.accounts.filter((a) => a.due !== undefined || a.state === "liquidation" || a.state === "call")) {
    const clock = a.due === undefined ? "" : `; its call is due ${a.due}`;
    alerts.push(a.state === "liquidation" ? ["bad", `${a.member} is in liquidation: equity ${usd(a.equity)} USD against a maintenance margin of ${usd(a.maintenanceMargin)} USD${clock}.`] : ["warn", `${a.member} is called: equity ${usd(a.equity)} USD, initial margin ${usd(a.initialMargin)} USD and what the buffer asks beside it${clock}.`]);
  }
  for (const v of board.venues.filter((v) => v.unseen.length)) alerts.push(["warn", `${v.venue} is not seen for ${v.unseen.map(memberOf).join(", ")}.`]);
  if (board.clock.hours !== undefined) alerts.push(["bad", `What can pay falls below the need of ${board.clock.scenario} ${board.clock.hours === 0 ? "now" : `in ${days(board.clock.hours)}`}.`]);
  for (const c of board.chains.filter((c) => c.cycles.length)) alerts.push(["bad", `${c.cycles.join(", ")} back their own backers along the chain of ${c.symbol}.`]);
  const tight = board.headroom.filter((r) => r.limit !== undefined && r.flow > 0 && (r.limit - r.flow) * TIGHT < r.limit);
  for (const r of tight) alerts.push(["warn", `Forced ${r.side}s of ${r.asset} have ${usd(r.limit - r.flow)} USD of room left, less than a twentieth of what is covered.`]);
  field("alerts").replaceChildren(...alerts.map(([kind, words]) => element("li", words, kind)));
  field("alerts").hidden = alerts.length === 0;
}

async function showDistance() {
  const response = await fetch("/fund/distance", { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const distance = await response.json();
  if (distance.epoch !== board.epoch) return;
  field("distance").textContent =
    distance.multiplePpm === undefined
      ? `No multiple of ${distance.scenario} up to ${times(distance.mostPpm)} times exhausts what was received.`
      : `${distance.scenario[0].toUpperCase()}${distance.scenario.slice(1)} exhausts what was received when every price move is ${times(distance.multiplePpm)} times as large.`;
}

const WHY = {
  market: (where) => `beyond what members really hold, forced sales inside: ${where}`,
  "jump to zero": (where) => (where ? `${where} and every claim on it worth nothing, capped a symbol` : "no symbol worth nothing costs more than margin"),
  liquidity: (where) => `the most that one member’s margin must bring on the day beyond its cash: ${where}`,
  "venue default": (where) => (where ? `what all are short by beyond the market’s part where ${where}` : "no venue’s failure costs more than members hold"),
};

/** What of a layer the proof of the fund says. */
function covered(layer) {
  if (layer.proved === 0) return "no proof covers it";
  return layer.proved === layer.size ? "all of it proved" : `${usd(layer.proved)} USD of it proved`;
}

/** The size that the house asks of the fund, by layer, and of whom. */
function showSize() {
  const { layers, contributions, rests } = board;
  field("rests").textContent = `${rests.text} Of the margin of those who rest on it ${rests.behind.map((b) => `${usd(b.held.u)} USD stand behind ${b.mode}`).join(", ")} connections; the fund counts ${usd(rests.counted.u)} USD.`;
  const bare = layers.demanded.u - layers.standing.u;
  rows("size", layers.sized.map((l) => [text(l.name), amount(l.size), text(`${(WHY[l.name] ?? ((where) => where))(l.where)}; ${covered(l)}`)]));
  rows("sizing", layers.rows.map((r) => [text(r.scenario), amount(r.need.u), amount(r.all.u), text(r.sizes ? "sizes the fund" : "does not size it", r.sizes ? "" : "quiet"), text(r.why)]), "no scenarios");
  const total = document.createElement("tr");
  total.className = "sum";
  total.append(text("must hold"), amount(layers.demanded.u), text(bare > 0 ? `${usd(bare)} USD more than the ${usd(layers.standing.u)} USD that stand in it` : `${usd(-bare)} USD less than the ${usd(layers.standing.u)} USD that stand in it`, bare > 0 ? "bad" : "good"));
  const proved = document.createElement("tr");
  proved.append(text("of it proved", "inset"), amount(board.need.u), text("Cover-2 of direct losses beyond what is held, as sealed: the integer that the proof of the fund says"));
  field("size").tBodies[0].append(total, proved);
  const tail = layers.shortfallRows > 1 ? `Expected shortfall of 99 % of what all lose beyond what they hold, over ${layers.shortfallRows} sealed rows: ${usd(layers.shortfall.u)} USD.` : "The sealed table has no rows of expected shortfall (table.design is 0), so its part of the market layer is 0.";
  const spared = layers.exempted.map((e) => ` By governance ${e.symbol} puts ${usd(e.cap.u)} USD into the layer of jumps at most; worth nothing it would cost ${usd(e.loss.u)} USD.`);
  field("size-said").textContent = tail + spared.join("");
  const part = (name, member) => amount(layers.sized.find((l) => l.name === name)?.parts[member] ?? 0);
  rows("contributions", contributions.map((c) => [text(c.member), part("market", c.member), part("jump to zero", c.member), part("liquidity", c.member), part("venue default", c.member), amount(c.share), amount(c.marginal), c.shapley === undefined ? text("–", "n") : amount(c.shapley), amount(c.previous), amount(c.required, c.required > c.previous ? "warn" : "")]), "no members");
  if (bare > 0) {
    field("alerts").prepend(element("li", `Over all layers, not this scenario alone, the fund must hold ${usd(layers.demanded.u)} USD: ${usd(bare)} USD more than stand in it.`, "bad"));
    field("alerts").hidden = false;
  }
}

function link(href, words, name) {
  const made = element("a", words);
  made.href = href;
  made.download = name;
  return made;
}

/** Proofs that were kept with this epoch; one may come after the board did. */
async function showProofs() {
  const response = await fetch("/fund/proofs", { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const proofs = await response.json();
  rows("proofs", proofs.map((p) => {
    const files = text("");
    files.append(link(`/fund/proofs/${p.digest}`, "proof", `bulwark-fund-${p.digest.slice(0, 16)}.json`), " · ", link(`/fund/proofs/${p.digest}/key`, "verifying key", `bulwark-fund-${p.verifyingKey.slice(0, 16)}.vk`), " · ");
    files.append(element("small", "bulwark verify FILE --key VK"));
    files.title = "Says TRUSTED only beside --house and --house-file, --vault-table, and what stands behind margins and holdings; it names what is not given.";
    const says = text(`in each of ${p.scenarios} sealed scenarios the two members who lose most beyond what they hold lose at most ${usd(p.fund.u)} USD together`);
    says.title = exact(p.fund.u);
    return [says, text(p.holds ? "holds" : `does not hold: ${p.fault}`, p.holds ? "good" : "bad"), files];
  }), "None yet: “bulwark proof prove fund” makes one and keeps it with the epoch.");
}

const days = (hours) => (hours % 24 === 0 ? plural(hours / 24, "day") : plural(hours, "hour"));

/** The capacity clock: what can pay if the worst row comes now, what is known to leave, and a run. */
function showClock() {
  const { clock } = board;
  const short = clock.need.u - clock.usable.u;
  field("clock-said").textContent = clock.hours === undefined ? `In ${clock.scenario} the fund can pay its need now, and still when everything that is known to leave has left.` : clock.hours === 0 ? `In ${clock.scenario} what can pay falls ${usd(short)} USD short now.` : `In ${clock.scenario} the fund can pay its need for ${days(clock.hours)} more: then releases take it below.`;
  field("clock-said").className = clock.hours === undefined ? "" : "bad";
  field("clock").replaceChildren(
    figure("Received", clock.paidIn.u, "contributions and the house’s own capital"),
    figure("Of no use here", clock.notUsable.u, "contributions of the two who fail, beyond their own loss"),
    figure("Can pay", clock.usable.u, "cash; no asset that loses its worth with the event"),
    figure("Needed", clock.need.u, "the worst two beyond what they hold, forced sales inside"),
    figure("Known to leave", clock.leaving.u, clock.releases.length ? `above targets, a step a review, the first in ${days(clock.releases[0].inHours)}` : "nobody stands above the target"),
  );
  const asked = `If ${percent(clock.runPpm)} of the others’ contributions asked to leave now, as of the largest stake of Aave’s Umbrella on 20 April 2026, ${usd(clock.runLeaves.u)} USD would leave in ${days(clock.cooldownHours)}, and stay slashable until then`;
  const selling = clock.accountsInLiquidation.length ? ` Being sold now: ${clock.accountsInLiquidation.map(memberOf).join(", ")}; their losses come before any exit.` : " No account is being sold now.";
  field("run-said").textContent = `${asked}: ${clock.runHours === undefined ? "the need would still be met." : `from ${clock.runHours === 0 ? "now" : `then`} on the need would not be met.`}${selling}`;
}

/** Collateral that rests on collateral, hop by hop. */
function showChains() {
  const cycles = board.chains.flatMap((c) => c.cycles);
  field("reuse-said").textContent = cycles.length ? `${[...new Set(cycles)].join(", ")} back their own backers.` : "Each symbol with every listed claim on it. No asset backs its own backer.";
  rows(
    "chains",
    board.chains.flatMap((c) => c.hops.map((h, i) => (i === 0
      ? [text(h.asset), text(""), amount(c.pledged.u), amount(c.lost.u), amount(c.cap.u, c.cap.u < c.lost.u ? "warn" : ""), text(c.velocityPpm === undefined ? "nothing of it is theirs" : times(c.velocityPpm), "n")]
      : [text(h.asset, c.cycles.includes(h.asset) ? "inset bad" : "inset"), text(h.on.join(", ")), amount(h.held.u), amount(h.lost.u), text(""), text("")]))),
    "no account holds collateral",
  );
}

/** Asked once an epoch, after the board: it margins and stresses every line again. */
async function showPrice() {
  const response = await fetch("/fund/price", { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const price = await response.json();
  if (price.epoch !== board.epoch) return;
  const dear = price.lines.filter((l) => l.demanded > 0).slice(0, MILLION_ROWS);
  const cheap = price.lines.filter((l) => l.demanded < 0).slice(-MILLION_ROWS).reverse();
  field("million-said").textContent = `${plural(price.lines.length, "position")} margined, netted and stressed again with this epoch’s kernels, exact differences: ${plural(price.lines.filter((l) => l.demanded > 0).length, "costs", "cost")} the fund something, ${price.lines.filter((l) => l.demanded < 0).length} take risk off it.`;
  const signed = (u) => amount(u, u > 0 ? "bad" : u < 0 ? "good" : "");
  rows("price", [...dear, ...cheap].map((l) => [text(l.member), text(`${l.side} ${l.asset} (${l.instrument})`), amount(l.margin), signed(l.layers["market"]), signed(l.layers["jump to zero"]), signed(l.layers["liquidity"]), signed(l.layers["venue default"]), signed(l.demanded)]), "no position of a million changes what the fund must hold");
}

function showLevers() {
  const said = {
    scale: (Number(field("scale").value) / 100).toFixed(2),
    threshold: `${field("threshold").value} %`,
    batches: field("batches").value,
    topup: `${field("topup").value} %`,
  };
  LEVERS.forEach((lever) => (field(`${lever}-said`).textContent = said[lever]));
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
  const edge = (e, from, to) => [text(from), text(to), text(`forced ${e.side}s`), amount(e.amount)];
  rows("edges", [...answer.edges.trades.map((e) => edge(e, memberOf(e.account), e.asset)), ...answer.edges.costs.map((e) => edge(e, e.asset, memberOf(e.account)))], "nothing is forced, so nobody infects anybody");
  rows(
    "accounts",
    answer.accounts.map((a) => {
      const holder = board.accounts.find((h) => h.number === a.number);
      return [text(a.member), text(holder.venues.join(", ")), text(holder.state, holder.state === "open" ? "" : "warn"), amount(-a.direct, a.direct > 0 ? "" : "good"), amount(-a.forced), amount(a.margin), amount(a.beyondMargin, a.beyondMargin > 0 ? "bad" : ""), text(rate(a.soldPpm), `n ${a.soldPpm > 0 ? "warn" : ""}`)];
    }),
    "no account has a margin in this epoch",
  );
}

function showHeadroom() {
  rows(
    "headroom",
    board.headroom.filter((r) => r.flow > 0 || r.limit === undefined || r.limit > 0).map((r) => [text(r.asset), text(`forced ${r.side}s`), text(move(r.movePpm), "n"), text(rate(r.ratePpm), "n"), amount(r.flow), ...(r.limit === undefined ? [text("any", "n"), text("any", "n")] : [amount(r.limit), amount(r.limit - r.flow)])]),
    board.certificate ? "the certified vectors are zero: any forced trade would move a price further than certified" : "no buffer, no certified vectors",
  );
}

function showShortVolatility() {
  rows(
    "short-volatility",
    board.shortVolatility.map((c) => [text(c.asset), text(`${c.tenorDays} days`), text(STRIKES[c.strikes]), amount(c.netShort), amount(c.capacity), text(percent(c.crowdingPpm), `n ${c.crowdingPpm > WHOLE ? "bad" : c.crowdingPpm > CROWDED ? "warn" : ""}`), text(`${c.movePoints} points`, "n"), text(percent(c.haircutPpm), "n")]),
    board.certificate ? "nobody is short volatility" : "no buffer, no charge for a crowd",
  );
}

function showGains() {
  const { gains } = answer;
  field("gains-said").textContent = gains.deficit === 0 ? "The layers pay this scenario: nothing is taken from those who gained. Move the levers until they do not, and this says who would give up what." : `${usd(gains.deficit)} USD that no layer pays falls on gains of ${usd(gains.gains)} USD. The house’s rule is pro rata. The queue is what venues do; water-filling takes from the most leveraged first.`;
  rows("gains-table", gains.rules.map((r) => [text(r.rule), amount(r.taken), amount(r.overshoot, r.overshoot ? "bad" : ""), amount(r.uncovered, r.uncovered ? "bad" : ""), text(String(r.hedgesBroken), `n ${r.hedgesBroken ? "bad" : ""}`), text(r.cuts.filter((c) => c.cut).map((c) => `${c.member} ${about(c.cut)} of ${about(c.gain)}`).join(", ") || "nobody")]));
}

function showShares() {
  rows("concentration", board.concentration.map((c) => [text(c.what), amount(c.total), text(percent(c.topFivePpm), "n"), text(percent(c.topTenPpm), "n")]));
  charts.distribution(board.distribution);
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

/** Coverage as it stood at every review; the verdict's own is of now. */
async function showCoverage() {
  const response = await fetch(`/fund/coverage?most=${COVERAGE_ROWS}`, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const { epochs } = await response.json();
  field("coverage-box").hidden = epochs.length === 0;
  if (epochs.length === 0) return;
  const percent = (ppm) => `${(Math.floor(ppm / 1_000) / 10).toFixed(1)} %`;
  const all = epochs.map((e) => e.coveragePpm);
  const sealed = `When epoch ${epochs[0].epoch} was sealed, coverage stood at ${percent(all[0])}`;
  field("coverage-said").textContent = epochs.length === 1 ? `${sealed}; what came since counts above` : `${sealed}; over the last ${epochs.length} epochs it stood between ${percent(Math.min(...all))} and ${percent(Math.max(...all))}`;
  rows("coverage", epochs.map((e) => [text(e.epoch, "n"), text(percent(e.coveragePpm), e.coveragePpm < 1_000_000 ? "n bad" : "n"), amount(e.received.u), amount(e.demanded.u)]));
}

/** Capital under the Basel standard, of the house and of its members. */
async function showCapital() {
  const response = await fetch("/fund/capital", { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const { epoch, prefunded, hedged, gross, leftOut } = await response.json();
  if (epoch !== board.epoch) return;
  field("capital").hidden = false;
  field("capital-said").textContent = `Hypothetical capital of the house (K_CCP): ${usd(hedged.hypothetical.u)} USD where every coin hedges, ${usd(gross.hypothetical.u)} where none does; ${usd(prefunded.u)} are in the fund.${leftOut.length ? ` Without a margin, in no figure: ${leftOut.join(", ")}.` : ""}`;
  const held = (member) => (member.capital ? amount(member.capital.u) : text("nobody paid in", "n"));
  rows("capital-table", hedged.members.map((m, i) => [text(m.member), amount(m.contribution.u), amount(m.exposure.u), held(m), amount(gross.members[i].exposure.u), held(gross.members[i])]), "nobody rests on the fund");
}

/** How every default went, from the books: a step below the other, the newest default first. */
async function showDays() {
  const response = await fetch("/fund/defaults", { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const days = await response.json();
  field("days").hidden = days.length === 0;
  field("days-of").replaceChildren(...days.reverse().flatMap((day) => {
    const list = element("ol", "", "days");
    list.append(...day.steps.map((step) => {
      const item = element("li", ` ${step.what}`);
      const time = element("time", step.at.replace("T", " ").replace("Z", " UTC"));
      time.dateTime = step.at;
      item.prepend(time);
      return item;
    }));
    return [element("h3", `${day.members.join(", ")}, default ${day.declaration.slice(0, 16)}`), list];
  }));
}

function show() {
  showAdequacy();
  showLevers();
  showCauses();
  showContagion();
  showHeadroom();
  showShortVolatility();
  showGains();
  showShares();
  showSight();
  showNetwork();
}

function trouble(words) {
  field("trouble").textContent = words;
  field("trouble").hidden = !words;
}

const levers = () => ({
  row: Number(field("row").value),
  scalePpm: Number(field("scale").value) * PERCENT,
  thresholdPpm: Number(field("threshold").value) * PERCENT,
  batches: Number(field("batches").value),
  topUpPpm: Number(field("topup").value) * PERCENT,
  ...(field("venue").value ? { pausedVenue: field("venue").value } : {}),
});

async function ask() {
  const turn = ++asked;
  const begin = performance.now();
  try {
    const response = await fetch("/fund/counterfactual", { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(levers()) });
    const body = await response.json();
    if (turn !== asked) return;
    if (!response.ok) throw new Error(body.detail ?? `the house answered ${response.status}`);
    answer = body;
    trouble("");
    show();
    field("answered").textContent = `recomputed by the house in ${Math.round(performance.now() - begin)} ms; nothing is booked`;
  } catch (failure) {
    if (turn === asked) trouble(`The lever was not answered: ${failure.message}. What is shown is the answer before.`);
  }
}

let settling;
field("form").addEventListener("input", () => {
  showLevers();
  clearTimeout(settling);
  settling = setTimeout(ask, SETTLED_MS);
});

function reset() {
  field("form").reset();
  field("row").value = board.now.asked.row;
  answer = board.now;
  asked++;
  field("answered").textContent = "as the epoch was sealed, no lever pulled";
  show();
}
field("sealed").addEventListener("click", reset);

/** How old what is shown is, whatever the connection does. */
function tellAge() {
  if (!board) return;
  field("age").textContent = age(board.time);
  field("age").dataset.state = Date.now() - Date.parse(board.time) > DAY_MS ? "old" : "new";
}
setInterval(tellAge, MINUTE_MS);

function open(next) {
  board = next;
  field("seal").textContent = `Epoch ${board.epoch}, ${dated(board.time)} · seal ${board.digest}`;
  tellAge();
  field("row").replaceChildren(...board.scenarios.map((s) => new Option(`${s.scenario} (sealed need ${usd(s.need)} USD)`, s.row)));
  field("venue").replaceChildren(new Option("no venue paused", ""), ...board.venues.map((v) => new Option(v.venue, v.venue)));
  document.querySelector("main").hidden = false;
  showFirst();
  showAlerts();
  reset();
  showDistance();
  showProofs();
  showClock();
  showChains();
  showPrice();
  showSize();
  showCoverage();
  showCapital();
  showDays();
  document.documentElement.dataset.epoch = board.epoch;
}

changing(field("theme"), () => { if (board) show(); });

const stream = new EventSource("/fund/board/stream");
const say = (state, words) => {
  field("stream").dataset.state = state;
  field("stream").textContent = words;
};
stream.addEventListener("open", () => say("live", board ? "connected" : "connected; no epoch yet"));
stream.addEventListener("message", (event) => {
  say("live", "connected");
  open(JSON.parse(event.data));
});
stream.addEventListener("error", () => say("lost", "no connection; what is shown may be old"));
