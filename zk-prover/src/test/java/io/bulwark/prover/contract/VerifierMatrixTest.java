package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esaulpaugh.headlong.abi.Tuple;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.contract.LocalChain.Called;
import io.bulwark.prover.contract.RegistryUnderTest.Terms;
import io.bulwark.prover.proof.KeyRecord;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SolidityVerifier;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One honest proof of every circuit, also over tables that list venues, against the verifier contract of every circuit, and against the
 * registry: taken by its own and no other.
 */
@OfChain
final class VerifierMatrixTest {
    /** The tags of each key, bit t for tag t; the rehearsal's 0 is shown by nothing that is exported. */
    private static final Map<String, Long> TAGS = Map.ofEntries(
            Map.entry("direct", 0b1001110L),
            Map.entry("challenge", 0b1001110L),
            Map.entry("compact", 0b1110L),
            Map.entry("tariff", 0b1100000L),
            Map.entry("call", 0b10000L),
            Map.entry("book-batch", 1L << 16),
            Map.entry("book-sum", 1L << 17),
            Map.entry("book-top", 1L << 18),
            Map.entry("fund", 1L << 19),
            Map.entry("contagion", 1L << 20),
            Map.entry("venue-challenge", 0b1001110L),
            Map.entry("venue-call", 0b10000L),
            Map.entry("venue-batch", 1L << 16),
            Map.entry("venue-fund", 1L << 19),
            Map.entry("venue-contagion", 1L << 20));

    /** Tags 1 to 5: what a registry takes. */
    private static final long TAKEN = 0b111110;

    /** Keys whose circuits show one of them. */
    private static final List<String> OF_REGISTRIES =
            List.of("direct", "challenge", "compact", "tariff", "call", "venue-challenge", "venue-call");

    private static final Set<String> OWN_REFUSALS = Set.of("ChallengeDiffers", "SealUnknown");

    /** What each function of a verifier refuses a proof of another key for: one asks the commitment first. */
    private static final Map<String, String> REFUSALS =
            Map.of("verifyProof", "CommitmentInvalid", "verifyAtOnce", "ProofInvalid");

    private static final String REHEARSAL = "rehearsal";
    private static final String REHEARSAL_AS_ACCOUNT = "rehearsal-as-account";
    private static final String REHEARSAL_OF_NOTHING = "rehearsal-of-nothing";
    private static final String MARGIN_ALONE = "margin-alone";
    private static final FieldElement HOUSE = FieldElement.of(77);
    private static final long EPOCH = 1;

    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final Map<String, VerifyingKey> KEYS = new TreeMap<>();
    private static final Map<String, ProofBundle> PROOFS = new TreeMap<>();
    private static final Map<String, String> KEY_OF_PROOF = new TreeMap<>();
    private static final Map<String, ChainAddress> VERIFIERS = new TreeMap<>();

    private static CompiledContract.All contracts;
    private static LocalChain chain;

    @BeforeAll
    static void deploy(@TempDir Path folder) throws IOException {
        LocalChain.requireNode();
        read();
        List<Path> sources = new ArrayList<>();
        for (String name : TAGS.keySet()) {
            sources.add(write(folder, name, source(of(KEYS, name))));
        }
        String rehearsal = rehearsalSource();
        sources.add(write(folder, REHEARSAL, withTags(rehearsal, "fund", 1)));
        sources.add(write(folder, REHEARSAL_OF_NOTHING, withTags(rehearsal, "fund", 0)));
        sources.add(write(folder, REHEARSAL_AS_ACCOUNT, withTags(rehearsal, "fund", of(TAGS, "direct"))));
        sources.add(write(folder, MARGIN_ALONE, withTags(source(of(KEYS, "tariff")), "tariff", 1 << 6)));
        contracts = CompiledContract.compile(sources.toArray(Path[]::new));
        chain = LocalChain.start(31_340);
        for (String name : contracts.byName().keySet()) {
            if (Files.exists(folder.resolve(name + ".sol"))) {
                VERIFIERS.put(
                        name,
                        RegistryUnderTest.verifier(chain, contracts.named(name)).created());
            }
        }
    }

    @AfterAll
    static void close() {
        if (chain != null) {
            chain.close();
        }
    }

