// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// What `bulwark export --verifier` writes: the Groth16 verifier of one verifying key, which says itself of which key it is. All four words
/// come from the key record alone; nobody can choose one.
interface ProofVerifier {
    /// SHA-256 of the key record: the name under which proofs, key lists and registries know the key.
    function KEY_IDENTITY() external view returns (bytes32);

    /// SHA-256 of the verifying key.
    function KEY_SHA256() external view returns (bytes32);

    /// The statements of the key's circuit: bit t for tag t.
    function KEY_TAGS() external view returns (uint256);

    /// Whether fewer than three signed contributors made the key, so that one party may be able to forge every proof under it.
    function KEY_UNSAFE() external view returns (bool);

    /// Reverts unless the proof holds for these five public inputs: seal, challenge, scope, nullifier, statement.
    /// @param proof 384 bytes: A, B, C, commitment, proof of knowledge, as `bulwark export --proof` writes them
    function verifyProof(bytes calldata proof, uint256[5] calldata input) external view;

    /// The same by one product of pairings, for less gas.
    function verifyAtOnce(bytes calldata proof, uint256[5] calldata input) external view;
}
