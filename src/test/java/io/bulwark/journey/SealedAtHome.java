package io.bulwark.journey;

import static io.bulwark.journey.Verb.refused;
import static io.bulwark.journey.Verb.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.house.HouseFile;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An owner who proves at home with the small key over a table that is opened by seal, then challenge: commits at home, has the commitment sealed among others by
 * a house that is not told whose it is, and proves at home.
 */
final class SealedAtHome {
    /** Places in the file of sealed requests. */
    private static final int EVALUATED_ROOT = 7;

    private static final int SIGNATURES = 9;

    private final Path house;
    private final Path folder;
    private final Path nowhere;
    private final String account;

    private SealedAtHome(Path house, Path folder, int account) {
        this.house = house;
        this.folder = folder;
        this.nowhere = folder.resolve("no-house");
        this.account = String.valueOf(account);
    }

    /**
     * The whole way, over a closed house.
     *
     * @param folder the owner's, empty
     * @param account a solvent account's number
     */
    static void prove(Path house, Path folder, int account) throws IOException, InterruptedException {
        SealedAtHome owner = new SealedAtHome(house, folder, account);
        owner.takesHome();
        owner.commits();
        owner.isSealedAmongOthers();
        owner.proves();
        owner.isTrustedWithItsRows();
        assertFalse(Files.exists(owner.nowhere), "nothing at home asked for the house");
    }

