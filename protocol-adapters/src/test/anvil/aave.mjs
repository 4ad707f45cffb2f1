// Deploys Aave V3 from the compiled artifacts of the published package: real contracts, linked here, never copied.
// Reserve parameters and interest curves are those of the Ethereum pool (snapshot of 2023-10-31).
import { createRequire } from "node:module";
import { ZeroAddress } from "ethers";
import { Deployment } from "./contract.mjs";

const require = createRequire(import.meta.url);
const PACKAGE = "@aave/core-v3/artifacts/contracts/";
const RAY_PERCENT = 10n ** 25n;

const ARTIFACTS = {
  AaveOracle: "misc/AaveOracle",
  AaveProtocolDataProvider: "misc/AaveProtocolDataProvider",
  ACLManager: "protocol/configuration/ACLManager",
  AToken: "protocol/tokenization/AToken",
  BorrowLogic: "protocol/libraries/logic/BorrowLogic",
  BridgeLogic: "protocol/libraries/logic/BridgeLogic",
  ConfiguratorLogic: "protocol/libraries/logic/ConfiguratorLogic",
  DefaultReserveInterestRateStrategy: "protocol/pool/DefaultReserveInterestRateStrategy",
  EModeLogic: "protocol/libraries/logic/EModeLogic",
  FlashLoanLogic: "protocol/libraries/logic/FlashLoanLogic",
  LiquidationLogic: "protocol/libraries/logic/LiquidationLogic",
  MintableERC20: "mocks/tokens/MintableERC20",
  MockAggregator: "mocks/oracle/CLAggregators/MockAggregator",
  Pool: "protocol/pool/Pool",
  PoolAddressesProvider: "protocol/configuration/PoolAddressesProvider",
  PoolConfigurator: "protocol/pool/PoolConfigurator",
  PoolLogic: "protocol/libraries/logic/PoolLogic",
  StableDebtToken: "protocol/tokenization/StableDebtToken",
  SupplyLogic: "protocol/libraries/logic/SupplyLogic",
  VariableDebtToken: "protocol/tokenization/VariableDebtToken",
};

/** Percentages of the rate curves are whole or tenths of a percent; basis points of the collateral rules as on chain. */
const RESERVES = [
  { symbol: "WETH", decimals: 18, ltv: 8050, threshold: 8300, bonus: 10500, factor: 1500, curve: [900, 0, 38, 800] },
  { symbol: "WBTC", decimals: 8, ltv: 7300, threshold: 7800, bonus: 10500, factor: 2000, curve: [450, 0, 40, 3000] },
  { symbol: "USDC", decimals: 6, ltv: 7700, threshold: 8000, bonus: 10450, factor: 1000, curve: [900, 0, 35, 600] },
];

function artifact(name) {
  return require(`${PACKAGE}${ARTIFACTS[name]}.sol/${ARTIFACTS[name].split("/").at(-1)}.json`);
}

/** Deploys the protocol with the given first prices (8 decimals, by symbol). */
export async function deployAave(chain, prices) {
  const owner = chain.accounts[0];
  const deploy = new Deployment(chain, owner, artifact);
  const names = ["BorrowLogic", "BridgeLogic", "ConfiguratorLogic", "EModeLogic", "FlashLoanLogic", "LiquidationLogic", "PoolLogic", "SupplyLogic"];
  for (const name of names) await deploy.library(name);

  const provider = await deploy.contract("PoolAddressesProvider", "Bulwark test market", owner);
  await provider.send(owner, "setACLAdmin", owner);
  const acl = await deploy.contract("ACLManager", provider.address);
  await provider.send(owner, "setACLManager", acl.address);
  for (const role of ["addPoolAdmin", "addAssetListingAdmin", "addRiskAdmin"]) await acl.send(owner, role, owner);

  const dataProvider = await deploy.contract("AaveProtocolDataProvider", provider.address);
  await provider.send(owner, "setPoolDataProvider", dataProvider.address);
  await provider.send(owner, "setPoolImpl", (await deploy.contract("Pool", provider.address)).address);
  const pool = deploy.at("Pool", (await provider.call("getPool"))[0]);
  await provider.send(owner, "setPoolConfiguratorImpl", (await deploy.contract("PoolConfigurator")).address);
  const configurator = deploy.at("PoolConfigurator", (await provider.call("getPoolConfigurator"))[0]);

  const tokens = {};
  for (const { symbol, decimals } of RESERVES) tokens[symbol] = await deploy.contract("MintableERC20", symbol, symbol, decimals);
  const market = { deploy, owner, pool, provider, dataProvider, tokens, oracle: await oracle(deploy, provider, tokens, prices) };
  await initReserves(market, configurator);
  return market;
}

