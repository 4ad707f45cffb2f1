// The first page of a house: what everybody may know of it, and for who holds its link how it stands.
import { amount, element, field, link, signedAs, text } from "/dashboard/parts.js";
import { changing } from "/dashboard/theme.js";
import { age, dated } from "/dashboard/words.js";

const DAY_MS = 86_400_000;
const STATES = { open: "good", call: "warn", liquidation: "bad" };

function figure(term, value, note, kind = "") {
  const box = document.createElement("div");
  const said = element("dd", value, kind);
  said.append(element("small", note));
  box.append(element("dt", term), said);
  return box;
}

async function ask(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if ([401, 403, 404].includes(response.status)) return undefined;
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

const money = (title, name) => ({ title, number: true, value: (a) => a.figures?.[name].u ?? 0, cell: (a) => (a.figures ? amount(a.figures[name].u, a.figures[name].u < 0 ? "bad" : "") : text("", "n")) });

function showAccounts(epoch) {
  field("accounts").define({
    caption: "USD, to the cent; in full where the pointer rests",
    none: "no account is booked",
    sorted: { by: 0, down: false },
    found: (a) => `${a.name} ${a.number} ${a.venues.join(" ")} ${a.state}`,
    columns: [
      { title: "Account", value: (a) => a.name, cell: (a) => inCell(link(`/account/${a.number}`, a.name)) },
      { title: "Venues", value: (a) => a.venues.join(", "), cell: (a) => text(a.venues.join(", ")) },
      { title: "State", value: (a) => a.state, cell: (a) => text(a.state, STATES[a.state] ?? "quiet") },
      money("initial margin", "initialMargin"),
      money("equity", "equity"),
      money("above initial margin", "excessInitial"),
    ],
  });
  field("accounts").fill(epoch.accounts);
  field("book").hidden = false;
}

function inCell(part) {
  const cell = text("");
  cell.append(part);
  return cell;
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

/** Comes in by what the house answers; what it refuses is said beside the form. */
async function comeIn(asking) {
  field("refused").textContent = "";
  try {
    await asking();
    location.reload();
  } catch (failure) {
    field("refused").textContent = failure.message;
  }
}

async function send(path, body, headers = {}) {
  const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? `${path} answered ${response.status}`), { field: answer.field });
  return answer;
}

const hex = (said) => `0x${[...new TextEncoder().encode(said)].map((b) => b.toString(16).padStart(2, "0")).join("")}`;

async function signByWallet() {
  const [signer] = await window.ethereum.request({ method: "eth_requestAccounts" });
  const { text: said } = await send("/access/challenge", { signer: signer.toLowerCase() });
  const signature = await window.ethereum.request({ method: "personal_sign", params: [hex(said), signer] });
  await signedAs(["eip191", "erc1271"], (scheme) => send("/access/sign-in", { text: said, scheme, signature }));
}

function showWho(known) {
  if (!known || known.everything) return;
  field("who-said").textContent = `${known.name}, ${known.roles.map((role) => role.replace("-", " ")).join(", ")}`;
  field("who").hidden = false;
}

field("come").addEventListener("submit", (event) => {
  event.preventDefault();
  const token = field("token").value.trim();
  field("token").value = "";
  comeIn(() => send("/access/session", {}, { Authorization: `Bearer ${token}` }));
});
field("wallet").hidden = !window.ethereum;
field("wallet").addEventListener("click", () => comeIn(signByWallet));
field("leave").addEventListener("click", () => comeIn(() => send("/access/sign-out", {})));

changing(field("theme"));

try {
  const house = await ask("/house.json");
  if (house) {
    showHouse(house);
    const epoch = await ask("/epochs/latest");
    field("closed").hidden = epoch !== undefined;
    field("disclosures").hidden = epoch === undefined;
    if (epoch) {
      showWho(await ask("/access/me"));
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
