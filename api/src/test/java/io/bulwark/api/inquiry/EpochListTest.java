package io.bulwark.api.inquiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.EpochComputation;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EpochListTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final Digest ROOT = Digest.parse("07".repeat(32));
    private static final SealedEpoch FIRST = sealed(1, Digest.ZERO);
    private static final SealedEpoch SECOND = sealed(2, FIRST.digest());
    private static final EpochList LIST = new EpochList(List.of(SECOND, FIRST));

    @Test
    void shouldReadWhatItWrites() throws JsonProcessingException {
        assertEquals(LIST, EpochList.read(LIBRARY, json()));
    }

    @Test
    void shouldTakeNoEpochOlderThanTheOldestThatIsTaken() {
        assertEquals(Optional.empty(), LIST.refusal(seal(SECOND), 2));
        assertEquals(Optional.empty(), LIST.refusal(seal(FIRST), 1));
        assertEquals(Optional.of("epoch 1 is stale: the oldest that is taken is 2"), LIST.refusal(seal(FIRST), 2));
        assertEquals(
                Optional.of("seal is of no epoch among the 2 that are taken"), LIST.refusal(FieldElement.of(5), 1));
    }

    @Test
    void shouldRefuseANumberThatIsLentToAnotherEpoch() throws JsonProcessingException {
        String lent = new String(json(), StandardCharsets.UTF_8).replace("\"number\":2", "\"number\":3");
        assertEquals("epochs[0].digest", refused(lent).field());
    }

    @Test
    void shouldRefuseWhatIsNoListOfEpochs() throws JsonProcessingException {
        String whole = new String(json(), StandardCharsets.UTF_8);
        assertTrue(
                refused(whole.replace("\"venueRoot\"", "\"venueRoof\"")).field().startsWith("epochs[0].epoch"));
        assertTrue(
                refused(whole.replace("07".repeat(32), "ff".repeat(32))).field().startsWith("epochs[0]"));
        assertTrue(refused(whole.replaceFirst("07".repeat(32), "zz")).field().startsWith("epochs[0].epoch.house"));
    }

    private static BadInput refused(String json) {
        return assertThrows(BadInput.class, () -> EpochList.read(LIBRARY, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] json() throws JsonProcessingException {
        return new ObjectMapper().writeValueAsBytes(LIST.json());
    }

    private static FieldElement seal(SealedEpoch sealed) {
        return FieldElement.ofDigest(sealed.digest());
    }

    private static SealedEpoch sealed(long number, Digest previous) {
        Digest none = Digest.ZERO;
        Epoch epoch = new Epoch(ROOT, number, previous, ROOT, ROOT, ROOT, ROOT, ROOT, none, none, none);
        return new SealedEpoch(
                epoch, EpochComputation.commitment(epoch).digest(LIBRARY).digest());
    }
}
