// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// A price feed that answers as Chainlink's do: rounds behind a phase, bounds beyond which its answer is pinned.
contract Feed {
    struct Round {
        int256 answer;
        uint256 updatedAt;
    }

    uint80 private constant PHASE = uint80(1) << 64;

    uint8 public immutable decimals;
    int192 public immutable minAnswer;
    int192 public immutable maxAnswer;
    Round[] private rounds;

    constructor(uint8 decimals_, int192 least, int192 most) {
        decimals = decimals_;
        minAnswer = least;
        maxAnswer = most;
    }

    function aggregator() external view returns (address) {
        return address(this);
    }

    function push(int256 answer, uint256 updatedAt) external {
        rounds.push(Round(answer, updatedAt));
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        if (rounds.length == 0) return (0, 0, 0, 0, 0);
        Round memory last = rounds[rounds.length - 1];
        uint80 id = PHASE | uint80(rounds.length);
        return (id, last.answer, last.updatedAt, last.updatedAt, id);
    }
}

interface IPool {
    function mint(address to, int24 lower, int24 upper, uint128 liquidity, bytes calldata data) external;
    function swap(address to, bool zeroForOne, int256 amount, uint160 limit, bytes calldata data) external;
    function token0() external view returns (address);
    function token1() external view returns (address);
}

interface ICoin {
    function mint(address to, uint256 amount) external;
}

/// Provides liquidity to a pool and trades with it, in coins that anybody may mint.
contract Trader {
    IPool private immutable pool;

    constructor(IPool pool_) {
        pool = pool_;
    }

    function provide(int24 lower, int24 upper, uint128 liquidity) external {
        pool.mint(address(this), lower, upper, liquidity, "");
    }

    function moveTo(bool down, uint160 sqrtPrice) external {
        pool.swap(address(this), down, type(int128).max, sqrtPrice, "");
    }

    function uniswapV3MintCallback(uint256 amount0, uint256 amount1, bytes calldata) external {
        ICoin(pool.token0()).mint(msg.sender, amount0);
        ICoin(pool.token1()).mint(msg.sender, amount1);
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata) external {
        if (amount0 > 0) ICoin(pool.token0()).mint(msg.sender, uint256(amount0));
        if (amount1 > 0) ICoin(pool.token1()).mint(msg.sender, uint256(amount1));
    }
}
