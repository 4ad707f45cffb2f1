package io.bulwark.journey;

import static io.bulwark.journey.Program.refused;
import static io.bulwark.journey.Program.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.inquiry.HouseFile;
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
        owner.isAcceptedOnce();
        owner.isRefusedWithAnotherWalletOrAnotherByte();
        assertFalse(Files.exists(owner.nowhere), "nothing at home asked for the house");
    }

    private void takesHome(Path house) throws IOException, InterruptedException {
        said(0, house, "bundle", "--account", ACCOUNT, "--out", at("account.bundle"));
        said(0, house, "export", "--house", at("house.json"));
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
        refused(2, house, "its owner's key must be kept", "prove", "--account", ACCOUNT);
    }

    private void provesWithoutTheHouse() throws IOException, InterruptedException {
        String checked =
                said(0, nowhere, "bundle", "check", "--bundle", at("account.bundle"), "--wallet", at("wallet"));
        assertTrue(checked.contains("sealed as this account's own lots give them, all four"), checked);
        refused(
                2,
                nowhere,
                "recipient",
                "bundle",
                "check",
                "--bundle",
                at("account.bundle"),
                "--wallet",
                at("foreign"));
        String proved = said(0, nowhere, prove("account.bundle", "wallet", "--out", at("proof.json")));
        assertTrue(proved.contains("proved: some account of the prover has at least 0.0000 USD"), proved);
        said(0, nowhere, prove("account.bundle", "wallet", "--claim", "initial-margin", "--out", at("another.json")));
    }

    private void isAcceptedOnce() throws IOException, InterruptedException {
        isOfThisHousesQuorumOnly();
        refused(1, nowhere, "epoch 2 is stale: the oldest that is taken is 3", verify("proof.json", "3"));
        String accepted = said(0, nowhere, verify("proof.json", "2"));
        assertTrue(accepted.contains("accepted: some account of the prover"), accepted);
        refused(1, nowhere, "nullifier was accepted before", verify("proof.json", "2"));
        refused(1, nowhere, "nullifier was accepted before", verify("another.json", "2"));
        assertEquals(1, Files.readAllLines(folder.resolve("accepted.txt")).size());
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
        refused(2, nowhere, "statements[0].signatures[0].signature", verify("proof.json", "2"));
        Files.writeString(file, epochs);
        String[] other = Stream.concat(
                        Stream.of(verify("proof.json", "2")), Stream.of("--house", "00" + "07".repeat(31)))
                .toArray(String[]::new);
        refused(1, nowhere, "epochs must be of house 0007", other);
    }

    private void isRefusedWithAnotherWalletOrAnotherByte() throws IOException, InterruptedException {
        refused(2, nowhere, "recipient must be this wallet's bundle key", prove("account.bundle", "foreign"));
        byte[] changed = Files.readAllBytes(folder.resolve("account.bundle"));
        changed[changed.length / 2] ^= 1;
        Files.write(folder.resolve("changed.bundle"), changed);
        refused(2, nowhere, "ciphertext must be as it was encrypted", prove("changed.bundle", "wallet"));
        refused(
                2,
                nowhere,
                "must be of the epoch " + "01".repeat(32),
                prove("account.bundle", "wallet", "--seal", "01".repeat(32)));
    }

    private String[] prove(String bundle, String wallet, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "prove",
                "--bundle",
                at(bundle),
                "--wallet",
                at(wallet),
                "--keys",
                at("keys"),
                "--verifier",
                "https://bank.example",
                "--purpose",
                "loan"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private String[] verify(String proof, String oldest) throws IOException {
        Path key;
        try (Stream<Path> files = Files.walk(folder.resolve("keys"))) {
            key = files.filter(file -> file.toString().endsWith(".vk"))
                    .findFirst()
                    .orElseThrow();
        }
        return new String[] {
            "verify",
            at(proof),
            "--key",
            key.toString(),
            "--house-file",
            at("house.json"),
            "--oldest-epoch",
            oldest,
            "--nullifiers",
            at("accepted.txt")
        };
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
