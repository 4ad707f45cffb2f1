// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BlockHeader} from "@openzeppelin/contracts/utils/BlockHeader.sol";
import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";
import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";
import {TrieProof} from "@openzeppelin/contracts/utils/cryptography/TrieProof.sol";
import {NodeSets} from "./NodeSets.sol";

/// What a house's registry on another chain holds, on this one: nodes sign which blocks of the other chain are final, and anybody proves
/// from such a block, word by word, which epochs stand in the registry's storage there.
///
/// What nobody can do here, whoever signs: replace a block or an epoch once taken, go back to an older one, or take an epoch that the
/// registry does not hold in that block. What the nodes vouch for and this contract cannot check: that the block is of the other chain and final.
contract EpochMirror is NodeSets {
    /// Where SolvencyRegistry keeps its epochs, and in the second word of one the flag of equivocation.
    uint256 private constant EPOCHS_SLOT = 2;
    uint256 private constant EQUIVOCATED = 1 << 96;
    uint256 private constant STORAGE_ROOT = 2;

    uint256 public immutable SOURCE_CHAIN;
    address public immutable SOURCE;

    /// Hash of a block of the other chain that the nodes call final; 0 where none is known.
    mapping(uint64 number => bytes32) public blocks;
    /// Digest of an epoch that the registry held; 0 where none was proved.
    mapping(uint64 number => uint256) public epochs;
    uint64 public latestBlock;
    uint64 public latestEpoch;

    event BlockSigned(uint64 indexed number, bytes32 hash, uint32 nodeSet);
    event EpochProved(uint64 indexed number, uint256 digest, uint64 blockNumber);

    error NotNewer(uint64 number, uint64 latest);
    error BlockUnknown(uint64 number);
    error HeaderDiffers(bytes32 found);
    error NumberDiffers(uint256 found);
    error EpochEquivocated(uint64 number);

    /// @param sourceChain chain on which the registry stands
    /// @param source the registry
    /// @param threshold signatures that a block needs
    /// @param nodes who sign blocks
    /// @param delay seconds before a new node set counts
    constructor(uint256 sourceChain, address source, uint8 threshold, address[] memory nodes, uint64 delay)
        NodeSets(threshold, nodes, delay)
    {
        (SOURCE_CHAIN, SOURCE) = (sourceChain, source);
    }

    /// Takes a block of the other chain, newer than every one before.
    /// @param signatures over ("BlockCheckpoint", source chain, source, number, hash), bound to this chain and contract
    function checkpoint(uint64 number, bytes32 hash, bytes calldata signatures) external {
        if (number <= latestBlock) revert NotNewer(number, latestBlock);
        uint32 set = nodeSet();
        requireQuorum(
            set,
            actDigest(
                keccak256(
                    abi.encode(
                        keccak256("BlockCheckpoint(uint256 sourceChain,address source,uint64 number,bytes32 hash)"),
                        SOURCE_CHAIN,
                        SOURCE,
                        number,
                        hash
                    )
                )
            ),
            signatures
        );
        (blocks[number], latestBlock) = (hash, number);
        emit BlockSigned(number, hash, set);
    }

    /// Takes an epoch that stands in the registry after a signed block, newer than every one before.
    /// @param blockNumber a signed block
    /// @param header its header, in RLP
    /// @param account the way to the registry in the state of that block
    /// @param digest the way to the epoch's digest in the registry's storage
    /// @param flags the way to the word behind it
    function prove(
        uint64 number,
        uint64 blockNumber,
        bytes calldata header,
        bytes[] calldata account,
        bytes[] calldata digest,
        bytes[] calldata flags
    ) external {
        if (number <= latestEpoch) revert NotNewer(number, latestEpoch);
        bytes32 storageRoot = registryAt(blockNumber, header, account);
        uint256 slot = uint256(keccak256(abi.encode(uint256(number), EPOCHS_SLOT)));
        if (word(storageRoot, slot + 1, flags) & EQUIVOCATED != 0) revert EpochEquivocated(number);
        (epochs[number], latestEpoch) = (word(storageRoot, slot, digest), number);
        emit EpochProved(number, epochs[number], blockNumber);
    }

    function registryAt(uint64 number, bytes memory header, bytes[] memory account) private view returns (bytes32) {
        bytes32 hash = blocks[number];
        if (hash == 0) revert BlockUnknown(number);
        if (keccak256(header) != hash) revert HeaderDiffers(keccak256(header));
        if (BlockHeader.getNumber(header) != number) revert NumberDiffers(BlockHeader.getNumber(header));
        bytes memory leaf =
            TrieProof.traverse(BlockHeader.getStateRoot(header), abi.encodePacked(keccak256(abi.encodePacked(SOURCE))), account);
        Memory.Slice[] memory fields = RLP.decodeList(leaf);
        return RLP.readBytes32(fields[STORAGE_ROOT]);
    }

    function word(bytes32 storageRoot, uint256 slot, bytes[] memory way) private pure returns (uint256) {
        return RLP.decodeUint256(TrieProof.traverse(storageRoot, abi.encodePacked(keccak256(abi.encode(slot))), way));
    }
}
