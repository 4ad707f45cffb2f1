package io.bulwark.adapter.lyra;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import io.bulwark.adapter.recording.DerivativesHouse;
import io.bulwark.clearing.position.RawSnapshot;
import java.io.IOException;
import java.math.BigInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node that lies about options is found out by the block's own hash. */
class LyraEvidenceTest {
    private static final BigInteger WEI = BigInteger.TEN.pow(18);
    private static DerivativesHouse house;

    @BeforeAll
    static void open() throws IOException {
        house = DerivativesHouse.recorded(Protocol.LYRA);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void shouldAgreeWithWhatTheContractsSaid() throws Exception {
        LyraAgreement.require(house);
    }

    @Test
    void shouldRefuseAnAmountThatTheStorageDoesNotProve() throws Exception {
        PayloadRefused refusal = refused(
                told("straddle", replaced(WEI.multiply(BigInteger.valueOf(5)), WEI.multiply(BigInteger.valueOf(6)))));
        assertTrue(refusal.field().startsWith("amount of position "), refusal.toString());
    }

    @Test
    void shouldRefuseCollateralThatTheStorageDoesNotProve() throws Exception {
        BigInteger locked = WEI.multiply(BigInteger.valueOf(4_000));
        PayloadRefused refusal = refused(told(
                "writer",
                answer -> answer.length() > 700
                        ? replaced(locked, locked.add(BigInteger.ONE)).apply(answer)
                        : answer));
        assertTrue(refusal.field().startsWith("collateral of position "), refusal.toString());
    }

    @Test
    void shouldRefuseAShortToldAsALong() throws Exception {
        // The type is the third word of a position: 4 is a short put, 1 a long put, which has no collateral.
        BigInteger put = WEI.multiply(BigInteger.TWO);
        String strike = DerivativesHouse.word(BigInteger.ONE);
        PayloadRefused refusal = refused(told(
                "writer",
                answer -> answer.replace(
                        strike + DerivativesHouse.word(BigInteger.valueOf(4)) + DerivativesHouse.word(put),
                        strike + DerivativesHouse.word(BigInteger.ONE) + DerivativesHouse.word(put))));
        assertTrue(refusal.field().startsWith("optionType of position "), refusal.toString());
    }

    @Test
    void shouldRefuseAStrikeThatTheStorageDoesNotProve() throws Exception {
        PayloadRefused refusal = refused(told(
                "straddle",
                replaced(WEI.multiply(BigInteger.valueOf(3_800)), WEI.multiply(BigInteger.valueOf(3_700)))));
        assertTrue(refusal.field().startsWith("strikePrice of strike "), refusal.toString());
    }

    @Test
    void shouldRefuseAnExpiryThatIsNotTheListedOne() throws Exception {
        RawSnapshot raw = house.read("straddle");
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> house.normalised(raw, 1_719_561_601_000L));
        assertTrue(refusal.field().startsWith("strike and expiry of "), refusal.toString());
    }

    @Test
    void shouldRefuseAShorterListThanTheCountSays() throws Exception {
        RawSnapshot one = DerivativesHouse.told(
                house.read("straddle"),
                EvmCall.METHOD,
                answer -> answer.equals("\"0x" + DerivativesHouse.word(BigInteger.TWO) + "\"")
                        ? "\"0x" + DerivativesHouse.word(BigInteger.ONE) + "\""
                        : answer);
        assertTrue(
                refused(one).field().startsWith("getOwnerPositions"),
                refused(one).toString());
    }

    @Test
    void shouldRefuseAProofWithAWordFlipped() throws Exception {
        RawSnapshot told = DerivativesHouse.told(
                house.read("straddle"),
                StorageProof.METHOD,
                answer -> answer.replaceFirst("\"proof\":\\[\"0xf9..", "\"proof\":[\"0xf900"));
        refused(told);
    }

    private static RawSnapshot told(String account, UnaryOperator<String> lie) throws Exception {
        return DerivativesHouse.told(house.read(account), EvmCall.METHOD, lie);
    }

    private static UnaryOperator<String> replaced(BigInteger honest, BigInteger lie) {
        return answer -> answer.replace(DerivativesHouse.word(honest), DerivativesHouse.word(lie));
    }

    private static PayloadRefused refused(RawSnapshot told) {
        return assertThrows(PayloadRefused.class, () -> house.normalised(told));
    }
}
