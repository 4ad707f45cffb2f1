// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.19;

import {IMorpho, Id, MarketParams} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";
import {MorphoBalancesLib} from "@morpho-org/morpho-blue/src/libraries/periphery/MorphoBalancesLib.sol";

/// What the protocol's own library expects of a position at the block's time: the yardstick of the live test.
contract ExpectedPosition {
    using MorphoBalancesLib for IMorpho;

    function supplied(IMorpho morpho, MarketParams calldata market, address user) external view returns (uint256) {
        return morpho.expectedSupplyAssets(market, user);
    }

    function owed(IMorpho morpho, MarketParams calldata market, address user) external view returns (uint256) {
        return morpho.expectedBorrowAssets(market, user);
    }
}
