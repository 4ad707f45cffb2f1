// The fund manager's page: one board an epoch by the stream, one answer a lever by POST; what is shown is what the house answered.
import * as answered from "./answered.js";
import { field, scrollTables } from "./parts.js";
import { defineMembers, showMember, showMembers } from "./members.js";
import { showNow, showTrend, tellAge } from "./now.js";
import { follow } from "./standing.js";
import * as scenario from "./scenario.js";
import * as tables from "./tables.js";
import { changing } from "./theme.js";

const MINUTE_MS = 60_000;

const tabs = document.querySelector("page-tabs");
let board;
let answer;

function show() {
  answered.take(board, answer);
  answered.showAnswer();
  tables.showShares();
}

function trouble(words) {
  field("trouble").textContent = words;
  field("trouble").hidden = !words;
}

scenario.define({
  trouble,
  answer: (next) => {
    answer = next;
    show();
  },
});

function openMember(member) {
  tabs.open("members");
  showMember(board, member);
}

follow((alert) => !alert.of.startsWith("account "));
scrollTables();
defineMembers(openMember);
answered.defineAnswer();
tables.defineHistory();
setInterval(() => board && tellAge(board), MINUTE_MS);

function open(next) {
  board = next;
  tables.take(board);
  document.querySelector("main").hidden = false;
  showNow(board, openMember);
  showMembers(board);
  answer = board.now;
  show();
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
  scenario.open(board).finally(() => {
    if (board === next) document.documentElement.dataset.epoch = next.epoch;
  });
}

changing(field("theme"), () => { if (board) show(); });
tabs.addEventListener("opened", () => {
  if (!board) return;
  show();
  scenario.shown();
});
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
