package io.bulwark.journey;

import static io.bulwark.journey.Verb.refused;
import static io.bulwark.journey.Verb.said;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.house.House;
import io.bulwark.house.founding.Home;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookKeys;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.fund.FundStatement;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.tier.BuildCache;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a house shows of all its accounts together: its book and its fund, made over the sealed epoch of the demonstration in circuits as small
 * as it, and checked by programs that have no house.
 */
final class HouseProofs {
    private static final String BOOK = "1-8-12-15-39-0-4-1";
    /** Claims on venues in the demonstration's table: USDC and aWETH at Aave, BTC at Deribit, USDC at Hyperliquid and dYdX. */
    private static final List<Integer> CLAIMS = List.of(1_048_576, 1_048_581, 2_097_153, 3_145_728, 4_194_304);

    private static final String FUND = "2-8-6-39-15-7";
    private static final int FUND_ROWS = 32;
    private static final int ASSETS = 10;
    private static final int INSTRUMENTS = 39;
    /** Place of the name of the batches' key in a book file; that of the top's stands behind it. */
    private static final int BATCH_KEY = 2;

    /** Place of the table in a book file. */
    private static final int TABLE = 4;

    /** Place of the bundle in a book file. */
    private static final int BUNDLE = 5;

    /** Place of the batches in a bundle. */
    private static final int BATCHES = 4;

    private final Path house;
    private final Path folder;
    private final Path nowhere;
    private final CircuitKeys batch;
    private final CircuitKeys top;
    private final CircuitKeys fund;

    private HouseProofs(Path house, Path folder) {
        this.house = house;
        this.folder = folder;
        this.nowhere = folder.resolve("nobody");
        ProverLibrary library = ProverLibrary.load();
        BookKeys book = BookKeys.prepare(
                library, BookShape.of(BOOK).with(Format.AT_VENUES), BuildCache.keys(), HouseProofs::announce);
        this.batch = book.batch();
        this.top = book.top();
        this.fund = CircuitKeys.prepare(
                library,
                FundShape.of(FUND, FUND_ROWS).with(Format.AT_VENUES),
                BuildCache.keys(),
                HouseProofs::announce);
    }

    private static void announce(long seconds) {
        if (seconds % 10 == 5) {
            System.out.println("making keys of the house's book and fund for the first time: " + seconds + " s");
        }
    }

    /**
     * The whole way, over a closed house.
     *
     * @param folder where its files go, empty
     */
    static void show(Path house, Path folder) throws IOException, InterruptedException {
        HouseProofs proofs = new HouseProofs(house, folder);
        proofs.bringsItsKeys();
        proofs.countsEveryAccountOnce();
        proofs.refusesWhatIsNotCovered();
        proofs.refusesAnotherBook();
        proofs.fundCoversTheTwoLargestLosses();
        proofs.keepsTheFundWithItsEpoch();
        assertFalse(Files.exists(proofs.nowhere), "no verifier asked for the house");
    }

