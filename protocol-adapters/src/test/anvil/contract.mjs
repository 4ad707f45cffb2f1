// Contracts on a local chain: deployed from artifacts with their libraries linked, called by name.
import { Interface } from "ethers";

function linked({ bytecode, linkReferences }, libraries) {
  let code = bytecode;
  for (const names of Object.values(linkReferences)) {
    for (const [name, places] of Object.entries(names)) {
      for (const { start } of places) {
        const at = 2 + 2 * start;
        code = code.slice(0, at) + libraries[name].slice(2).toLowerCase() + code.slice(at + 40);
      }
    }
  }
  return code;
}

export class Contract {
  constructor(chain, address, abi) {
    this.chain = chain;
    this.address = address;
    this.abi = abi;
  }

  send(from, method, ...values) {
    return this.chain.send(from, this.address, this.abi.encodeFunctionData(method, values));
  }

  async call(method, ...values) {
    const data = this.abi.encodeFunctionData(method, values);
    return this.abi.decodeFunctionResult(method, await this.chain.rpc("eth_call", { to: this.address, data }, "latest"));
  }
}

/** Deploys from one account; `artifact` finds { abi, bytecode, linkReferences } by a contract's name. */
export class Deployment {
  libraries = {};

  constructor(chain, owner, artifact) {
    this.chain = chain;
    this.owner = owner;
    this.artifact = artifact;
  }

  async contract(name, ...values) {
    const source = this.artifact(name);
    const abi = new Interface(source.abi);
    const data = linked(source, this.libraries) + abi.encodeDeploy(values).slice(2);
    const { contractAddress } = await this.chain.send(this.owner, undefined, data);
    return new Contract(this.chain, contractAddress, abi);
  }

  async library(name) {
    this.libraries[name] = (await this.contract(name)).address;
  }

  at(name, address) {
    return new Contract(this.chain, address, new Interface(this.artifact(name).abi));
  }
}
