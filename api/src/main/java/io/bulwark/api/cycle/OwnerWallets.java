package io.bulwark.api.cycle;

import io.bulwark.prover.commitment.OwnerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of owners who keep them on this machine, one file each, readable by this user only. The house itself needs only the
 * commitments that are in the leaves.
 *
 * @param folder where the files lie
 */
public record OwnerWallets(Path folder) {
    /** The key of an account, if its owner keeps it here. */
    public Optional<OwnerKey> find(int account) {
        try {
            return Files.exists(file(account))
                    ? Optional.of(OwnerKey.decode(Files.readAllBytes(file(account))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("owner key of account " + account, e);
        }
    }

    /** The key of an account, drawn and kept if there is none. It is on disk before anything commits to it. */
    public OwnerKey keep(int account, SecureRandom random) {
        return find(account).orElseGet(() -> {
            OwnerKey key = OwnerKey.draw(random);
            store(account, key);
            return key;
        });
    }

    private void store(int account, OwnerKey key) {
        Path unfinished = folder.resolve("account-" + account + ".key.new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(unfinished, Set.of(StandardOpenOption.WRITE))) {
                channel.write(ByteBuffer.wrap(key.encode()));
                channel.force(true);
            }
            Files.move(unfinished, file(account), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("owner key of account " + account, e);
        }
    }

    private Path file(int account) {
        return folder.resolve("account-" + account + ".key");
    }
}
