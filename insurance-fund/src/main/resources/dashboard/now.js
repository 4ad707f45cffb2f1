// The first screen: is the fund enough, who endangers it, what to do now, how old is what is seen. Nothing of it depends on a lever.
import * as charts from "./charts.js";
import { amount, element, field, figure, mark, money, smallLine } from "./parts.js";
import { age, covered, dated, exact, plural, usd, whole } from "./words.js";

const DAY_MS = 86_400_000;
const WHOLE = 1_000_000;
const TIGHT = 20;
const ALERTS = 6;

const LAYERS = {
  market: (where) => `in ${where}`,
  "jump to zero": (where) => `if ${where || "a symbol"} is worth nothing`,
  liquidity: (where) => `as margin that must be sold in ${where}`,
  "venue default": (where) => `if ${where || "a venue fails"}`,
};

const layerWords = ({ name, where }) => (LAYERS[name] ?? ((w) => w || name))(where);

function said(id, ...parts) {
  field(id).replaceChildren(...parts);
}

function showEnough(board) {
  const { holds, coveragePpm, missing, overdue } = board.money;
  said("verdict", holds ? "Enough" : "Not enough");
  field("verdict").dataset.holds = holds;
  said("ratio", covered(coveragePpm));
  field("ratio").className = holds ? "ratio good" : "ratio bad";
  field("held").textContent = `${holds ? "enough" : "not enough"}, ${covered(coveragePpm)}`;
  field("held").dataset.state = holds ? "live" : "lost";
  const { demanded, standing } = board.layers;
  const gap = demanded.u - standing.u;
  const parts = [money(standing.u), " received and in the fund; over all layers it must hold ", money(demanded.u), gap > 0 ? ", so " : ", "];
  parts.push(gap > 0 ? element("strong", `${whole(gap)} USD are missing.`) : `${whole(-gap)} USD more than it must.`);
  if (missing.u > 0) parts.push(` Called and not paid: ${whole(missing.u)} USD${overdue.u > 0 ? `, of it overdue ${whole(overdue.u)}` : ""}.`);
  parts.push(element("small", `How it is shown: ${board.money.shown.map((s) => `${s.by} ${whole(s.amount.u)} USD`).join(", ") || "nothing was received"}.`));
  said("enough-said", ...parts);
  showBars(board);
}

/** What must be held, layer by layer, above what is there, on one scale. */
function showBars({ layers }) {
  const most = Math.max(layers.demanded.u, layers.standing.u, 1);
  const bar = (pieces) => {
    const made = element("div", "", "track");
    made.append(...pieces.filter(({ u }) => u > 0).map(({ u, fill, words }) => {
      const piece = element("span");
      piece.style.width = `${(100 * u) / most}%`;
      piece.style.background = fill;
      piece.title = words;
      return piece;
    }));
    return made;
  };
  const sized = layers.sized.filter((l) => l.size > 0);
  const legend = element("p", "", "legend");
  legend.append(...sized.map((l) => {
    const name = element("span");
    name.append(mark(charts.SHADES[layers.sized.indexOf(l)]), `${l.name} ${whole(l.size)}`);
    name.title = layerWords(l);
    return name;
  }));
  field("bars").setAttribute("aria-label", `Must hold ${usd(layers.demanded.u)} USD: ${sized.map((l) => `${l.name} ${usd(l.size)}`).join(", ")}. In the fund: ${usd(layers.standing.u)} USD.`);
  field("bars").replaceChildren(
    element("span", "must hold"),
    bar(sized.map((l) => ({ u: l.size, fill: charts.SHADES[layers.sized.indexOf(l)], words: `${l.name}: ${usd(l.size)} USD, ${layerWords(l)}` }))),
    element("span", "is there"),
    bar([{ u: layers.standing.u, fill: "var(--accent)", words: `received and in the fund: ${usd(layers.standing.u)} USD` }]),
    legend,
  );
}

/** The layer in which a member has its largest part. */
function mostly(board, member) {
  const [largest] = [...board.layers.sized].sort((a, b) => (b.parts[member] ?? 0) - (a.parts[member] ?? 0));
  return (largest?.parts[member] ?? 0) > 0 ? layerWords(largest) : "";
}

