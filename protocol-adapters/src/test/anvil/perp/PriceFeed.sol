// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// A price that somebody sets, with the time-weighted mean over the last change: all that the exchange asks of a feed. 18 decimals.
contract PriceFeed {
    uint8 public constant decimals = 18;

    uint256 private current;
    uint256 private before;
    uint256 private changed;

    constructor(uint256 price) {
        (current, before, changed) = (price, price, block.timestamp);
    }

    function set(uint256 price) external {
        (before, current, changed) = (current, price, block.timestamp);
    }

    function getDispatchedPrice(uint256 interval) external view returns (uint256) {
        return mean(interval);
    }

    function getPrice(uint256 interval) external view returns (uint256) {
        return mean(interval);
    }

    function dispatchPrice(uint256) external {}

    /// The current price for an interval of 0.
    function mean(uint256 interval) private view returns (uint256) {
        uint256 age = block.timestamp - changed;
        return age >= interval ? current : (current * age + before * (interval - age)) / interval;
    }
}
