    /// Verifies as verifyProof does, by one product of pairings: the equation of the commitment is weighted by a hash of the whole proof
    /// and its inputs and multiplied into that of the proof, so that no two errors cancel.
    /// @param proof as for verifyProof
    /// @param input as for verifyProof
    function verifyAtOnce(bytes calldata proof, uint256[5] calldata input) external view {
        require(proof.length == 384, "invalid proof length");
        uint256[2] memory commitments;
        assembly ("memory-safe") {
            calldatacopy(commitments, add(proof.offset, 0x100), 0x40)
        }
        uint256[1] memory publicCommitments;
        publicCommitments[0] = uint256(keccak256(proof[0x100:0x140])) % R;
        (uint256 x, uint256 y) = publicInputMSM(input, publicCommitments, commitments);
        uint256 weight = uint256(keccak256(abi.encodePacked(proof, input))) >> 128;
        bool success;
        assembly ("memory-safe") {
            let f := mload(0x40)
            // e(A, B) e(C, -delta) e(alpha, -beta) e(L, -gamma), as in verifyProof.
            calldatacopy(f, proof.offset, 0x100)
            mstore(add(f, 0x100), DELTA_NEG_X_1)
            mstore(add(f, 0x120), DELTA_NEG_X_0)
            mstore(add(f, 0x140), DELTA_NEG_Y_1)
            mstore(add(f, 0x160), DELTA_NEG_Y_0)
            mstore(add(f, 0x180), ALPHA_X)
            mstore(add(f, 0x1a0), ALPHA_Y)
            mstore(add(f, 0x1c0), BETA_NEG_X_1)
            mstore(add(f, 0x1e0), BETA_NEG_X_0)
            mstore(add(f, 0x200), BETA_NEG_Y_1)
            mstore(add(f, 0x220), BETA_NEG_Y_0)
            mstore(add(f, 0x240), x)
            mstore(add(f, 0x260), y)
            mstore(add(f, 0x280), GAMMA_NEG_X_1)
            mstore(add(f, 0x2a0), GAMMA_NEG_X_0)
            mstore(add(f, 0x2c0), GAMMA_NEG_Y_1)
            mstore(add(f, 0x2e0), GAMMA_NEG_Y_0)
            // e(weight commitment, -sigma G) e(weight proof of knowledge, G).
            calldatacopy(add(f, 0x300), add(proof.offset, 0x100), 0x40)
            mstore(add(f, 0x340), weight)
            success := staticcall(gas(), PRECOMPILE_MUL, add(f, 0x300), 0x60, add(f, 0x300), 0x40)
            mstore(add(f, 0x340), PEDERSEN_GSIGMANEG_X_1)
            mstore(add(f, 0x360), PEDERSEN_GSIGMANEG_X_0)
            mstore(add(f, 0x380), PEDERSEN_GSIGMANEG_Y_1)
            mstore(add(f, 0x3a0), PEDERSEN_GSIGMANEG_Y_0)
            calldatacopy(add(f, 0x3c0), add(proof.offset, 0x140), 0x40)
            mstore(add(f, 0x400), weight)
            success := and(success, staticcall(gas(), PRECOMPILE_MUL, add(f, 0x3c0), 0x60, add(f, 0x3c0), 0x40))
            mstore(add(f, 0x400), PEDERSEN_G_X_1)
            mstore(add(f, 0x420), PEDERSEN_G_X_0)
            mstore(add(f, 0x440), PEDERSEN_G_Y_1)
            mstore(add(f, 0x460), PEDERSEN_G_Y_0)
            success := and(success, staticcall(gas(), PRECOMPILE_VERIFY, f, 0x480, f, 0x20))
            success := and(success, mload(f))
        }
        if (!success) {
            revert ProofInvalid();
        }
    }
