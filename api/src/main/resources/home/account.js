// An account as its owner sees it: how it stands, how far away it is, what its margin is made of, what if, how it was.
import * as charts from "/dashboard/charts.js";
import { amount, element, field, figure, row, rows, scrollTables, signedAs, smallLine, text } from "/dashboard/parts.js";
import { changing } from "/dashboard/theme.js";
import { follow } from "/dashboard/standing.js";
import { age, covered, dated, plural, usd, whole } from "/dashboard/words.js";

const DAY_MS = 86_400_000;
const WHOLE = 1_000_000;
const NEAREST = 4;
const BARS = 10;
const CURES = 8;
const LISTS = { positions: "position", collateral: "collateral", debt: "debt" };
const number = Number(location.pathname.split("/").pop());

const headers = { "Content-Type": "application/json", Accept: "application/json" };
let margin;

async function ask(path, body) {
  const response = await fetch(path, body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? `${path} answered ${response.status}`), { status: response.status, field: answer.field });
  return answer;
}

/** What is not there for this account is left out. */
const perhaps = (path, body) => ask(path, body).catch((failure) => ([400, 403, 404].includes(failure.status) ? undefined : Promise.reject(failure)));

const STATES = { open: ["Above its margin", true], call: ["Called", false], liquidation: ["In liquidation", false] };

function showStanding(account, epoch) {
  field("title").textContent = `${account.name}, account ${account.number}`;
  document.title = `Bulwark: ${account.name}`;
  const old = Date.now() - Date.parse(epoch.time) > DAY_MS;
  field("age").textContent = `data from ${age(epoch.time)}`;
  field("age").dataset.state = old ? "old" : "new";
  const [words, holds] = STATES[account.state] ?? ["Without margin", false];
  field("state").textContent = words;
  field("state").dataset.holds = holds;
  const { figures } = account;
  if (!figures) {
    field("stand-said").textContent = account.reasons.join("; ");
    return;
  }
  const asks = figures.initialMargin.u + (margin.buffer?.buffer.u ?? 0);
  field("ratio").textContent = asks === 0 ? "" : covered(Math.floor((figures.equity.u / asks) * WHOLE));
  field("ratio").title = "equity over what it must hold";
  const gap = figures.equity.u - asks;
  field("stand-said").textContent = `${whole(figures.equity.u)} USD of equity against ${whole(asks)} USD that it must hold: ${gap >= 0 ? `${whole(gap)} USD are free` : `${whole(-gap)} USD are missing`}. Positions and prices of ${dated(epoch.time)}, epoch ${epoch.number}${old ? "; what happened since is in no figure of this page" : ""}.`;
  field("figures").replaceChildren(
    figure("Equity", figures.equity.u, "what it is worth at the marks"),
    figure("Initial margin", figures.initialMargin.u, "as sealed: the integer in its proofs"),
    ...(margin.buffer ? [figure("Contagion buffer", margin.buffer.buffer.u, "beside the margin, for what others may be forced to sell")] : []),
    figure("Maintenance margin", figures.maintenanceMargin.u, "below it the account is liquidated"),
  );
}

const far = ({ move }) => Math.abs(parseFloat(move.replace("−", "-")));
/** A move to one place; the table below has it in full. */
const short = (move) => move.replace(/([0-9]+\.[0-9])[0-9]*/, "$1");
const grouped = (level) => level.replace(/^[0-9]+/, (whole) => Number(whole).toLocaleString("en-US"));

