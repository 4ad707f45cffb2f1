// The fund manager's page: one board an epoch by the stream, one answer a lever by POST; what is shown is what the house answered.
import * as answered from "./answered.js";
import { field, scrollTables } from "./parts.js";
import { defineMembers, showMember, showMembers } from "./members.js";
import { showNow, showTrend, tellAge } from "./now.js";
import * as tables from "./tables.js";
import { changing } from "./theme.js";
import { usd } from "./words.js";

const LEVERS = ["scale", "threshold", "batches", "topup"];
const PERCENT = 10_000;
const SETTLED_MS = 120;
const MINUTE_MS = 60_000;

const tabs = document.querySelector("page-tabs");
let board;
let answer;
let asked = 0;

function show() {
  answered.take(board, answer);
  answered.showAnswer();
  tables.showShares();
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

function openMember(member) {
  tabs.open("members");
  showMember(board, member);
}

scrollTables();
defineMembers(openMember);
tables.defineHistory();
setInterval(() => board && tellAge(board), MINUTE_MS);

function open(next) {
  board = next;
  tables.take(board);
  field("row").replaceChildren(...board.scenarios.map((s) => new Option(`${s.scenario} (sealed need ${usd(s.need)} USD)`, s.row)));
  field("venue").replaceChildren(new Option("no venue paused", ""), ...board.venues.map((v) => new Option(v.venue, v.venue)));
  document.querySelector("main").hidden = false;
  showNow(board, openMember);
  showMembers(board);
  reset();
  tables.showHistory(showTrend);
  tables.showDistance();
  tables.showProofs();
  tables.showSeal();
  tables.showClock();
  tables.showChains();
  tables.showPrice();
  tables.showSize();
  tables.showHeadroom();
  tables.showShortVolatility();
  tables.showCapital();
  tables.showDays();
  document.documentElement.dataset.epoch = board.epoch;
}

changing(field("theme"), () => { if (board) show(); });
tabs.addEventListener("opened", () => { if (board) show(); });
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
