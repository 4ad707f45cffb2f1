// Compiles published Solidity sources of an installed package, once: the artifacts are kept beside the packages under a key of
// sources, settings and compiler, so that the next run reads a file.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const PACKAGES = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
const KEPT = join(PACKAGES, ".bulwark-artifacts");
const IMPORT = /^\s*import\s+(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm;

/** Every source that the entries reach, by its path under the packages; what a remapping names is found where it points. */
function reached(entries, remappings) {
  const sources = {};
  const open = [...entries];
  while (open.length > 0) {
    const path = open.pop();
    if (path in sources) continue;
    const mapped = remappings.find(([prefix]) => path.startsWith(prefix));
    const file = join(PACKAGES, mapped ? mapped[1] + path.slice(mapped[0].length) : path);
    const content = readFileSync(file, "utf8");
    sources[path] = { content };
    for (const [, name] of content.matchAll(IMPORT)) {
      open.push(name.startsWith(".") ? posix.normalize(posix.join(posix.dirname(path), name)) : name);
    }
  }
  return Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Artifacts by contract name, as { abi, bytecode, linkReferences }.
 * @param {string} compiler the package of the compiler
 * @param {string[]} entries paths of sources under the packages
 * @param {[string, string][]} remappings import prefixes and where they point
 */
export function compiled(compiler, entries, settings, remappings = []) {
  return kept(compiler, reached(entries, remappings), settings);
}

/** The same of a source of our own that imports nothing. */
export function compiledText(compiler, name, content, settings) {
  return kept(compiler, { [name]: { content } }, settings);
}

function kept(compiler, sources, settings) {
  const input = JSON.stringify({
    language: "Solidity", sources,
    settings: { ...settings, outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.bytecode.linkReferences"] } } },
  });
  const { version } = require(`${compiler}/package.json`);
  const file = join(KEPT, `${createHash("sha256").update(version).update(input).digest("hex")}.json`);
  if (!existsSync(file)) {
    const { errors = [], contracts } = JSON.parse(require(compiler).compile(input));
    const failed = errors.filter(({ severity }) => severity === "error");
    if (failed.length > 0) throw new Error(failed.map(({ formattedMessage }) => formattedMessage).join("\n"));
    const artifacts = {};
    for (const named of Object.values(contracts)) {
      for (const [name, { abi, evm }] of Object.entries(named)) {
        artifacts[name] = { abi, bytecode: `0x${evm.bytecode.object}`, linkReferences: evm.bytecode.linkReferences };
      }
    }
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(artifacts));
    renameSync(`${file}.${process.pid}`, file);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}
