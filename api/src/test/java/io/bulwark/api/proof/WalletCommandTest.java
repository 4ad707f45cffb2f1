package io.bulwark.api.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Said;
import io.bulwark.api.door.ExitCode;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner loses the wallet file and has it again by the browser wallet. Signatures were made with ethers 6.13.4 from what ask prints. */
@OfProof
final class WalletCommandTest {
    private static final String HOUSE = "00" + "44".repeat(31);
    private static final String ADDRESS = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private static final String OTHER_ADDRESS = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    private static final String SIGNATURE = "0x"
            + "6238c20062595ba839145d85ab7dea714061f9749126d6daef932da12b45a02f2a00ded476c627179c1707a10f"
            + "c9767f5a6738cf225ef3d588a056c9b9970aa41c";
    private static final String OF_ANOTHER_ADDRESS = "0x"
            + "479b1926d4e9aa56d92430dbf0cdb0b8217f9ca046a2bfc1fbcf6a447d74f0ef0afb156a00c4dd02763bd0a914"
            + "3d63907f8f90ad2759d6f0c9573fd5159dcdf01c";
    /** As good as the first, with another nonce. */
    private static final String SIGNED_OTHERWISE = "0x"
            + "08f8be12b9544ce9093a83208e907cee63ba4b64a710a4359c3063387bb0657b4942ab68c23350763cca20b353"
            + "2d0b76d520f8c60c8ece6acd8c5f8dbb1cdb681b";

    private static final String OF_CHAIN_10 = "0x"
            + "b8cdb5395b53065e63b4ecb76ed45686fbb1bbd1efad0473a4097aa0c5ae2a9f72b76eff9fe995a2d935c32de1"
            + "c4cd1c6d0d4f3df1a1752a9dea34a150ad289e1c";
    private static final String OF_ANOTHER_HOUSE = "0x"
            + "304ff5e4a9b98640128e5c6a44f81445093a8d6e319f79dd581c0ba08a1c32d72789e92e991901e9450c88244c"
            + "0fe02baf19cae5866720829b7c8eea24a12d381b";
    private static final String OF_THE_TEXT = "0x"
            + "ece51b9df905c273f110fd007a4df88f42e01354e4e725d7e7cd29db68e7d54f7c9436795ae40c6e5b7e46804c"
            + "6d5012edcda768010fc1d34b029f1fb6bdba171b";
    private static final String OF_A_LINK = "0x"
            + "f55ddd8103a1e0144b299a8b6897917ffd55436b05e70b7d0800b6482e0eac7356e285985022e796c19bd46a1f"
            + "4c31b9c459ae8582ec38113c6e3eb3fb061cc61c";

    /** What the signatures are of; ethers hashes it to the digest that the statement's own test pins. */
    private static final String ASKED = """
            {
              "types" : {
                "EIP712Domain" : [ {
                  "name" : "name",
                  "type" : "string"
                }, {
                  "name" : "version",
                  "type" : "string"
                }, {
                  "name" : "chainId",
                  "type" : "uint256"
                } ],
                "WalletOpening" : [ {
                  "name" : "purpose",
                  "type" : "string"
                }, {
                  "name" : "house",
                  "type" : "bytes32"
                }, {
                  "name" : "bundleKey",
                  "type" : "bytes32"
                } ]
              },
              "primaryType" : "WalletOpening",
              "domain" : {
                "name" : "Bulwark wallet",
                "version" : "1",
                "chainId" : 1
              },
              "message" : {
                "purpose" : "This signature opens your Bulwark wallet file. Whoever has both can prove in your name. \
            Sign it only in Bulwark, and show it to nobody.",
                "house" : "0x0044444444444444444444444444444444444444444444444444444444444444",
                "bundleKey" : "0x7b0d47d93427f8311160781c7c733fd89f88970aef490d8aa0ee19a4cb8a1b14"
              }
            }""";

    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    @TempDir
    private Path folder;

    private byte[] content = new byte[0];

    @BeforeEach
    void keepAWallet() throws IOException {
        content = CanonicalValue.array(
                        CanonicalValue.text("bulwark-owner-key"),
                        CanonicalValue.integer(2),
                        CanonicalValue.integer(3),
                        CanonicalValue.bytes(HexFormat.of().parseHex("11".repeat(31))),
                        CanonicalValue.bytes(HexFormat.of().parseHex("22".repeat(16))),
                        CanonicalValue.bytes(HexFormat.of().parseHex("33".repeat(32))))
                .encode();
        secret("wallet", content);
        secret("signature", SIGNATURE);
        secret("again", SIGNATURE + "\n");
    }

    @Test
    void shouldAskForWhatWalletsSign() {
        Said asked = Said.by("proof", "wallet", "ask", at("wallet"), "--house", HOUSE);
        assertEquals(new Said(ExitCode.OK, ASKED + System.lineSeparator(), ""), asked);
        said(lock());
        Said again = Said.by("proof", "wallet", "ask", at("locked"));
        assertEquals(asked.out(), again.out(), "the locked file asks for the same");
        assertTrue(again.err().contains(ADDRESS), again.err());
        refuses("--house: must be given", "ask", at("wallet"));
        refuses("--chain: must be left out", "ask", at("locked"), "--chain", "1");
        refuses("chainId must be at least 1", "ask", at("wallet"), "--house", HOUSE, "--chain", "0");
    }