function showDangers(board, open) {
  const { dangers } = board.first;
  field("dangers").replaceChildren(...dangers.map(({ member, marginal }) => {
    const item = element("li");
    const name = element("button", member, "name");
    name.type = "button";
    name.addEventListener("click", () => open(member));
    const states = board.accounts.filter((a) => a.member === member && a.state !== "open").map((a) => (a.state === "call" ? "called" : a.state === "liquidation" ? "in liquidation" : a.state));
    const less = element("span", `−${whole(marginal.u)} USD`, "money");
    less.title = exact(-marginal.u);
    const head = element("p", "", "across");
    head.append(name, element("span", states[0] ?? "", states[0] === "called" ? "warn" : "bad"), less);
    const why = mostly(board, member);
    item.append(head);
    if (why) item.append(element("small", `most of it ${why}`));
    return item;
  }));
  field("dangers-said").hidden = !dangers.length;
  if (!dangers.length) field("dangers").replaceChildren(element("li", "nobody alone"));
}

const STEPS = {
  collect: (s) => `Collect ${whole(s.amount.u)} USD from ${s.member}, called for the fund and not paid`,
  call: (s) => `Call ${whole(s.amount.u)} USD of margin from ${s.member}`,
  close: (s) => `Close the positions of ${s.member}, in liquidation`,
};

function showSteps(board) {
  const { steps } = board.first;
  field("steps").replaceChildren(...steps.map((step) => {
    const item = element("li", STEPS[step.kind](step));
    item.title = `${step.amount.usd} USD`;
    const less = step.less.u > 0 ? `need −${whole(step.less.u)} USD, ` : "";
    item.append(element("small", `${less}coverage ${covered(board.money.coveragePpm)} → ${covered(step.coveragePpm)}`, step.coveragePpm >= WHOLE ? "good" : ""));
    return item;
  }));
  if (!steps.length) field("steps").replaceChildren(element("li", board.money.holds ? "Nothing: nothing is owed, nobody is called and nobody is in liquidation." : "Nothing is owed: the next review asks members for what is missing."));
}

const listed = (names) => (names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", "));

function ageLine(term, words, note, kind = "") {
  const value = element("dd", words, kind);
  if (note) value.append(element("small", note));
  return [element("dt", term), value];
}

/** How old what is shown is, by its own time, whatever the connection does. */
export function tellAge(board) {
  const old = Date.now() - Date.parse(board.time) > DAY_MS;
  field("age").textContent = `data from ${age(board.time)}`;
  field("age").dataset.state = old ? "old" : "new";
  field("verdict").dataset.old = old;
  const blind = board.venues.filter((v) => v.unseen.length);
  field("ages").replaceChildren(
    ...ageLine("Positions and prices", age(board.time), `of ${dated(board.time)}; sealed as epoch ${board.epoch}`, old ? "warn" : "good"),
    ...ageLine(
      "Venues",
      blind.length ? `${blind.length} of ${board.venues.length} not fully seen` : `all ${board.venues.length} seen`,
      blind.length ? `${listed(blind.map((v) => v.venue))}: old or missing for ${plural(new Set(blind.flatMap((v) => v.unseen)).size, "account")}` : `at that time: ${listed(board.venues.map((v) => v.venue))}`,
      blind.length ? "warn" : "good",
    ),
  );
  if (old) field("ages").append(element("dd", "What happened since then is in no figure of this page.", "warn full"));
}

