// The life of one loan on a fresh chain, on either generation of Aave V3 ("3.0" or "3.6" on the command line): supply, borrow, crash,
// liquidation, what is left of it. Plays one step, prints one JSON line of it (what the contracts say at the finalised block), and
// plays the next when it is sent a line on standard input.
import { createInterface } from "node:readline";
import { addresses, deployAave, setPrice } from "./aave.mjs";
import { deployAave36 } from "./aave36.mjs";
import { CHAIN_ID, startAnvil } from "./anvil.mjs";

const STARTED = Date.parse("2024-04-23T18:00:00Z") / 1000;
const DAY = 86_400;
const VARIABLE_RATE = 2;
const ETHER = 10n ** 18n;
const DOLLAR = 10n ** 6n;

// The close of 23 April 2024 (USD, 8 decimals), and half of it.
const PRICES = { WETH: 321_804_000_000n, WBTC: 6_638_630_000_000n, USDC: 100_000_000n };
const CRASHED = 160_902_000_000n;

const generation = process.argv[2];
const newest = generation === "3.6";
const chain = await startAnvil(STARTED, { hardfork: newest ? "cancun" : "shanghai" });
const market = await (newest ? deployAave36 : deployAave)(chain, PRICES);
const { pool, tokens } = market;
const [, lender, borrower, liquidator] = chain.accounts;
let now = STARTED + DAY;

async function give(account, symbol, amount) {
  await tokens[symbol].send(account, "mint(address,uint256)", account, amount);
  await tokens[symbol].send(account, "approve", pool.address, amount);
}

const steps = {
  async supply() {
    await give(lender, "USDC", 600_000n * DOLLAR);
    await pool.send(lender, "supply", tokens.USDC.address, 600_000n * DOLLAR, lender, 0);
    await give(borrower, "WETH", 10n * ETHER);
    await pool.send(borrower, "supply", tokens.WETH.address, 10n * ETHER, borrower, 0);
  },
  async borrow() {
    await pool.send(borrower, "borrow", tokens.USDC.address, 24_000n * DOLLAR, VARIABLE_RATE, 0, borrower);
  },
  async crash() {
    await setPrice(market, "WETH", CRASHED);
  },
  async liquidate() {
    await give(liquidator, "USDC", 30_000n * DOLLAR);
    await pool.send(liquidator, "liquidationCall", tokens.WETH.address, tokens.USDC.address, borrower, 30_000n * DOLLAR, false);
  },
};

/** What the contracts say of the borrower and of the reserves at the finalised block. */
async function stated() {
  const { hash, number } = await chain.rpc("eth_getBlockByNumber", "finalized", false);
  const at = { blockHash: hash, requireCanonical: true };
  const read = async (contract, method, ...values) => {
    const bytes = await chain.rpc("eth_call", { to: contract.address, data: contract.abi.encodeFunctionData(method, values) }, at);
    return contract.abi.decodeFunctionResult(method, bytes);
  };
  const total = await read(pool, "getUserAccountData", borrower);
  const reserves = {};
  for (const symbol of ["WETH", "USDC"]) {
    const data = await read(market.dataProvider, "getUserReserveData", tokens[symbol].address, borrower);
    reserves[symbol] = {
      supplied: String(data.currentATokenBalance), borrowed: String(data.currentVariableDebt),
      deficit: newest ? String((await read(pool, "getReserveDeficit", tokens[symbol].address))[0]) : "0",
      available: String(newest
        ? (await read(pool, "getVirtualUnderlyingBalance", tokens[symbol].address))[0]
        : (await read(tokens[symbol], "balanceOf", (await read(pool, "getReserveData", tokens[symbol].address))[0].aTokenAddress))[0]),
    };
  }
  return {
    number: Number(number), hash, collateralBase: String(total.totalCollateralBase), debtBase: String(total.totalDebtBase),
    healthFactor: String(total.healthFactor), reserves,
  };
}

async function play(step) {
  await chain.mineAt((now += DAY));
  await steps[step]();
  // With one slot an epoch the node calls head − 2 finalised.
  for (let i = 0; i < 3; i++) await chain.mineAt((now += 12));
  process.stdout.write(`${JSON.stringify({
    step, url: chain.url, chainId: CHAIN_ID, borrower, lender, liquidator, ...addresses(market), stated: await stated(),
  })}\n`);
}

const turns = createInterface({ input: process.stdin });
turns.once("close", () => process.exit(0));
const asked = turns[Symbol.asyncIterator]();
for (const step of Object.keys(steps)) {
  await play(step);
  if ((await asked.next()).done) break;
}
chain.untilClosed();
