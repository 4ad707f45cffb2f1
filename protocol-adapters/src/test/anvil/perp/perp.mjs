// Deploys Perp v2 (curie) on Uniswap v3 from the compiled artifacts of the published packages: real contracts, never copied.
// Only the price feed behind the index is ours, compiled here.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Deployment } from "../contract.mjs";
import { compiledText } from "../solidity.mjs";

const require = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const MAX = 2n ** 256n - 1n;
const UNIT = 10n ** 18n;
/** The fee of the pool and of the exchange in ppm; one tick spacing of 60. */
const FEE = 3000;
const NAMED = {
  MintableERC20: () => require("@aave/core-v3/artifacts/contracts/mocks/tokens/MintableERC20.sol/MintableERC20.json"),
  PriceFeed: () => compiledText("solc-0.8.28", "PriceFeed.sol", readFileSync(join(HERE, "PriceFeed.sol"), "utf8"), { evmVersion: "shanghai" }).PriceFeed,
  UniswapV3Factory: () => require("@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json"),
  UniswapV3Pool: () => require("@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json"),
};

function artifact(name) {
  const found = NAMED[name]?.() ?? require(`@perp/curie-contract/artifacts/contracts/${name}.sol/${name}.json`);
  return { linkReferences: {}, ...found };
}

function squareRoot(value) {
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The root of a price (18 decimals) as pools count it, 96 binary places. */
export function squareRootPrice(price) {
  return squareRoot((price << 192n) / UNIT);
}

async function initialised(deploy, name, ...values) {
  const contract = await deploy.contract(name);
  await contract.send(deploy.owner, "initialize", ...values);
  return contract;
}

/** Deploys an exchange with one market, whose pool starts at the index price (18 decimals). */
export async function deployPerp(chain, { eth }) {
  const owner = chain.accounts[0];
  const deploy = new Deployment(chain, owner, artifact);
  const usdc = await deploy.contract("MintableERC20", "USD Coin", "USDC", 6);
  const weth = await deploy.contract("MintableERC20", "Wrapped Ether", "WETH", 18);
  const feed = await deploy.contract("PriceFeed", eth);
  const config = await initialised(deploy, "ClearingHouseConfig");
  const quote = await initialised(deploy, "QuoteToken", "Virtual USD", "vUSD");
  // The pool's first token is the one with the lower address, and must be the base.
  let base;
  do base = await deploy.contract("BaseToken"); while (BigInt(base.address) >= BigInt(quote.address));
  await base.send(owner, "initialize", "Virtual ETH", "vETH", feed.address);

  const factory = await deploy.contract("UniswapV3Factory");
  const insuranceFund = await initialised(deploy, "InsuranceFund", usdc.address);
  const registry = await initialised(deploy, "MarketRegistry", factory.address, quote.address);
  const orderBook = await initialised(deploy, "OrderBook", registry.address);
  const exchange = await initialised(deploy, "Exchange", registry.address, orderBook.address, config.address);
  const accountBalance = await initialised(deploy, "AccountBalance", config.address, orderBook.address);
  const vault = await initialised(deploy, "Vault", insuranceFund.address, config.address, accountBalance.address, exchange.address);
  const collateral = await initialised(deploy, "CollateralManager", config.address, vault.address, 5, 750_000, 500_000, 2_000, 30_000, 10_000n * 10n ** 6n, 500n * 10n ** 6n);
  const house = await initialised(deploy, "ClearingHouse",
    config.address, vault.address, quote.address, factory.address, exchange.address, accountBalance.address, insuranceFund.address);

  for (const contract of [registry, orderBook, exchange, accountBalance, vault]) await contract.send(owner, "setClearingHouse", house.address);
  for (const contract of [insuranceFund, accountBalance]) await contract.send(owner, "setVault", vault.address);
  await vault.send(owner, "setCollateralManager", collateral.address);
  await orderBook.send(owner, "setExchange", exchange.address);
  await exchange.send(owner, "setAccountBalance", accountBalance.address);
  await config.send(owner, "setSettlementTokenBalanceCap", MAX);
  await collateral.send(owner, "addCollateral", weth.address,
    { priceFeed: feed.address, collateralRatio: 700_000, discountRatio: 100_000, depositCap: 10_000n * UNIT });

  // Deployed where somebody asks, so that who does not has the addresses that he always had.
  const delegates = async () => {
    const register = await initialised(deploy, "DelegateApproval");
    await house.send(owner, "setDelegateApproval", register.address);
    return register;
  };
  const pool = await market({ owner, deploy, factory, registry, exchange, house, base, quote }, eth);
  return { owner, usdc, weth, feed, config, base, quote, orderBook, exchange, accountBalance, vault, collateral, house, pool, delegates };
}

async function market({ owner, deploy, factory, registry, exchange, house, base, quote }, price) {
  await factory.send(owner, "createPool", base.address, quote.address, FEE);
  const pool = deploy.at("UniswapV3Pool", (await factory.call("getPool", base.address, quote.address, FEE))[0]);
  await pool.send(owner, "initialize", squareRootPrice(price));
  await pool.send(owner, "increaseObservationCardinalityNext", 200);
  for (const token of [base, quote]) {
    await token.send(owner, "mintMaximumTo", house.address);
    for (const holder of [house, pool]) await token.send(owner, "addWhitelist", holder.address);
  }
  await registry.send(owner, "addPool", base.address, FEE);
  await exchange.send(owner, "setMaxTickCrossedWithinBlock", base.address, 1000);
  return pool;
}
