package io.bulwark.house.founding;

import io.bulwark.clearing.document.DurableFile;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.wallet.OwnerWallet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The wallets of owners who keep them on this machine, one file each, readable by this user only. The house itself needs only the
 * commitments that are in the leaves, and the public keys that bundles are encrypted to: a wallet may be moved to its owner's machine.
 *
 * @param folder where the files lie
 */
public record OwnerWallets(Path folder) {
    /** The key of an account, if its owner keeps it here. */
    public Optional<OwnerKey> find(int account) {
        return bytes(account)
                .map(file -> read(file, account, new SecureRandom()).key());
    }

    /**
     * The wallet of an account, drawn and kept if there is none. It is on disk before anything commits to it. One of version 1, which
     * could not read bundles, gets a bundle key.
     */
    public OwnerWallet keep(int account, SecureRandom random) {
        Optional<byte[]> file = bytes(account);
        OwnerWallet wallet = file.map(bytes -> read(bytes, account, random))
                .orElseGet(() -> OwnerWallet.around(OwnerKey.draw(random), account, random));
        if (!Arrays.equals(file.orElseGet(() -> new byte[0]), wallet.encode())) {
            store(account, wallet);
        }
        return wallet;
    }

    private Optional<byte[]> bytes(int account) {
        try {
            return Files.exists(file(account)) ? Optional.of(Files.readAllBytes(file(account))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("owner key of account " + account, e);
        }
    }

    private static OwnerWallet read(byte[] file, int account, SecureRandom random) {
        return OwnerKey.isEncoded(file)
                ? OwnerWallet.around(OwnerKey.decode(file), account, random)
                : OwnerWallet.decode(file);
    }

    private void store(int account, OwnerWallet wallet) {
        try {
            DurableFile.write(file(account), wallet.encode());
        } catch (IOException e) {
            throw new UncheckedIOException("owner key of account " + account, e);
        }
    }

    private Path file(int account) {
        return folder.resolve("account-" + account + ".key");
    }
}
