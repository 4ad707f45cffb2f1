// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// Who signs for the house on this chain: sets of nodes with increasing numbers, each with its threshold. The set in force hands over to the
/// next one after a delay, so that whoever relies on the registry sees the new set before it may sign, and the set in force can take the
/// hand-over back until then.
///
/// Rules of a set: addresses strictly increasing and not zero (so no key counts twice), at most 32, and twice the threshold above their
/// number (so two quorums share a member, and two signed digests of one number convict somebody). Both sets sign the hand-over: the old one
/// gives, the new one shows that its keys exist.
abstract contract NodeSets {
    uint256 private constant NODES_MAX = 32;
    uint256 private constant SIGNATURE_BYTES = 65;

    /// Seconds between the signing of a hand-over (or of a new key) and its effect.
    uint64 public immutable DELAY;

    struct NodeSet {
        uint8 threshold;
        mapping(address node => bool) has;
    }

    mapping(uint32 number => NodeSet) private sets;
    uint32 private inForce;
    uint32 private following;
    uint64 private followingFrom;
    /// Highest number ever given to a set; a number that was taken back is not given again, so no signature on it can be used again.
    uint32 public lastNodeSet;

    event NodesProposed(uint32 indexed number, uint8 threshold, address[] nodes, uint64 from);
    event NodesTakenBack(uint32 indexed number);

    error WrongNumber(uint256 given, uint256 expected);
    error BadNodeSet(uint256 nodes, uint256 threshold);
    error NodesNotIncreasing(address node);
    error HandOverPending(uint32 number);
    error NoHandOverPending();
    error BadSignatures(uint256 length);
    error TooFewSignatures(uint256 given, uint256 needed);
    error SignersNotIncreasing(address signer);
    error NotANode(address signer, uint32 set);

    constructor(uint8 threshold, address[] memory nodes, uint64 delay) {
        DELAY = delay;
        install(1, threshold, nodes);
        inForce = 1;
        emit NodesProposed(1, threshold, nodes, uint64(block.timestamp));
    }

    /// Number of the set that may sign now.
    function nodeSet() public view returns (uint32) {
        return following != 0 && block.timestamp >= followingFrom ? following : inForce;
    }

    /// The set that will follow and from when (Unix seconds); zeros where none is on its way.
    function nextNodeSet() external view returns (uint32 number, uint64 from) {
        return block.timestamp < followingFrom ? (following, followingFrom) : (0, 0);
    }

    function isNode(uint32 set, address node) external view returns (bool) {
        return sets[set].has[node];
    }

    function thresholdOf(uint32 set) external view returns (uint8) {
        return sets[set].threshold;
    }

    /// Hands over to a new set, in force after the delay.
    /// @param number one above the highest number so far
    /// @param byOld signatures of the set in force over ("RotateNodes", number, threshold, nodes)
    /// @param byNew signatures of the new set over the same
    function rotateNodes(
        uint32 number,
        uint8 threshold,
        address[] calldata nodes,
        bytes calldata byOld,
        bytes calldata byNew
    ) external {
        settle();
        if (following != 0) revert HandOverPending(following);
        if (number != lastNodeSet + 1) revert WrongNumber(number, lastNodeSet + 1);
        install(number, threshold, nodes);
        bytes32 act = actDigest(
            keccak256(
                abi.encode(
                    keccak256("RotateNodes(uint32 number,uint8 threshold,address[] nodes)"),
                    number,
                    threshold,
                    keccak256(abi.encodePacked(nodes))
                )
            )
        );
        requireQuorum(inForce, act, byOld);
        requireQuorum(number, act, byNew);
        (following, followingFrom) = (number, uint64(block.timestamp) + DELAY);
        emit NodesProposed(number, threshold, nodes, followingFrom);
    }

    /// Takes a hand-over back while its delay runs.
    /// @param byOld signatures of the set in force over ("KeepNodes", number)
    function keepNodes(uint32 number, bytes calldata byOld) external {
        settle();
        if (following == 0) revert NoHandOverPending();
        if (number != following) revert WrongNumber(number, following);
        requireQuorum(
            inForce, actDigest(keccak256(abi.encode(keccak256("KeepNodes(uint32 number)"), number))), byOld
        );
        (following, followingFrom) = (0, 0);
        emit NodesTakenBack(number);
    }

    /// Makes a hand-over whose delay has run the set in force.
    function settle() private {
        if (following != 0 && block.timestamp >= followingFrom) {
            (inForce, following, followingFrom) = (following, 0, 0);
        }
    }

    function install(uint32 number, uint8 threshold, address[] memory nodes) private {
        if (nodes.length > NODES_MAX || threshold > nodes.length || 2 * uint256(threshold) <= nodes.length) {
            revert BadNodeSet(nodes.length, threshold);
        }
        NodeSet storage set = sets[number];
        address last = address(0);
        for (uint256 i = 0; i < nodes.length; ++i) {
            if (nodes[i] <= last) revert NodesNotIncreasing(nodes[i]);
            last = nodes[i];
            set.has[last] = true;
        }
        set.threshold = threshold;
        lastNodeSet = number;
    }

    /// Reverts unless at least the set's threshold of its nodes signed.
    function requireQuorum(uint32 set, bytes32 digest, bytes calldata signatures) internal view {
        requireSigners(set, digest, signatures, sets[set].threshold);
    }

    /// Reverts unless at least `needed` different nodes of a set signed. Every signature given must be of a node; they stand in the order
    /// of the signers' addresses, 65 bytes r, s, v each. The other form that every ECDSA signature has is of the same signer and changes nothing.
    function requireSigners(uint32 set, bytes32 digest, bytes calldata signatures, uint256 needed) internal view {
        uint256 given = signatures.length / SIGNATURE_BYTES;
        if (given * SIGNATURE_BYTES != signatures.length) revert BadSignatures(signatures.length);
        if (needed == 0 || given < needed) revert TooFewSignatures(given, needed);
        address last = address(0);
        for (uint256 i = 0; i < given; ++i) {
            bytes calldata one = signatures[i * SIGNATURE_BYTES:(i + 1) * SIGNATURE_BYTES];
            address signer = ecrecover(digest, uint8(one[64]), bytes32(one[0:32]), bytes32(one[32:64]));
            if (signer <= last) revert SignersNotIncreasing(signer);
            if (!sets[set].has[signer]) revert NotANode(signer, set);
            last = signer;
        }
    }

    /// What nodes sign to act on this registry: EIP-712, bound to chain and contract, so that an act here is none elsewhere.
    function actDigest(bytes32 act) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Bulwark registry"),
                keccak256("1"),
                block.chainid,
                address(this)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, act));
    }
}