function showDistances(outlook) {
  const prices = outlook.distances.filter((d) => d.acts.length);
  const acts = prices.flatMap((d) => d.acts.map((act) => ({ ...act, what: d.what, direction: d.direction })));
  const nearest = new Map();
  for (const act of acts.filter((a) => a.reached).sort((a, b) => far(a) - far(b))) {
    const key = far(act) === 0 ? act.who : `${act.who} ${act.what} ${act.direction}`;
    if (!nearest.has(key)) nearest.set(key, act);
  }
  const near = [...nearest.values()].slice(0, NEAREST);
  field("nearest").replaceChildren(...near.map((act) => {
    const item = element("li");
    const head = element("p", "", "across");
    head.append(element("strong", far(act) === 0 ? "already" : `${act.what.replace("price of ", "")} ${short(act.move)}`), element("span", act.who), element("span", grouped(act.level ?? ""), "money"));
    item.append(head, element("small", far(act) === 0 ? "at today’s prices" : act.text));
    return item;
  }));
  if (!near.length) field("nearest").replaceChildren(element("li", "No move that was looked at makes anybody act."));
  const others = outlook.distances.filter((d) => !d.acts.length).map((d) => [text(d.what), text(d.direction), text("the house"), text(d.reached ? d.move : `not up to ${d.move}`, "n"), text(d.level ?? "", "n")]);
  rows("distances", [...acts.map((a) => [text(a.what), text(a.direction), text(a.who), text(a.reached ? a.move : `not up to ${a.move}`, "n"), text(grouped(a.level ?? ""), "n")]), ...others], "nothing that moves");
}

/** The table is built again for every move that is looked at: seconds on a busy machine. */
async function showOutlook() {
  field("nearest").replaceChildren(element("li", "asking the house …"));
  const outlook = await perhaps("/margin/outlook", { account: number });
  if (!outlook) {
    field("nearest").replaceChildren(element("li", "Not known for this account."));
    return;
  }
  showDistances(outlook);
  showCures(outlook);
}

function showCures(outlook) {
  field("cures-more").textContent = outlook.cures.length > CURES ? `and ${outlook.cures.length - CURES} dearer ways, each of one asset` : "";
  rows("cures", outlook.cures.slice(0, CURES).map((c) => [text(c.step), amount(c.capital.u), amount(c.cost.u), amount(c.excessInitial.u)]), "nothing that was looked at cures it alone");
}

async function showCall() {
  const call = (await ask("/margin/calls")).calls.find((c) => c.account === number && c.stage !== "met");
  field("call").hidden = !call;
  if (!call) return;
  field("call-said").replaceChildren(element("strong", `${whole(call.missing.u)} USD are missing`), ` until ${dated(call.due)}; called on ${dated(call.opened)}.${call.liquidates ? " It fell below its maintenance margin: the house liquidates it until then." : ""}`);
  const orders = call.liquidates || call.stage === "failed" ? await perhaps(`/margin/calls/${number}/orders`) : undefined;
  field("orders-box").hidden = !orders;
  if (!orders) return;
  field("orders-said").textContent = `${orders.restores ? "These orders restore it" : "These orders do not restore it"}, and cost ${whole(orders.cost.u)} USD.`;
  rows("orders", orders.batches.flatMap((b) => b.orders.map((o) => [text(b.number, "n"), text(o.venue), text(`${o.side} ${o.lots.toLocaleString("en-US")} lots of ${o.what}`), amount(o.least.u)])), "none");
}

/** Parts that sum exactly to the initial margin: stress a thing at a time, then what is added for size and the like. */
function partsOf({ terms }) {
  const parts = new Map();
  for (const t of terms) {
    const name = t.part === "STRESS" ? t.subject : t.name;
    parts.set(name, (parts.get(name) ?? 0) + t.amount);
  }
  const all = [...parts].map(([channel, u]) => ({ channel, amount: u })).filter((p) => p.amount !== 0);
  if (all.length <= BARS) return all;
  const small = new Set([...all].sort((a, b) => Math.abs(a.amount) - Math.abs(b.amount)).slice(0, all.length - BARS + 1));
  return [...all.filter((p) => !small.has(p)), { channel: `${small.size} smaller parts`, amount: [...small].reduce((sum, p) => sum + p.amount, 0) }];
}

