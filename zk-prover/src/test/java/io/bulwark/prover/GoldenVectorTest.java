package io.bulwark.prover;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.TreePath;
import io.bulwark.prover.witness.PublicInputs;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The vectors that Go's tests pin, computed again through Java and the library: both sides say the same bytes. */
final class GoldenVectorTest {
    private final ProverLibrary library = ProverLibrary.load();

    private static JsonNode vectors(String name) throws IOException {
        return new ObjectMapper().readTree(Path.of("vectors", name + ".json").toFile());
    }

    private static FieldElement element(JsonNode hex) {
        return FieldElement.ofBytes(HexFormat.of().parseHex(hex.asText()));
    }

    private static List<FieldElement> elements(JsonNode array) {
        List<FieldElement> elements = new ArrayList<>();
        array.forEach(hex -> elements.add(element(hex)));
        return elements;
    }

    @Test
    void shouldHashAsGoDoes() throws IOException {
        JsonNode vectors = vectors("hash");
        assertTrue(vectors.path("hashes").size() > 100);
        for (JsonNode vector : vectors.path("hashes")) {
            assertEquals(
                    element(vector.path("hash")),
                    library.hash(vector.path("domain").asInt(), elements(vector.path("elements"))),
                    () -> "domain " + vector.path("domain") + ", n " + vector.path("n"));
        }
        List<FieldElement> children = elements(vectors.path("node").path("children"));
        assertEquals(
                element(vectors.path("node").path("parent")),
                library.node(children.get(0), children.get(1), children.get(2), children.get(3)));
    }

    @Test
    void shouldBuildTheSameTreesAndPaths() throws IOException {
        for (JsonNode vector : vectors("tree")) {
            try (AccountTree tree =
                    AccountTree.open(library, vector.path("depth").asInt())) {
                assertEquals(element(vector.path("emptyRoot")), tree.root());
                SortedMap<Long, FieldElement> leaves = new TreeMap<>();
                vector.path("leaves")
                        .properties()
                        .forEach(leaf -> leaves.put(Long.parseLong(leaf.getKey()), element(leaf.getValue())));
                tree.update(leaves);
                long number = vector.path("pathOf").asLong();
                TreePath path = tree.path(number);
                assertEquals(element(vector.path("root")), tree.root());
                assertEquals(elements(vector.path("path")), path.siblings());
                assertEquals(tree.root(), path.root(library, leaves.getOrDefault(number, FieldElement.ZERO)));
            }
        }
    }

    @Test
    void shouldGiveTheSameLeafToTheSameAccount() throws IOException {
        JsonNode vector = vectors("account").path("leaf");
        MarginAccount account = new MarginAccount(
                vector.path("cash").asLong(),
                entries(vector.path("positions")),
                entries(vector.path("paid")),
                entries(vector.path("collateral")),
                entries(vector.path("debt")));
        AccountLeaf leaf = new AccountLeaf(
                Format.WITHOUT_VENUES,
                vector.path("number").asLong(),
                element(vector.path("owner")),
                element(vector.path("salt")),
                account);
        assertEquals(element(vector.path("leaf")), leaf.hash(library).orElseThrow());
    }

    @Test
    void shouldGiveTheSameLeafToAnAccountWithStandings() throws IOException {
        JsonNode vector = vectors("standing");
        for (JsonNode expected : vector.path("leaves")) {
            List<Standing> standings = new ArrayList<>();
            expected.path("standings")
                    .forEach(pair -> standings.add(
                            new Standing(pair.path(0).asInt(), pair.path(1).asLong())));
            MarginAccount account = new MarginAccount(
                    expected.path("cash").asLong(),
                    entries(vector.path("positions")),
                    entries(vector.path("paid")),
                    entries(vector.path("collateral")),
                    entries(vector.path("debt")),
                    standings);
            AccountLeaf leaf = new AccountLeaf(
                    Format.AT_VENUES,
                    vector.path("number").asLong(),
                    element(vector.path("owner")),
                    element(vector.path("salt")),
                    account);
            byte[] encoding = leaf.encoded().encode();
            assertEquals(expected.path("encoding").asText(), HexFormat.of().formatHex(encoding));
            assertEquals(leaf, AccountLeaf.of(CanonicalReader.read(encoding)));
            assertEquals(element(expected.path("leaf")), leaf.hash(library).orElseThrow());
        }
    }

