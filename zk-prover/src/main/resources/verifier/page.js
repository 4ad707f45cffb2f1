// The page: hands proof, keys, house file and what the reader expects to the judge, and shows what it answers. The words are the judge's. What counts once is
// remembered in this page's own storage, with the challenge that it answered, so that a second look at the same proof says the same.
const FILE_BYTES_MAX = 8 << 20;
const PROOF_BYTES_MAX = 1 << 16;
const TEXT_BYTES_MAX = 255;
const USED = "bulwark.nullifiers";
const HOUSES = "bulwark.houses";
const ANSWERED = "bulwark.asks";
const INPUTS = ["seal", "challenge", "scope", "nullifier", "statement"];
const SCALE = 4;
const AMOUNT_END = 1n << 63n;
const NAME_END = 1n << 32n;

const field = (id) => document.getElementById(id);
const said = (id) => field(id).value;
const utf8 = new TextEncoder();
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const stored = (name) => JSON.parse(localStorage.getItem(name) ?? "{}");
const store = (name, values) => localStorage.setItem(name, JSON.stringify(values));

/** Something that the reader wrote or chose cannot be what is meant. */
class BadInput extends Error {}

function require(holds, words) {
  if (!holds) throw new BadInput(words);
}

/** A text that has one spelling: what could be written in two ways is refused, never mended, since the prover may have mended it differently. */
function text(id, name) {
  const value = said(id);
  if (value === "") return "";
  require(utf8.encode(value).length <= TEXT_BYTES_MAX, `${name} must have at most ${TEXT_BYTES_MAX} bytes`);
  require(value.normalize("NFC") === value, `${name} must be in Unicode's form NFC`);
  require(value.trim() === value && !/\p{Cc}/u.test(value), `${name} must have no space before or behind it and no control characters`);
  return value;
}

function verifier() {
  const value = text("verifier", "verifier");
  const origin = /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?$/.test(value) && !value.endsWith(":443");
  const account = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:[-.%a-zA-Z0-9]{1,128}$/.test(value) && (!value.startsWith("eip155:") || /^eip155:[1-9][0-9]*:0x[0-9a-f]{40}$/.test(value));
  require(value === "" || origin || account, "verifier must be an https origin in lower case with nothing behind it (https://bank.example), or a CAIP-10 identifier (eip155:1:0x… in lower case)");
  return value;
}

function number(id, name, end, absent) {
  const value = said(id).trim();
  if (value === "") return absent;
  require(/^[0-9]{1,19}$/.test(value) && BigInt(value) < end, `${name} must be a whole number below ${end}`);
  return BigInt(value);
}

function amount() {
  const value = said("amount").trim() || "0";
  require(/^[0-9]{1,15}(\.[0-9]{1,4})?$/.test(value), "amount must be USD with at most four places, such as 1000000.00");
  const [whole, part = ""] = value.split(".");
  const units = BigInt(whole + part.padEnd(SCALE, "0"));
  require(units < AMOUNT_END, "amount is too large");
  return units;
}

/** The house that is meant: its identity, or one of the names that were given here. */
function house() {
  const value = said("house").trim();
  if (value === "") return "";
  const identity = stored(HOUSES)[value] ?? value.toLowerCase().replace(/^0x/, "");
  require(/^00[0-9a-f]{62}$/.test(identity), "house must be an identity of 64 hexadecimal digits, the first two 0, or a name that is remembered here");
  return identity;
}

function remember(identity) {
  const name = said("house-name").trim();
  if (name === "" || identity === "") return;
  store(HOUSES, { ...stored(HOUSES), [name]: identity });
  showHouses();
}

function showHouses() {
  field("houses").replaceChildren(...Object.keys(stored(HOUSES)).sort().map((name) => {
    const option = document.createElement("option");
    option.value = name;
    return option;
  }));
}

const ONCE = { notAsked: 0, fresh: 2, spent: 3 };

/** What the reader knows, as the judge takes it: JSON, written field by field since amounts are whole numbers beyond what a page's numbers hold. What is empty is left out. */
function expectation(once) {
  const [who, purpose, beneficiary, nonce] = [verifier(), text("purpose", "purpose"), text("beneficiary", "beneficiary"), text("nonce", "nonce")];
  const [whose, tag, units] = [house(), said("claim"), amount()];
  const name = number("account", "account", NAME_END, -1n) + 1n;
  const fields = [`"now":${Date.now()}`, `"oldestEpoch":${number("oldest", "oldest epoch", AMOUNT_END, 0n)}`, `"once":${once}`, `"test":${field("test").checked}`];
  if (whose) fields.push(`"house":"${whose}"`);
  if (who && beneficiary && nonce) fields.push(`"challenge":${JSON.stringify([who, beneficiary, nonce])}`);
  if (who && purpose) fields.push(`"scope":${JSON.stringify([who, purpose])}`);
  if (tag) fields.push(`"statement":{"tag":${tag},"choice":${said("candidate")},"standing":${field("standing").checked},"amount":${units},"name":${name}}`);
  return utf8.encode(`{${fields.join(",")}}`);
}

async function bytesOf(file, most) {
  require(file.size <= most, `${file.name} must have at most ${most} bytes`);
  return new Uint8Array(await file.arrayBuffer());
}