    private static void read() throws IOException {
        JsonNode file =
                new ObjectMapper().readTree(Path.of("vectors", "matrix.json").toFile());
        file.get("keys")
                .properties()
                .forEach(key -> KEYS.put(
                        key.getKey(),
                        VerifyingKey.of(HexFormat.of().parseHex(key.getValue().textValue()))));
        file.get("proofs").properties().stream()
                .filter(proof -> !proof.getKey().contains(" as "))
                .forEach(proof -> PROOFS.put(
                        proof.getKey(), ProofBundle.ofJson(proof.getValue().textValue())));
        PROOFS.forEach((name, proof) -> KEYS.forEach((key, known) -> {
            if (known.identity().equals(proof.key())) {
                KEY_OF_PROOF.put(name, key);
            }
        }));
    }

    private static <T> T of(Map<String, T> named, String name) {
        return Objects.requireNonNull(named.get(name), name);
    }

    private static String source(VerifyingKey key) {
        return SolidityVerifier.source(LIBRARY, key).orElseThrow();
    }

    private static Path write(Path folder, String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name + ".sol"), source);
    }

    /** What a verifier of the rehearsal's key would be: nothing exports one, so its record is called the fund's. */
    private static String rehearsalSource() {
        VerifyingKey key = of(KEYS, REHEARSAL);
        KeyRecord record = key.record();
        KeyRecord fund = new KeyRecord(
                "fund",
                record.shape(),
                record.structure(),
                record.constraints(),
                record.system(),
                record.vk(),
                record.origin());
        return source(VerifyingKey.of(CanonicalValue.array(
                        CanonicalValue.text("bulwark-verifying-key"),
                        CanonicalValue.integer(1),
                        CanonicalReader.read(fund.encode()),
                        CanonicalValue.bytes(key.bytes()))
                .encode()));
    }

    private static String withTags(String source, String exported, long tags) {
        String said = "KEY_TAGS = " + of(TAGS, exported) + ";";
        assertTrue(source.contains(said), said);
        return source.replace(said, "KEY_TAGS = " + tags + ";");
    }

    /** What a verifier says of its key. */
    private static StatedKey stated(String name) {
        ChainAddress verifier = of(VERIFIERS, name);
        CompiledContract contract = contracts.named(name);
        return new StatedKey(
                Digest.of((byte[]) said(contract, verifier, "KEY_IDENTITY")),
                ((BigInteger) said(contract, verifier, "KEY_TAGS")).longValueExact(),
                0,
                0);
    }

    private static Object said(CompiledContract contract, ChainAddress verifier, String constant) {
        Called called = chain.call(chain.account(0), verifier, contract.call(constant));
        return contract.returned(constant, called.data()).get(0);
    }

    private static List<BigInteger> inputs(ProofBundle proof) {
        return proof.publicInputs().elements().stream().map(FieldElement::value).toList();
    }

    private static byte[] words(ProofBundle proof) {
        return SolidityVerifier.proof(LIBRARY, proof.proof()).orElseThrow();
    }

    private static long tag(ProofBundle proof) {
        return proof.publicInputs().statement().value().intValue() & 0xff;
    }

    @Test
    void shouldVerifyEveryProofWithTheContractOfItsOwnKeyAlone() {
        assertEquals(16, KEYS.size());
        assertEquals(18, KEY_OF_PROOF.size(), "every proof is of a key");
        List<String> differing = new ArrayList<>();
        PROOFS.forEach((name, proof) -> {
            for (String key : KEYS.keySet()) {
                for (String function : REFUSALS.keySet()) {
                    Called called = chain.call(
                            chain.account(1),
                            of(VERIFIERS, key),
                            contracts.named(key).call(function, words(proof), inputs(proof)));
                    String refusal = called.reverted() ? contracts.named(key).error(called.data()) : "";
                    if (!refusal.equals(key.equals(KEY_OF_PROOF.get(name)) ? "" : REFUSALS.get(function))) {
                        differing.add(name + " with " + key + " by " + function + ": '" + refusal + "'");
                    }
                }
            }
        });
        assertEquals(List.of(), differing);
    }

    @Test
    void shouldExportNoVerifierOfRehearsalsAndTheTagsOfEveryOtherKey() {
        Answer.Refused<?> refused =
                assertInstanceOf(Answer.Refused.class, SolidityVerifier.source(LIBRARY, of(KEYS, REHEARSAL)));
        assertEquals("KEY_OF_NO_STATEMENT", refused.refusal().code());
        TAGS.forEach((name, tags) -> {
            assertEquals(tags, stated(name).tags(), name);
            assertEquals(of(KEYS, name).identity(), stated(name).identity(), name);
            assertEquals(OF_REGISTRIES.contains(name), (tags & TAKEN) != 0, name);
        });
        assertEquals(0, stated(REHEARSAL).tags() & TAKEN, "no registry takes the rehearsal's statement");
    }

    @Test
    void shouldAddNoKeyToARegistryThatSaysNothingOfAnAccount() {
        RegistryUnderTest registry = registry();
        int next = OF_REGISTRIES.size() + 1;
        for (String name : List.of(
                "book-batch",
                "book-sum",
                "book-top",
                "fund",
                "contagion",
                "venue-batch",
                "venue-fund",
                "venue-contagion",
                REHEARSAL,
                REHEARSAL_OF_NOTHING,
                MARGIN_ALONE)) {
            ChainAddress verifier = of(VERIFIERS, name);
            assertEquals("NoTagTaken", registry.refusal("addKey", registry.added(next, verifier, stated(name))), name);
            assertFalse(
                    RegistryUnderTest.deploy(
                                    chain, contracts, HOUSE, Terms.ofTests(RegistryUnderTest.threeNodes()), verifier)
                            .deployment
                            .succeeded(),
                    name);
            StatedKey lent = new StatedKey(stated(name).identity(), of(TAGS, "direct"), 0, 0);
            assertFalse(
                    registry.refusal("addKey", registry.added(next, verifier, lent))
                            .isEmpty(),
                    name + " with tags that only the nodes say");
        }
    }

    /** A registry of the keys that it takes, over the epoch of the proofs. */
    private static RegistryUnderTest registry(String... more) {
        List<String> names = new ArrayList<>(OF_REGISTRIES);
        names.addAll(List.of(more));
        RegistryUnderTest registry = RegistryUnderTest.deploy(
                chain,
                contracts,
                HOUSE,
                Terms.ofTests(RegistryUnderTest.threeNodes()),
                names.stream().map(name -> of(VERIFIERS, name)).toArray(ChainAddress[]::new));
        assertTrue(registry.deployment.succeeded());
        FieldElement seal = of(PROOFS, "direct").publicInputs().seal();
        assertTrue(registry.send("publishEpoch", registry.epoch(EPOCH, seal)).succeeded());
        return registry;
    }

    /** The tag is compared before all else; what shares one is made for another conversation. */
    @Test
    void shouldAcceptNoProofUnderTheKeyOfAnotherCircuit() {
        RegistryUnderTest registry = registry(REHEARSAL_AS_ACCOUNT);
        PROOFS.forEach((name, proof) -> {
            for (String key : OF_REGISTRIES) {
                String refusal = accepted(registry, stated(key), proof);
                if ((of(TAGS, key) & TAKEN & (1L << tag(proof))) == 0) {
                    assertEquals("TagNotOfKey", refusal, name + " with " + key);
                } else {
                    assertTrue(OWN_REFUSALS.contains(refusal), name + " with " + key + ": " + refusal);
                }
            }
            if (!OF_REGISTRIES.contains(KEY_OF_PROOF.get(name))) {
                StatedKey own = new StatedKey(proof.key(), 0, 0, 0);
                assertEquals("KeyUnknown", accepted(registry, own, proof), name);
            }
        });
        assertEquals(
                "TagNotOfKey",
                accepted(registry, stated(REHEARSAL_AS_ACCOUNT), of(PROOFS, REHEARSAL)),
                "a rehearsal whose verifier calls itself an account's");
    }

    private static String accepted(RegistryUnderTest registry, StatedKey key, ProofBundle proof) {
        return registry.refusalTo(
                chain.account(1),
                "accept",
                Tuple.from(
                        key.identity(),
                        inputs(proof),
                        RegistryUnderTest.PURPOSE,
                        1L,
                        proof.publicInputs().statement().value(),
                        0L),
                words(proof));
    }
}
