// Compiles the contracts of src and any Solidity file named on the command line (under its own file name), and prints one JSON object:
// "SolvencyRegistry" → { abi, bytecode }. The settings are part of what is published: with them anybody gets the same bytecode.
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(FOLDER, "src");
const SETTINGS = {
  optimizer: { enabled: true, runs: 1000 },
  evmVersion: "cancun",
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
};

const files = [...readdirSync(SOURCES).sort().map((name) => join(SOURCES, name)), ...process.argv.slice(2)];
const sources = Object.fromEntries(files.map((file) => [basename(file), { content: readFileSync(file, "utf8") }]));
const installed = (path) => ({ contents: readFileSync(join(FOLDER, "node_modules", path), "utf8") });
const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings: SETTINGS }), { import: installed }));
for (const { formattedMessage } of errors) process.stderr.write(formattedMessage);
if (errors.some(({ severity }) => severity === "error")) process.exit(1);

const compiled = {};
for (const [file, named] of Object.entries(contracts).filter(([name]) => name in sources)) {
  for (const [name, { abi, evm }] of Object.entries(named)) {
    compiled[name === "Verifier" ? basename(file, ".sol") : name] = { abi, bytecode: evm.bytecode.object };
  }
}
process.stdout.write(`${JSON.stringify(compiled)}\n`);
