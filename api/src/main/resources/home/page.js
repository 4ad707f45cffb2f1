// The first page of a house: what everybody may know of it, and for who holds its link how it stands.
import { changing } from "/dashboard/theme.js";
import { age, dated, exact, usd } from "/dashboard/words.js";

const field = (id) => document.getElementById(id);
const DAY_MS = 86_400_000;
const STATES = { open: "good", call: "warn", liquidation: "bad" };

function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function figure(term, value, note, kind = "") {
  const box = document.createElement("div");
  const said = element("dd", value, kind);
  said.append(element("small", note));
  box.append(element("dt", term), said);
  return box;
}

async function ask(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (response.status === 401 || response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

function showHouse(house) {
  const { founding, epochs, records } = house;
  const newest = epochs[0];
  const signed = newest.signatures.length;
  field("house").replaceChildren(
    figure("Network", founding.network, "as it was founded"),
    figure("Latest epoch", `${newest.epoch.number}`, `sealed over ${dated(newest.time)}`),
    figure("Age", age(newest.time), "how old everything here is", Date.now() - newest.time > DAY_MS ? "warn" : ""),
    figure("Quorum", `${signed} of ${founding.quorum.length} signed`, `${founding.threshold} must sign each epoch; all keys lie on one machine: one word`),
    figure("Circuits", `${records.length}`, records.length ? "whose keys the quorum has listed: what it proves with" : "nothing was proved yet"),
  );
  field("identity").textContent = newest.epoch.house;
  field("seal").textContent = `Seal of epoch ${newest.epoch.number}: ${newest.digest}`;
  field("copy").hidden = !navigator.clipboard;
  document.documentElement.dataset.epoch = newest.epoch.number;
}

function amount(u) {
  const cell = element("td", u === undefined ? "" : usd(u), u < 0 ? "n bad" : "n");
  if (u !== undefined) cell.title = exact(u);
  return cell;
}

function showAccounts(epoch) {
  field("accounts").tBodies[0].replaceChildren(...epoch.accounts.map((account) => {
    const row = document.createElement("tr");
    const figures = account.figures;
    const name = element("td");
    const page = element("a", account.name);
    page.href = `/account/${account.number}`;
    name.append(page);
    row.append(
      name,
      element("td", account.venues.join(", ")),
      element("td", account.state ?? "no margin", STATES[account.state] ?? "quiet"),
      amount(figures?.initialMargin.u),
      amount(figures?.equity.u),
      amount(figures?.excessInitial.u),
    );
    return row;
  }));
  field("book").hidden = false;
}

function showFund(board) {
  field("verdict").textContent = board.money.holds ? "Enough" : "Not enough";
  field("verdict").dataset.holds = board.money.holds;
  field("money").textContent = board.money.text;
  field("fund").hidden = false;
}

field("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(field("identity").textContent);
  field("copy").textContent = "Copied";
});

changing(field("theme"));

try {
  const house = await ask("/house.json");
  if (house) {
    showHouse(house);
    const epoch = await ask("/epochs/latest");
    field("closed").hidden = epoch !== undefined;
    field("disclosures").hidden = epoch === undefined;
    if (epoch) {
      showAccounts(epoch);
      const board = await ask("/fund/board");
      if (board) showFund(board);
    }
  } else {
    field("house").replaceChildren(figure("Epochs", "none", "nothing was sealed yet"));
  }
} catch (failure) {
  field("trouble").textContent = `The house does not answer: ${failure.message}`;
  field("trouble").hidden = false;
}
document.documentElement.dataset.shown = "whole";
