package io.bulwark.api.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.Said;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.verification.KrakenHoldings.Signer;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.proof.MarginProofs;
import io.bulwark.prover.proof.Proof;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One verb for every kind of file: what it is, the file itself says, and what is said beside it is compared or refused. */
@OfProof
final class VerifyKindsTest {
    private static final long NUMBER = 7;
    private static final String AT = "2026-07-01T12:00:00Z";
    private static final String MARGINS_KEY = "account 29dd4466";
    private static final String FUND_KEY = "fund 94f3e3eb";

    private static final long EPOCH = 3;

    /** Time of epoch 3 of the vectors' house, an hour before noon. */
    private static final long SEALED = Instant.parse(AT).toEpochMilli() - 3_600_000;

    /** What the vectors' fund is proved to be, u. */
    private static final long FUND_UNITS = 250_000_000;

    /** Two members of the vectors' house, as its signatures are made. */
    private static final Signer[] MEMBERS = {
        new Signer("member 0 of a house of vectors"), new Signer("member 1 of a house of vectors")
    };

    private static final String[] CUSTODIAN = {
        "--custodian", "kraken:=" + KrakenHoldings.KRAKEN.key().hex()
    };

    private static JsonNode vectors;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        vectors = new ObjectMapper()
                .readTree(Path.of("../zk-prover/vectors/judgement.json").toFile());
    }

    @Test
    void shouldJudgeMarginProofsTogether() throws IOException {
        String file = margins("margins", List.of(NUMBER));
        Said all = verify(file, pinned("--accounts", "1"));
        assertEquals(ExitCode.OK, all.code(), all.toString());
        assertTrue(
                all.out()
                        .startsWith(
                                "TRUSTED: the sealed margins of all 1 accounts of epoch 3 are what the formula gives: 7"),
                all.out());
        Said some = verify(file, pinned("--accounts", "20"));
        assertTrue(some.out().contains("of 1 of 20 accounts"), some.out());
        assertTrue(some.out().contains("with the chance 1/20"), some.out());
        Said unknown = verify(file, pinned());
        assertTrue(unknown.out().contains("how many accounts there are, this file does not say"), unknown.out());
        Said bare = verify(file, keys());
        assertEquals(ExitCode.NOT_ANCHORED, bare.code(), bare.toString());
        assertTrue(bare.out().startsWith("NOT ANCHORED; says, without anchor: the sealed margins"), bare.out());
        for (String pin : List.of("house", "epoch", "key")) {
            assertTrue(bare.out().contains("not given: " + pin + ":"), bare.out());
        }
    }

    @Test
    void shouldRefuseMarginProofsOfWhichOneDoesNotHold() throws IOException {
        Said other = verify(margins("other", List.of(NUMBER + 1)), pinned());
        assertEquals(ExitCode.NEGATIVE, other.code(), other.toString());
        assertTrue(other.out().startsWith("REFUSED: the proof does not hold"), other.out());
        Said second = verify(margins("second", List.of(NUMBER, NUMBER + 1)), pinned());
        assertEquals(ExitCode.NEGATIVE, second.code(), second.toString());
        assertTrue(second.out().startsWith("REFUSED: not every margin is proved: "), second.out());
        Said tooMany = verify(margins("two", List.of(NUMBER, NUMBER + 1)), pinned("--accounts", "1"));
        assertTrue(tooMany.out().startsWith("REFUSED: there are 1 accounts; the file is of 2"), tooMany.out());
    }

    @Test
    void shouldCountMarginProofsBehindAFundWhereTheyAreTrusted() throws IOException {
        String fund = proof("fund");
        String file = margins("margins", List.of(NUMBER));
        assertTrue(verify(fund, pinned()).out().contains("not given: margins:"));
        Said all = verify(fund, pinned("--margin-proofs", file, "--accounts", "1"));
        assertEquals(ExitCode.NOT_ANCHORED, all.code(), all.toString());
        assertTrue(all.out().contains("every account's margin is proved"), all.out());
        assertFalse(all.out().contains("not given: margins"), all.out());
        assertTrue(all.out().contains("not given: vault table:"), all.out());
        Said some = verify(fund, pinned("--margin-proofs", file, "--accounts", "64"));
        assertTrue(some.out().contains("margins: 1 of 64 proved"), some.out());
        assertTrue(some.out().contains("not given: margins:"), some.out());
        Said bare = verify(fund, with(keys(), "--margin-proofs", file, "--accounts", "1"));
        assertTrue(bare.out().contains("not counted"), bare.out());
        assertTrue(bare.out().contains("not given: margins:"), bare.out());
        Said signed = verify(fund, pinned("--margins", "signed"));
        assertTrue(signed.out().contains("2 of 3 signers replayed them, not proved"), signed.out());
        assertFalse(signed.out().contains("not given: margins"), signed.out());
        Said wrong = verify(fund, pinned("--margin-proofs", margins("wrong", List.of(NUMBER + 1)), "--accounts", "1"));
        assertEquals(ExitCode.NEGATIVE, wrong.code(), wrong.toString());
        assertTrue(wrong.out().startsWith("REFUSED: margin proofs: "), wrong.out());
    }

    @Test
    void shouldAskForTheHouseFileThatSaysWhichVaultTableItMustBe() throws IOException {
        String table = write("other.table", SmallTable.TABLE.encode());
        Said nowhere = verify(proof("fund"), with(keys(), "--vault-table", table));
        assertTrue(nowhere.isOneLineRefusal(), nowhere.toString());
        assertTrue(nowhere.err().contains("--house-file"), nowhere.err());
    }

    @Test
    void shouldRefuseWhatNothingIsComparedWith() throws IOException {
        String file = margins("margins", List.of(NUMBER));
        String fund = proof("fund");
        assertTrue(verify(file, pinned("--margin-proofs", file)).isOneLineRefusal());
        assertTrue(verify(file, pinned("--scope", "00".repeat(32))).isOneLineRefusal());
        assertTrue(verify(file, pinned("--accounts", "0")).isOneLineRefusal());
        assertTrue(verify(fund, pinned("--margin-proofs", file)).err().contains("--accounts"));
        assertTrue(verify(fund, pinned("--accounts", "1")).isOneLineRefusal());
        assertTrue(verify(fund, pinned("--tariff", file)).isOneLineRefusal());
        assertTrue(verify(fund, pinned("--vault-table", file)).err().contains("--vault-table"));
        assertTrue(verify(fund, pinned("--mine", file, "--wallet", file)).isOneLineRefusal());
        assertTrue(verify(proof("contagion"), with(pinned("--tariff", file), "--key", key("contagion 94f3e3eb")))
                .err()
                .contains("--table"));
        assertTrue(verify(proof("margin"), pinned("--margins", "signed")).isOneLineRefusal());
    }

    @Test
    void shouldSayThatAFundCoversOnlyWhereCashOfItsOwnIsShown() throws IOException {
        String fund = proof("fund");
        SignedHoldings whole = held(HoldingPurpose.FUND, EPOCH).of(cash(0), true, MEMBERS);
        Said covered = verify(fund, holding("whole", whole, CUSTODIAN));
        assertEquals(ExitCode.OK, covered.code(), covered.toString());
        assertTrue(covered.out().startsWith("TRUSTED: In each of 16 scenarios of epoch 3 "), covered.out());
        assertTrue(covered.out().contains("The fund covers it: holdings of 25000.0000 USD are shown."), covered.out());
        assertTrue(covered.out().contains("cash: 25000.0000 USD held for the fund: 100 % venue"), covered.out());
        missing(
                "24999.9999 of 25000.0000 USD of the fund are shown",
                verify(fund, holding("less", held(HoldingPurpose.FUND, EPOCH).of(cash(-1), true, MEMBERS), CUSTODIAN)));
        missing("0.0000 of 25000.0000 USD", verify(fund, holding("unknown", whole)));
        missing("what is held is said, not shown", verify(fund, sized()));
    }

    private static void missing(String words, Said said) {
        assertEquals(ExitCode.NOT_ANCHORED, said.code(), said.toString());
        assertTrue(said.out().contains("It would be covered by 25000.0000 USD."), said.out());
        assertTrue(said.out().contains("not given: holdings: " + words), said.out());
        assertEquals(1, said.out().split("not given: ", -1).length - 1, "and nothing else: " + said.out());
    }

    @Test
    void shouldRefuseAFundWhoseHoldingsAreNotItsOwn() throws IOException {
        String fund = proof("fund");
        Map<String, SignedHoldings> others = Map.of(
                "holdings must be held for the fund; these are for the reserves",
                held(HoldingPurpose.RESERVES, EPOCH).of(cash(0), true, MEMBERS),
                "holdings must be of epoch 3",
                held(HoldingPurpose.FUND, EPOCH - 1).of(cash(0), true, MEMBERS),
                "holdings must be signed by 2 members of the quorum; 1 signed",
                held(HoldingPurpose.FUND, EPOCH).of(cash(0), true, MEMBERS[0]),
                "must have the control of its venue for this house, this epoch and the fund",
                held(HoldingPurpose.FUND, EPOCH)
                        .of(
                                cash(0),
                                held(HoldingPurpose.RESERVES, EPOCH).control(),
                                EvidenceGrade.VENUE_SIGNATURE,
                                MEMBERS),
                "must bring the storage proof that it says",
                held(HoldingPurpose.FUND, EPOCH)
                        .of(cash(0), held(HoldingPurpose.FUND, EPOCH).control(), EvidenceGrade.STORAGE_PROOF, MEMBERS));
        for (Map.Entry<String, SignedHoldings> other : others.entrySet()) {
            Said said = verify(fund, holding("other", other.getValue(), CUSTODIAN));
            assertEquals(ExitCode.NEGATIVE, said.code(), said.toString());
            assertTrue(said.out().startsWith("REFUSED: "), said.out());
            assertTrue(said.out().contains(other.getKey()), said.out());
            assertFalse(said.out().contains("covers"), said.out());
        }
    }

    @Test
    void shouldRefuseHoldingsThatNothingIsComparedWith() throws IOException {
        String[] given = holding("given", held(HoldingPurpose.FUND, EPOCH).of(cash(0), true, MEMBERS), CUSTODIAN);
        String list = given[given.length - 3];
        for (String file : List.of(proof("margin"), margins("margins", List.of(NUMBER)))) {
            assertTrue(verify(file, pinned("--holdings", list)).isOneLineRefusal(), file);
            Said custodian = verify(file, pinned(CUSTODIAN));
            assertTrue(custodian.isOneLineRefusal(), file);
            assertTrue(custodian.err().contains("nothing there is compared with it"), custodian.err());
        }
        String[] vectors = with(pinned("--holdings", list), "--key", key("contagion 94f3e3eb"));
        assertTrue(verify(proof("contagion"), vectors).err().contains("nothing there is compared with it"));
        assertTrue(verify(proof("fund"), pinned(CUSTODIAN)).err().contains("without --holdings"));
        Said nowhere = verify(proof("fund"), with(keys(), "--holdings", list));
        assertTrue(nowhere.isOneLineRefusal(), nowhere.toString());
        assertTrue(nowhere.err().contains("--house-file"), nowhere.err());
        assertTrue(verify(proof("fund"), pinned("--holdings", write("none", new byte[] {1})))
                .isOneLineRefusal());
    }

    private static Map<Held, Long> cash(long more) {
        return Map.of(Held.CASH, FUND_UNITS + more);
    }

    private static KrakenHoldings held(HoldingPurpose purpose, long epoch) {
        JsonNode house = of("fund: whole").at("/expected/house");
        return new KrakenHoldings(purpose, Digest.parse(house.textValue()), epoch, SEALED);
    }

    private String[] holding(String name, SignedHoldings list, String... more) throws IOException {
        return with(
                sized(),
                with(
                        new String[] {
                            "--holdings",
                            write(name + ".holdings", list.canonical().encode())
                        },
                        more));
    }

    /** Everything that a verifier of the fund knows but what is held: the vectors' house seals the table of table.json. */
    private String[] sized() throws IOException {
        JsonNode table = new ObjectMapper()
                .readTree(Path.of("../zk-prover/vectors/table.json").toFile());
        return pinned(
                "--margins",
                "signed",
                "--vault-table",
                write(
                        "vault.table",
                        HexFormat.of().parseHex(table.get("encoding").textValue())));
    }

    private static JsonNode of(String name) {
        for (JsonNode one : vectors.get("cases")) {
            if (one.get("name").textValue().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name);
    }

    static Stream<byte[]> none() {
        return Stream.of(
                new byte[0],
                "hello".getBytes(UTF_8),
                "{\"format\":\"bulwark-house\"}".getBytes(UTF_8),
                CanonicalValue.array(CanonicalValue.text("bulwark-founding")).encode(),
                CanonicalValue.array(CanonicalValue.text("bulwark-book-proof")).encode(),
                CanonicalValue.array(CanonicalValue.text("bulwark-margin-proofs"), CanonicalValue.integer(1))
                        .encode(),
                CanonicalValue.text("bulwark-margin-proofs").encode());
    }

    @ParameterizedTest
    @MethodSource("none")
    void shouldNameAFileThatIsNoneOfThese(byte[] content) throws IOException {
        String file = write("none", content);
        Said said = verify(file, new String[0]);
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains(file), said.err());
    }

    @Test
    void shouldHaveNoOtherVerbThatJudges() throws IOException {
        assertTrue(Said.by("fund", "verify", proof("fund")).isOneLineRefusal());
        for (String verb : List.of("book", "fund", "contagion")) {
            assertTrue(
                    Said.by("proof", "prove", verb, "--help").err().isEmpty()
                            && Said.by("proof", "prove").out().contains("bulwark verify FILE"),
                    verb);
        }
    }

    /** Margin proofs in which the honest one of account 7 stands at these numbers. */
    private String margins(String name, List<Long> numbers) throws IOException {
        JsonNode honest =
                new ObjectMapper().readTree(vectors.get("proofs").get("margin").textValue());
        Proof proof = Proof.of(HexFormat.of().parseHex(honest.get("proof").textValue()));
        TreeMap<Long, Proof> proofs = new TreeMap<>();
        numbers.forEach(number -> proofs.put(number, proof));
        FieldElement seal = FieldElement.ofDigest(
                Digest.parse(honest.at("/publicInputs/seal").textValue()));
        return write(name, new MarginProofs(Digest.parse(honest.get("key").textValue()), seal, proofs).encode());
    }

    private String proof(String name) throws IOException {
        return write(name + ".json", vectors.get("proofs").get(name).textValue().getBytes(UTF_8));
    }

    private String key(String name) throws IOException {
        return write(
                name + ".vk",
                HexFormat.of().parseHex(vectors.get("keys").get(name).textValue()));
    }

    private String[] keys() throws IOException {
        return new String[] {"--key", key(MARGINS_KEY), "--key", key(FUND_KEY), "--at", AT};
    }

    /** Everything that a verifier of the vectors' house knows. */
    private String[] pinned(String... more) throws IOException {
        List<String> compiled = new ArrayList<>();
        String house = "";
        for (JsonNode one : vectors.get("cases")) {
            String name = one.get("name").textValue();
            if (name.equals("margin: whole") || name.equals("fund: whole")) {
                one.at("/expected/compiled").forEach(circuit -> compiled.add(circuit.textValue()));
                house = one.at("/expected/house").textValue();
            }
        }
        String houseFile = write(
                "house.json", vectors.get("houses").get("ceremony").textValue().getBytes(UTF_8));
        String known = write("compiled", (String.join("\n", compiled) + "\n").getBytes(UTF_8));
        String[] anchors =
                with(keys(), "--house", house, "--house-file", houseFile, "--oldest-epoch", "2", "--compiled", known);
        return with(anchors, more);
    }

    private static Said verify(String file, String[] options) {
        Said said = Said.by(with(new String[] {"verify", file}, options));
        assertFalse((said.out() + said.err()).contains("accepted"), said.toString());
        return said;
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    private String write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }
}
