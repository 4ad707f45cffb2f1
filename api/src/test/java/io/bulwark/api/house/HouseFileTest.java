package io.bulwark.api.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.attestation.KeyList.Entry;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HouseFileTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final long TIME = 1_716_487_200_000L;
    private static final Digest ROOT = Digest.parse("07".repeat(32));
    /** The last is no member. */
    private static final List<QuorumKey> MEMBERS =
            Stream.generate(QuorumKey::generate).limit(4).toList();

    private static final FoundingDocument FOUNDING = new FoundingDocument(
            "test", 2, MEMBERS.subList(0, 3).stream().map(QuorumKey::publicKey).toList(), new KeyRule.Ceremony(3));
    private static final SealedEpoch FIRST = sealed(1, Digest.ZERO);
    private static final SealedEpoch SECOND = sealed(2, FIRST.digest());
    private static final byte[] ACCOUNT = {1, 2, 3};
    private static final byte[] BOOK = {4, 5};
    private static final KeyList KEYS = KeyList.first(FOUNDING.house(), new Entry(Digest.sha256(ACCOUNT), 1, 0))
            .with(new Entry(Digest.sha256(BOOK), 1, 4));
    private static final HouseFile FILE = new HouseFile(
            FOUNDING,
            List.of(signed(KEYS, 0, 2)),
            records(KEYS),
            List.of(signed(SECOND, 0, 2), signed(FIRST, 0, 1, 2)));

    @Test
    void shouldReadWhatItWrites() throws JsonProcessingException {
        HouseFile read = HouseFile.read(LIBRARY, json());
        assertEquals(FILE, read);
        assertEquals(FOUNDING.house(), read.house());
        assertEquals(Optional.of(KEYS), read.keys());
        assertEquals(Optional.of(TIME), read.epoch(SECOND.digest()).map(HouseFile.SignedEpoch::timeMillis));
        assertEquals(Optional.empty(), read.epoch(ROOT));
    }

    @Test
    void shouldReadAHouseWithoutKeysAndOneFoundedBeforeThereWasARule() throws JsonProcessingException {
        HouseFile bare = new HouseFile(FOUNDING, List.of(), List.of(), List.of());
        assertEquals(bare, read(json(bare)));
        assertEquals(Optional.empty(), bare.keys());
        for (FoundingDocument founding : List.of(
                FoundingDocument.withoutKeys("test", 2, FOUNDING.quorumKeys()),
                new FoundingDocument("test", 2, FOUNDING.quorumKeys(), new KeyRule.Test()))) {
            HouseFile test = new HouseFile(founding, List.of(), List.of(), List.of());
            assertEquals(founding.house(), read(json(test)).house());
        }
    }

    @Test
    void shouldRefuseWhatIsNoHouseFile() throws JsonProcessingException {
        String whole = new String(json(), StandardCharsets.UTF_8);
        assertEquals(
                "format",
                refused(whole.replace("bulwark-house\"", "bulwark-epochs\"")).field());
        assertEquals(
                "version",
                refused(whole.replace("\"version\":1", "\"version\":2")).field());
        assertEquals("more", refused("{\"more\":1," + whole.substring(1)).field());
        assertEquals(
                "founding.keys.origin",
                refused(whole.replace("\"origin\":\"ceremony\"", "\"origin\":\"unsafe\""))
                        .field());
        assertEquals(
                "founding.keys.signed",
                refused(whole.replace("\"signed\":3", "\"signed\":2")).field());
    }

    /** A laxer rule, or none, is another house: its quorum's signatures are on other statements. */
    @Test
    void shouldRefuseALaxerRuleOfKeysUnderTheSameSignatures() throws JsonProcessingException {
        String whole = new String(json(), StandardCharsets.UTF_8);
        String laxer = whole.replace("{\"origin\":\"ceremony\",\"signed\":3}", "{\"origin\":\"test\"}");
        assertTrue(laxer.length() < whole.length(), whole);
        assertEquals("statements[0].signatures[0].signature", refused(laxer).field());
        String none = whole.replace(",\"keys\":{\"origin\":\"ceremony\",\"signed\":3}", "");
        assertTrue(none.length() < laxer.length(), whole);
        assertEquals("statements[0].signatures[0].signature", refused(none).field());
    }

    @Test
    void shouldRefuseAnEpochAtAnotherTime() throws JsonProcessingException {
        String later =
                new String(json(), StandardCharsets.UTF_8).replaceFirst("\"time\":" + TIME, "\"time\":" + (TIME + 1));
        assertEquals("epochs[0].signatures[0].signature", refused(later).field());
    }

    @Test
    void shouldRefuseAListOfKeysThatTheQuorumDidNotSign() throws JsonProcessingException {
        assertEquals("statements[0].signatures", refused(list(signed(KEYS, 1))).field(), "one signature short");
        assertEquals("statements[0].signatures", refused(list(signed(KEYS))).field(), "unsigned");
        assertEquals(
                "statements[0].signatures[1].signer",
                refused(list(signed(KEYS, 1, 3))).field(),
                "a stranger");
        SignedHouseStatement third = new SignedHouseStatement(
                new HouseStatement(FOUNDING.house(), 3, Subject.KEYS, KEYS.digest()),
                KEYS.canonical().encode(),
                signed(KEYS, 0, 2).signatures());
        assertEquals(
                "statements[0].signatures[0].signature", refused(list(third)).field(), "an older list as a newer");
        assertEquals(
                "statements[0].document",
                refused(list(statement(KEYS, 3, 0, 2))).field(),
                "signed as a newer");
        KeyList other = KeyList.first(ROOT, new Entry(Digest.sha256(ACCOUNT), 1, 0));
        assertEquals(
                "statements[0].document",
                refused(list(statement(other, 1, 0, 2))).field(),
                "another house's");
        assertEquals(
                "statements[1].subject",
                refused(list(signed(KEYS, 0, 2), signed(KEYS, 0, 1))).field(),
                "two lists");
        HouseStatement nothing =
                new HouseStatement(FOUNDING.house(), 1, Subject.KEYS, Digest.sha256(new byte[] {(byte) 0x80}));
        SignedHouseStatement empty = new SignedHouseStatement(
                nothing,
                new byte[] {(byte) 0x80},
                List.of(MEMBERS.get(0).sign(nothing), MEMBERS.get(1).sign(nothing)));
        assertEquals("statements[0].document", refused(list(empty)).field(), "signed, and no list");
    }

    @Test
    void shouldHoldTheRecordsOfTheListedKeysAndNoOthers() throws JsonProcessingException {
        List<byte[]> records = records(KEYS);
        assertEquals("records", refusedRecords(List.of(records.getFirst())).field(), "one is missing");
        assertEquals(
                "records[2]",
                refusedRecords(List.of(records.get(0), records.get(1), new byte[] {6}))
                        .field(),
                "one of a key that is not listed");
        assertEquals(
                "records[1]",
                refusedRecords(List.of(records.get(0), records.get(0), records.get(1)))
                        .field(),
                "one twice");
        assertEquals(
                "records[0]",
                refused(json(new HouseFile(FOUNDING, List.of(), records, List.of())))
                        .field(),
                "records without a list");
    }

    @Test
    void shouldRefuseAnEpochTwice() throws JsonProcessingException {
        assertEquals(
                "epochs[1].epoch.number",
                refused(epochs(signed(FIRST, 0, 1), signed(FIRST, 0, 2))).field());
    }

    @Test
    void shouldRefuseANumberThatIsLentToAnotherEpoch() throws JsonProcessingException {
        String lent = new String(json(), StandardCharsets.UTF_8)
                .replace("\"number\":2,\"previous\"", "\"number\":3,\"previous\"");
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
                refused(epochs(signed(SECOND, 1))).getMessage());
        assertEquals(
                "epochs[1].signatures",
                refused(epochs(signed(SECOND, 0, 1), signed(FIRST))).field());
    }

    @Test
    void shouldRefuseSignaturesThatAreNotTheQuorumsOnThisEpoch() throws JsonProcessingException {
        assertEquals(
                "epochs[0].signatures[2].signer",
                refused(epochs(signed(SECOND, 0, 1, 3))).field(),
                "a stranger");
        assertEquals(
                "epochs[0].signatures[1].signer",
                refused(epochs(signed(SECOND, 1, 1))).field(),
                "the same member twice");
        HouseFile.SignedEpoch moved =
                new HouseFile.SignedEpoch(SECOND, TIME, signed(FIRST, 0, 1).signatures());
        assertEquals("epochs[0].signatures[0].signature", refused(epochs(moved)).field(), "of another epoch");
        String whole = epochs(signed(SECOND, 0, 1));
        int end = whole.indexOf("\"", whole.indexOf("\"signature\":\"") + 13);
        String forged =
                whole.substring(0, end - 70) + (whole.charAt(end - 70) == '0' ? '1' : '0') + whole.substring(end - 69);
        assertEquals("epochs[0].signatures[0].signature", refused(forged).field(), "a changed digit");
    }

    @Test
    void shouldRefuseAnotherHousesEpochsAndAnotherQuorum() throws JsonProcessingException {
        FoundingDocument other = new FoundingDocument("test", 1, FOUNDING.quorumKeys(), FOUNDING.keys());
        assertEquals(
                "epochs[0].epoch.house",
                refused(json(new HouseFile(other, List.of(), List.of(), FILE.epochs())))
                        .field(),
                "a smaller threshold makes another house");
    }

    private static String epochs(HouseFile.SignedEpoch... epochs) throws JsonProcessingException {
        return json(new HouseFile(FOUNDING, List.of(), List.of(), List.of(epochs)));
    }

    private static String list(SignedHouseStatement... statements) throws JsonProcessingException {
        return json(new HouseFile(FOUNDING, List.of(statements), records(KEYS), List.of()));
    }

    private static BadInput refusedRecords(List<byte[]> records) throws JsonProcessingException {
        return refused(json(new HouseFile(FOUNDING, List.of(signed(KEYS, 0, 2)), records, List.of())));
    }

    /** In the order of the list. */
    private static List<byte[]> records(KeyList list) {
        return list.keys().stream()
                .map(key -> key.identity().equals(Digest.sha256(ACCOUNT)) ? ACCOUNT : BOOK)
                .toList();
    }

    private static SignedHouseStatement signed(KeyList list, int... members) {
        return statement(list, list.number(), members);
    }

    /** Signed by these members under a number that may be another than the list's own. */
    private static SignedHouseStatement statement(KeyList list, long number, int... members) {
        HouseStatement statement = new HouseStatement(FOUNDING.house(), number, Subject.KEYS, list.digest());
        return new SignedHouseStatement(
                statement,
                list.canonical().encode(),
                IntStream.of(members)
                        .mapToObj(i -> MEMBERS.get(i).sign(statement))
                        .toList());
    }

    private static HouseFile.SignedEpoch signed(SealedEpoch sealed, int... members) {
        return new HouseFile.SignedEpoch(
                sealed,
                TIME,
                IntStream.of(members)
                        .mapToObj(i -> MEMBERS.get(i).sign(EpochStatement.of(sealed, TIME)))
                        .toList());
    }

    private static HouseFile read(String json) {
        return HouseFile.read(LIBRARY, json.getBytes(StandardCharsets.UTF_8));
    }

    private static BadInput refused(String json) {
        return assertThrows(BadInput.class, () -> read(json));
    }

    private static byte[] json() throws JsonProcessingException {
        return json(FILE).getBytes(StandardCharsets.UTF_8);
    }

    private static String json(HouseFile file) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(file.json());
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