/** A file that the house which serves this page publishes; nothing where it does not, or none serves it. */
async function published(path) {
  try {
    const response = await fetch(path);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** The identity of the key that a proof names; the judge says what is wrong with the rest. */
function keyOf(proof) {
  try {
    const { key } = JSON.parse(new TextDecoder().decode(proof));
    return /^[0-9a-f]{64}$/.test(key) ? key : "";
  } catch {
    return "";
  }
}

async function files() {
  const proof = await bytesOf(field("proof").files[0], PROOF_BYTES_MAX);
  const keys = await Promise.all([...field("key").files].map((file) => bytesOf(file, PROOF_BYTES_MAX)));
  if (keys.length === 0) {
    const key = await published(`/keys/${keyOf(proof)}`);
    if (key) keys.push(key);
  }
  require(keys.length > 0, "choose the verifying key that the proof names: no house serves it here");
  const [chosen] = field("house-file").files;
  return { proof, keys, house: chosen ? await bytesOf(chosen, FILE_BYTES_MAX) : ((await published("/house.json")) ?? new Uint8Array()) };
}

function judged({ proof, keys, house }, once) {
  const answer = window.bulwark.judge(proof, keys, house, expectation(once));
  require(answer.code === undefined, `the files cannot be read: ${answer.code}, ${answer.where}`);
  return answer;
}

/** One account, in one conversation: in another only with a later epoch, which a nullifier has only where it stands for all epochs. */
function counted(answer) {
  const used = stored(USED);
  const [, challenge, , nullifier] = answer.publicInputs;
  const before = used[nullifier];
  if (before && before.challenge !== challenge && answer.epoch <= before.epoch) return false;
  if (before?.challenge !== challenge) store(USED, { ...used, [nullifier]: { challenge, epoch: answer.epoch } });
  return true;
}

/** A nonce is good for one proof. */
async function answers(nonce, proof) {
  if (nonce === "") return true;
  const asked = stored(ANSWERED);
  const question = `${verifier()} ${text("beneficiary", "beneficiary")} ${nonce}`;
  const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", proof)));
  if (asked[question] === undefined) store(ANSWERED, { ...asked, [question]: digest });
  return (asked[question] ?? digest) === digest;
}

/** Only what is trusted is remembered: whoever can send a proof that is not anchored could else use up an account or a nonce. */
async function judge() {
  const given = await files();
  const once = field("once").checked ? ONCE.fresh : ONCE.notAsked;
  const answer = judged(given, once);
  if (answer.outcome !== "trusted") return answer;
  if (!(await answers(said("nonce"), given.proof))) return { ...answer, outcome: "refused", first: "REFUSED", reason: "another proof answered this nonce before", pins: [] };
  if (once === ONCE.fresh && !counted(answer)) return judged(given, ONCE.spent);
  remember(house());
  return answer;
}

const colourOf = ({ outcome, testKeys }) => (outcome === "refused" ? "red" : outcome === "trusted" && !testKeys ? "green" : "amber");

function show(colour, words, pins = [], inputs = {}) {
  field("answer").textContent = words;
  field("answer").dataset.colour = colour;
  field("pins").replaceChildren(...pins.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  field("inputs").replaceChildren(...Object.entries(inputs).flatMap(([name, value]) => [
    Object.assign(document.createElement("dt"), { textContent: name }),
    Object.assign(document.createElement("dd"), { textContent: value }),
  ]));
}

function showAnswer(answer) {
  const words = { trusted: `: ${answer.sentence}`, unanchored: `; says, without anchor: ${answer.sentence}`, refused: `: ${answer.reason}` }[answer.outcome];
  const missing = answer.outcome === "unanchored" ? answer.pins.filter((pin) => pin.state === "missing").map((pin) => `${pin.name}: ${pin.words}`) : [];
  const shown = Object.fromEntries(INPUTS.map((name, i) => [name, answer.publicInputs[i]]));
  show(colourOf(answer), answer.first + words, missing, { key: `${answer.key} ${answer.origin}`, ...shown });
}

/** Fills in what a verifier asked for. */
async function readAsk() {
  const [file] = field("ask").files;
  if (!file) return;
  const ask = JSON.parse(new TextDecoder().decode(await bytesOf(file, PROOF_BYTES_MAX)));
  require(ask.format === "bulwark-ask" && ask.version === 1, "the ask must be a bulwark-ask of version 1");
  const chosen = (id, word) => {
    const option = [...field(id).options].find((one) => one.dataset.word === word);
    require(option, `the ask's ${id} must be one that this page knows`);
    field(id).value = option.value;
  };
  for (const name of ["house", "verifier", "purpose", "beneficiary", "nonce", "amount"]) field(name).value = ask[name];
  field("account").value = ask.account ?? "";
  field("oldest").value = ask.oldestEpoch;
  field("once").checked = ask.once;
  field("standing").checked = ask.standing;
  chosen("claim", ask.claim);
  chosen("candidate", ask.candidate);
}

async function saying(work) {
  try {
    await work();
  } catch (refusal) {
    if (!(refusal instanceof BadInput || refusal instanceof SyntaxError)) throw refusal;
    show("red", `cannot be checked: ${refusal.message}`);
  }
}

field("form").addEventListener("submit", (event) => {
  event.preventDefault();
  saying(async () => showAnswer(await judge()));
});
field("ask").addEventListener("change", () => saying(readAsk));

const go = new window.Go();
const wasm = await (await fetch("verifier.wasm")).arrayBuffer();
const { instance } = await WebAssembly.instantiate(wasm, go.importObject);
go.run(instance);
showHouses();
if (await published("/house.json")) {
  field("house-file-said").textContent = "the house that serves this page gives its own; choose another file to take its place";
  field("key-said").textContent = "the house that serves this page gives those that it lists; choose a file to take their place";
}
field("answer").textContent = "choose a proof";
field("check").disabled = false;