    private void bringsItsKeys() throws IOException {
        for (CircuitKeys keys : List.of(batch, top, fund)) {
            Path copy = Files.createDirectories(
                    house.resolve("keys").resolve(keys.folder().getFileName().toString()));
            try (Stream<Path> files = Files.list(keys.folder())) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName().toString()));
                }
            }
        }
    }

    private void countsEveryAccountOnce() throws IOException, InterruptedException {
        reserves("enough", 1_000_000_000_000L);
        String proved = said(0, house, book("prove", "--reserves", at("enough"), "--out", at("book.cbor")));
        assertTrue(proved.contains("proved: epoch 2 has 7 accounts, each counted once"), proved);
        String judged = said(4, nowhere, verify("book.cbor"));
        assertTrue(judged.contains("NOT ANCHORED; says, without anchor"), judged);
        assertTrue(judged.contains("epoch 2 has 7 accounts"), judged);
        assertTrue(judged.contains("cash (u): 1000000000000 said, not shown"), judged);
        for (String pin : List.of("house", "epoch", "key", "holdings")) {
            assertTrue(judged.contains("not given: " + pin + ":"), pin + ": " + judged);
        }
        assertFalse(judged.contains("not given: table"), judged);
        said(0, house, "proof", "bundle", "--account", "3", "--out", at("mine.bundle"));
        String wallet = house.resolve("owners").resolve("account-3.key").toString();
        String[] mine = {
            "verify",
            at("book.cbor"),
            "--mine",
            at("mine.bundle"),
            "--wallet",
            wallet,
            "--key",
            key(batch),
            "--key",
            key(top)
        };
        String included = said(4, nowhere, mine);
        assertTrue(included.contains("account 3 is counted in this book"), included);
        assertEquals(judged, said(4, nowhere, oneVerb("book.cbor", "--key", key(batch), "--key", key(top))));
        assertEquals(
                included,
                said(
                        4,
                        nowhere,
                        oneVerb(
                                "book.cbor",
                                "--key",
                                key(batch),
                                "--key",
                                key(top),
                                "--mine",
                                at("mine.bundle"),
                                "--wallet",
                                wallet)));
    }

    private void refusesWhatIsNotCovered() throws IOException, InterruptedException {
        reserves("nothing", 0);
        refused(1, house, "at reserves", book("prove", "--reserves", at("nothing"), "--out", at("never.cbor")));
        refused(2, house, "--shape", "proof", "prove", "book", "--reserves", at("enough"), "--shape", "1-8");
        assertFalse(Files.exists(folder.resolve("never.cbor")));
    }

    /** A batch that stands twice, one that is left out, and keys in each other's place. */
    private void refusesAnotherBook() throws IOException, InterruptedException {
        changedBatches("twice.cbor", batches -> List.of(batches.getFirst(), batches.getFirst()));
        refused(1, nowhere, "REFUSED", verify("twice.cbor"));
        changedBatches("left-out.cbor", batches -> List.of(batches.getFirst()));
        refused(1, nowhere, "REFUSED", verify("left-out.cbor"));
        changedBatches("swapped.cbor", List::reversed);
        refused(1, nowhere, "REFUSED", verify("swapped.cbor"));
        List<CanonicalValue> file = items(CanonicalReader.read(Files.readAllBytes(folder.resolve("book.cbor"))));
        Collections.swap(file, BATCH_KEY, BATCH_KEY + 1);
        Files.write(folder.resolve("exchanged.cbor"), CanonicalValue.array(file).encode());
        refused(2, nowhere, "KEY_OF_ANOTHER_CIRCUIT", verify("exchanged.cbor"));
        refused(2, nowhere, "KEY_MISSING", "verify", at("book.cbor"), "--key", key(top));
    }

    private void fundCoversTheTwoLargestLosses() throws IOException, InterruptedException {
        String proved = said(0, house, "proof", "prove", "fund", "--shape", FUND, "--out", at("fund.json"));
        Matcher need =
                Pattern.compile("the epoch asks ([0-9,]+)\\.([0-9]{4}) USD").matcher(proved);
        assertTrue(need.find(), proved);
        long units = Long.parseLong((need.group(1) + need.group(2)).replace(",", ""));
        assertTrue(units > 0, proved);
        String judged = said(4, nowhere, oneVerb("fund.json", "--key", key(fund)));
        assertTrue(judged.contains("NOT ANCHORED; says, without anchor"), judged);
        assertTrue(judged.contains("lose at most " + units / 10_000 + "." + need.group(2) + " USD together"), judged);
        for (String pin : List.of("house", "epoch", "key", "vault table", "holdings", "margins")) {
            assertTrue(judged.contains("not given: " + pin + ":"), pin + ": " + judged);
        }
        said(0, house, "epoch", "house", at("house.json"));
        String[] tied = oneVerb(
                "fund.json",
                "--key",
                key(fund),
                "--house-file",
                at("house.json"),
                "--vault-table",
                at("fund.json.table"));
        String sized = said(4, nowhere, tied);
        assertFalse(sized.contains("not given: vault table"), sized);
        tied[tied.length - 1] = at("margin.table");
        List<CanonicalValue> book = items(CanonicalReader.read(Files.readAllBytes(folder.resolve("book.cbor"))));
        Files.write(folder.resolve("margin.table"), ((CanonicalValue.Bytes) book.get(TABLE)).value());
        refused(1, nowhere, "the vault table is not the one that epoch 2 seals", tied);
        restsOnWhatIsHeld(units);
        refused(
                1,
                house,
                "CLAIM_NOT_MET at request.fund",
                "proof",
                "prove",
                "fund",
                "--shape",
                FUND,
                "--fund",
                String.valueOf(units - 1),
                "--out",
                at("never.cbor"));
        ProofBundle shown = ProofBundle.ofJson(Files.readString(folder.resolve("fund.json")));
        FundStatement smaller = new FundStatement(
                units - 1, FundStatement.of(shown.publicInputs()).scenarios());
        Files.writeString(
                folder.resolve("smaller.json"),
                new ProofBundle(
                                shown.key(),
                                shown.proof(),
                                smaller.over(shown.publicInputs().seal()))
                        .toJson());
        refused(1, nowhere, "REFUSED", oneVerb("smaller.json", "--key", key(fund)));
        refused(1, nowhere, "that is not a key given here", oneVerb("fund.json", "--key", key(top)));
    }

    /** A custodian and the quorum sign what is held: a verifier who knows the custodian takes the fund, and with one u less he does not. */
    private void restsOnWhatIsHeld(long units) throws IOException, InterruptedException {
        CustodyAccount account = CustodyAccount.in(folder.resolve("house.json"));
        Path verifier = folder.resolve("verifier");
        said(0, verifier, "proof", "keys", "check", key(fund));
        String less = said(4, verifier, heldBy(account, units - 1));
        assertTrue(less.contains("It would be covered by"), less);
        assertTrue(less.contains("USD of the fund are shown in cash by venue-signature or better"), less);
        String covered = said(0, verifier, heldBy(account, units));
        assertTrue(covered.startsWith("TRUSTED (test keys): In each of 32 scenarios of epoch 2 "), covered);
        assertTrue(covered.contains("The fund covers it: holdings of " + units / 10_000 + "."), covered);
        Files.writeString(folder.resolve("reserves.json"), account.holds("reserves", units));
        refused(
                2,
                house,
                "must back one thing",
                "proof",
                "hold",
                "book",
                at("reserves.json"),
                "--out",
                at("reserves.list"));
    }

    private String[] heldBy(CustodyAccount account, long units) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("held.json"), account.holds("fund", units));
        String signed = said(0, house, "proof", "hold", "fund", at("held.json"), "--out", at("held.list"));
        assertTrue(signed.contains("holdings of epoch 2 for the fund: 1 pieces, signed by"), signed);
        return oneVerb(
                "fund.json",
                "--key",
                key(fund),
                "--house",
                account.house(),
                "--house-file",
                at("house.json"),
                "--at",
                "2024-05-23T20:00:00Z",
                "--test",
                "--vault-table",
                at("fund.json.table"),
                "--margins",
                "signed",
                "--holdings",
                at("held.list"),
                "--custodian",
                account.custodian());
    }

    /** The one that was proved stands in the books beside its epoch: whoever asks the house gets it with the key that checks it, and it is checked again before. */
    private void keepsTheFundWithItsEpoch() throws IOException, InterruptedException {
        try (House open = House.open(new Home(house));
                HttpFrontDoor door = HttpFrontDoor.open(0, open, List.of())) {
            JsonNode listed = new ObjectMapper().readTree(get(door, "/fund/proofs"));
            assertEquals(1, listed.size(), listed.toString());
            JsonNode kept = listed.get(0);
            assertTrue(kept.get("holds").asBoolean(), kept.toString());
            String digest = kept.get("digest").asText();
            assertArrayEquals(Files.readAllBytes(folder.resolve("fund.json")), get(door, "/fund/proofs/" + digest));
            assertArrayEquals(Files.readAllBytes(Path.of(key(fund))), get(door, "/fund/proofs/" + digest + "/key"));
        }
        String undeclared = said(0, house, "fund", "undeclared");
        assertEquals(
                7,
                undeclared.lines().filter(line -> line.startsWith("account ")).count(),
                undeclared);
    }

    private static byte[] get(HttpFrontDoor door, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(door.address().resolve(path))
                            .header("Authorization", DoorToken.header(door.link()))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode(), path);
            return answer.body();
        }
    }

    private void reserves(String name, long each) throws IOException {
        StringBuilder lines = new StringBuilder("cash," + each + "\n");
        for (int asset = 0; asset < ASSETS; asset++) {
            lines.append(asset).append(',').append(each).append('\n');
        }
        CLAIMS.forEach(claim -> lines.append(claim).append(',').append(each).append('\n'));
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            lines.append("instrument ")
                    .append(instrument)
                    .append(',')
                    .append(each)
                    .append('\n');
        }
        Files.writeString(folder.resolve(name), lines);
    }

    private interface Change {
        List<CanonicalValue> of(List<CanonicalValue> batches);
    }

    /** Writes the book with other batches. */
    private void changedBatches(String name, Change change) throws IOException {
        List<CanonicalValue> file = items(CanonicalReader.read(Files.readAllBytes(folder.resolve("book.cbor"))));
        List<CanonicalValue> bundle = items(CanonicalReader.read(((CanonicalValue.Bytes) file.get(BUNDLE)).value()));
        List<CanonicalValue> batches = items(bundle.get(BATCHES));
        assertEquals(2, batches.size());
        bundle.set(BATCHES, CanonicalValue.array(change.of(batches)));
        file.set(BUNDLE, CanonicalValue.bytes(CanonicalValue.array(bundle).encode()));
        Files.write(folder.resolve(name), CanonicalValue.array(file).encode());
    }

    private static List<CanonicalValue> items(CanonicalValue value) {
        return new ArrayList<>(((CanonicalValue.Array) value).values());
    }

    private static String key(CircuitKeys keys) throws IOException {
        try (Stream<Path> files = Files.list(keys.folder())) {
            return files.filter(file -> file.toString().endsWith(".vk"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    private static String[] book(String step, String... more) {
        return with(new String[] {"proof", step, "book", "--shape", BOOK}, more);
    }

    private String[] verify(String name) throws IOException {
        return new String[] {"verify", at(name), "--key", key(batch), "--key", key(top)};
    }

    private String[] oneVerb(String name, String... more) {
        return with(new String[] {"verify", at(name)}, more);
    }

    private static String[] with(String[] verb, String... more) {
        return Stream.concat(Stream.of(verb), Stream.of(more)).toArray(String[]::new);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
