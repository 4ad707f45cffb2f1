// What the epoch says, whatever lever is pulled: the fund's size and what rests on what, clocks and prices, proofs, capital, days of default.
import { amount, element, field, figure, link, rows, text } from "./parts.js";
import * as charts from "./charts.js";
import { covered, dated, exact, move, percent, plural, rate, times, usd } from "./words.js";

const CROWDED = 200_000;
const WHOLE = 1_000_000;
const STRIKES = { put: "puts below 35 Δ", atm: "at the money", call: "calls below 35 Δ" };
const MILLION_ROWS = 6;
const HISTORY_MOST = 1_000;

let board;

/** The board that everything here speaks of. */
export function take(next) {
  board = next;
}

export const memberOf = (number) => board.accounts.find((a) => a.number === number)?.member ?? `account ${number}`;

async function asked(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  return response.ok ? response.json() : undefined;
}

const WHY = {
  market: (where) => `beyond what members really hold, forced sales inside: ${where}`,
  "jump to zero": (where) => (where ? `${where} and every claim on it worth nothing, capped a symbol` : "no symbol worth nothing costs more than margin"),
  liquidity: (where) => `the most that one member’s margin must bring on the day beyond its cash: ${where}`,
  "venue default": (where) => (where ? `what all are short by beyond the market’s part where ${where}` : "no venue’s failure costs more than members hold"),
};

/** What of a layer the proof of the fund says. */
function saidProved(layer) {
  if (layer.proved === 0) return "no proof covers it";
  return layer.proved === layer.size ? "all of it proved" : `${usd(layer.proved)} USD of it proved`;
}

/** The size that the house asks of the fund, by layer, and of whom. */
export function showSize() {
  const { layers, rests } = board;
  field("rests").textContent = `${rests.text} Of the margin of those who rest on it ${rests.behind.map((b) => `${usd(b.held.u)} USD stand behind ${b.mode}`).join(", ")} connections; the fund counts ${usd(rests.counted.u)} USD.`;
  const bare = layers.demanded.u - layers.standing.u;
  rows("size", layers.sized.map((l) => [text(l.name), amount(l.size), text(`${(WHY[l.name] ?? ((where) => where))(l.where)}; ${saidProved(l)}`)]));
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
}

export async function showDistance() {
  const distance = await asked("/fund/distance");
  if (distance?.epoch !== board.epoch) return;
  field("distance").textContent =
    distance.multiplePpm === undefined
      ? `No multiple of ${distance.scenario} up to ${times(distance.mostPpm)} times exhausts what was received.`
      : `${distance.scenario[0].toUpperCase()}${distance.scenario.slice(1)} exhausts what was received when every price move is ${times(distance.multiplePpm)} times as large.`;
}

