// A Morpho Blue market in which interest has run for ninety days without accrual, an ERC-4626 vault that lost some of its coins, and who
// holds what. Prints one JSON line (contracts, accounts, what the protocols' own libraries say at the finalised block) and stays up until
// standard input closes.
import { AbiCoder, keccak256 } from "ethers";
import { CHAIN_ID, startAnvil } from "./anvil.mjs";
import { Deployment } from "./contract.mjs";
import { compiled } from "./solidity.mjs";

const STARTED = Date.parse("2024-04-23T18:00:00Z") / 1000;
const DAYS = 90;
const ETHER = 10n ** 18n;
const DOLLAR = 10n ** 6n;
const SETTINGS = { optimizer: { enabled: true, runs: 200 }, metadata: { bytecodeHash: "none", appendCBOR: false } };
const BLUE = "@morpho-org/morpho-blue/src/";
const OWN = [["bulwark/", "../contracts/"]];
const blue = compiled("solc-0.8.19", [`${BLUE}Morpho.sol`, `${BLUE}mocks/IrmMock.sol`, `${BLUE}mocks/OracleMock.sol`, "bulwark/ExpectedPosition.sol"],
  { ...SETTINGS, viaIR: true }, OWN);
const tokens = compiled("solc-0.8.28", ["bulwark/Tokens.sol"], { ...SETTINGS, evmVersion: "shanghai" }, OWN);

const chain = await startAnvil(STARTED);
const [owner, lender, borrower] = chain.accounts;
const deploy = new Deployment(chain, owner, (name) => blue[name] ?? tokens[name]);
const weth = await deploy.contract("Coin", "WETH", 18);
const usdc = await deploy.contract("Coin", "USDC", 6);
const vault = await deploy.contract("Vault", usdc.address);
const morpho = await deploy.contract("Morpho", owner);
const rate = await deploy.contract("IrmMock");
const oracle = await deploy.contract("OracleMock");
const expected = await deploy.contract("ExpectedPosition");

const LLTV = (86n * ETHER) / 100n;
const market = [usdc.address, weth.address, oracle.address, rate.address, LLTV];
const id = keccak256(AbiCoder.defaultAbiCoder().encode(["address", "address", "address", "address", "uint256"], market));

async function give(token, account, amount, spender) {
  await token.send(account, "mint", account, amount);
  await token.send(account, "approve", spender.address, amount);
}

await morpho.send(owner, "enableIrm", rate.address);
await morpho.send(owner, "enableLltv", LLTV);
// 3,218.04 USDC for one ether, at 10^(36 + 6 − 18).
await oracle.send(owner, "setPrice", 3_218_040_000n * 10n ** 18n);
await morpho.send(owner, "createMarket", market);
await morpho.send(owner, "setFeeRecipient", owner);
await morpho.send(owner, "setFee", market, ETHER / 10n);
await give(usdc, lender, 100_000n * DOLLAR, morpho);
await morpho.send(lender, "supply", market, 100_000n * DOLLAR, 0, lender, "0x");
await give(weth, borrower, 10n * ETHER, morpho);
await morpho.send(borrower, "supplyCollateral", market, 10n * ETHER, borrower, "0x");
await morpho.send(borrower, "borrow", market, 20_000n * DOLLAR, 0, borrower, borrower);
// One million coins in the vault, of which a twentieth is lost with no event on any holder of shares.
await give(usdc, lender, 1_000_000n * DOLLAR, vault);
await vault.send(lender, "deposit", 1_000_000n * DOLLAR, lender);
await usdc.send(owner, "burn", vault.address, 50_000n * DOLLAR);
for (let i = 0; i < 3; i++) await chain.mineAt(STARTED + DAYS * 86_400 + 12 * i);

const { hash, number } = await chain.rpc("eth_getBlockByNumber", "finalized", false);
const read = async (contract, method, ...values) => {
  const call = { to: contract.address, data: contract.abi.encodeFunctionData(method, values) };
  const bytes = await chain.rpc("eth_call", call, { blockHash: hash, requireCanonical: true });
  return contract.abi.decodeFunctionResult(method, bytes)[0];
};
// The largest loan that the contract still grants on top of what has accrued.
const granted = async (more) => {
  const call = { from: borrower, to: morpho.address, data: morpho.abi.encodeFunctionData("borrow", [market, more, 0, borrower, borrower]) };
  try {
    await chain.rpc("eth_call", call, { blockHash: hash, requireCanonical: true });
    return true;
  } catch {
    return false;
  }
};
let [more, refused] = [1n, 50_000n * DOLLAR];
while (refused - more > 1n) {
  const half = (more + refused) / 2n;
  if (await granted(half)) more = half;
  else refused = half;
}
const stored = (await chain.rpc("eth_call", { to: morpho.address, data: morpho.abi.encodeFunctionData("market", [id]) }, { blockHash: hash, requireCanonical: true }));
process.stdout.write(`${JSON.stringify({
  url: chain.url, chainId: CHAIN_ID, number: Number(number), hash, lender, borrower, id,
  morpho: morpho.address, weth: weth.address, usdc: usdc.address, vault: vault.address,
  stated: {
    supplied: String(await read(expected, "supplied", morpho.address, market, lender)),
    owed: String(await read(expected, "owed", morpho.address, market, borrower)),
    storedBorrow: String(morpho.abi.decodeFunctionResult("market", stored).totalBorrowAssets),
    borrowable: String(more),
    shares: String(await read(vault, "balanceOf", lender)),
    share: String(await read(vault, "convertToAssets", 10n ** 12n)),
    dollars: String(await read(usdc, "balanceOf", borrower)),
  },
})}\n`);
chain.untilClosed();
