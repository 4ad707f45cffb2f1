// The part of hardhat that the options protocol's own deployment asks for: contract factories from its compiled artifacts on a
// chain that is already up. Every transaction names its gas and is mined in a block of its own.
const { readdirSync } = require("node:fs");
const { dirname, join } = require("node:path");
const ethers = require("ethers");

const ARTIFACTS = join(dirname(require.resolve("@lyrafinance/protocol/package.json", { paths: [join(__dirname, "..")] })), "dist", "artifacts");
const GAS = "0x1c9c380";

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const PATHS = files(join(ARTIFACTS, "contracts"));

function artifact(name) {
  return require(PATHS.find((path) => path.endsWith(`/${name}.json`)));
}

function linked({ bytecode, linkReferences }, libraries) {
  let code = bytecode;
  for (const names of Object.values(linkReferences)) {
    for (const [name, places] of Object.entries(names)) {
      for (const { start } of places) {
        const at = 2 + 2 * start;
        code = code.slice(0, at) + libraries[name].slice(2).toLowerCase() + code.slice(at + 40);
      }
    }
  }
  return code;
}

/** Lets an account of the node send: mined at once, and refused where it reverts. */
function mining(provider, address) {
  const signer = provider.getSigner(address);
  signer.sendTransaction = async (transaction) => {
    const { to, data } = await ethers.utils.resolveProperties(transaction);
    const hash = await provider.send("eth_sendTransaction", [{ from: address, to, data, gas: GAS, gasPrice: "0x0" }]);
    await provider.send("evm_mine", []);
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt.status !== 1) throw new Error(`transaction ${hash} to ${to ?? "a new contract"} failed`);
    const sent = await provider.getTransaction(hash);
    sent.wait = async () => receipt;
    return sent;
  };
  return signer;
}

const runtime = {
  /** Points everything at a node; its first account deploys. */
  async connect(url, accounts) {
    runtime.ethers.provider = new ethers.providers.StaticJsonRpcProvider(url);
    runtime.signers = accounts.map((address) => mining(runtime.ethers.provider, ethers.utils.getAddress(address)));
    return runtime.signers;
  },
  ethers: {
    ...ethers,
    async getContractFactory(name, { libraries } = {}) {
      const source = artifact(name);
      return new ethers.ContractFactory(source.abi, linked(source, libraries ?? {}), runtime.signers[0]);
    },
  },
};

module.exports = runtime;