function drawMargin() {
  const parts = partsOf(margin);
  const words = `The initial margin of ${usd(margin.asBooked.initialMargin.u)} USD, part by part: ${parts.map((p) => `${p.channel} ${usd(p.amount)}`).join(", ")}.`;
  charts.waterfall("waterfall", words, parts, "initial margin");
}

function showMargin() {
  field("worst").textContent = `First what the worst scenario costs, a position at a time (${margin.worstScenario}); then what is added.`;
  rows("terms", margin.terms.map((t) => [text(t.name), text(t.subject), amount(t.amount)]), "nothing is held");
  const sum = row([text("initial margin"), text(""), amount(margin.asBooked.initialMargin.u)], "sum");
  field("terms").tBodies[0].append(sum);
  drawMargin();
  const { byVenue, standings } = margin;
  field("saved").textContent = byVenue ? `Venue by venue it would need ${whole(byVenue.apart.u)} USD; together ${whole(byVenue.saved.u)} less.` : "";
  rows("venues", (byVenue?.venues ?? []).map((v) => [text(v.venue), text(v.mode), amount(v.initialMargin.u), text(standings.filter((s) => s.venue === v.venue).map((s) => s.text).join("; ") || "tells nothing")]), "it holds nothing at any venue");
}

/** One open order of the form. */
function orderOf(listing) {
  const line = element("div", "", "order");
  const choice = (label, options) => {
    const box = element("label", label);
    const select = document.createElement("select");
    select.append(...options);
    box.append(select);
    line.append(box);
    return select;
  };
  const held = margin.portfolio;
  const known = (list) => [...new Set([...held[list].map((e) => e.id), ...(list === "positions" ? listing.instruments.map((i) => i.name) : listing.assets.map((a) => a.name))])];
  const kind = choice("What", [new Option("trade", "positions"), new Option("collateral", "collateral"), new Option("debt", "debt"), new Option("cash", "cash")]);
  const of = choice("Of", []);
  const many = element("label", "Lots, − to sell or take out");
  const input = element("input");
  Object.assign(input, { type: "text", inputMode: "numeric", value: "", placeholder: "0" });
  many.append(input);
  const follow = () => {
    of.replaceChildren(...(kind.value === "cash" ? [new Option("USD", "USD")] : known(kind.value).map((id) => new Option(id, id))));
    many.firstChild.textContent = kind.value === "cash" ? "USD, − to take out" : "Lots, − to sell or take out";
  };
  kind.addEventListener("change", follow);
  follow();
  const gone = element("button", "Remove");
  gone.type = "button";
  gone.addEventListener("click", () => line.remove());
  line.append(many, gone);
  line.change = () => {
    const said = input.value.trim().replaceAll(",", "").replace("−", "-");
    if (said === "" || said === "0") return undefined;
    if (kind.value !== "cash") return { in: kind.value, id: of.value, lots: said };
    const [, sign, units, places = ""] = said.match(/^(-?)([0-9]+)(?:\.([0-9]{1,4}))?$/) ?? [];
    return { in: "cash", amount: units === undefined ? said : (sign + units + places.padEnd(4, "0")).replace(/^(-?)0+(?=[0-9])/, "$1") };
  };
  return line;
}

function showThen({ before, after, change, beyond, called, fund }) {
  const line = (term, now, then, difference) => row([element("th", term), amount(now.u), amount(then.u, "asked"), amount(difference.u, "")]);
  const list = [["initial margin", "initialMargin"], ["maintenance margin", "maintenanceMargin"], ["equity", "equity"], ["above the initial margin", "excessInitial"]].map(([term, name]) => line(term, before.asBooked[name], after.asBooked[name], change[name]));
  if (change.buffer) list.splice(3, 0, line("contagion buffer", before.buffer.buffer, after.buffer.buffer, change.buffer));
  list.push(row([element("th", "state"), text(before.state, "n"), text(after.state, "n asked"), text("", "n")]));
  field("beside").tBodies[0].replaceChildren(...list);
  field("beside").tBodies[0].querySelectorAll("th").forEach((th) => (th.scope = "row"));
  field("beside").hidden = false;
  const asked = fund ? `The fund would ask ${whole(fund.after.u)} USD of ${fund.member} (now ${whole(fund.before.u)}); it would have ${whole(fund.means.u)}. ${fund.stopped ? `It is not opened: ${fund.stopped}.` : "It may be opened."}` : "";
  field("asked-said").textContent = [beyond, called, asked].filter(Boolean).join(" ") || "Computed over the latest epoch; nothing is booked.";
}

