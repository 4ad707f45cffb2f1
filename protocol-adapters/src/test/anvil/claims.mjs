// One deposit in four places: a supply to Aave V3, of which a part lies in an ERC-4626 vault, of whose shares a part is collateral on Morpho Blue. Prints one JSON
// line (contracts, the owner, what the contracts say each holds at the finalised block) and stays up until standard input closes.
import { AbiCoder, keccak256 } from "ethers";
import { addresses, deployAave } from "./aave.mjs";
import { CHAIN_ID, startAnvil } from "./anvil.mjs";
import { Deployment } from "./contract.mjs";
import { compiled } from "./solidity.mjs";

const STARTED = Date.parse("2024-05-23T18:00:00Z") / 1000;
const ETHER = 10n ** 18n;
const DOLLAR = 10n ** 6n;
const SETTINGS = { optimizer: { enabled: true, runs: 200 }, metadata: { bytecodeHash: "none", appendCBOR: false } };
const BLUE = "@morpho-org/morpho-blue/src/";
const blue = compiled("solc-0.8.19", [`${BLUE}Morpho.sol`, `${BLUE}mocks/IrmMock.sol`, `${BLUE}mocks/OracleMock.sol`], { ...SETTINGS, viaIR: true });
const tokens = compiled("solc-0.8.28", ["bulwark/Tokens.sol"], { ...SETTINGS, evmVersion: "shanghai" }, [["bulwark/", "../contracts/"]]);

const chainId = Number(process.argv[2] ?? CHAIN_ID);
const chain = await startAnvil(STARTED, { chainId });
const [operator, owner, lender] = chain.accounts;
const aave = await deployAave(chain, { WETH: 378_480_000_000n, WBTC: 6_799_990_000_000n, USDC: 100_000_000n });
const usdc = aave.tokens.USDC;
const supplied = aave.deploy.at("AToken", (await aave.dataProvider.call("getReserveTokensAddresses", usdc.address))[0]);
const deploy = new Deployment(chain, operator, (name) => blue[name] ?? tokens[name]);
const vault = await deploy.contract("Vault", supplied.address);
const morpho = await deploy.contract("Morpho", operator);
const rate = await deploy.contract("IrmMock");
const oracle = await deploy.contract("OracleMock");

const LLTV = (86n * ETHER) / 100n;
const market = [usdc.address, vault.address, oracle.address, rate.address, LLTV];
const id = keccak256(AbiCoder.defaultAbiCoder().encode(["address", "address", "address", "address", "uint256"], market));

async function mint(account, amount, spender) {
  await usdc.send(account, "mint(address,uint256)", account, amount);
  await usdc.send(account, "approve", spender, amount);
}

await morpho.send(operator, "enableIrm", rate.address);
await morpho.send(operator, "enableLltv", LLTV);
// One share is a millionth of a millionth of its coins more fine: 10^(36 + 6 − 12) a whole share.
await oracle.send(operator, "setPrice", 10n ** 30n);
await morpho.send(operator, "createMarket", market);
await mint(lender, 50_000n * DOLLAR, morpho.address);
await morpho.send(lender, "supply", market, 50_000n * DOLLAR, 0, lender, "0x");

await mint(owner, 100_000n * DOLLAR, aave.pool.address);
await aave.pool.send(owner, "supply", usdc.address, 100_000n * DOLLAR, owner, 0);
await supplied.send(owner, "approve", vault.address, 60_000n * DOLLAR);
await vault.send(owner, "deposit", 60_000n * DOLLAR, owner);
await vault.send(owner, "approve", morpho.address, 25_000n * 10n ** 12n);
await morpho.send(owner, "supplyCollateral", market, 25_000n * 10n ** 12n, owner, "0x");
await morpho.send(owner, "borrow", market, 5_000n * DOLLAR, 0, owner, owner);
for (let i = 1; i <= 3; i++) await chain.mineAt(STARTED + 600 + 12 * i);

process.stdout.write(`${JSON.stringify({
  url: chain.url, chainId, owner, id, ...addresses(aave),
  usdc: usdc.address.toLowerCase(), supplied: supplied.address.toLowerCase(), vault: vault.address.toLowerCase(), morpho: morpho.address.toLowerCase(),
})}\n`);
chain.untilClosed();