    private static List<Entry> entries(JsonNode array) {
        List<Entry> entries = new ArrayList<>();
        array.forEach(entry ->
                entries.add(new Entry(entry.path(0).asInt(), entry.path(1).asLong())));
        return entries;
    }

    @Test
    void shouldCommitToTheSameOwnerAndNullifier() throws IOException {
        JsonNode owner = vectors("account").path("owner");
        byte[] secret = element(owner.path("secret")).bytes();
        OwnerKey key = OwnerKey.of(
                Arrays.copyOfRange(secret, 1, secret.length),
                HexFormat.of().parseHex(owner.path("tail").asText()));
        assertEquals(
                element(owner.path("owner")),
                key.commitment(library, owner.path("number").asLong()));
        JsonNode nullifier = vectors("account").path("nullifier");
        assertEquals(
                element(nullifier.path("nullifier")),
                library.hash(
                        13,
                        List.of(
                                element(nullifier.path("secret")),
                                element(nullifier.path("house")),
                                FieldElement.of(nullifier.path("epoch").asLong()),
                                element(nullifier.path("scope")),
                                FieldElement.of(nullifier.path("number").asLong()))));
    }

    @Test
    void shouldDigestAnEpochInTheSameOrder() throws IOException {
        JsonNode vector = vectors("statement").path("epoch");
        List<FieldElement> e = elements(vector.path("elements"));
        EpochCommitment epoch = new EpochCommitment(
                e.get(0),
                e.get(1).value().longValueExact(),
                e.get(2),
                e.get(3),
                e.get(4),
                joined(e.get(5), e.get(6)),
                joined(e.get(7), e.get(8)),
                joined(e.get(9), e.get(10)),
                e.get(11),
                e.get(12),
                e.get(13),
                e.get(14));
        assertEquals(vector.path("tableSha").asText(), epoch.tableDigest().hex());
        assertEquals(element(vector.path("digest")), epoch.digest(library));
    }

    /** A digest from its two limbs, high first. */
    private static Digest joined(FieldElement high, FieldElement low) {
        return Digest.parse(high.hex().substring(32) + low.hex().substring(32));
    }

    @Test
    void shouldWriteTheSameClaims() throws IOException {
        for (JsonNode vector : vectors("statement").path("claims")) {
            Claim claim = Claim.of(element(vector.path("claim")));
            assertEquals(vector.path("kind").asInt(), claim.kind().number());
            assertEquals(vector.path("candidate").asInt(), claim.candidate().number());
            assertEquals(vector.path("m").asLong(), claim.m());
            assertEquals(vector.path("name").asLong(), claim.account().orElse(-1) + 1);
            assertEquals(element(vector.path("claim")), claim.value());
        }
    }

    @Test
    void shouldNameThePublicInputsInTheSameOrder() throws IOException {
        List<String> names = new ArrayList<>();
        vectors("statement").path("publicInputs").forEach(name -> names.add(name.asText()));
        assertEquals(
                names,
                Arrays.stream(PublicInputs.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void shouldReadTheSameTableAndGiveItTheSameRoot() throws IOException {
        JsonNode vector = vectors("table");
        byte[] encoding = HexFormat.of().parseHex(vector.path("encoding").asText());
        RiskTable table = RiskTable.decode(encoding);
        assertArrayEquals(encoding, table.encode());
        assertEquals(vector.path("sha256").asText(), table.digest().hex());
        assertEquals(
                element(vector.path("root")),
                RiskTableTree.rootOf(library, table).orElseThrow());
    }
}
