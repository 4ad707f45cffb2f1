// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// Scope and challenge of a contract that takes proofs, from the chain's own words: its CAIP-10 identifier, the sender's, a purpose and a
/// nonce. Both are the first 31 bytes of the SHA-256 of a canonical encoding (deterministic CBOR, RFC 8949 section 4.2), so a wallet and
/// the Java side derive the same numbers. Addresses are written in lower case.
library Conversation {
    /// Longest purpose, bytes of UTF-8.
    uint256 internal constant PURPOSE_MAX = 255;

    error PurposeTooLong(uint256 length);

    /// ["bulwark-scope", CAIP-10 of the verifier, purpose]: for whom and for what a proof is made.
    function scope(bytes memory verifier, string calldata purpose) internal pure returns (uint256) {
        if (bytes(purpose).length > PURPOSE_MAX) revert PurposeTooLong(bytes(purpose).length);
        // 83: array of 3; 6d: text of 13.
        return truncated(abi.encodePacked(hex"836d", "bulwark-scope", text(verifier), text(bytes(purpose))));
    }

    /// ["bulwark-challenge", CAIP-10 of the verifier, CAIP-10 of the sender, nonce in decimal digits]: a copied proof helps nobody.
    function challenge(bytes memory verifier, address sender, uint256 nonce) internal view returns (uint256) {
        // 84: array of 4; 71: text of 17.
        return truncated(
            abi.encodePacked(
                hex"8471", "bulwark-challenge", text(verifier), text(caip10(sender)), text(decimal(nonce))
            )
        );
    }

    /// eip155:CHAIN:0xADDRESS. The chain's number is read at every call: after a fork each branch is a verifier of its own.
    function caip10(address account) internal view returns (bytes memory) {
        uint256 value = uint160(account);
        return abi.encodePacked(
            "eip155:",
            decimal(block.chainid),
            ":0x",
            bytes8(uint64(hexadecimal(value >> 128))),
            bytes32(hexadecimal(value & type(uint128).max))
        );
    }

    function truncated(bytes memory encoding) private pure returns (uint256) {
        return uint256(sha256(encoding)) >> 8;
    }

    /// A text of at most 255 bytes behind its shortest head.
    function text(bytes memory utf8) private pure returns (bytes memory) {
        return utf8.length < 24
            ? abi.encodePacked(uint8(0x60 + utf8.length), utf8)
            : abi.encodePacked(uint8(0x78), uint8(utf8.length), utf8);
    }

    function decimal(uint256 value) private pure returns (bytes memory digits) {
        unchecked {
            uint256 length = 1;
            for (uint256 rest = value; rest >= 10; rest /= 10) ++length;
            digits = new bytes(length);
            for (; length > 0; value /= 10) digits[--length] = bytes1(uint8(48 + value % 10));
        }
    }

    /// The 32 digits of a number of 16 bytes, a digit a byte: nibbles are spread by halves, then all are made letters or figures at once.
    function hexadecimal(uint256 value) private pure returns (uint256 digits) {
        unchecked {
            digits = (value | (value << 64)) & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
            digits = (digits | (digits << 32)) & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
            digits = (digits | (digits << 16)) & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
            digits = (digits | (digits << 8)) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
            digits = (digits | (digits << 4)) & 0x0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f;
            uint256 letters = ((digits + 0x0606060606060606060606060606060606060606060606060606060606060606) >> 4)
                & 0x0101010101010101010101010101010101010101010101010101010101010101;
            // '0' is 0x30; from ten on, 'a' is 0x27 further than figures would go.
            digits += 0x3030303030303030303030303030303030303030303030303030303030303030 + letters * 0x27;
        }
    }
}