async function trade(event) {
  event.preventDefault();
  const changes = [...document.querySelectorAll("#orders-asked .order")].map((o) => o.change()).filter(Boolean);
  if (!changes.length) {
    field("asked-said").textContent = "Say how many lots, or how much cash.";
    return;
  }
  field("asked-said").textContent = "asking the house …";
  try {
    showThen(await ask("/margin/what-if", { account: number, changes, ...(field("fund").checked ? { fund: true } : {}) }));
  } catch (failure) {
    field("beside").hidden = true;
    field("asked-said").textContent = failure.message;
  }
}

let past = [];

function drawPast() {
  field("past").hidden = past.length < 2;
  if (past.length < 2) return;
  const values = (name) => past.map((p) => p[name]?.u);
  charts.lines("past", `Equity and initial margin over ${plural(past.length, "epoch")}.`, past.map((p) => p.epoch), [{ name: "equity", values: values("equity"), shade: "good" }, { name: "initial margin", values: values("initialMargin"), shade: "accent" }]);
}

function showPast({ points }) {
  past = points;
  const money = (title, name) => ({ title, number: true, value: (p) => p[name]?.u ?? 0, cell: (p) => (p[name] ? amount(p[name].u) : text("–", "n")) });
  field("history").define({
    caption: "As each epoch sealed it, USD",
    none: "not sealed yet",
    sorted: { by: 0, down: true },
    found: (p) => `${p.epoch} ${dated(p.time)} ${p.state}`,
    columns: [
      { title: "Epoch", number: true, value: (p) => p.epoch, cell: (p) => text(p.epoch, "n") },
      { title: "Time", value: (p) => p.time, cell: (p) => text(dated(p.time)) },
      { title: "State", value: (p) => p.state, cell: (p) => text(p.state, p.state === "open" ? "" : "warn") },
      money("initial margin", "initialMargin"),
      money("maintenance margin", "maintenanceMargin"),
      money("equity", "equity"),
    ],
  });
  field("history").fill(points);
  const margins = points.filter((p) => p.initialMargin).map((p) => p.initialMargin.u);
  if (margins.length > 1) field("trend").replaceChildren(smallLine(margins, `initial margin over ${plural(margins.length, "epoch")}: ${margins.map(usd).join(", ")} USD`), element("small", "initial margin"));
  drawPast();
}

function showProofs(proofs, epoch) {
  field("proofs-said").textContent = !proofs ? "Auditors see which proofs were made over an epoch, and of none whose it is. Yours lies where you made it." : proofs.length ? `${plural(proofs.length, "proof")} ${proofs.length === 1 ? "was" : "were"} made over epoch ${epoch.number}. None of them says whose it is.` : `No proof was made over epoch ${epoch.number} yet.`;
  field("prove").textContent = `bulwark proof prove account --account ${number}`;
}

const SEEN = { margin: "the margin", positions: "the margin and what is held" };

/** Of everybody who was ever let in by the owner his newest word; of every legal hold what stands of it. */
function letIn({ consents, holds }) {
  const now = Date.now();
  const newest = new Map(consents.filter((c) => c.account === number).map((c) => [c.grantee, c]));
  const given = [...newest.values()].filter((c) => c.action === "give" && Date.parse(c.until) > now);
  const ended = new Set(holds.filter((h) => h.act === "end").map((h) => h.hold));
  const open = holds.filter((h) => h.account === number && h.act === "confirm" && !ended.has(h.hold) && Date.parse(h.until) > now);
  return { given, open };
}

