// Plays some days of a Perp v2 market on a fresh chain and keeps the node up for whoever reads it.
// Prints one JSON line (where the node listens, the contracts, the accounts, what the contracts themselves say of them),
// then waits until standard input closes.
import { CHAIN_ID, startAnvil } from "../anvil.mjs";
import { deployPerp, squareRootPrice } from "./perp.mjs";

const seconds = (iso) => Date.parse(iso) / 1000;
const DEPLOYED = seconds("2024-05-20T12:00:00Z");
const OPENED = seconds("2024-05-21T18:00:00Z");
const FALL = seconds("2024-05-22T18:00:00Z");
const RISE = seconds("2024-05-23T17:20:00Z");
const SEALED = seconds("2024-05-23T18:11:00Z");

// Index prices in USD with 18 decimals; the last is the close of 2024-05-23 (Binance hourly candles, 23:00 UTC).
const FIRST = 3_700n * 10n ** 18n;
const FALLEN = 3_640n * 10n ** 18n;
const LAST = 37_848n * 10n ** 17n;

const DOLLAR = 10n ** 6n;
const ETHER = 10n ** 18n;
const DEADLINE = 2n ** 60n;
const NONE = `0x${"0".repeat(64)}`;

async function deposit({ vault }, token, account, amount) {
  await token.send(account, "mint(address,uint256)", account, amount);
  await token.send(account, "approve", vault.address, amount);
  await vault.send(account, "deposit", token.address, amount);
}

/** Sells (short) or buys so much of the base. */
function trade({ house, base }, account, size) {
  const short = size < 0n;
  return house.send(account, "openPosition", {
    baseToken: base.address, isBaseToQuote: short, isExactInput: short, amount: short ? -size : size,
    oppositeAmountBound: 0n, deadline: DEADLINE, sqrtPriceLimitX96: 0n, referralCode: NONE,
  });
}

/** Whoever trades the gap between pool and index away. */
function follow({ house, base }, account, price, up) {
  return house.send(account, "openPosition", {
    baseToken: base.address, isBaseToQuote: !up, isExactInput: true, amount: 1_000n * (up ? 4_000n : 1n) * ETHER,
    oppositeAmountBound: 0n, deadline: DEADLINE, sqrtPriceLimitX96: squareRootPrice(price), referralCode: NONE,
  });
}

async function play(chain, exchange, { maker, long, short, winner, ether, arbitrageur }) {
  const { usdc, weth, house, base, feed, owner } = exchange;
  await chain.mineAt(OPENED);
  for (const [account, whole] of [[maker, 5_000_000n], [long, 40_000n], [short, 30_000n], [winner, 25_000n], [ether, 2_000n], [arbitrageur, 900_000n]]) {
    await deposit(exchange, usdc, account, whole * DOLLAR);
  }
  await deposit(exchange, weth, ether, 4n * ETHER);
  // Ticks of 2,981 and 5,998 USD around the first price.
  await house.send(maker, "addLiquidity", {
    baseToken: base.address, base: 1_000n * ETHER, quote: 4_000_000n * ETHER, lowerTick: 80_040, upperTick: 87_000,
    minBase: 0n, minQuote: 0n, useTakerBalance: false, deadline: DEADLINE,
  });
  await trade(exchange, long, 12n * ETHER);
  await trade(exchange, short, -20n * ETHER);
  await trade(exchange, winner, -6n * ETHER);
  await trade(exchange, ether, 2n * ETHER);
  await chain.mineAt(FALL);
  await feed.send(owner, "set", FALLEN);
  await follow(exchange, arbitrageur, FALLEN, false);
  // Half of the gain is realised and owed; the other half goes on.
  await trade(exchange, winner, 3n * ETHER);
  await trade(exchange, long, -2n * ETHER);
  await chain.mineAt(RISE);
  await feed.send(owner, "set", LAST);
  await follow(exchange, arbitrageur, LAST, true);
  await trade(exchange, long, 1n * ETHER);
  await chain.mineAt(SEALED);
  // With one slot an epoch the node calls head − 2 finalised.
  await chain.mineAt(SEALED + 12);
  await chain.mineAt(SEALED + 24);
}

/** What the contracts themselves say at the finalised block: the yardstick of the live test. */
async function stated({ vault, accountBalance, exchange, base, house }, chain, accounts) {
  const { hash, number } = await chain.rpc("eth_getBlockByNumber", "finalized", false);
  const read = async (contract, method, ...values) => {
    const data = contract.abi.encodeFunctionData(method, values);
    const bytes = await chain.rpc("eth_call", { to: contract.address, data }, { blockHash: hash, requireCanonical: true });
    return contract.abi.decodeFunctionResult(method, bytes).map(String);
  };
  const said = {};
  for (const [name, account] of Object.entries(accounts)) {
    const [owedRealizedPnl, unrealizedPnl, pendingFee] = await read(accountBalance, "getPnlAndPendingFee", account);
    const one = async (contract, method, ...values) => (await read(contract, method, ...values))[0];
    said[name] = {
      account, owedRealizedPnl, unrealizedPnl, pendingFee,
      size: await one(accountBalance, "getTotalPositionSize", account, base.address),
      openNotional: await one(accountBalance, "getTotalOpenNotional", account, base.address),
      positionValue: await one(accountBalance, "getTotalPositionValue", account, base.address),
      pendingFunding: await one(exchange, "getPendingFundingPayment", account, base.address),
      balance: await one(vault, "getBalance", account),
      accountValue: await one(vault, "getAccountValue", account),
      houseAccountValue: await one(house, "getAccountValue", account),
      freeCollateral: await one(vault, "getFreeCollateral", account),
      marginForLiquidation: await one(accountBalance, "getMarginRequirementForLiquidation", account),
    };
  }
  const [mark] = await read(accountBalance, "getMarkPrice", base.address);
  const [index] = await read(base, "getIndexPrice", 0);
  return { number: Number(number), hash, mark, index, accounts: said };
}

const chain = await startAnvil(DEPLOYED);
const exchange = await deployPerp(chain, { eth: FIRST });
const [, maker, long, short, winner, ether, idle, arbitrageur] = chain.accounts;
const accounts = { maker, long, short, winner, ether, idle, arbitrageur };
await play(chain, exchange, accounts);
const lower = ({ address }) => address.toLowerCase();
const { vault, accountBalance, collateral, orderBook, config, base, usdc, weth } = exchange;
process.stdout.write(`${JSON.stringify({
  url: chain.url, chainId: CHAIN_ID, vault: lower(vault), accountBalance: lower(accountBalance), exchange: lower(exchange.exchange),
  orderBook: lower(orderBook), clearingHouseConfig: lower(config), collateralManager: lower(collateral),
  markets: { ETH: lower(base) }, tokens: { USDC: lower(usdc), WETH: lower(weth) },
  ...(await stated(exchange, chain, accounts)),
})}\n`);
chain.untilClosed();