    @Test
    void shouldGiveALostWalletBack() throws IOException {
        String words = said(lock());
        assertTrue(words.contains("opens with a signature of " + ADDRESS + " for chain 1"), words);
        String kept = Files.readString(folder.resolve("locked"), StandardCharsets.ISO_8859_1);
        for (String part : List.of("1111", "2222", "3333")) {
            assertFalse(kept.contains(latin(part.repeat(2))), "no byte of what is locked");
        }
        Files.delete(folder.resolve("wallet"));
        said(open("signature"));
        assertArrayEquals(content, Files.readAllBytes(folder.resolve("wallet")));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("wallet"))));
        refuses("must not be there yet: nothing is written over", open("signature"));
    }

    @Test
    void shouldRefuseEverySignatureButTheOne() throws IOException {
        said(lock());
        Files.delete(folder.resolve("wallet"));
        for (String other : List.of(OF_CHAIN_10, OF_ANOTHER_HOUSE, OF_THE_TEXT, OF_A_LINK)) {
            secret("other", other);
            refuses(ADDRESS + " must sign for chain 1 and house " + HOUSE + ": signature must be of", open("other"));
        }
        secret("other", OF_ANOTHER_ADDRESS);
        refuses("--signature: " + ADDRESS + " must sign", open("other"));
        refuses("it is of " + OTHER_ADDRESS, open("other"));
        secret("other", SIGNED_OTHERWISE);
        refuses("must be as it was locked", open("other"));
        secret("other", mirrored());
        refuses("must have the lower s", open("other"));
        assertFalse(Files.exists(folder.resolve("wallet")), "nothing is written");
    }

    @Test
    void shouldLockWithNoSignatureThatCouldNotOpen() throws IOException {
        for (String other : List.of(OF_ANOTHER_ADDRESS, OF_CHAIN_10, OF_ANOTHER_HOUSE, OF_A_LINK)) {
            secret("signature", other);
            secret("again", other);
            refuses("--signature: " + ADDRESS + " must sign", lock());
        }
        secret("signature", SIGNATURE);
        secret("again", OF_ANOTHER_ADDRESS);
        refuses("--again: " + ADDRESS + " must sign", lock());
        secret("again", SIGNED_OTHERWISE);
        refuses(
                "--again: second signature must be the same bytes as the first: " + ADDRESS + " signs otherwise",
                lock());
        secret("again", mirrored());
        refuses("--again: " + ADDRESS + " must sign", lock());
        secret("signature", "0x" + "ab".repeat(194));
        refuses("must have 65 bytes; has 194 (a contract's signature, ERC-1271", lock());
        secret("signature", SIGNATURE);
        refuses("must be another file than --signature", lock("--again", at("signature")));
        refuses("--address: address must be 0x and 40", lock("--address", "0xF39F"));
        assertFalse(Files.exists(folder.resolve("locked")), "nothing is written");
    }

    @Test
    void shouldTakeSignaturesFromFilesThatOthersMayNotRead() throws IOException {
        refuses("--signature: must name a file that holds the signature", lock("--signature", SIGNATURE));
        refuses("--signature: must name a file", lock("--signature", SIGNATURE.substring(2)));
        Files.setPosixFilePermissions(folder.resolve("signature"), PosixFilePermissions.fromString("rw-r--r--"));
        refuses("must be readable by its owner alone (0600)", lock());
        secret("signature", SIGNATURE + " and more");
        refuses("must hold 0x and hexadecimal digits", lock());
        Files.setPosixFilePermissions(folder.resolve("wallet"), PosixFilePermissions.fromString("rw-r--r--"));
        refuses("must be readable by its owner alone (0600)", lock());
    }

    @Test
    void shouldSayOfAFileThatItIsNotAsItWasLocked() throws IOException {
        said(lock());
        Files.delete(folder.resolve("wallet"));
        byte[] file = Files.readAllBytes(folder.resolve("locked"));
        for (int place : new int[] {30, 100, 110, 130, 200, file.length - 1}) {
            byte[] changed = file.clone();
            changed[place] ^= 1;
            Files.write(folder.resolve("locked"), changed);
            refuses("must be as it was locked", open("signature"));
            refuses("must be as it was locked", "ask", at("locked"));
        }
        Files.write(folder.resolve("locked"), content);
        refuses("must be as it was locked", open("signature"));
    }

    private String[] lock(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("lock", at("wallet"), "--house", HOUSE, "--address", ADDRESS, "--signature", at("signature")));
        arguments.addAll(List.of("--again", at("again"), "--out", at("locked")));
        for (int i = 0; i < more.length; i += 2) {
            arguments.set(arguments.indexOf(more[i]) + 1, more[i + 1]);
        }
        return arguments.toArray(String[]::new);
    }

    private String[] open(String signature) {
        return new String[] {"open", at("locked"), "--signature", at(signature), "--out", at("wallet")};
    }

    /** The other signature that everybody can make of a good one. */
    private static String mirrored() {
        BigInteger s = new BigInteger(SIGNATURE.substring(66, 130), 16);
        String v = SIGNATURE.endsWith("1b") ? "1c" : "1b";
        return SIGNATURE.substring(0, 66) + "%064x".formatted(ORDER.subtract(s)) + v;
    }

    private static String latin(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private void secret(String name, String text) throws IOException {
        secret(name, text.getBytes(StandardCharsets.US_ASCII));
    }

    private void secret(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String said(String... arguments) {
        Said said = by(arguments);
        assertEquals(ExitCode.OK, said.code(), said.err());
        return said.out();
    }

    private static void refuses(String words, String... arguments) {
        Said said = by(arguments);
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains(words), said.err());
    }

    /** Whatever is said, secret and signature are not. */
    private static Said by(String... arguments) {
        Said said = Said.by(Stream.concat(Stream.of("proof", "wallet"), Stream.of(arguments))
                .toArray(String[]::new));
        for (String part : List.of("11111111", "22222222", "33333333", SIGNATURE.substring(2, 18))) {
            assertFalse((said.out() + said.err()).contains(part), said.toString());
        }
        return said;
    }
}