function withdraw(consent) {
  const cell = text("the owner’s consent ");
  if (!window.ethereum) return cell;
  const button = element("button", "Take it back");
  button.type = "button";
  button.addEventListener("click", () => sign({ action: "revoke", account: number, grantee: consent.grantee, scope: consent.scope, days: 1 }));
  cell.append(button);
  return cell;
}

function showAccess(log) {
  field("access").hidden = !log;
  if (!log) return;
  const { given, open } = letIn(log);
  field("access-said").textContent = given.length + open.length ? `${plural(given.length + open.length, "party", "parties")} beside its owner.` : "Nobody but its owner: the house’s operators and the fund’s managers do not see what it holds.";
  rows("consents", [
    ...given.map((c) => [text(c.grantee), text(SEEN[c.scope]), text(dated(c.until)), withdraw(c)]),
    ...open.map((h) => [text("operators and auditors", "warn"), text(SEEN.positions), text(dated(h.until)), text(`legal hold ${h.hold}: ${h.reason}`)]),
  ], "nobody else");
  const looks = log.looks.filter((l) => l.account === number);
  field("looks-many").textContent = looks.length ? `Who looked: ${plural(looks.length, "time")}` : "Nobody else has looked yet";
  rows("looks", looks.reverse().map((l) => [text(dated(l.at)), text(l.actor), text(l.asked), text(l.ground)]), "nobody");
  field("consent-sign").hidden = !window.ethereum;
  if (!window.ethereum && !field("consent-said").textContent) field("consent-said").textContent = "This browser has no wallet. With a key in a file: bulwark access consent, with the same words; the house takes nothing that its owner did not sign.";
}

/** Every part of the log: the Link of each answer leads to the next. */
async function wholeLog() {
  const whole = { consents: [], holds: [], looks: [] };
  for (let path = "/access/log?limit=1000"; path; ) {
    const response = await fetch(path, { headers });
    if ([400, 403, 404].includes(response.status)) return undefined;
    const part = await response.json();
    if (!response.ok) throw new Error(part.detail ?? `the log answered ${response.status}`);
    for (const list of Object.keys(whole)) whole[list].push(...part[list]);
    path = /<([^>]+)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
  }
  return whole;
}

const latestLooks = () => wholeLog().then(showAccess);

/** What the house gives to sign must be what was asked for, or nothing is signed. */
async function sign(asked) {
  try {
    const [signer] = await window.ethereum.request({ method: "eth_requestAccounts" });
    const file = await ask("/access/consents/prepare", asked);
    const { message } = JSON.parse(file.typed);
    const same = file.action === asked.action && file.clearingAccount === asked.account && file.grantee === asked.grantee && file.scope === asked.scope;
    const typed = [message.action.toLowerCase(), message.clearingAccount, message.grantee, message.scope.toLowerCase(), message.nonce, Number(message.expiresMillis)];
    if (!same || JSON.stringify(typed) !== JSON.stringify([file.action, file.clearingAccount, file.grantee, file.scope, file.nonce, file.expiresMillis])) throw new Error("The house gave something else to sign than what was asked for; nothing was signed.");
    const signature = await window.ethereum.request({ method: "eth_signTypedData_v4", params: [signer, file.typed] });
    const taken = await signedAs(["eip712", "erc1271"], (scheme) => ask("/access/consents", { ...file, scheme, signer: signer.toLowerCase(), signature }));
    await latestLooks();
    field("consent-said").textContent = taken.action === "give" ? `${taken.grantee} sees ${SEEN[taken.scope]} until ${dated(taken.until)}.` : `${taken.grantee} sees nothing of it any more.`;
  } catch (failure) {
    field("consent-said").textContent = failure.message;
  }
}

