// An empty local chain of the number on the command line: prints one JSON line (url, chainId, accounts) and stays up until standard
// input closes.
import { startAnvil } from "./anvil.mjs";

const STARTED = Date.parse("2026-01-01T00:00:00Z") / 1000;

const chainId = Number(process.argv[2]);
const chain = await startAnvil(STARTED, { chainId, hardfork: "cancun" });
process.stdout.write(`${JSON.stringify({ url: chain.url, chainId, accounts: chain.accounts })}\n`);
chain.untilClosed();
