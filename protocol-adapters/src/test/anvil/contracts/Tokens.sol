// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// A coin that anybody may mint.
contract Coin is ERC20 {
    uint8 private immutable places;

    constructor(string memory symbol, uint8 decimals_) ERC20(symbol, symbol) {
        places = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return places;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// A loss: whoever holds the coin loses it, with no event on those who hold shares of the holder.
    function burn(address from, uint256 amount) external {
        _burn(from, amount);
    }
}

/// A vault with six more places than its asset, against the first depositor's attack.
contract Vault is ERC4626 {
    constructor(ERC20 asset_) ERC20("Bulwark test vault", "vUSDC") ERC4626(asset_) {}

    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }
}
