package io.bulwark.api.inquiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.EpochComputation;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EpochListTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final Digest ROOT = Digest.parse("07".repeat(32));
    /** The last is no member. */
    private static final List<QuorumKey> MEMBERS =
            Stream.generate(QuorumKey::generate).limit(4).toList();

    private static final FoundingDocument FOUNDING = new FoundingDocument(
            "test", 2, MEMBERS.subList(0, 3).stream().map(QuorumKey::publicKey).toList());
    private static final SealedEpoch FIRST = sealed(1, Digest.ZERO);
    private static final SealedEpoch SECOND = sealed(2, FIRST.digest());
    private static final EpochList LIST =
            new EpochList(FOUNDING, List.of(signed(SECOND, 0, 2), signed(FIRST, 0, 1, 2)));

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
        assertTrue(
                refused(whole.replaceFirst("07".repeat(32), "zz")).field().startsWith("epochs[0].epoch.accountRoot"));
    }

    @Test
    void shouldRefuseEpochsThatTooFewMembersSigned() throws JsonProcessingException {
        assertEquals(
                "epochs[0].signatures = 1: must be of at least 2 of the 3 members of the quorum",
                refused(list(signed(SECOND, 1))).getMessage());
        assertEquals(
                "epochs[1].signatures",
                refused(list(signed(SECOND, 0, 1), signed(FIRST))).field());
    }

    @Test
    void shouldRefuseSignaturesThatAreNotTheQuorumsOnThisEpoch() throws JsonProcessingException {
        assertEquals(
                "epochs[0].signatures[2].signer",
                refused(list(signed(SECOND, 0, 1, 3))).field(),
                "a stranger");
        assertEquals(
                "epochs[0].signatures[1].signer",
                refused(list(signed(SECOND, 1, 1))).field(),
                "the same member twice");
        EpochList.Signed moved =
                new EpochList.Signed(SECOND, signed(FIRST, 0, 1).signatures());
        assertEquals("epochs[0].signatures[0].signature", refused(list(moved)).field(), "of another epoch");
        String whole = new String(json(), StandardCharsets.UTF_8);
        int end = whole.indexOf("\"", whole.indexOf("\"signature\":\"") + 13);
        String forged =
                whole.substring(0, end - 70) + (whole.charAt(end - 70) == '0' ? '1' : '0') + whole.substring(end - 69);
        assertEquals("epochs[0].signatures[0].signature", refused(forged).field(), "a changed digit");
    }

    @Test
    void shouldRefuseAnotherHousesEpochsAndAnotherQuorum() throws JsonProcessingException {
        FoundingDocument other = new FoundingDocument("test", 1, FOUNDING.quorumKeys());
        assertEquals(
                "epochs[0].epoch.house",
                refused(json(new EpochList(other, LIST.epochs()))).field(),
                "a smaller threshold makes another house");
    }

    private static String list(EpochList.Signed... epochs) throws JsonProcessingException {
        return json(new EpochList(FOUNDING, List.of(epochs)));
    }

    private static EpochList.Signed signed(SealedEpoch sealed, int... members) {
        return new EpochList.Signed(
                sealed,
                IntStream.of(members)
                        .mapToObj(i -> MEMBERS.get(i).sign(EpochStatement.of(sealed)))
                        .toList());
    }

    private static BadInput refused(String json) {
        return assertThrows(BadInput.class, () -> EpochList.read(LIBRARY, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] json() throws JsonProcessingException {
        return json(LIST).getBytes(StandardCharsets.UTF_8);
    }

    private static String json(EpochList list) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(list.json());
    }

    private static FieldElement seal(SealedEpoch sealed) {
        return FieldElement.ofDigest(sealed.digest());
    }

    private static SealedEpoch sealed(long number, Digest previous) {
        Digest none = Digest.ZERO;
        Epoch epoch =
                new Epoch(FOUNDING.house(), number, previous, ROOT, ROOT, ROOT, ROOT, ROOT, none, none, none, none);
        return new SealedEpoch(
                epoch, EpochComputation.commitment(epoch).digest(LIBRARY).digest());
    }
}