/** Proofs that were kept with this epoch; one may come after the board did. */
export async function showProofs() {
  const proofs = await asked("/fund/proofs");
  if (!proofs) return;
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

/** What certifies the buffer, and what everybody can compute again. */
export function showSeal() {
  field("seal").textContent = `Epoch ${board.epoch}, ${dated(board.time)}, seal ${board.digest}`;
  const vectors = board.certificate ? ` The contagion vectors are certified: Φ(c′) ≤ c′ held in ${board.certificate.held} of ${board.certificate.scenarios} scenarios, checked for this page.` : "";
  field("certificate").textContent = `Everybody with the sealed inputs recomputes the sealed need from the vault table ${board.vaultTable.slice(0, 16)}… under the seal ${board.digest.slice(0, 16)}…; “bulwark proof prove fund” shows it without showing whose it is.${vectors}`;
}

const days = (hours) => (hours % 24 === 0 ? plural(hours / 24, "day") : plural(hours, "hour"));

/** The capacity clock: what can pay if the worst row comes now, what is known to leave, and a run. */
export function showClock() {
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
export function showChains() {
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
export async function showPrice() {
  const price = await asked("/fund/price");
  if (price?.epoch !== board.epoch) return;
  const dear = price.lines.filter((l) => l.demanded > 0).slice(0, MILLION_ROWS);
  const cheap = price.lines.filter((l) => l.demanded < 0).slice(-MILLION_ROWS).reverse();
  field("million-said").textContent = `${plural(price.lines.length, "position")} margined, netted and stressed again with this epoch’s kernels, exact differences: ${plural(price.lines.filter((l) => l.demanded > 0).length, "costs", "cost")} the fund something, ${price.lines.filter((l) => l.demanded < 0).length} take risk off it.`;
  const signed = (u) => amount(u, u > 0 ? "bad" : u < 0 ? "good" : "");
  rows("price", [...dear, ...cheap].map((l) => [text(l.member), text(`${l.side} ${l.asset} (${l.instrument})`), amount(l.margin), signed(l.layers["market"]), signed(l.layers["jump to zero"]), signed(l.layers["liquidity"]), signed(l.layers["venue default"]), signed(l.demanded)]), "no position of a million changes what the fund must hold");
}

export function showHeadroom() {
  rows(
    "headroom",
    board.headroom.filter((r) => r.flow > 0 || r.limit === undefined || r.limit > 0).map((r) => [text(r.asset), text(`forced ${r.side}s`), text(move(r.movePpm), "n"), text(rate(r.ratePpm), "n"), amount(r.flow), ...(r.limit === undefined ? [text("any", "n"), text("any", "n")] : [amount(r.limit), amount(r.limit - r.flow)])]),
    board.certificate ? "the certified vectors are zero: any forced trade would move a price further than certified" : "no buffer, no certified vectors",
  );
}

export function showShortVolatility() {
  rows(
    "short-volatility",
    board.shortVolatility.map((c) => [text(c.asset), text(`${c.tenorDays} days`), text(STRIKES[c.strikes]), amount(c.netShort), amount(c.capacity), text(percent(c.crowdingPpm), `n ${c.crowdingPpm > WHOLE ? "bad" : c.crowdingPpm > CROWDED ? "warn" : ""}`), text(`${c.movePoints} points`, "n"), text(percent(c.haircutPpm), "n")]),
    board.certificate ? "nobody is short volatility" : "no buffer, no charge for a crowd",
  );
}

export function showShares() {
  rows("concentration", board.concentration.map((c) => [text(c.what), amount(c.total), text(percent(c.topFivePpm), "n"), text(percent(c.topTenPpm), "n")]));
  charts.distribution(board.distribution);
}

/** Capital under the Basel standard, of the house and of its members. */
export async function showCapital() {
  const capital = await asked("/fund/capital");
  if (capital?.epoch !== board.epoch) return;
  const { prefunded, hedged, gross, leftOut } = capital;
  field("capital").hidden = false;
  field("capital-said").textContent = `Hypothetical capital of the house (K_CCP): ${usd(hedged.hypothetical.u)} USD where every coin hedges, ${usd(gross.hypothetical.u)} where none does; ${usd(prefunded.u)} are in the fund.${leftOut.length ? ` Without a margin, in no figure: ${leftOut.join(", ")}.` : ""}`;
  const held = (member) => (member.capital ? amount(member.capital.u) : text("nobody paid in", "n"));
  rows("capital-table", hedged.members.map((m, i) => [text(m.member), amount(m.contribution.u), amount(m.exposure.u), held(m), amount(gross.members[i].exposure.u), held(gross.members[i])]), "nobody rests on the fund");
}

/** How every default went, from the books: a step below the other, the newest default first. */
export async function showDays() {
  const days = await asked("/fund/defaults");
  if (!days) return;
  field("days").hidden = days.length === 0;
  field("days-of").replaceChildren(...days.reverse().flatMap((day) => {
    const list = element("ol", "", "days");
    list.append(...day.steps.map((step) => {
      const item = element("li", ` ${step.what}`);
      const time = element("time", dated(step.at));
      time.dateTime = step.at;
      item.prepend(time);
      return item;
    }));
    return [element("h3", `${day.members.join(", ")}, default ${day.declaration.slice(0, 16)}`), list];
  }));
}

export function defineHistory() {
  const of = (title, name) => ({ title, number: true, value: (p) => p[name].u, cell: (p) => amount(p[name].u) });
  field("coverage").define({
    caption: "As it stood when each epoch was reviewed; what came since counts on the first screen",
    none: "no epoch was reviewed yet",
    sorted: { by: 0, down: true },
    found: (p) => `${p.epoch} ${dated(p.time)}`,
    columns: [
      { title: "Epoch", number: true, value: (p) => p.epoch, cell: (p) => text(p.epoch, "n") },
      { title: "Time", value: (p) => p.time, cell: (p) => text(dated(p.time)) },
      { title: "coverage", number: true, value: (p) => p.coveragePpm, cell: (p) => text(covered(p.coveragePpm), p.coveragePpm < WHOLE ? "n bad" : "n") },
      of("in the fund", "held"),
      of("had to be there", "need"),
    ],
  });
}

/** Need, held and coverage as every review left them; told to whoever draws them small. */
export async function showHistory(told) {
  const past = await asked(`/fund/history?most=${HISTORY_MOST}`);
  if (!past) return;
  field("coverage").fill(past.points);
  const all = past.points.map((p) => p.coveragePpm);
  const last = past.points[past.points.length - 1];
  field("coverage-said").textContent = last
    ? `When epoch ${last.epoch} was sealed, coverage stood at ${covered(last.coveragePpm)}${all.length > 1 ? `; over ${all.length} epochs it stood between ${covered(Math.min(...all))} and ${covered(Math.max(...all))}` : ""}.`
    : "";
  told(past.points, board);
}
