package io.bulwark.api.access;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.evm.ContractWallet;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The one chain on which the owners of this house have their contract wallets: {@code contract-wallets.json} of the home says which, and
 * where a node of it answers: {@code {"chain": N, "node": URL}}. One, because an address says nothing of its chain: on another, somebody
 * else's contract may stand at it.
 */
final class WalletChain implements ContractWallets, AutoCloseable {
    private static final String FILE = "contract-wallets.json";
    private static final int BYTES_MAX = 10_000;
    private static final int TEXT_MAX = 4_096;
    private static final long CHAIN_MAX = (1L << 53) - 1;
    private static final int READS_A_SECOND = 100;

    /** Whoever comes has a contract asked before he is known: so many at once, and no more wait than these. */
    private static final int AT_ONCE = 4;

    private static final int PATIENCE_SECONDS = 5;

    private final long chain;
    private final Optional<ContractWallet> wallets;
    private final Semaphore asking = new Semaphore(AT_ONCE);

    private WalletChain(long chain, Optional<ContractWallet> wallets) {
        this.chain = chain;
        this.wallets = wallets;
    }

    /**
     * What a home says.
     *
     * @throws BadInput if others may read the file, since an address may hold a key, or it says what cannot be; the address is not said
     */
    static WalletChain of(Home home) {
        Path file = home.folder().resolve(FILE);
        if (!Files.exists(file)) {
            return new WalletChain(1, Optional.empty());
        }
        try {
            JsonFields fields = JsonFields.read(InputFile.secretBytes(file, BYTES_MAX));
            long chain = fields.wholeNumber("chain", 1, CHAIN_MAX);
            URI node = node(fields.text("node", TEXT_MAX));
            nothingElse(fields);
            return new WalletChain(
                    chain, Optional.of(new ContractWallet(chain, node, ReadBudget.perSecond(READS_A_SECOND))));
        } catch (BadInput e) {
            boolean ofFile = e.field().equals("FILE");
            boolean named = !ofFile && !e.field().equals("body");
            throw new BadInput(
                    named ? FILE + ": " + e.field() : FILE,
                    ofFile || e.field().equals("chain") ? e.value() : "",
                    e.rule());
        }
    }

    private static URI node(String text) {
        try {
            URI node = new URI(text);
            if (node.getHost() != null && ("http".equals(node.getScheme()) || "https".equals(node.getScheme()))) {
                return node;
            }
        } catch (URISyntaxException e) {
            // Said below, without the address.
        }
        throw new BadInput("node", "", "must be http:// or https:// with a host");
    }

    private static void nothingElse(JsonFields fields) {
        try {
            fields.nothingElse();
        } catch (BadInput e) {
            throw new BadInput(e.field(), "", e.rule());
        }
    }

    /** EIP-155 number of the chain; 1 where none is named. */
    long chainId() {
        return chain;
    }

    /** Asks at the newest finalised block of this chain, whichever a consent's domain names: a consent is on none. */
    @Override
    public Optional<String> objection(long signedFor, ChainAddress wallet, Digest digest, byte[] signature) {
        if (wallets.isEmpty()) {
            return Optional.of(
                    "a contract wallet must be asked on its chain, and this house names no node of one: " + FILE);
        }
        try {
            if (!asking.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of("must be asked again in a moment: other contracts are being asked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("must be asked again: the house is being stopped");
        }
        try {
            return wallets.get().objection(chain, wallet, digest, signature);
        } finally {
            asking.release();
        }
    }

    /** Asks of a statement that names the chain of its wallet: this one, and of no other. */
    Optional<String> objectionOn(long named, ChainAddress wallet, Digest digest, byte[] signature) {
        return wallets.isPresent() && named != chain
                ? Optional.of("must be of chain " + chain
                        + ", on which this house asks contract wallets; it is of chain " + named)
                : objection(named, wallet, digest, signature);
    }

    @Override
    public void close() {
        wallets.ifPresent(ContractWallet::close);
    }
}
