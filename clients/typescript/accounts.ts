// A client whose types are made from the description of the API: what it does not promise does not compile.
//
//     npm install && npm run types && npm run build
//     BULWARK_URL=http://127.0.0.1:8080 BULWARK_TOKEN=$(cat .bulwark/token) node target/accounts.js
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const house = createClient<paths>({
  baseUrl: process.env.BULWARK_URL ?? "http://127.0.0.1:8080",
  headers: { Authorization: `Bearer ${process.env.BULWARK_TOKEN ?? ""}` },
});
const { data, error } = await house.GET("/accounts");
if (data === undefined) {
  throw new Error(JSON.stringify(error));
}
for (const account of data) {
  console.log(`${account.number} ${account.name}: ${account.figures?.initialMargin.usd ?? "no margin"} (${account.state})`);
}
