package io.bulwark.adapter.perp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import io.bulwark.adapter.recording.DerivativesHouse;
import io.bulwark.clearing.position.RawSnapshot;
import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real contracts answered, and the same told otherwise by one unit. */
class PerpNormalizerTest {
    private static DerivativesHouse house;

    @BeforeAll
    static void open() throws IOException {
        house = DerivativesHouse.recorded(Protocol.PERP);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void shouldAgreeWithWhatTheContractsSaid() throws Exception {
        PerpAgreement.require(house);
    }

    /** One unit more of any figure, wherever it is told, and the parts no longer make the whole. */
    @ParameterizedTest
    @CsvSource({
        "accountValue, getAccountValue",
        "balance, getAccountValue",
        "owedRealizedPnl, getAccountValue",
        "unrealizedPnl, unrealizedPnl",
        "positionValue, getTotalPositionValue",
        "size, getTotalPositionValue"
    })
    void shouldRefuseAFigureThatItsPartsDoNotSay(String figure, String field) throws Exception {
        JsonNode stated = house.account("winner");
        BigInteger honest = new BigInteger(stated.get(figure).asText());
        BigInteger step = BigInteger.valueOf(figure.equals("owedRealizedPnl") ? 1_000_000_000_000L : 1);
        String words = DerivativesHouse.word(honest);
        String lie = DerivativesHouse.word(honest.add(step));
        RawSnapshot raw = house.read("winner");
        RawSnapshot told = DerivativesHouse.told(raw, EvmCall.METHOD, answer -> answer.replace(words, lie));
        assertNotEquals(raw.id(), told.id());
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> house.normalised(told));
        assertTrue(refusal.field().startsWith(field), refusal.toString());
        assertTrue(refusal.rule().endsWith("as its parts say"), refusal.toString());
    }

    /** Funding of one market is told twice, once alone and once as the sum; a cent more in both is found out by the account's value. */
    @Test
    void shouldRefuseFundingThatTheAccountValueDoesNotHold() throws Exception {
        BigInteger honest =
                new BigInteger(house.account("short").get("pendingFunding").asText());
        String lie = DerivativesHouse.word(honest.add(BigInteger.TEN.pow(16)));
        RawSnapshot told = DerivativesHouse.told(
                house.read("short"), EvmCall.METHOD, answer -> answer.replace(DerivativesHouse.word(honest), lie));
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> house.normalised(told));
        assertEquals("getAccountValue", refusal.field());
    }

    /** A spot price in the place of the venue's mark is found out. */
    @Test
    void shouldRefuseTheIndexInThePlaceOfTheMark() throws Exception {
        String mark = DerivativesHouse.word(house.stated("mark"));
        String index = DerivativesHouse.word(house.stated("index"));
        RawSnapshot told = DerivativesHouse.told(
                house.read("long"),
                EvmCall.METHOD,
                answer -> answer.equals("\"0x" + mark + "\"") ? "\"0x" + index + "\"" : answer);
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> house.normalised(told));
        assertTrue(refusal.field().startsWith("getTotalPositionValue of "), refusal.toString());
    }
}