/** The figures over all epochs that were reviewed; of one epoch there is no line to draw. */
export function showTrend(points, board) {
  const lines = {};
  const shares = points.map((p) => p.coveragePpm);
  if (shares[shares.length - 1] !== board.money.coveragePpm) shares.push(board.money.coveragePpm);
  const span = points.length ? `epochs ${points[0].epoch} to ${points[points.length - 1].epoch}` : "";
  if (shares.length > 1) {
    const words = `Coverage over ${span}${shares.length > points.length ? ", and now" : ""}: ${covered(shares[0])} at first, between ${covered(Math.min(...shares))} and ${covered(Math.max(...shares))}, ${covered(shares[shares.length - 1])} now`;
    const was = shares[shares.length - 2];
    const now = shares[shares.length - 1];
    const moved = covered(now) === covered(was) ? "as it was" : `${now > was ? "up" : "down"} from ${covered(was)}`;
    field("trend").replaceChildren(smallLine(shares, words, WHOLE), element("small", moved));
  } else field("trend").replaceChildren();
  for (const [name, value] of [["need", (p) => p.need.u], ["held", (p) => p.held.u]]) {
    const values = points.map(value);
    lines[name] = values.length > 1 ? smallLine(values, `${name === "need" ? "must hold" : "in the fund"}, ${span}: ${values.map((v) => whole(v)).join(", ")} USD`) : undefined;
  }
  field("headline-figures").replaceChildren(
    figure("Must hold, all layers", board.layers.demanded.u, "market, jump to zero, liquidity, venue default", lines.need),
    figure("In the fund", board.fund.u, "received and still there", lines.held),
    figure("Largest loss of two members", board.now.need.u, "beyond what they hold, forced sales inside"),
    figure("Largest loss of one", board.layers.largestOne.u, "the same of one member"),
    figure("If each hides an affiliate", board.hiddenAffiliates.u, "the largest loss of four members, nothing forced"),
    figure("Can still be called", board.callable.u, "of all members, beyond what they have in it"),
  );
}

function showWorst({ now }) {
  const pair = now.members.slice(0, 2);
  const first = element("p", `In ${now.scenario}, `);
  first.append(pair.length ? `the two who lose most beyond what they hold are ${pair.map((m) => `${m.member} (${whole(m.beyondMargin)} USD)`).join(" and ")}.` : "nobody loses more than it holds.");
  const gap = now.adequacy.beyondPrefunded;
  first.append(element("strong", gap > 0 ? ` ${whole(gap)} USD of it nothing that was received pays.` : ` The fund would pay it, and ${whole(now.adequacy.prefunded - now.adequacy.need)} USD of what may pay for others would be left.`));
  field("worst").replaceChildren(first);
}

/** What asks for somebody's attention, worst first. */
function alertsOf(board) {
  const alerts = [];
  if (!board.now.holds) alerts.push(["bad", `What was received does not pay the worst scenario: ${whole(board.now.adequacy.beyondPrefunded)} USD are missing.`]);
  const rank = { liquidation: 0, call: 1 };
  const called = board.accounts.filter((a) => a.state in rank || a.due !== undefined).sort((a, b) => (rank[a.state] ?? 2) - (rank[b.state] ?? 2) || a.equity - a.initialMargin - (b.equity - b.initialMargin));
  for (const a of called) {
    const clock = a.due === undefined ? "" : `; its call is due ${dated(a.due)}`;
    alerts.push(
      a.state === "liquidation"
        ? ["bad", `${a.member} is in liquidation: equity ${whole(a.equity)} USD against a maintenance margin of ${whole(a.maintenanceMargin)} USD${clock}.`]
        : ["warn", `${a.member} is called: equity ${whole(a.equity)} USD, initial margin ${whole(a.initialMargin)} USD and what the buffer asks beside it${clock}.`],
    );
  }
  if (board.clock.hours !== undefined) alerts.push(["bad", `What can pay falls below the need of ${board.clock.scenario} ${board.clock.hours === 0 ? "now" : `in ${plural(Math.ceil(board.clock.hours / 24), "day")}`}.`]);
  for (const c of board.chains.filter((c) => c.cycles.length)) alerts.push(["bad", `${c.cycles.join(", ")} back their own backers along the chain of ${c.symbol}.`]);
  for (const r of board.headroom.filter((r) => r.limit !== undefined && r.flow > 0 && (r.limit - r.flow) * TIGHT < r.limit)) alerts.push(["warn", `Forced ${r.side}s of ${r.asset} have ${whole(r.limit - r.flow)} USD of room left before prices move further than certified, less than a twentieth.`]);
  return alerts;
}

function showAlerts(board) {
  const alerts = alertsOf(board);
  const list = alerts.slice(0, ALERTS).map(([kind, words]) => element("li", words, kind));
  if (alerts.length > ALERTS) list.push(element("li", `and ${alerts.length - ALERTS} more of the same kinds: Members has every account with its state`, "quiet"));
  if (!alerts.length) list.push(element("li", "Nothing.", "good"));
  field("alerts").replaceChildren(...list);
}

export function showNow(board, open) {
  showEnough(board);
  showDangers(board, open);
  showSteps(board);
  tellAge(board);
  showAlerts(board);
  showWorst(board);
  showTrend([], board);
}

