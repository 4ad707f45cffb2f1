// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {NodeSets} from "./NodeSets.sol";

/// The shares of a house's Global Risk Vault on one chain: whoever deposits stands behind the defaults of its members, and shares what is
/// left.
///
/// Exits wait longer than the risk horizon, and what waits can still be slashed: nobody who sees a default coming is out before it is
/// settled. An exit that has waited must be used within its window, so that nobody holds a matured one in reserve. Slashing needs the
/// quorum, names the default that it settles, and pays to one address that was fixed at deployment. Who loses how much of it follows the
/// waterfall: the shares of those that it names are burned for what each of them loses, and what is left is lost by all alike. There is no
/// pause, no owner and no upgrade. Roundings stay in the vault.
///
/// What the quorum vouches for and this contract cannot check: that the losses are what the published waterfall asks for in the declared
/// default; anybody computes them again with `bulwark fund default replay DECLARATION`.
contract GlobalRiskVault is ERC4626, NodeSets {
    using SafeERC20 for IERC20;

    /// Seconds that the loss of a default can take to show and to be settled.
    uint64 public immutable RISK_HORIZON;
    /// Seconds that an exit waits; longer than the risk horizon.
    uint64 public immutable EXIT_DELAY;
    /// Seconds in which an exit that has waited can be used.
    uint64 public immutable EXIT_WINDOW;
    /// Where slashed assets go: the house's settlement.
    address public immutable SETTLEMENT;

    /// Shares that leave: usable from `from`, until `until` (Unix seconds).
    struct Exit {
        uint256 shares;
        uint64 from;
        uint64 until;
    }

    mapping(address owner => Exit) public exits;
    /// Shares in exits, also in those that lapsed and were not tidied up: what is not counted on.
    uint256 public exiting;
    /// Slashes so far.
    uint32 public slashes;
    /// Defaults that were settled here, by the SHA-256 of their declaration.
    mapping(bytes32 declaration => bool) public settled;

    event ExitRequested(address indexed owner, uint256 shares, uint64 from, uint64 until);
    event ExitCut(address indexed owner, uint256 shares);
    event Slashed(uint32 indexed number, bytes32 indexed declaration, uint256 assets);
    event Lost(address indexed owner, uint256 assets, uint256 shares);

    error ExitsTooEarly(uint64 delay, uint64 riskHorizon);
    error NoWindow();
    error NoSettlement();
    error MoreThanHeld(uint256 shares, uint256 held);
    error NotLapsed(uint64 until);
    error MoreThanAssets(uint256 assets, uint256 held);
    error Settled(bytes32 declaration);
    error OwnersWithoutLosses(uint256 owners, uint256 losses);
    error OwnersNotIncreasing(address owner);

    /// @param asset_ what is deposited; a plain ERC-20 that takes no fee on transfers
    /// @param settlement where slashed assets go
    /// @param riskHorizon seconds that the loss of a default can take to show and to be settled
    /// @param exitDelay seconds that an exit waits; longer than the risk horizon
    /// @param exitWindow seconds in which it can then be used; above 0
    /// @param delay seconds before a new node set counts
    /// @param threshold signatures that the first node set needs
    /// @param nodes the first node set
    constructor(
        IERC20 asset_,
        address settlement,
        uint64 riskHorizon,
        uint64 exitDelay,
        uint64 exitWindow,
        uint64 delay,
        uint8 threshold,
        address[] memory nodes
    ) ERC20("Bulwark Global Risk Vault", "BGRV") ERC4626(asset_) NodeSets(threshold, nodes, delay) {
        if (exitDelay <= riskHorizon) revert ExitsTooEarly(exitDelay, riskHorizon);
        if (exitWindow == 0) revert NoWindow();
        if (settlement == address(0)) revert NoSettlement();
        (SETTLEMENT, RISK_HORIZON, EXIT_DELAY, EXIT_WINDOW) = (settlement, riskHorizon, exitDelay, exitWindow);
    }

    /// Asks to leave with so many shares in all; the wait begins anew for all of them. 0 stays.
    function requestExit(uint256 shares) external {
        if (shares > balanceOf(msg.sender)) revert MoreThanHeld(shares, balanceOf(msg.sender));
        exiting = exiting - exits[msg.sender].shares + shares;
        uint64 from = uint64(block.timestamp) + EXIT_DELAY;
        exits[msg.sender] = Exit(shares, from, from + EXIT_WINDOW);
        emit ExitRequested(msg.sender, shares, from, from + EXIT_WINDOW);
    }

    /// Tidies up an exit whose window has passed: its shares are counted on again.
    function lapse(address owner) external {
        if (block.timestamp < exits[owner].until) revert NotLapsed(exits[owner].until);
        cut(owner, 0);
    }

    /// Takes what a declared default needs.
    /// @param number one above the slashes so far
    /// @param declaration SHA-256 of the declared default
    /// @param owners who loses first, in increasing order
    /// @param losses assets that each of them loses: its shares are burned for them, rounded up
    /// @param shared assets that all who are left lose alike
    /// @param signatures of the node set in force over ("Slash", number, declaration, owners, losses, shared)
    function slash(
        uint32 number,
        bytes32 declaration,
        address[] calldata owners,
        uint256[] calldata losses,
        uint256 shared,
        bytes calldata signatures
    ) external {
        if (number != slashes + 1) revert WrongNumber(number, slashes + 1);
        if (settled[declaration]) revert Settled(declaration);
        if (owners.length != losses.length) revert OwnersWithoutLosses(owners.length, losses.length);
        bytes32 act = keccak256(
            abi.encode(
                keccak256(
                    "Slash(uint32 number,bytes32 declaration,address[] owners,uint256[] losses,uint256 shared)"
                ),
                number,
                declaration,
                keccak256(abi.encodePacked(owners)),
                keccak256(abi.encodePacked(losses)),
                shared
            )
        );
        requireQuorum(nodeSet(), actDigest(act), signatures);
        (slashes, settled[declaration]) = (number, true);
        uint256 assets = shared + burn(owners, losses);
        if (assets > totalAssets()) revert MoreThanAssets(assets, totalAssets());
        emit Slashed(number, declaration, assets);
        IERC20(asset()).safeTransfer(SETTLEMENT, assets);
    }

    /// Burns what owners lose, all at the price of a share before any of it.
    function burn(address[] calldata owners, uint256[] calldata losses) private returns (uint256 sum) {
        (uint256 held, uint256 supply) = (totalAssets() + 1, totalSupply() + 10 ** _decimalsOffset());
        for (uint256 i = 0; i < owners.length; ++i) {
            if (i > 0 && owners[i - 1] >= owners[i]) revert OwnersNotIncreasing(owners[i]);
            uint256 shares = Math.mulDiv(losses[i], supply, held, Math.Rounding.Ceil);
            if (shares > balanceOf(owners[i])) revert MoreThanHeld(shares, balanceOf(owners[i]));
            _burn(owners[i], shares);
            sum += losses[i];
            emit Lost(owners[i], losses[i], shares);
        }
    }

    /// Assets that can be counted on: those of shares that are not on their way out.
    function committedAssets() external view returns (uint256) {
        return _convertToAssets(totalSupply() - exiting, Math.Rounding.Floor);
    }

    /// Shares of an exit that has waited and whose window is open.
    function maxRedeem(address owner) public view override returns (uint256) {
        Exit storage exit = exits[owner];
        return block.timestamp >= exit.from && block.timestamp < exit.until ? exit.shares : 0;
    }

    function maxWithdraw(address owner) public view override returns (uint256) {
        return _convertToAssets(maxRedeem(owner), Math.Rounding.Floor);
    }

    /// What leaves is used up in its exit.
    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares)
        internal
        override
    {
        cut(owner, exits[owner].shares - shares);
        super._withdraw(caller, receiver, owner, assets, shares);
    }

    /// Shares that are given away leave no exit behind: the wait is the holder's, not the share's.
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (exits[from].shares > balanceOf(from)) cut(from, balanceOf(from));
    }

    function cut(address owner, uint256 shares) private {
        exiting = exiting - exits[owner].shares + shares;
        exits[owner].shares = shares;
        emit ExitCut(owner, shares);
    }

    /// Six decimals more than the asset: who deposits first cannot round later ones away by a gift to the vault.
    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }
}
