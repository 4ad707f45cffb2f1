// The page: reads a proof bundle and a verifying key, asks the verifier, compares with what is expected, and says it in words. What counts
// once (the nullifier; for a proof of the house, which has none, the challenge) is remembered in this page's own storage.
const INPUTS = ["seal", "challenge", "scope", "nullifier", "claim"];
const ELEMENT_BYTES = 32;
const PROOF_BYTES = 196;
const FILE_BYTES_MAX = 65536;
const USED = "bulwark.used";
const ZERO = "0".repeat(2 * ELEMENT_BYTES);

const field = (id) => document.getElementById(id);

class Refusal extends Error {}

function hex(name, value, bytes) {
  if (typeof value !== "string" || !new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(value)) {
    throw new Refusal(`the proof file's ${name} must be ${2 * bytes} lower-case hexadecimal digits`);
  }
  return Uint8Array.from(value.match(/../g), (pair) => parseInt(pair, 16));
}

const text = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function requireFields(object, names, what) {
  if (typeof object !== "object" || object === null || JSON.stringify(Object.keys(object)) !== JSON.stringify(names)) {
    throw new Refusal(`${what} must have exactly the fields ${names.join(", ")}`);
  }
}

/** The bundle of a file; whatever differs from its form is refused by name. */
function bundleOf(json) {
  let bundle;
  try {
    bundle = JSON.parse(json);
  } catch {
    throw new Refusal("the proof file must be one JSON object");
  }
  requireFields(bundle, ["format", "version", "circuit", "verifyingKey", "proof", "publicInputs"], "the proof file");
  requireFields(bundle.publicInputs, INPUTS, "publicInputs");
  if (bundle.format !== "bulwark-proof" || bundle.version !== 1) throw new Refusal("the proof file must be a bulwark-proof of version 1");
  hex("verifyingKey", bundle.verifyingKey, ELEMENT_BYTES);
  const inputs = new Uint8Array(INPUTS.length * ELEMENT_BYTES);
  INPUTS.forEach((name, i) => inputs.set(hex(name, bundle.publicInputs[name], ELEMENT_BYTES), i * ELEMENT_BYTES));
  return { ...bundle, proofBytes: hex("proof", bundle.proof, PROOF_BYTES), inputs };
}

const usd = (units) => `${units / 10000n}.${String(units % 10000n).padStart(4, "0")} USD`;

/** The claim's integer (kind, candidate, amount, name) as a sentence. */
function sentence(claimHex) {
  const claim = BigInt(`0x${claimHex}`);
  const [kind, candidate, amount, name] = [claim & 0xffn, (claim >> 8n) & 0xffn, (claim >> 16n) & ((1n << 64n) - 1n), claim >> 80n];
  const statement = {
    1: `at least ${usd(amount)} of equity over its initial margin`,
    2: `at least ${usd(amount)} of equity over its maintenance margin`,
    3: `an initial margin of exactly ${usd(amount)}`,
    4: "less equity than its maintenance margin, however its paid-up lots are held",
    5: `at least ${usd(amount)} of equity over its initial margin and contagion buffer`,
  }[kind];
  const lots = [", as booked", ", with every paid-up long held as paid", ", with its paid-up lots returned to the positions"][candidate];
  if (statement === undefined || lots === undefined) throw new Refusal("the claim is none that this page knows");
  return `${name === 0n ? "some account of the prover" : `account ${name - 1n}`} has ${statement}${lots}`;
}

function requireExpected(publicInputs) {
  for (const name of ["seal", "challenge", "scope", "claim"]) {
    const expected = field(name).value.trim().toLowerCase().replace(/^0x/, "");
    if (expected !== "" && expected.padStart(2 * ELEMENT_BYTES, "0") !== publicInputs[name]) {
      throw new Refusal(`the proof is about another ${name} than you expect`);
    }
  }
}

/** What may count once: one account, epoch and scope; or, where the house proves, one conversation. */
const once = ({ nullifier, challenge }) => (nullifier === ZERO ? `challenge ${challenge}` : `nullifier ${nullifier}`);

function check(json, key) {
  const bundle = bundleOf(json);
  if (text(window.bulwark.sha256(key)) !== bundle.verifyingKey) throw new Refusal("the proof is of another verifying key than this file's");
  const refused = window.bulwark.verify(key, bundle.proofBytes, bundle.inputs);
  if (refused !== null) throw new Refusal(`the proof does not hold (${refused.code}, ${refused.where})`);
  requireExpected(bundle.publicInputs);
  const said = sentence(bundle.publicInputs.claim);
  const used = JSON.parse(localStorage.getItem(USED) ?? "[]");
  const mark = once(bundle.publicInputs);
  if (used.includes(mark)) throw new Refusal("this was counted here before: its nullifier is used");
  localStorage.setItem(USED, JSON.stringify([...used, mark]));
  return { said, inputs: bundle.publicInputs };
}

function show(accepted, words, inputs = {}) {
  field("answer").textContent = words;
  field("answer").dataset.accepted = accepted;
  field("inputs").replaceChildren(...Object.entries(inputs).flatMap(([name, value]) => {
    const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
    [term.textContent, detail.textContent] = [name, value];
    return [term, detail];
  }));
}

async function bytesOf(id) {
  const [file] = field(id).files;
  if (file.size > FILE_BYTES_MAX) throw new Refusal(`${file.name} must have at most ${FILE_BYTES_MAX} bytes`);
  return new Uint8Array(await file.arrayBuffer());
}

field("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const { said, inputs } = check(new TextDecoder().decode(await bytesOf("proof")), await bytesOf("key"));
    show(true, `accepted: ${said}`, inputs);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    show(false, `refused: ${refusal.message}`);
  }
});

const go = new window.Go();
const wasm = await (await fetch("verifier.wasm")).arrayBuffer();
const { instance } = await WebAssembly.instantiate(wasm, go.importObject);
go.run(instance);
field("answer").textContent = "choose a proof and the key that it names";
field("check").disabled = false;
