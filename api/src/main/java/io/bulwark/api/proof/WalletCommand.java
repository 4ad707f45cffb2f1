package io.bulwark.api.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.door.TypedDataJson;
import io.bulwark.api.house.PinnedHouse;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.WalletOpening;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.wallet.LockedWallet;
import io.bulwark.prover.wallet.OwnerWallet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An owner's wallet file, locked with a browser wallet's signature and opened with it again. Needs no house. */
@Command(
        name = "wallet",
        description = {
            "Locks an owner's wallet file with a signature of a browser wallet, for who loses the file and not the browser wallet.",
            "ask prints what is to be signed; lock wraps the wallet, open gives it back. Signatures are read from files of mode 0600.",
            "Exit code 0: done; 2: refused by field and rule. See docs/prove-at-home.md."
        },
        synopsisSubcommandLabel = "STEP")
final class WalletCommand extends StepCommand {
    private static final long WALLET_BYTES_MAX = 4 << 10;
    private static final long SIGNATURE_BYTES_MAX = 32 << 10;
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SIGNATURE = Pattern.compile("0x(?:[0-9a-fA-F]{2})+");

    @Command(
            name = "ask",
            description = "Prints the typed data (EIP-712) that a browser wallet signs by eth_signTypedData_v4.")
    int ask(
            @Parameters(
                            paramLabel = "FILE",
                            description = "A wallet that is to be locked, or a locked one that is to be opened.")
                    Path file,
            @Option(
                            names = "--house",
                            paramLabel = "HEX|NAME",
                            description =
                                    "The wallet's house: its identity, or its name in houses.json. Not for a locked one.")
                    @Nullable
                    String house,
            @Option(
                            names = "--chain",
                            paramLabel = "ID",
                            description =
                                    "EIP-155 number of the chain that the browser wallet signs for. Default: 1. Not for a locked one.")
                    @Nullable
                    Long chain) {
        byte[] content = InputFile.bytes(file, WALLET_BYTES_MAX);
        if (!LockedWallet.isEncoded(content)) {
            if (house == null) {
                throw new BadInput("--house", "", "must be given for a wallet that is not locked");
            }
            out().println(TypedDataJson.of(opening(wallet(file), house, chain)));
            return ExitCode.OK;
        }
        if (house != null || chain != null) {
            throw new BadInput(house != null ? "--house" : "--chain", "", "must be left out: the locked file says it");
        }
        LockedWallet locked = locked(file);
        out().println(TypedDataJson.of(locked.opening()));
        err().println("must be signed by " + locked.address());
        return ExitCode.OK;
    }

