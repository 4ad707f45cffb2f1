// Deploys Aave v3.6 from the published sources: compiled once, linked here, never copied. Two reserves with the collateral rules of the
// Ethereum pool; the same shape of market as aave.mjs gives, so that one life can be played on either generation.
import { AbiCoder, ZeroAddress } from "ethers";
import { Deployment } from "./contract.mjs";
import { compiled } from "./solidity.mjs";

const PACKAGE = "@aave-dao/aave-v3-origin/src/contracts/";
const ENTRIES = [
  "helpers/AaveProtocolDataProvider", "instances/ATokenInstance", "instances/PoolConfiguratorInstance", "instances/PoolInstance",
  "instances/VariableDebtTokenInstance", "misc/AaveOracle", "misc/DefaultReserveInterestRateStrategyV2", "mocks/oracle/CLAggregators/MockAggregator",
  "mocks/tokens/MintableERC20", "protocol/configuration/ACLManager", "protocol/configuration/PoolAddressesProvider",
];
const SETTINGS = { optimizer: { enabled: true, runs: 200 }, evmVersion: "cancun", metadata: { bytecodeHash: "none", appendCBOR: false } };

/** Basis points throughout: loan to value, threshold, bonus, reserve factor; the curve's kink, base and two slopes. */
const RESERVES = [
  { symbol: "WETH", decimals: 18, ltv: 8050, threshold: 8300, bonus: 10500, factor: 1500, curve: [9000, 0, 380, 8000] },
  { symbol: "USDC", decimals: 6, ltv: 7700, threshold: 8000, bonus: 10450, factor: 1000, curve: [9000, 0, 350, 6000] },
];

/** Deploys the protocol with the given first prices (8 decimals, by symbol). */
export async function deployAave36(chain, prices) {
  const artifacts = compiled("solc-0.8.28", ENTRIES.map((name) => `${PACKAGE}${name}.sol`), SETTINGS, [["openzeppelin-contracts/", "@openzeppelin/"]]);
  const owner = chain.accounts[0];
  const deploy = new Deployment(chain, owner, (name) => artifacts[name]);
  for (const name of ["BorrowLogic", "ConfiguratorLogic", "FlashLoanLogic", "LiquidationLogic", "PoolLogic", "SupplyLogic"]) await deploy.library(name);

  const provider = await deploy.contract("PoolAddressesProvider", "Bulwark test market", owner);
  await provider.send(owner, "setACLAdmin", owner);
  const acl = await deploy.contract("ACLManager", provider.address);
  await provider.send(owner, "setACLManager", acl.address);
  for (const role of ["addPoolAdmin", "addAssetListingAdmin", "addRiskAdmin"]) await acl.send(owner, role, owner);

  const strategy = await deploy.contract("DefaultReserveInterestRateStrategyV2", provider.address);
  await provider.send(owner, "setPoolImpl", (await deploy.contract("PoolInstance", provider.address, strategy.address)).address);
  const pool = deploy.at("PoolInstance", (await provider.call("getPool"))[0]);
  await provider.send(owner, "setPoolConfiguratorImpl", (await deploy.contract("PoolConfiguratorInstance")).address);
  const configurator = deploy.at("PoolConfiguratorInstance", (await provider.call("getPoolConfigurator"))[0]);
  const dataProvider = await deploy.contract("AaveProtocolDataProvider", provider.address);
  await provider.send(owner, "setPoolDataProvider", dataProvider.address);

  const tokens = {};
  for (const { symbol, decimals } of RESERVES) tokens[symbol] = await deploy.contract("MintableERC20", symbol, symbol, decimals);
  const sources = [];
  for (const { symbol } of RESERVES) sources.push((await deploy.contract("MockAggregator", prices[symbol])).address);
  const assets = Object.values(tokens).map(({ address }) => address);
  const oracle = await deploy.contract("AaveOracle", provider.address, assets, sources, ZeroAddress, ZeroAddress, 10n ** 8n);
  await provider.send(owner, "setPriceOracle", oracle.address);
  await initReserves(deploy, { pool, configurator, tokens });
  return { deploy, owner, pool, provider, dataProvider, tokens, oracle };
}

async function initReserves(deploy, { pool, configurator, tokens }) {
  const { owner } = deploy;
  const aToken = await deploy.contract("ATokenInstance", pool.address, ZeroAddress, owner);
  const variableDebt = await deploy.contract("VariableDebtTokenInstance", pool.address, ZeroAddress);
  await configurator.send(owner, "initReserves", RESERVES.map(({ symbol, curve }) => ({
    aTokenImpl: aToken.address, variableDebtTokenImpl: variableDebt.address, underlyingAsset: tokens[symbol].address,
    aTokenName: `Aave ${symbol}`, aTokenSymbol: `a${symbol}`,
    variableDebtTokenName: `Aave Variable Debt ${symbol}`, variableDebtTokenSymbol: `variableDebt${symbol}`, params: "0x10",
    interestRateData: AbiCoder.defaultAbiCoder().encode(["uint256", "uint256", "uint256", "uint256"], curve),
  })));
  for (const { symbol, ltv, threshold, bonus, factor } of RESERVES) {
    const { address } = tokens[symbol];
    await configurator.send(owner, "configureReserveAsCollateral", address, ltv, threshold, bonus);
    await configurator.send(owner, "setReserveBorrowing", address, true);
    await configurator.send(owner, "setReserveFactor", address, factor);
  }
}