const PLACES = 4;
/** Per cent as people write it, to parts per million; nothing is rounded. */
function ppm(words, name) {
  const parts = /^([0-9]{1,5})(?:\.([0-9]{1,4}))?$/.exec(words.trim());
  if (!parts) throw new Error(`${name} must be per cent, such as 120 or 117.5`);
  return Number(parts[1] + (parts[2] ?? "").padEnd(PLACES, "0"));
}

/** A rule of the house is ended by who runs the house. */
function ending(rule) {
  const cell = text(rule.of === "accounts" ? "the house, for every account" : `${rule.owner} `);
  if (rule.of === "accounts") return cell;
  const button = element("button", "End");
  button.type = "button";
  button.setAttribute("aria-label", `End the rule on ${rule.measure}`);
  button.addEventListener("click", () => wake(async () => {
    await ask(`/alerts/rules/${rule.rule}/end`, {});
    return "It is watched no more.";
  }));
  cell.append(button);
  return cell;
}

const WATCHED = { "margin-ratio": "equity over what it must hold", distance: "how far a price is from liquidation", "data-age": "age of its data", "proof-age": "age of its newest proof" };

async function showWatched() {
  const [rules, receivers] = await Promise.all([ask("/alerts/rules"), ask("/alerts/receivers")]);
  rows("wakes", rules.filter((r) => r.of === `account ${number}` || r.of === "accounts").map((r) => [text(WATCHED[r.measure] ?? r.measure), text(r.text), ending(r)]), "nothing");
  return receivers.length ? `You are told at ${receivers.map((r) => r.address).join(", ")}, and on this page.` : "You are told on this page alone until you name a mailbox or an address of a program of yours.";
}

async function wake(act) {
  try {
    const said = await act();
    const told = await showWatched();
    field("wake-said").textContent = `${said} ${told}`.trim();
  } catch (failure) {
    field("wake-said").textContent = failure.message;
  }
}

changing(field("theme"), () => {
  if (!margin) return;
  drawMargin();
  drawPast();
});
scrollTables();
field("more").addEventListener("click", () => field("orders-asked").append(orderOf(listing)));
field("form").addEventListener("submit", trade);
field("consent").addEventListener("submit", (event) => {
  event.preventDefault();
  sign({ action: "give", account: number, grantee: field("grantee").value.trim(), scope: field("scope").value, days: Number(field("days").value) });
});
field("wake").addEventListener("submit", (event) => {
  event.preventDefault();
  wake(async () => {
    const edges = { raise: ppm(field("wake-raise").value, "The first edge"), clear: ppm(field("wake-clear").value, "The second edge") };
    await ask("/alerts/rules", { measure: "margin-ratio", of: `account ${number}`, ...edges });
    return "It is watched.";
  });
});
field("tell").addEventListener("submit", (event) => {
  event.preventDefault();
  wake(async () => {
    const address = field("tell-at").value.trim();
    const made = await ask("/alerts/receivers", { way: address.includes("://") ? "webhook" : "mail", address });
    return made.secret ? `What is sent there is signed; this secret is shown once: ${made.secret}.` : "";
  });
});
let listing = { instruments: [], assets: [] };

try {
  const [account, { sealed, time }] = await Promise.all([ask(`/accounts/${number}`), ask("/epochs/latest")]);
  const epoch = { number: sealed.epoch.number, time };
  margin = await perhaps(`/accounts/${number}/margin`);
  document.querySelector("main").hidden = false;
  follow((alert) => alert.of === `account ${number}`);
  showStanding(account, epoch);
  listing = await ask("/listing");
  if (margin) {
    field("orders-asked").append(orderOf(listing));
    showMargin();
  }
  await Promise.all([
    margin ? showOutlook() : undefined,
    showCall(),
    ask(`/accounts/${number}/history`).then(showPast),
    latestLooks(),
    wake(() => ""),
    perhaps(`/epochs/${epoch.number}/proofs`).then((proofs) => showProofs(proofs, epoch)),
  ]);
} catch (failure) {
  field("trouble").textContent = failure.message;
  field("trouble").hidden = false;
}
document.documentElement.dataset.shown = "whole";
