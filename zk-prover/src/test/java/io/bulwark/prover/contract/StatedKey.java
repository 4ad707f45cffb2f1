package io.bulwark.prover.contract;

import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a verifier says of its key. A contract that says so and takes every proof shows what the registry does before it asks one.
 *
 * @param identity SHA-256 of the key record
 * @param tags bit t for the statements of tag t
 * @param contributors how many made the key
 * @param signed how many of them signed
 */
record StatedKey(Digest identity, long tags, int contributors, int signed) {
    /** The tags of the account circuit: 1, 2, 3, 5 and 6. */
    static final long ACCOUNT = 0x6e;

    /** The tag of the call circuit. */
    static final long CALL = 1 << 4;

    /** Made by one party, under a name from which the identity follows. */
    static StatedKey ofOneParty(String name, long tags) {
        return new StatedKey(Digest.sha256(name.getBytes(StandardCharsets.UTF_8)), tags, 0, 0);
    }

    StatedKey signedBy(int contributorsThere, int signedThere) {
        return new StatedKey(identity, tags, contributorsThere, signedThere);
    }

    /** Writes a verifier that takes every proof, under a file name that names it. */
    Path takingAnything(Path folder, String name) {
        String source = """
                // SPDX-License-Identifier: Apache-2.0
                pragma solidity ^0.8.28;

                contract Verifier {
                    bytes32 public constant KEY_IDENTITY = 0x%s;
                    bytes32 public constant KEY_SHA256 = 0;
                    uint256 public constant KEY_TAGS = %d;
                    bool public constant KEY_UNSAFE = %b;

                    function verifyAtOnce(bytes calldata, uint256[5] calldata) external pure {}
                }
                """.formatted(identity.hex(), tags, signed < 3);
        try {
            return Files.writeString(folder.resolve(name + ".sol"), source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
