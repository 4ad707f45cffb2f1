// Plays a Lyra options market on a fresh chain, deployed and seeded by the protocol's own test system, and keeps the node up for whoever reads it.
// Prints one JSON line (where the node listens, the contracts, the accounts, what the contracts themselves say of them), then waits
// until standard input closes.
import { createRequire } from "node:module";
import { CHAIN_ID, startAnvil } from "../anvil.mjs";

const require = createRequire(import.meta.url);
const seconds = (iso) => Date.parse(iso) / 1000;
const DEPLOYED = seconds("2024-05-20T12:00:00Z");
const TRADED = seconds("2024-05-23T17:30:00Z");
const SEALED = seconds("2024-05-23T18:11:00Z");
const EXPIRY = seconds("2024-06-28T08:00:00Z");
// The board is made so many seconds after seeding begins: a block a second.
const SEEDING = 12;

// Spot in USD with 18 decimals: an earlier price, and the close of 2024-05-23 (Binance hourly candles, 23:00 UTC).
const FIRST = "3700";
const LAST = "3784.8";

const chain = await startAnvil(DEPLOYED);
const hardhat = require("hardhat");
const [deployer, ...signers] = await hardhat.connect(chain.url, chain.accounts);
const { deployTestSystem } = require("@lyrafinance/protocol/dist/test/utils/deployTestSystem.js");
const { seedTestSystem, seedBalanceAndApprovalFor } = require("@lyrafinance/protocol/dist/test/utils/seedTestSystem.js");
const { OptionType, toBN, toBytes32, MAX_UINT128 } = require("@lyrafinance/protocol/dist/scripts/util/web3utils.js");

const system = await deployTestSystem(deployer, false, false, { basePrice: toBN(FIRST) });
await seedTestSystem(deployer, system, {
  initialBasePrice: toBN(FIRST),
  initialPoolDeposit: toBN("5000000"),
  initialBoard: {
    expiresIn: EXPIRY - (await hardhat.ethers.provider.getBlock("latest")).timestamp - SEEDING,
    baseIV: "0.7", strikePrices: ["3600", "3800", "4000"], skews: ["1.02", "1", "0.98"],
  },
});
const { optionMarket, optionToken, optionGreekCache, snx } = system;

const [straddle, writer, covered, idle] = signers;
const named = { straddle, writer, covered, idle };

/** The board's strikes by price. */
async function strikes(board) {
  const byPrice = {};
  for (const id of await optionMarket.getBoardStrikes(board)) byPrice[(await optionMarket.getStrike(id)).strikePrice.div(toBN("1")).toString()] = id;
  return byPrice;
}

function parameters(strikeId, optionType, amount, collateral = "0", positionId = 0) {
  return {
    strikeId, positionId, iterations: 1, optionType, amount: toBN(amount), setCollateralTo: toBN(collateral),
    minTotalCost: 0, maxTotalCost: MAX_UINT128,
  };
}

const open = (account, ...values) => optionMarket.connect(account).openPosition(parameters(...values));

await chain.mineAt(TRADED);
await snx.exchangeRates.setRateAndInvalid(toBytes32("sETH"), toBN(LAST), false);
const [board] = await optionMarket.getLiveBoards();
await optionGreekCache.updateBoardCachedGreeks(board);
for (const account of [straddle, writer, covered]) await seedBalanceAndApprovalFor(account, system, toBN("100000"), toBN("50"));
const strike = await strikes(board);

await open(straddle, strike[3800], OptionType.LONG_CALL, "5");
await open(straddle, strike[3800], OptionType.LONG_PUT, "5");
await open(writer, strike[4000], OptionType.SHORT_CALL_QUOTE, "3.5", "6000.25");
await open(writer, strike[3600], OptionType.SHORT_PUT_QUOTE, "2", "4000");
await open(covered, strike[4000], OptionType.SHORT_CALL_BASE, "4", "4");
await open(covered, strike[3600], OptionType.LONG_PUT, "1");
// One that is closed in part, and one that is closed and gone.
await open(covered, strike[3800], OptionType.LONG_CALL, "2");
const [, , longCall] = (await optionToken.getOwnerPositions(await covered.getAddress())).map(({ positionId }) => positionId);
await optionMarket.connect(covered).closePosition(parameters(strike[3800], OptionType.LONG_CALL, "0.5", "0", longCall));
await optionMarket.connect(covered).closePosition(parameters(strike[3800], OptionType.LONG_CALL, "1.5", "0", longCall));

await chain.mineAt(SEALED);
// With one slot an epoch the node calls head − 2 finalised.
await chain.mineAt(SEALED + 12);
await chain.mineAt(SEALED + 24);

/** With how much collateral the option token calls a short safe, and with one unit less not. */
async function leastCollateral(position, at) {
  const { strikePrice, expiry } = await optionMarket.getStrikeAndExpiry(position.strikeId, at);
  const spot = await system.synthetixAdapter.getSpotPriceForMarket(optionMarket.address, at);
  const liquidated = (collateral) => optionToken.canLiquidate({ ...position, collateral }, expiry, strikePrice, spot, at);
  let [least, most] = [toBN("0"), toBN("1000000")];
  while (least.lt(most)) {
    const half = least.add(most).div(2);
    if (await liquidated(half)) least = half.add(1);
    else most = half;
  }
  return least;
}

/** What the contracts themselves say at the finalised block: the yardstick of the live test. */
async function stated() {
  const { hash, number } = await chain.rpc("eth_getBlockByNumber", "finalized", false);
  const at = { blockTag: Number(number) };
  const accounts = {};
  for (const [name, signer] of Object.entries(named)) {
    const account = await signer.getAddress();
    const [market] = await system.optionMarketViewer.getOwnerPositions(account, at);
    const positions = [];
    for (const { positionId, strikeId, optionType, amount, collateral, state } of market.positions) {
      const { strikePrice, expiry } = await optionMarket.getStrikeAndExpiry(strikeId, at);
      const least = OptionType[optionType].startsWith("SHORT") ? await leastCollateral({ positionId, strikeId, optionType, amount, state, owner: account }, at) : undefined;
      positions.push({ ...(least && { least: String(least) }),
        id: String(positionId), strikeId: String(strikeId), type: OptionType[optionType], amount: String(amount), collateral: String(collateral),
        state: Number(state), strike: String(strikePrice), expiry: Number(expiry),
      });
    }
    accounts[name] = { account: account.toLowerCase(), positions };
  }
  const spot = await system.synthetixAdapter.getSpotPriceForMarket(optionMarket.address, at);
  return { number: Number(number), hash, spot: String(spot), accounts };
}

const lower = ({ address }) => address.toLowerCase();
process.stdout.write(`${JSON.stringify({
  url: chain.url, chainId: CHAIN_ID, optionMarket: lower(optionMarket), optionToken: lower(optionToken), greekCache: lower(optionGreekCache),
  synthetixAdapter: lower(system.synthetixAdapter), shortCollateral: lower(system.shortCollateral),
  tokens: { sUSD: lower(snx.quoteAsset), sETH: lower(snx.baseAsset) }, strikes: Object.fromEntries(Object.entries(strike).map(([price, id]) => [price, String(id)])),
  ...(await stated()),
})}\n`);
chain.untilClosed();