    @Command(
            name = "lock",
            description = {
                "Wraps a wallet under a key that is derived from an address's signature, asked for twice: an address that signs otherwise",
                "each time, and a contract wallet, are refused, because they could not open it again."
            })
    int lock(
            @Parameters(paramLabel = "WALLET", description = "The wallet. It stays as it is.") Path file,
            @Option(
                            names = "--house",
                            paramLabel = "HEX|NAME",
                            required = true,
                            description = "The wallet's house, as it was asked with.")
                    String house,
            @Option(names = "--chain", paramLabel = "ID", description = "The chain, as it was asked with. Default: 1.")
                    @Nullable
                    Long chain,
            @Option(
                            names = "--address",
                            paramLabel = "0x…",
                            required = true,
                            description = "Who signed: 0x and 40 lower-case hexadecimal digits.")
                    String address,
            @Option(
                            names = "--signature",
                            paramLabel = "FILE",
                            required = true,
                            description =
                                    "The signature: 0x and 130 hexadecimal digits, in a file that you alone may read.")
                    String signature,
            @Option(
                            names = "--again",
                            paramLabel = "FILE",
                            required = true,
                            description =
                                    "What the browser wallet gave when it was asked a second time, in another file.")
                    String again,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            required = true,
                            description = "Where the locked wallet goes.")
                    Path target) {
        OwnerWallet wallet = wallet(file);
        WalletOpening opening = opening(wallet, house, chain);
        ChainAddress signer = BadInput.refusing("--address", "", () -> new ChainAddress(address));
        byte[] first = signature("--signature", signature);
        byte[] second = signature("--again", again);
        requireTwoFiles(Path.of(signature), Path.of(again));
        BadInput.refusing("--signature", "", () -> opening.signed(signer, first));
        LockedWallet locked = BadInput.refusing(
                "--again", "", () -> LockedWallet.lock(wallet, opening, signer, first, second, new SecureRandom()));
        byte[] encoding = locked.encode();
        if (!Arrays.equals(
                wallet.encode(), LockedWallet.decode(encoding).open(first).encode())) {
            throw new IllegalStateException("a wallet just locked must open again");
        }
        write(target, encoding);
        out().println("wallet of account " + wallet.number() + " locked, written to " + target);
        out().println("  opens with a signature of " + signer + " for chain " + opening.chainId());
        return ExitCode.OK;
    }

    @Command(name = "open", description = "Gives back a wallet that was locked.")
    int open(
            @Parameters(paramLabel = "FILE", description = "The locked wallet.") Path file,
            @Option(
                            names = "--signature",
                            paramLabel = "FILE",
                            required = true,
                            description =
                                    "The signature of what ask prints of the locked wallet, in a file that you alone may read.")
                    String signature,
            @Option(
                            names = "--out",
                            paramLabel = "WALLET",
                            required = true,
                            description = "Where the wallet goes, readable by you alone. Nothing is written over.")
                    Path target) {
        LockedWallet locked = locked(file);
        byte[] signed = signature("--signature", signature);
        BadInput.refusing("--signature", "", () -> locked.opening().signed(locked.address(), signed));
        OwnerWallet wallet = BadInput.refusing("FILE", file.toString(), () -> locked.open(signed));
        write(target, wallet.encode());
        out().println("wallet of account " + wallet.number() + ", written to " + target);
        return ExitCode.OK;
    }

    private static WalletOpening opening(OwnerWallet wallet, String house, @Nullable Long chain) {
        Digest named = PinnedHouse.named("--house", house);
        return BadInput.refusing("--chain", "", () -> LockedWallet.opening(wallet, named, chain == null ? 1 : chain));
    }

    private static OwnerWallet wallet(Path file) {
        byte[] content = InputFile.secretBytes(file, WALLET_BYTES_MAX);
        return BadInput.refusing("WALLET", file.toString(), () -> OwnerWallet.decode(content));
    }

    private static LockedWallet locked(Path file) {
        byte[] content = InputFile.bytes(file, LockedWallet.BYTES_MAX);
        return BadInput.refusing("FILE", file.toString(), () -> LockedWallet.decode(content));
    }

    /** The signature in a file. Who wrote the signature in the file's place is not shown it again. */
    private static byte[] signature(String option, String file) {
        if (DIGITS.matcher(file).find() && !Files.exists(Path.of(file))) {
            throw new BadInput(
                    option, "", "must name a file that holds the signature: what stands on a command line, others see");
        }
        String text = new String(InputFile.secretBytes(Path.of(file), SIGNATURE_BYTES_MAX), US_ASCII).strip();
        if (!SIGNATURE.matcher(text).matches()) {
            throw new BadInput(option, file, "must hold 0x and hexadecimal digits, two a byte, and nothing else");
        }
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    private static void requireTwoFiles(Path signature, Path again) {
        try {
            if (Files.isSameFile(signature, again)) {
                throw new BadInput(
                        "--again", again.toString(), "must be another file than --signature, from a second signing");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("signature file " + again, e);
        }
    }

    /** Readable by its owner alone, and never over something that is there. */
    private static void write(Path target, byte[] content) {
        try {
            Files.createFile(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new BadInput("--out", target.toString(), "must not be there yet: nothing is written over");
        } catch (IOException e) {
            throw new UncheckedIOException("file " + target, e);
        }
        try (FileChannel channel = FileChannel.open(target, Set.of(StandardOpenOption.WRITE))) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("file " + target, e);
        }
    }
}
