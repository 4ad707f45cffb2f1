package io.bulwark.adapter.evm;

import com.joemelsha.crypto.hash.Keccak;

/** Keccak-256 as Ethereum uses it. */
public final class Keccak256 {
    private Keccak256() {}

    /** The hash of any bytes: 32 bytes. */
    public static byte[] of(byte[] data) {
        return new Keccak(256).digest(data);
    }
}
