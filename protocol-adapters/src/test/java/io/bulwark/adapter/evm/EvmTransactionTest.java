package io.bulwark.adapter.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Transactions byte for byte; the figures were computed apart, with ethers 6.13.4. */
final class EvmTransactionTest {
    private static final ChainKey KEY = ChainKey.of("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    @Test
    void shouldSignACallAsWalletsDo() {
        byte[] signed = new EvmTransaction(
                        31_337,
                        BigInteger.ZERO,
                        BigInteger.valueOf(1_000_000_000),
                        BigInteger.valueOf(3_000_000_000L),
                        100_000,
                        Optional.of(new ChainAddress("0x5fbdb2315678afecb367f032d93f642f64180aa3")),
                        new byte[] {0, (byte) 0xff, 0x10})
                .signedBy(KEY);
        assertEquals(
                "02f870827a6980843b9aca0084b2d05e00830186a0945fbdb2315678afecb367f032d93f642f64180aa3808300ff10c001"
                        + "a0b1211cd6266163b35dcec54a05ce0e921a71097245e1d5039d56dfd8f8064c54"
                        + "a0199aaf23da7973345de8591844aa7deae2e974295ba5e6dd27f599cb49037fb3",
                HexFormat.of().formatHex(signed));
        assertEquals("0xb8f7ef716362548410da43f4cd2264c25871a25d2109cd130cebb0d9dfe10546", EvmTransaction.hash(signed));
    }

    @Test
    void shouldSignACreationAsWalletsDo() {
        byte[] signed = new EvmTransaction(
                        1,
                        BigInteger.valueOf(200),
                        BigInteger.ZERO,
                        BigInteger.valueOf(128),
                        5_000_000,
                        Optional.empty(),
                        HexFormat.of().parseHex("6001600155"))
                .signedBy(KEY);
        assertEquals(
                "02f8560181c8808180834c4b408080856001600155c001"
                        + "a08ac19a58fa33d5286e864f3319366293892a8fedf7028a25565c321281aa413b"
                        + "a04c173496cc0f6caa9bd7607f66efeaf9f9fa4c0d705e7effce3e092e372ccf7f",
                HexFormat.of().formatHex(signed));
    }

    @Test
    void shouldRefuseWhatIsNoTransaction() {
        assertThrows(IllegalArgumentException.class, () -> KEY.signTransaction(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> KEY.signTransaction(new byte[] {0x19, 1}));
        BigInteger one = BigInteger.ONE;
        Optional<ChainAddress> created = Optional.empty();
        assertThrows(
                IllegalArgumentException.class,
                () -> new EvmTransaction(1, one, BigInteger.TWO, one, 1, created, new byte[0]),
                "a tip above the fee");
        assertThrows(
                IllegalArgumentException.class,
                () -> new EvmTransaction(0, one, one, one, 1, created, new byte[0]),
                "a transaction of every chain");
    }
}