    private void takesHome() throws IOException, InterruptedException {
        said(0, house, "proof", "bundle", "--account", account, "--small-key", "--out", at("account.bundle"));
        said(0, house, "epoch", "house", at("house.json"));
        String identity = HouseFile.read(ProverLibrary.load(), Files.readAllBytes(folder.resolve("house.json")))
                .house()
                .hex();
        for (String candidate : List.of("given", "all-paid")) {
            said(
                    0,
                    nowhere,
                    "proof",
                    "ask",
                    "--house",
                    identity,
                    "--verifier",
                    "https://bank.example",
                    "--purpose",
                    "loan",
                    "--beneficiary",
                    "owner",
                    "--claim",
                    "initial-margin",
                    "--candidate",
                    candidate,
                    "--out",
                    at(candidate + ".json"));
        }
        Files.move(house.resolve("owners/account-" + account + ".key"), folder.resolve("wallet"));
        try (Stream<Path> files = Files.walk(house.resolve("keys"), 2)) {
            for (Path file : files.filter(f -> Files.isRegularFile(f)
                            && f.resolveSibling("").toString().contains("unsafe-"))
                    .toList()) {
                Path copy = folder.resolve("keys")
                        .resolve(file.resolveSibling("").getFileName())
                        .resolve(file.getFileName());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
    }

    private void commits() throws IOException, InterruptedException {
        refused(2, nowhere, "is opened by seal, then challenge: first --commit", prove("--out", at("early.json")));
        String committed = said(0, nowhere, prove("--commit", "--out", at("request")));
        assertTrue(committed.contains("give the house"), committed);
        CanonicalValue request = CanonicalReader.read(Files.readAllBytes(folder.resolve("request")));
        assertEquals(
                5,
                ((CanonicalValue.Array) request).values().size(),
                "a name, a version, which key, two elements: no account");
        said(0, nowhere, prove("--commit", "--out", at("another")));
        assertFalse(
                latin("request").equals(latin("another")), "each commitment has a salt of its own: nobody links them");
    }

    private void isSealedAmongOthers() throws IOException, InterruptedException {
        refused(
                2,
                house,
                "must have requests that wait",
                "proof",
                "requests",
                "seal",
                "--small-key",
                "--out",
                at("never"));
        said(0, house, "proof", "requests", "take", at("request"), at("request"));
        refused(2, house, "must have requests that wait", "proof", "requests", "seal", "--out", at("never"));
        String sealed = said(0, house, "proof", "requests", "seal", "--small-key", "--out", at("sealed"));
        assertTrue(sealed.contains("64 commitments with fillers, signed by 3"), sealed);
        refused(
                2,
                house,
                "must have requests that wait",
                "proof",
                "requests",
                "seal",
                "--small-key",
                "--out",
                at("never"));
        Files.write(folder.resolve("foreign"), changed("request", 3, CanonicalValue.bytes(new byte[32])));
        refused(
                2,
                house,
                "must be that of an epoch that this house sealed",
                "proof",
                "requests",
                "take",
                at("foreign"));
    }

    private void proves() throws IOException, InterruptedException {
        Files.write(folder.resolve("made-up"), changed("sealed", EVALUATED_ROOT, CanonicalValue.bytes(new byte[32])));
        refused(2, nowhere, "evaluated root must be that of the epoch's table", prove(opened("request", "made-up")));
        refused(2, nowhere, "must hold the commitment of --opening", prove(opened("another", "sealed")));
        refused(
                2,
                nowhere,
                "must be the one that was committed to, given",
                proveAsked("all-paid", opened("request", "sealed")));
        String proved = said(0, nowhere, prove(with(opened("request", "sealed"), "--out", at("proof.json"))));
        assertTrue(proved.contains("proved: some account of the prover has at least 0.0000 USD"), proved);
    }

    private void isTrustedWithItsRows() throws IOException, InterruptedException {
        Path verifier = folder.resolve("verifier");
        said(0, verifier, "proof", "keys", "check", key().toString());
        String without = said(4, verifier, verify());
        assertTrue(without.contains("not given: epoch: no request seal is given"), without);
        assertTrue(without.contains("not given: rows: "), without);
        Files.write(folder.resolve("unsigned"), changed("sealed", SIGNATURES, CanonicalValue.array()));
        String unsigned = said(4, verifier, verify("--requests", at("unsigned")));
        assertTrue(unsigned.contains("not given: rows: "), unsigned);
        refused(
                2,
                verifier,
                "must be the table of epoch",
                verify("--requests", at("unsigned"), "--table", at("vault-table")));
        String computed = said(0, verifier, verify("--requests", at("unsigned"), "--table", at("table")));
        assertTrue(computed.contains("TRUSTED (test keys): some account of the prover"), computed);
        assertEquals(computed, said(0, verifier, verify("--requests", at("sealed"))));
    }

    private String[] opened(String request, String sealed) {
        return new String[] {"--opening", at(request + ".opening"), "--requests", at(sealed)};
    }

    private String[] prove(String... more) {
        return proveAsked("given", more);
    }

    private String[] proveAsked(String candidate, String... more) {
        return with(
                new String[] {
                    "proof",
                    "prove",
                    "account",
                    "--ask",
                    at(candidate + ".json"),
                    "--house-file",
                    at("house.json"),
                    "--bundle",
                    at("account.bundle"),
                    "--wallet",
                    at("wallet"),
                    "--keys",
                    at("keys")
                },
                more);
    }

    private Path key() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("keys"))) {
            return files.filter(file -> file.toString().matches(".*-compact-.*\\.vk"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String[] verify(String... more) throws IOException {
        return with(
                new String[] {
                    "verify",
                    at("proof.json"),
                    "--key",
                    key().toString(),
                    "--ask",
                    at("given.json"),
                    "--house-file",
                    at("house.json"),
                    "--oldest-epoch",
                    "1",
                    "--test",
                    "--at",
                    "2024-05-23T20:00:00Z"
                },
                more);
    }

    private static String[] with(String[] verb, String... more) {
        return Stream.concat(Stream.of(verb), Stream.of(more)).toArray(String[]::new);
    }

    private byte[] changed(String name, int place, CanonicalValue to) throws IOException {
        CanonicalValue read = CanonicalReader.read(Files.readAllBytes(folder.resolve(name)));
        List<CanonicalValue> fields = new ArrayList<>(((CanonicalValue.Array) read).values());
        fields.set(place, to);
        return CanonicalValue.array(fields).encode();
    }

    private String latin(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
