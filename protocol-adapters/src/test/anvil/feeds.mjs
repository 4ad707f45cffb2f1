// A price feed with rounds, and a Uniswap v3 pool whose price is moved for a quarter of an hour. Prints one JSON line and stays up until
// standard input closes; each line sent plays the next step: "moved" (the pool's price for fifteen minutes of the last hour), "late" (no round
// within the heartbeat), "pinned" (the feed at its lower bound).
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { CHAIN_ID, startAnvil } from "./anvil.mjs";
import { Deployment } from "./contract.mjs";
import { compiled } from "./solidity.mjs";

const require = createRequire(import.meta.url);
const STARTED = Date.parse("2024-04-23T18:00:00Z") / 1000;
const HOUR = 3600;
const FEE = 500;
const SETTINGS = { optimizer: { enabled: true, runs: 200 }, evmVersion: "shanghai", metadata: { bytecodeHash: "none", appendCBOR: false } };
const own = compiled("solc-0.8.28", ["bulwark/Tokens.sol", "bulwark/Feeds.sol"], SETTINGS, [["bulwark/", "../contracts/"]]);
const published = (name) => require(`@uniswap/v3-core/artifacts/contracts/${name}.sol/${name}.json`);

const chain = await startAnvil(STARTED);
const [owner] = chain.accounts;
const deploy = new Deployment(chain, owner, (name) => own[name] ?? published(name));
const coins = [await deploy.contract("Coin", "WETH", 18), await deploy.contract("Coin", "USDC", 6)];
const [weth, usdc] = coins;
const feed = await deploy.contract("Feed", 8, 100_000_000n, 1_000_000_000_000n);
const factory = await deploy.contract("UniswapV3Factory");
await factory.send(owner, "createPool", weth.address, usdc.address, FEE);
const pool = deploy.at("UniswapV3Pool", (await factory.call("getPool", weth.address, usdc.address, FEE))[0]);
const wethFirst = (await pool.call("token0"))[0].toLowerCase() === weth.address.toLowerCase();

/** The pool's price as it stores it, of so many dollars an ether. */
function sqrtPrice(dollars) {
  const ratio = wethFirst ? dollars / 1e12 : 1e12 / dollars;
  return BigInt(Math.floor(Math.sqrt(ratio) * 2 ** 48)) << 48n;
}

await pool.send(owner, "initialize", sqrtPrice(3218.04));
await pool.send(owner, "increaseObservationCardinalityNext", 32);
const trader = await deploy.contract("Trader", pool.address);
await trader.send(owner, "provide", -887_270, 887_270, 10n ** 18n);
await feed.send(owner, "push", 321_804_000_000n, STARTED + HOUR);

let now = STARTED + HOUR + 60;
const steps = {
  async still() {},
  async moved() {
    await chain.mineAt((now += 2 * HOUR));
    await trader.send(owner, "moveTo", wethFirst, sqrtPrice(2900));
    now += 900;
    await chain.mineAt(now);
    await trader.send(owner, "moveTo", !wethFirst, sqrtPrice(3218.04));
    now += 1800;
    await chain.mineAt(now);
    await feed.send(owner, "push", 320_000_000_000n, now);
  },
  async late() {
    now += 2 * HOUR;
  },
  async pinned() {
    await chain.mineAt((now += 60));
    await feed.send(owner, "push", 100_000_000n, now);
  },
};

async function line(step) {
  for (let i = 0; i < 3; i++) await chain.mineAt((now += 12));
  const { number, hash } = await chain.rpc("eth_getBlockByNumber", "finalized", false);
  const data = pool.abi.encodeFunctionData("observe", [[HOUR, 0]]);
  let mean = null;
  try {
    const bytes = await chain.rpc("eth_call", { to: pool.address, data }, { blockHash: hash, requireCanonical: true });
    const { tickCumulatives } = pool.abi.decodeFunctionResult("observe", bytes);
    const ratio = 1.0001 ** (Number(tickCumulatives[1] - tickCumulatives[0]) / HOUR);
    mean = wethFirst ? ratio * 1e12 : 1e12 / ratio;
  } catch {
    // The pool has no observation as old as that.
  }
  process.stdout.write(`${JSON.stringify({
    step, url: chain.url, chainId: CHAIN_ID, number: Number(number), hash, feed: feed.address, pool: pool.address, wethFirst, mean,
  })}\n`);
}

const turns = createInterface({ input: process.stdin });
turns.once("close", () => process.exit(0));
const asked = turns[Symbol.asyncIterator]();
for (const step of Object.keys(steps)) {
  await steps[step]();
  await line(step);
  if ((await asked.next()).done) break;
}
chain.untilClosed();
