package io.bulwark.journey;

import static io.bulwark.journey.Verb.refused;
import static io.bulwark.journey.Verb.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.house.HouseFile;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An owner who takes wallet, bundle and keys home, and proves there. From then on the house is a folder that is not there: no database, no
 * broker, nothing that could be asked.
 */
final class OwnerAtHome {
    private static final String ACCOUNT = "1";

    private final Path folder;
    private final Path nowhere;

    private OwnerAtHome(Path folder) {
        this.folder = folder;
        this.nowhere = folder.resolve("no-house");
    }

    /**
     * The whole way, from a closed house that has sealed epoch 2.
     *
     * @param folder the owner's, empty
     */
    static void prove(Path house, Path folder) throws IOException, InterruptedException {
        OwnerAtHome owner = new OwnerAtHome(folder);
        owner.takesHome(house);
        owner.provesWithoutTheHouse();
        owner.isTrustedOnce();
        owner.isRefusedWithAnotherWalletOrAnotherByte();
        assertFalse(Files.exists(owner.nowhere), "nothing at home asked for the house");
    }

    private void takesHome(Path house) throws IOException, InterruptedException {
        said(0, house, "proof", "bundle", "--account", ACCOUNT, "--out", at("account.bundle"));
        said(0, house, "epoch", "house", at("house.json"));
        HouseFile known = HouseFile.read(ProverLibrary.load(), Files.readAllBytes(folder.resolve("house.json")));
        assertEquals(2, known.epochs().size());
        assertTrue(known.keys().isPresent(), "the key of the proofs is listed");
        HouseSecrets.of(house).requireNoneIn(folder.resolve("house.json"), house.resolve("keys"));
        Path wallet = house.resolve("owners/account-" + ACCOUNT + ".key");
        assertFalse(
                latin(folder.resolve("account.bundle")).contains(secret(wallet)), "the secret is not in the bundle");
        Files.move(wallet, folder.resolve("wallet"));
        Files.copy(
                house.resolve("owners/account-2.key"), folder.resolve("foreign"), StandardCopyOption.COPY_ATTRIBUTES);
        try (Stream<Path> files = Files.walk(house.resolve("keys"), 2)) {
            for (Path file : files.filter(
                            f -> f.resolveSibling("").getFileName().toString().startsWith("unsafe-"))
                    .toList()) {
                Path copy = folder.resolve("keys")
                        .resolve(file.resolveSibling("").getFileName())
                        .resolve(file.getFileName());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
        refused(
                2,
                house,
                "its owner's key must be kept",
                "proof",
                "prove",
                "account",
                "--account",
                ACCOUNT,
                "--claim",
                "initial-margin",
                "--verifier",
                "https://bank.example",
                "--purpose",
                "loan",
                "--beneficiary",
                "owner",
                "--nonce",
                "1");
        for (String ask : List.of("ask.json", "later.json")) {
            said(0, nowhere, ask(known.house().hex(), ask));
        }
        refused(2, nowhere, "an ask is never written over", ask(known.house().hex(), "ask.json"));
    }

    private String[] ask(String house, String out) {
        return new String[] {
            "proof",
            "ask",
            "--house",
            house,
            "--verifier",
            "https://bank.example",
            "--purpose",
            "loan",
            "--beneficiary",
            "owner",
            "--claim",
            "initial-margin",
            "--oldest-epoch",
            "2",
            "--once",
            "--out",
            at(out)
        };
    }

    private void provesWithoutTheHouse() throws IOException, InterruptedException {
        String checked = said(
                0, nowhere, "proof", "bundle", "check", "--bundle", at("account.bundle"), "--wallet", at("wallet"));
        assertTrue(
                checked.contains("sealed as this account's own lots give them, but for the buffer: it holds an option"),
                checked);
        refused(
                2,
                nowhere,
                "recipient",
                "proof",
                "bundle",
                "check",
                "--bundle",
                at("account.bundle"),
                "--wallet",
                at("foreign"));
        String[] unpinned =
                prove("account.bundle", "wallet", "--ask", at("later.json"), "--out", at("later-proof.json"));
        refused(2, nowhere, "--unpinned proves all the same", unpinned);
        String said = said(0, nowhere, with(unpinned, "--unpinned"));
        assertTrue(said.contains("NOT PINNED"), said);
        String proved = said(0, nowhere, pinned("ask.json", "proof.json"));
        assertTrue(proved.contains("proved: some account of the prover has at least 0.0000 USD"), proved);
        assertTrue(proved.contains("signed by 3 of 3 members of house"), proved);
    }

    private String[] pinned(String ask, String out) {
        return prove("account.bundle", "wallet", "--ask", at(ask), "--house-file", at("house.json"), "--out", at(out));
    }

    private void isTrustedOnce() throws IOException, InterruptedException {
        String[] bare = with(new String[] {"verify", at("proof.json")}, keys());
        String unanchored = said(4, nowhere, bare);
        assertTrue(unanchored.contains("NOT ANCHORED; says, without anchor: some account of the prover"), unanchored);
        for (String pin : List.of("house", "epoch", "key", "challenge", "scope", "statement")) {
            assertTrue(unanchored.contains("not given: " + pin + ": "), unanchored);
        }
        isOfThisHousesQuorumOnly();
        refused(1, nowhere, "epoch 2 is older than 3", with(verify("proof.json", "ask.json"), "--oldest-epoch", "3"));
        isAmberWithoutOnePin();
        String trusted = said(0, nowhere, verify("proof.json", "ask.json"));
        assertTrue(trusted.contains("TRUSTED (test keys): some account of the prover"), trusted);
        assertTrue(trusted.contains("as of       2024-05-23T20:00:00Z"), trusted);
        assertEquals(trusted, said(0, nowhere, verify("proof.json", "ask.json")), "a second look says the same");
        // An ask is answered by one file: a proof can be made anew with other bytes.
        Files.writeString(folder.resolve("anew.json"), Files.readString(folder.resolve("proof.json")) + "\n");
        refused(1, nowhere, "another proof answered this ask", verify("anew.json", "ask.json"));
        refused(1, nowhere, "this account has been shown before", verify("later-proof.json", "later.json"));
        refused(1, nowhere, "challenge must be", verify("later-proof.json", "ask.json"));
        assertEquals(1, Files.readAllLines(folder.resolve("nullifiers.txt")).size());
    }

    /** Nothing is noted of a proof that is not trusted. */
    private void isAmberWithoutOnePin() throws IOException, InterruptedException {
        for (List<String> left : List.of(
                List.of("key", "--test"),
                List.of("epoch", "--at", "2024-05-23T20:00:00Z"),
                List.of("once", "--nullifiers", at("nullifiers.txt")))) {
            List<String> arguments = new ArrayList<>(List.of(verify("proof.json", "ask.json")));
            arguments.removeAll(left.subList(1, left.size()));
            String said = said(4, nowhere, arguments.toArray(String[]::new));
            assertTrue(said.contains("not given: " + left.getFirst() + ": "), said);
            assertEquals(
                    1, said.lines().filter(line -> line.contains("not given: ")).count(), said);
        }
        assertFalse(Files.exists(folder.resolve("nullifiers.txt")));
        assertFalse(Files.exists(folder.resolve("ask.json.answer")));
    }

    /** Whose epochs are taken: those of a house that is named, and signed by enough of its members. */
    private void isOfThisHousesQuorumOnly() throws IOException, InterruptedException {
        Path file = folder.resolve("house.json");
        String epochs = Files.readString(file);
        Matcher signature =
                Pattern.compile("(\"signature\"\\s*:\\s*\")([0-9a-f])").matcher(epochs);
        Files.writeString(
                file,
                signature.replaceFirst(found -> found.group(1) + (found.group(2).equals("0") ? 1 : 0)));
        refused(1, nowhere, "the house file does not hold: BAD_SIGNATURE", verify("proof.json", "ask.json"));
        refused(2, nowhere, "statements[0].signatures[0].signature", pinned("ask.json", "never.json"));
        Files.writeString(file, epochs);
        refused(
                2,
                nowhere,
                "must be the house of --ask",
                with(verify("proof.json", "ask.json"), "--house", "00" + "07".repeat(31)));
    }

    private void isRefusedWithAnotherWalletOrAnotherByte() throws IOException, InterruptedException {
        refused(
                2,
                nowhere,
                "recipient must be this wallet's bundle key",
                prove("account.bundle", "foreign", "--ask", at("ask.json"), "--unpinned"));
        byte[] changed = Files.readAllBytes(folder.resolve("account.bundle"));
        changed[changed.length / 2] ^= 1;
        Files.write(folder.resolve("changed.bundle"), changed);
        refused(
                2,
                nowhere,
                "ciphertext must be as it was encrypted",
                prove("changed.bundle", "wallet", "--ask", at("ask.json"), "--unpinned"));
        refused(
                2,
                nowhere,
                "must be of the epoch " + "01".repeat(32),
                prove("account.bundle", "wallet", "--ask", at("ask.json"), "--seal", "01".repeat(32)));
    }

    private String[] prove(String bundle, String wallet, String... more) {
        return with(
                new String[] {
                    "proof", "prove", "account", "--bundle", at(bundle), "--wallet", at(wallet), "--keys", at("keys")
                },
                more);
    }

    private String[] verify(String proof, String ask) throws IOException {
        return with(
                new String[] {
                    "verify",
                    at(proof),
                    "--ask",
                    at(ask),
                    "--house-file",
                    at("house.json"),
                    "--test",
                    "--at",
                    "2024-05-23T20:00:00Z",
                    "--nullifiers",
                    at("nullifiers.txt")
                },
                keys());
    }

    private String[] keys() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("keys"))) {
            return files.filter(file -> file.toString().endsWith(".vk"))
                    .flatMap(file -> Stream.of("--key", file.toString()))
                    .toArray(String[]::new);
        }
    }

    private static String[] with(String[] verb, String... more) {
        return Stream.concat(Stream.of(verb), Stream.of(more)).toArray(String[]::new);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static String latin(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** The 31 bytes before tail and bundle key, which end the file. */
    private static String secret(Path wallet) throws IOException {
        String file = latin(wallet);
        int end = file.length() - (32 + 2) - (16 + 1);
        return file.substring(end - 31, end);
    }
}