async function oracle(deploy, provider, tokens, prices) {
  const assets = Object.values(tokens).map((token) => token.address);
  const sources = [];
  for (const symbol of Object.keys(tokens)) sources.push((await deploy.contract("MockAggregator", prices[symbol])).address);
  const contract = await deploy.contract("AaveOracle", provider.address, assets, sources, ZeroAddress, ZeroAddress, 10n ** 8n);
  await provider.send(deploy.owner, "setPriceOracle", contract.address);
  return contract;
}

async function initReserves({ deploy, owner, pool, provider, tokens }, configurator) {
  const aToken = await deploy.contract("AToken", pool.address);
  const stableDebt = await deploy.contract("StableDebtToken", pool.address);
  const variableDebt = await deploy.contract("VariableDebtToken", pool.address);
  const inputs = [];
  for (const { symbol, decimals, curve } of RESERVES) {
    const [optimal, base, slope1, slope2] = curve.map((tenths) => (BigInt(tenths) * RAY_PERCENT) / 10n);
    const strategy = await deploy.contract("DefaultReserveInterestRateStrategy",
      provider.address, optimal, base, slope1, slope2, 0n, 0n, 0n, 0n, 20n * RAY_PERCENT);
    inputs.push({
      aTokenImpl: aToken.address, stableDebtTokenImpl: stableDebt.address, variableDebtTokenImpl: variableDebt.address,
      underlyingAssetDecimals: decimals, interestRateStrategyAddress: strategy.address, underlyingAsset: tokens[symbol].address,
      treasury: owner, incentivesController: ZeroAddress, aTokenName: `Aave ${symbol}`, aTokenSymbol: `a${symbol}`,
      variableDebtTokenName: `Aave Variable Debt ${symbol}`, variableDebtTokenSymbol: `variableDebt${symbol}`,
      stableDebtTokenName: `Aave Stable Debt ${symbol}`, stableDebtTokenSymbol: `stableDebt${symbol}`, params: "0x10",
    });
  }
  await configurator.send(owner, "initReserves", inputs);
  for (const { symbol, ltv, threshold, bonus, factor } of RESERVES) {
    const { address } = tokens[symbol];
    await configurator.send(owner, "configureReserveAsCollateral", address, ltv, threshold, bonus);
    await configurator.send(owner, "setReserveBorrowing", address, true);
    await configurator.send(owner, "setReserveFactor", address, factor);
  }
}

/** A new price of one asset: another aggregator behind the same oracle, as Aave's governance changes a source. */
export async function setPrice({ deploy, owner, oracle, tokens }, symbol, price) {
  const source = await deploy.contract("MockAggregator", price);
  await oracle.send(owner, "setAssetSources", [tokens[symbol].address], [source.address]);
}

/** Contracts that a chain explorer would name, by role. */
export function addresses({ pool, provider, dataProvider, oracle, tokens }) {
  const reserves = Object.fromEntries(Object.entries(tokens).map(([symbol, token]) => [symbol, token.address.toLowerCase()]));
  return {
    pool: pool.address.toLowerCase(), provider: provider.address.toLowerCase(),
    dataProvider: dataProvider.address.toLowerCase(), oracle: oracle.address.toLowerCase(), reserves,
  };
}

