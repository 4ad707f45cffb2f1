// Three positions of Uniswap v3 in one holder's name, around the price, below it and above it, and one in another's. Prints one JSON line (contracts, holders, the pool's
// tick, what the manager would pay out for each position at the finalised block) and stays up until standard input closes; each line sent plays the next step: the pool's
// price at a share of what it was, for an hour.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { CHAIN_ID, startAnvil } from "./anvil.mjs";
import { Deployment } from "./contract.mjs";
import { compiled } from "./solidity.mjs";

const require = createRequire(import.meta.url);
const STARTED = Date.parse("2024-05-23T18:00:00Z") / 1000;
const HOUR = 3600;
const FEE = 500;
const FOREVER = 2n ** 63n;
/** Prices against the first step's, in parts of a hundred; the first and the last are the ends of the range that the test asks for. */
const SHARES = [100, 80, 90, 110, 125];
const SETTINGS = { optimizer: { enabled: true, runs: 200 }, evmVersion: "shanghai", metadata: { bytecodeHash: "none", appendCBOR: false } };
const own = compiled("solc-0.8.28", ["bulwark/Tokens.sol", "bulwark/Feeds.sol"], SETTINGS, [["bulwark/", "../contracts/"]]);
const PUBLISHED = { NonfungiblePositionManager: "v3-periphery", UniswapV3Factory: "v3-core", UniswapV3Pool: "v3-core" };
const published = (name) => require(`@uniswap/${PUBLISHED[name]}/artifacts/contracts/${name}.sol/${name}.json`);

const chain = await startAnvil(STARTED);
const [owner, holder, other] = chain.accounts;
const deploy = new Deployment(chain, owner, (name) => own[name] ?? published(name));
const weth = await deploy.contract("Coin", "WETH", 18);
const usdc = await deploy.contract("Coin", "USDC", 6);
const factory = await deploy.contract("UniswapV3Factory");
// No position here is made with bare ether or drawn as a picture: the manager's other two contracts are never called.
const manager = await deploy.contract("NonfungiblePositionManager", factory.address, weth.address, owner);
await factory.send(owner, "createPool", weth.address, usdc.address, FEE);
const pool = deploy.at("UniswapV3Pool", (await factory.call("getPool", weth.address, usdc.address, FEE))[0]);
const coins = BigInt(weth.address) < BigInt(usdc.address) ? [weth, usdc] : [usdc, weth];
const wethFirst = coins[0] === weth;
const dollars = 3784.8;
const rootOf = (ratio) => BigInt(Math.floor(Math.sqrt(ratio) * 2 ** 48)) << 48n;
await pool.send(owner, "initialize", rootOf(wethFirst ? dollars / 1e12 : 1e12 / dollars));
await pool.send(owner, "increaseObservationCardinalityNext", 32);
const trader = await deploy.contract("Trader", pool.address);
await trader.send(owner, "provide", -887_270, 887_270, 10n ** 18n);
const opened = Number((await pool.call("slot0"))[1]);

async function mint(account, lower, upper) {
  const amounts = coins.map((coin) => (coin === weth ? 5n * 10n ** 18n : 20_000n * 10n ** 6n));
  for (const [i, coin] of coins.entries()) {
    await coin.send(account, "mint", account, amounts[i]);
    await coin.send(account, "approve", manager.address, amounts[i]);
  }
  const ticks = [lower, upper].map((tick) => Math.floor((opened + tick) / 10) * 10);
  await manager.send(account, "mint", [coins[0].address, coins[1].address, FEE, ...ticks, ...amounts, 0, 0, account, FOREVER]);
}

await mint(holder, -1500, 1500);
await mint(other, -500, 500);
await mint(holder, -4000, -1000);
await mint(holder, 1000, 4000);

let now = STARTED + 120;
let last = 100;
async function play(share) {
  if (share !== last) {
    const root = rootOf((1.0001 ** opened * share) / 100);
    await trader.send(owner, "moveTo", share < last, root);
    last = share;
  }
  await chain.mineAt((now += HOUR));
  for (let i = 0; i < 3; i++) await chain.mineAt((now += 12));
}

async function line(share) {
  const { hash } = await chain.rpc("eth_getBlockByNumber", "finalized", false);
  const at = { blockHash: hash, requireCanonical: true };
  const read = async (contract, method, values, from) => {
    const call = { from, to: contract.address, data: contract.abi.encodeFunctionData(method, values) };
    return contract.abi.decodeFunctionResult(method, await chain.rpc("eth_call", call, at));
  };
  const [root, tick] = await read(pool, "slot0", []);
  const positions = [];
  for (let i = 0n; i < 3n; i++) {
    const [id] = await read(manager, "tokenOfOwnerByIndex", [holder, i]);
    const said = await read(manager, "positions", [id]);
    const paid = await read(manager, "decreaseLiquidity", [[id, said.liquidity, 0, 0, FOREVER]], holder);
    positions.push({ id: String(id), liquidity: String(said.liquidity), lower: Number(said.tickLower), upper: Number(said.tickUpper), paid: paid.map(String) });
  }
  process.stdout.write(`${JSON.stringify({
    url: chain.url, chainId: CHAIN_ID, share, opened, tick: Number(tick), root: String(root), wethFirst, holder, other,
    manager: manager.address.toLowerCase(), pool: pool.address.toLowerCase(), positions,
  })}\n`);
}

const turns = createInterface({ input: process.stdin });
turns.once("close", () => process.exit(0));
const asked = turns[Symbol.asyncIterator]();
for (const share of SHARES) {
  await play(share);
  await line(share);
  if ((await asked.next()).done) break;
}
chain.untilClosed();
