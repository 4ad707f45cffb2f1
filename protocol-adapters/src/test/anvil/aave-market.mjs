// Plays thirty days of an Aave V3 market on a fresh chain and keeps the node up for whoever reads it.
// Prints one JSON line (where the node listens, the contracts, the accounts, what the contracts themselves say of them),
// then waits until standard input closes. The reader's conversation is recorded by the Java side, which knows what it asks.
import { addresses, deployAave, setPrice } from "./aave.mjs";
import { CHAIN_ID, startAnvil } from "./anvil.mjs";

const seconds = (iso) => Date.parse(iso) / 1000;
const DEPLOYED = seconds("2024-04-23T18:00:00Z");
const OPENED = seconds("2024-04-23T18:11:00Z");
const DIP = seconds("2024-05-01T18:11:00Z");
const RECOVERY = seconds("2024-05-23T18:05:00Z");
const SEALED = seconds("2024-05-23T18:11:00Z");

// Closes of 2024-04-23, 2024-05-01 and 2024-05-23 (Binance hourly candles, 23:00 UTC), USD with 8 decimals.
const FIRST_PRICES = { WETH: 321_804_000_000n, WBTC: 6_638_630_000_000n, USDC: 100_000_000n };
const DIP_PRICES = { WETH: 297_061_000_000n, WBTC: 5_830_760_000_000n };
const LAST_PRICES = { WETH: 378_480_000_000n, WBTC: 6_799_990_000_000n };

const unit = { WETH: 10n ** 18n, WBTC: 10n ** 8n, USDC: 10n ** 6n };
const VARIABLE_RATE = 2;

async function supply({ pool, tokens }, account, symbol, whole) {
  const amount = whole * unit[symbol];
  await tokens[symbol].send(account, "mint(address,uint256)", account, amount);
  await tokens[symbol].send(account, "approve", pool.address, amount);
  await pool.send(account, "supply", tokens[symbol].address, amount, account, 0);
}

function borrow({ pool, tokens }, account, symbol, whole) {
  return pool.send(account, "borrow", tokens[symbol].address, whole * unit[symbol], VARIABLE_RATE, 0, account);
}

async function liquidate({ pool, tokens }, liquidator, account, whole) {
  const amount = whole * unit.USDC;
  await tokens.USDC.send(liquidator, "mint(address,uint256)", liquidator, amount);
  await tokens.USDC.send(liquidator, "approve", pool.address, amount);
  await pool.send(liquidator, "liquidationCall", tokens.WETH.address, tokens.USDC.address, account, amount, false);
}

async function prices(market, values) {
  for (const [symbol, price] of Object.entries(values)) await setPrice(market, symbol, price);
}

/**
 * Lenders and borrowers of the month; `bear` is short of ETH,
 * `icarus` is liquidated in the dip of 1 May, `eridanus` borrows to the limit on the last day.
 */
async function play(chain, market, { lender, bear, atlas, eridanus, icarus, liquidator }) {
  await chain.mineAt(OPENED);
  await supply(market, lender, "WBTC", 20n);
  await supply(market, lender, "USDC", 600_000n);
  await supply(market, atlas, "WETH", 200n);
  await supply(market, bear, "USDC", 150_000n);
  await borrow(market, bear, "WETH", 25n);
  await borrow(market, atlas, "USDC", 250_000n);
  await supply(market, eridanus, "WETH", 50n);
  await borrow(market, eridanus, "USDC", 120_000n);
  await supply(market, icarus, "WETH", 20n);
  await borrow(market, icarus, "USDC", 50_500n);
  await chain.mineAt(DIP);
  await prices(market, DIP_PRICES);
  await liquidate(market, liquidator, icarus, 25_000n);
  await chain.mineAt(RECOVERY);
  await prices(market, LAST_PRICES);
  await borrow(market, eridanus, "USDC", 31_000n);
  await chain.mineAt(SEALED);
  // With one slot an epoch the node calls head − 2 finalised.
  await chain.mineAt(SEALED + 12);
  await chain.mineAt(SEALED + 24);
}

/** What the protocol's own data provider says at the finalised block: the yardstick of the live test. */
async function stated(market, chain, accounts) {
  const { hash, number } = await chain.rpc("eth_getBlockByNumber", "finalized", false);
  const read = async (contract, method, ...values) => {
    const data = contract.abi.encodeFunctionData(method, values);
    const bytes = await chain.rpc("eth_call", { to: contract.address, data }, { blockHash: hash, requireCanonical: true });
    return contract.abi.decodeFunctionResult(method, bytes);
  };
  const accountsStated = {};
  for (const [name, account] of Object.entries(accounts)) {
    const total = await read(market.pool, "getUserAccountData", account);
    const reserves = {};
    for (const [symbol, token] of Object.entries(market.tokens)) {
      const data = await read(market.dataProvider, "getUserReserveData", token.address, account);
      reserves[symbol] = { supplied: String(data.currentATokenBalance), borrowed: String(data.currentVariableDebt), collateral: data.usageAsCollateralEnabled };
    }
    accountsStated[name] = {
      account, reserves, collateralBase: String(total.totalCollateralBase),
      debtBase: String(total.totalDebtBase), healthFactor: String(total.healthFactor),
    };
  }
  return { number: Number(number), hash, accounts: accountsStated };
}

const chain = await startAnvil(DEPLOYED);
const market = await deployAave(chain, FIRST_PRICES);
const [, lender, atlas, eridanus, icarus, liquidator, bear] = chain.accounts;
const accounts = { lender, bear, atlas, eridanus, icarus, liquidator };
await play(chain, market, accounts);
const finalised = await stated(market, chain, accounts);
process.stdout.write(`${JSON.stringify({ url: chain.url, chainId: CHAIN_ID, ...addresses(market), ...finalised })}\n`);
chain.untilClosed();
