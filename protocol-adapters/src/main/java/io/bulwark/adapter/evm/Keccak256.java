package io.bulwark.adapter.evm;

import com.joemelsha.crypto.hash.Keccak;

/** Keccak-256 as Ethereum uses it. */
final class Keccak256 {
    private Keccak256() {}

    static byte[] of(byte[] data) {
        return new Keccak(256).digest(data);
    }
}
