// A local EVM node: starts anvil from the installed package and speaks JSON-RPC to it.
// Everything that could differ between two runs is fixed here: chain id, mnemonic, start time, one second per block.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:net";

const require = createRequire(import.meta.url);

export const CHAIN_ID = 31337;
const MNEMONIC = "test test test test test test test test test test test junk";

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a node whose first block is at `timestamp` (Unix seconds) and that mines when it is told to; resolves when it answers. */
export async function startAnvil(timestamp, { chainId = CHAIN_ID, hardfork = "shanghai" } = {}) {
  const binary = require.resolve("@foundry-rs/anvil-linux-amd64/bin/anvil");
  const port = await freePort();
  const node = spawn(
    binary,
    ["--host", "127.0.0.1", "--port", String(port), "--chain-id", String(chainId), "--mnemonic", MNEMONIC,
      "--accounts", "10", "--timestamp", String(timestamp), "--slots-in-an-epoch", "1", "--base-fee", "0",
      "--gas-limit", "60000000", "--hardfork", hardfork, "--no-mining", "--silent"],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const chain = new Chain(`http://127.0.0.1:${port}`, node);
  node.once("error", (error) => { throw error; });
  process.once("exit", () => chain.stop());
  await chain.ready();
  chain.accounts = await chain.rpc("eth_accounts");
  await chain.rpc("anvil_setBlockTimestampInterval", 1);
  return chain;
}

export class Chain {
  #id = 0;

  constructor(url, node) {
    this.url = url;
    this.node = node;
  }

  async rpc(method, ...params) {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: ++this.#id, method, params }),
    });
    const { result, error } = await response.json();
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  async ready() {
    const deadline = Date.now() + 20_000;
    for (;;) {
      try {
        await this.rpc("eth_chainId");
        return;
      } catch (cause) {
        if (Date.now() > deadline) throw new Error("anvil did not answer within 20 s", { cause });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  /** Sends a transaction of an account that the node holds and mines it in a block of its own. */
  async send(from, to, data) {
    const hash = await this.rpc("eth_sendTransaction", { from, to, data, gas: "0x1c9c380", gasPrice: "0x0" });
    await this.rpc("evm_mine");
    const receipt = await this.rpc("eth_getTransactionReceipt", hash);
    if (receipt.status !== "0x1") throw new Error(`transaction ${hash} to ${to ?? "a new contract"} failed`);
    return receipt;
  }

  /** Mines an empty block at `timestamp` (Unix seconds). */
  async mineAt(timestamp) {
    await this.rpc("evm_setNextBlockTimestamp", timestamp);
    await this.rpc("evm_mine");
  }

  /** Keeps the node up until whoever started this process closes its standard input. */
  untilClosed() {
    process.stdin.resume();
    process.stdin.once("close", () => process.exit(0));
    process.stdin.once("end", () => process.exit(0));
  }

  stop() {
    this.node.kill("SIGKILL");
  }
}
