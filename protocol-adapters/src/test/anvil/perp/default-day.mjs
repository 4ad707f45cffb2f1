// A Perp v2 market on the day on which a member fails, a step for each line on standard input. Prints one JSON line a step.
// On the command line: the address of whoever may trade for VEGA, and pays in what the fund pays.
import { createInterface } from "node:readline";
import { CHAIN_ID, startAnvil } from "../anvil.mjs";
import { deployPerp, squareRootPrice } from "./perp.mjs";

const seconds = (iso) => Date.parse(iso) / 1000;
const DEPLOYED = seconds("2024-05-20T12:00:00Z");
const OPENED = seconds("2024-05-21T18:00:00Z");
const HOUR = 3_600;

const UNIT = 10n ** 18n;
const DOLLAR = 10n ** 6n;
const FIRST = 3_700n * UNIT;
const DEADLINE = 2n ** 60n;
const NONE = `0x${"0".repeat(64)}`;
const TRADE = 1;
const STEP = [96n, 100n];

const house = process.argv[2];
const chain = await startAnvil(DEPLOYED, { hardfork: "cancun" });
const exchange = await deployPerp(chain, { eth: FIRST });
const { owner, usdc, vault, base, feed } = exchange;
const [, maker, vega, aries, taurus, arbitrageur] = chain.accounts;
const members = { VEGA: vega, ARIES: aries, TAURUS: taurus };

const delegates = await exchange.delegates();
let now = OPENED;
let price = FIRST;

async function deposit(account, amount) {
  await usdc.send(account, "mint(address,uint256)", account, amount);
  await usdc.send(account, "approve", vault.address, amount);
  await vault.send(account, "deposit", usdc.address, amount);
}

function trade(account, size) {
  const short = size < 0n;
  return exchange.house.send(account, "openPosition", {
    baseToken: base.address, isBaseToQuote: short, isExactInput: short, amount: short ? -size : size,
    oppositeAmountBound: 0n, deadline: DEADLINE, sqrtPriceLimitX96: 0n, referralCode: NONE,
  });
}

/**
 * The index falls a step each twenty minutes, and whoever trades the gap away makes the pool follow: the exchange takes no trade further
 * from its average than a tenth.
 */
async function fall(to) {
  while (price > to) {
    price = price * STEP[0] / STEP[1] > to ? price * STEP[0] / STEP[1] : to;
    now += HOUR / 3;
    await chain.mineAt(now);
    await feed.send(owner, "set", price);
    await exchange.house.send(arbitrageur, "openPosition", {
      baseToken: base.address, isBaseToQuote: true, isExactInput: true, amount: 3_000n * UNIT,
      oppositeAmountBound: 0n, deadline: DEADLINE, sqrtPriceLimitX96: squareRootPrice(price), referralCode: NONE,
    });
  }
  await settle();
}

/** With one slot an epoch the node calls head − 2 finalised; the mark averages over a quarter of an hour. */
async function settle() {
  now += HOUR / 2;
  for (let block = 0; block < 3; block++) await chain.mineAt(now + block);
  now += 3;
}

async function mark() {
  return (await exchange.accountBalance.call("getMarkPrice", base.address))[0];
}

async function say(more = {}) {
  const held = {};
  for (const [name, address] of Object.entries(members)) {
    held[name] = {
      address: address.toLowerCase(),
      value: String((await vault.call("getAccountValue", address))[0]),
      size: String((await exchange.accountBalance.call("getTotalPositionSize", address, base.address))[0]),
      usdc: String((await usdc.call("balanceOf", address))[0]),
    };
  }
  const supply = String((await usdc.call("totalSupply"))[0]);
  process.stdout.write(`${JSON.stringify({ members: held, mark: String(await mark()), supply, ...more })}\n`);
}

async function lives() {
  await chain.mineAt(OPENED);
  for (const [account, whole] of [[maker, 9_000_000n], [vega, 90_000n], [aries, 400_000n], [taurus, 300_000n], [arbitrageur, 4_000_000n]]) {
    await deposit(account, whole * DOLLAR);
  }
  // Ticks of about 901 and 5,998 USD around the first price.
  await exchange.house.send(maker, "addLiquidity", {
    baseToken: base.address, base: 1_500n * UNIT, quote: 7_000_000n * UNIT, lowerTick: 68_040, upperTick: 87_000,
    minBase: 0n, minQuote: 0n, useTakerBalance: false, deadline: DEADLINE,
  });
  await trade(vega, 60n * UNIT);
  await trade(aries, -25n * UNIT);
  await trade(taurus, -20n * UNIT);
  await delegates.send(vega, "approve", house, TRADE);
  // Whoever pays into the fund has the means.
  for (const account of Object.values(members)) await usdc.send(account, "mint(address,uint256)", account, 1_000_000n * DOLLAR);
  await chain.rpc("anvil_setBalance", house, "0x3635c9adc5dea00000");
  await settle();
  await chain.rpc("evm_setAutomine", true);
}

await lives();
const lower = ({ address }) => address.toLowerCase();
await say({
  url: chain.url, chainId: CHAIN_ID, vault: lower(vault), accountBalance: lower(exchange.accountBalance), exchange: lower(exchange.exchange),
  orderBook: lower(exchange.orderBook), collateralManager: lower(exchange.collateral), base: lower(base), usdc: lower(usdc),
});

// "settle" makes what was sent final; "fall 3100" lets the price fall to 3,100 USD.
for await (const line of createInterface({ input: process.stdin })) {
  const [step, to] = line.split(" ");
  await (step === "fall" ? fall(BigInt(to) * UNIT) : settle());
  await say();
}
process.exit(0);
