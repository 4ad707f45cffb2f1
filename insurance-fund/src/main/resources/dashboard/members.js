// Members: everybody in one table, and behind a name its accounts, their venues and what stands there.
import { amount, element, field, figure, link, row, text } from "./parts.js";
import { dated, exact, plural, quantity, usd, whole } from "./words.js";

let shown;

/** Every member with what its accounts come to. */
function membersOf(board) {
  const accounts = Map.groupBy(board.accounts, (a) => a.member);
  const contributions = new Map(board.contributions.map((c) => [c.member, c]));
  const names = new Set([...accounts.keys(), ...contributions.keys()]);
  const severity = ["liquidation", "call", "without margin", "open"];
  return [...names].map((member) => {
    const own = accounts.get(member) ?? [];
    const state = severity.find((s) => own.some((a) => a.state === s)) ?? (own[0]?.state ?? "no account");
    const total = (of) => own.reduce((all, a) => all + of(a), 0);
    return { member, own, state, venues: [...new Set(own.flatMap((a) => a.venues))], margin: total((a) => a.initialMargin), equity: total((a) => a.equity), stands: contributions.get(member) };
  });
}

const STATES = { liquidation: "bad", call: "warn", open: "" };
const stand = (entry, name) => entry.stands?.[name] ?? 0;

function name(entry, open) {
  const cell = text("");
  const button = element("button", entry.member, "name");
  button.type = "button";
  button.addEventListener("click", () => open(entry.member));
  cell.append(button);
  return cell;
}

const sum = (title, of, kind = () => "") => ({ title, number: true, value: of, cell: (entry) => amount(of(entry), kind(entry)) });

export function defineMembers(open) {
  field("contributions").define({
    caption: "USD. Share: its part of what the fund must hold; marginal: by how much less the fund would have to hold without it; Shapley: the same over all orders of joining",
    none: "no members",
    sorted: { by: 5, down: true },
    found: (entry) => [entry.member, entry.state, ...entry.venues, ...entry.own.map((a) => a.number)].join(" "),
    columns: [
      { title: "Member", value: (e) => e.member, cell: (e) => name(e, open) },
      { title: "State", value: (e) => e.state, cell: (e) => text(e.state, STATES[e.state] ?? "warn") },
      sum("initial margin", (e) => e.margin),
      sum("equity", (e) => e.equity, (e) => (e.equity < e.margin ? "bad" : "")),
      sum("share of the need", (e) => stand(e, "share")),
      sum("marginal", (e) => stand(e, "marginal")),
      { title: "Shapley", number: true, value: (e) => stand(e, "shapley"), cell: (e) => (e.stands?.shapley === undefined ? text("–", "n") : amount(e.stands.shapley)) },
      sum("in the fund", (e) => stand(e, "previous")),
      sum("next review asks", (e) => stand(e, "required"), (e) => (stand(e, "required") > stand(e, "previous") ? "warn" : "")),
    ],
  });
}

const part = (name, u) => [element("dt", name), Object.assign(element("dd", `${usd(u)} USD`), { title: exact(u) })];

/** What stands at the venues of an account, leg by leg, as its margin's answer has it. */
async function showLegs(account, place) {
  const response = await fetch(`/accounts/${account.number}/margin`, { headers: { Accept: "application/json" } });
  const answer = await response.json();
  if (!response.ok) {
    place.textContent = response.status === 404 ? "What it holds is its owner’s to show: by a consent (its page says how), or under a legal hold that two people open." : (answer.detail ?? `the house answered ${response.status}`);
    return;
  }
  const { portfolio, byVenue } = answer;
  const listing = await (await fetch("/listing", { headers: { Accept: "application/json" } })).json();
  const lots = new Map([...listing.assets, ...listing.instruments].map((listed) => [listed.name, listed.lot]));
  const many = (leg) => {
    const lot = lots.get(leg.id) ?? lots.get(leg.id.split("@")[0]);
    return lot === undefined ? `${leg.lots} lots` : quantity(leg.lots, lot);
  };
  const table = document.createElement("table");
  table.append(element("caption", "What it holds, in units; what is owed as debt"));
  table.createTHead().append(row([element("th", "Held as"), element("th", "What"), element("th", "how much", "n")]));
  const kinds = [["position", "positions"], ["collateral", "collateral"], ["debt", "debt"]];
  const body = table.createTBody();
  for (const [word, key] of kinds) for (const leg of portfolio[key] ?? []) body.append(row([text(word), text(leg.id), Object.assign(text(many(leg), "n"), { title: `${leg.lots} lots` })]));
  const list = element("dl", "", "ages");
  for (const venue of byVenue?.venues ?? []) list.append(...part(`${venue.venue} alone would ask`, venue.initialMargin.u));
  place.replaceChildren(list, table);
}

function accountOf(account) {
  const box = document.createElement("details");
  const words = element("summary", `Account ${account.number} at ${account.venues.join(", ")}: ${account.state}, equity ${whole(account.equity)} USD, initial margin ${whole(account.initialMargin)} USD`);
  const place = element("div", "asking the house …");
  box.append(words, link(`/account/${account.number}`, "the owner’s page of this account"), place);
  box.addEventListener("toggle", () => box.open && showLegs(account, place), { once: true });
  return box;
}

/** Behind a name: where its part comes from, its accounts, their venues, what stands there. */
export function showMember(board, member, isAsked = true) {
  const entry = membersOf(board).find((m) => m.member === member);
  field("member").hidden = !entry;
  if (!entry) return;
  shown = member;
  const figures = element("dl", "", "figures");
  figures.append(...board.layers.sized.filter((l) => l.parts[member] > 0).map((l) => figure(l.name, l.parts[member], `of ${usd(l.size)} USD; ${l.where}`)));
  const due = entry.own.filter((a) => a.due !== undefined).map((a) => element("p", `Account ${a.number} is called; due ${dated(a.due)}.`, "warn"));
  const close = element("button", "Close");
  close.type = "button";
  close.addEventListener("click", () => { shown = undefined; field("member").hidden = true; });
  field("member").replaceChildren(
    element("h3", `${member}: ${plural(entry.own.length, "account")}`),
    ...due,
    element("p", figures.childElementCount ? "What of the fund’s need is its own:" : "It asks nothing of the fund.", "quiet"),
    figures,
    ...entry.own.map(accountOf),
    close,
  );
  if (isAsked) field("member").focus();
}

export function showMembers(board) {
  field("contributions").fill(membersOf(board));
  if (shown) showMember(board, shown, false);
}
