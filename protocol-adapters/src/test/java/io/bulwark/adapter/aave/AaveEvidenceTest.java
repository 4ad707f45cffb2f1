package io.bulwark.adapter.aave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.RecordedSnapshots;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A node that lies is found out by the block's own hash. */
class AaveEvidenceTest {
    private static final long SEED = 52;
    private static final String ATLAS = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc";
    private final RawSnapshot raw = RecordedSnapshots.of(0, ATLAS);

    @Test
    void shouldRefuseABalanceThatTheStorageDoesNotProve() {
        // 200 WETH at index one, in hexadecimal with 18 decimals, becomes 300.
        String honest = "0x" + "0".repeat(47) + "ad78ebc5ac6200000";
        String inflated = "0x" + "0".repeat(46) + "1043561a8829300000";
        assertEquals(honest.length(), inflated.length());
        PayloadRefused refusal = refusal("eth_call", text -> text.replace(honest, inflated));
        assertTrue(refusal.field().startsWith("scaledSupply of"), refusal.toString());
        assertTrue(refusal.rule().contains("as the storage proves"), refusal.toString());
    }

    @Test
    void shouldRefuseDecimalsThatTheStorageDoesNotProve() {
        // Sixteen places instead of eighteen would make a hundred of every ether; they stand at bit 48 of the first
        // word of a reserve.
        PayloadRefused refusal = refusal(
                "eth_call",
                text -> text.length() > 900 ? text.replaceFirst("12(?=[0-9a-f]{12}[0-9a-f]{64})", "10") : text);
        assertTrue(refusal.field().startsWith("configuration of"), refusal.toString());
        assertTrue(refusal.rule().contains("as the storage proves"), refusal.toString());
    }

    @Test
    void shouldRefuseAnotherStateRoot() {
        PayloadRefused refusal =
                refusal(BlockHeader.METHOD, text -> text.replaceAll("\"stateRoot\":\"0x..", "\"stateRoot\":\"0x00"));
        assertTrue(refusal.rule().startsWith("must hash to"), refusal.toString());
    }

    @Test
    void shouldRefuseAProofWithAnyByteFlipped() {
        Random random = new Random(SEED);
        List<Integer> proofs = indexesOf(StorageProof.METHOD);
        for (int n = 0; n < 200; n++) {
            int index = proofs.get(random.nextInt(proofs.size()));
            String text = new String(raw.readings().get(index).result(), StandardCharsets.UTF_8);
            int nodes = text.indexOf("\"accountProof\":[\"0x") + 19;
            int at = nodes + random.nextInt(text.length() - nodes);
            char old = text.charAt(at);
            boolean inProof =
                    Character.digit(old, 16) >= 0 && text.lastIndexOf("\"0x", at) > text.lastIndexOf("\":\"", at) + 2;
            if (inProof) {
                char flipped = Character.forDigit(Character.digit(old, 16) ^ 1, 16);
                String tampered = text.substring(0, at) + flipped + text.substring(at + 1);
                RawSnapshot lie = replaced(index, tampered);
                assertThrows(
                        PayloadRefused.class, () -> RecordedSnapshots.normalised(lie), "seed " + SEED + ", flip " + n);
            }
        }
    }

    @Test
    void shouldNotTakeAMissingNodeForZero() {
        // The last node of the first storage path is left out.
        PayloadRefused refusal = refusal(
                StorageProof.METHOD,
                text -> text.replaceFirst("(\"storageProof\":\\[\\{[^\\]]*),\"0x[0-9a-f]*\"\\]", "$1]"));
        assertEquals("storageProof", refusal.field());
        assertTrue(refusal.rule().contains("a missing node proves nothing"), refusal.toString());
    }

    @Test
    void shouldRefuseAnAccountWithoutItsProofs() {
        List<Reading> readings = raw.readings().stream()
                .filter(r -> !r.method().equals(StorageProof.METHOD))
                .toList();
        RawSnapshot bare = new RawSnapshot(raw.account(), raw.horizon(), readings);
        assertEquals(
                StorageProof.METHOD,
                assertThrows(PayloadRefused.class, () -> RecordedSnapshots.normalised(bare))
                        .field());
    }

    private PayloadRefused refusal(String method, UnaryOperator<String> lie) {
        for (int index : indexesOf(method)) {
            String text = new String(raw.readings().get(index).result(), StandardCharsets.UTF_8);
            String told = lie.apply(text);
            if (!told.equals(text)) {
                return assertThrows(PayloadRefused.class, () -> RecordedSnapshots.normalised(replaced(index, told)));
            }
        }
        throw new AssertionError("nothing to lie about in " + method);
    }

    private List<Integer> indexesOf(String method) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < raw.readings().size(); i++) {
            if (raw.readings().get(i).method().equals(method)) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    private RawSnapshot replaced(int index, String result) {
        List<Reading> readings = new ArrayList<>(raw.readings());
        Reading old = readings.get(index);
        readings.set(index, new Reading(old.method(), old.parameters(), result.getBytes(StandardCharsets.UTF_8)));
        return new RawSnapshot(raw.account(), raw.horizon(), readings);
    }
}
