// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// What `bulwark export --verifier` writes: the Groth16 verifier of one verifying key, which says itself of which key it is.
interface ProofVerifier {
    /// SHA-256 of the verifying key, the name under which proof bundles know it.
    function KEY_SHA256() external view returns (bytes32);

    /// Whether the key was made by one party, who could forge every proof under it.
    function KEY_UNSAFE() external view returns (bool);

    /// Reverts unless the proof holds for these five public inputs: seal, challenge, scope, nullifier, claim.
    /// @param proof 384 bytes: A, B, C, commitment, proof of knowledge, as `bulwark export --proof` writes them
    function verifyProof(bytes calldata proof, uint256[5] calldata input) external view;
}
