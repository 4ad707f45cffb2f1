package io.bulwark.api.chain;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmAccount.Mined;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The node of a chain and the account that pays there: options that every step has that sends a transaction. */
public final class ChainSender {
    private static final String NAME = "chain";
    private static final Pattern REVERTED = Pattern.compile("execution reverted: ([A-Za-z0-9_ :]{1,100})");
    private static final int QUESTIONS_A_SECOND = 20;

    @Option(names = "--node", required = true, paramLabel = "URL", description = "A node of the chain.")
    @SuppressWarnings("NullAway.Init")
    private String node;

    @Option(names = "--chain", required = true, paramLabel = "N", description = "EIP-155 number of the chain.")
    private long chain;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Payer payer;

    @Option(
            names = "--fee-max",
            paramLabel = "GWEI",
            description = "Most that a gas may cost; above it nothing is sent. Default: ${DEFAULT-VALUE}.")
    private long feeMaxGwei = 200;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long to wait for a block. Default: ${DEFAULT-VALUE}.")
    private long patienceSeconds = 300;

    /** Where the key is of the account that pays; it is never an argument, which others on the machine could read. */
    private static final class Payer {
        @Option(
                names = "--key-file",
                paramLabel = "FILE",
                description = "The secp256k1 key that pays: 64 hexadecimal digits, readable by its owner alone (0600).")
        private @Nullable Path file;

        @Option(names = "--key-env", paramLabel = "NAME", description = "The environment variable that holds it.")
        private @Nullable String variable;
    }

    /** What is done with the account while the node's connection is open. */
    public interface Act<T> {
        /** Does it. */
        T with(EvmAccount account, EvmNode node) throws VenueException;
    }

    /** EIP-155 number of the chain. */
    public long chain() {
        return chain;
    }

    /**
     * Opens the connection, acts, and closes it.
     *
     * @throws BadInput if the key is none, or the node refuses, in the contract's own word where it has one
     */
    public <T> T ask(Act<T> act) {
        EvmAccount.Limits limits = limits();
        ChainKey key = key();
        return reading(node, chain, open -> act.with(new EvmAccount(NAME, open, chain, key, limits), open));
    }

    /** What is asked while a node's connection is open. */
    public interface Question<T> {
        /** Asks it. */
        T of(EvmNode node) throws VenueException;
    }

    /**
     * Opens the connection, asks, and closes it; nobody pays.
     *
     * @throws BadInput if the node refuses, in the contract's own word where it has one
     */
    public static <T> T reading(String node, long chain, Question<T> question) {
        try (EvmNode open = new EvmNode(
                NAME, chain, new VenueTransport(NAME, endpoint(node), ReadBudget.perSecond(QUESTIONS_A_SECOND)))) {
            return question.of(open);
        } catch (VenueException e) {
            String message = String.valueOf(e.getMessage());
            throw new BadInput(
                    "--node",
                    "of chain " + chain,
                    RegistryCalls.refusal(message)
                            .or(() -> reason(message))
                            .map(name -> "the contract refuses: " + name)
                            .orElse(message));
        } catch (PayloadRefused e) {
            throw new BadInput("--node", "of chain " + chain, String.valueOf(e.getMessage()));
        }
    }

    /** What a contract says in words when it reverts. */
    private static Optional<String> reason(String message) {
        Matcher reverted = REVERTED.matcher(message);
        return reverted.find() ? Optional.of(reverted.group(1)) : Optional.empty();
    }

    private EvmAccount.Limits limits() {
        return BadInput.refusing(
                "--fee-max, --patience",
                "",
                () -> new EvmAccount.Limits(feeMaxGwei, Duration.ofSeconds(patienceSeconds)));
    }

    private ChainKey key() {
        try {
            if (payer.file != null) {
                return ChainKey.kept(payer.file);
            }
            String secret = System.getenv(String.valueOf(payer.variable));
            if (secret == null) {
                throw new BadInput("--key-env", String.valueOf(payer.variable), "must be set");
            }
            return ChainKey.of(secret);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new BadInput("the key that pays", "not shown", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Where a node answers. An address may hold a key: no error repeats it.
     *
     * @throws BadInput if it is no address
     */
    public static URI endpoint(String node) {
        try {
            URI uri = new URI(node);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below, without what was given.
        }
        throw new BadInput("--node", "not shown", "must be an http or https address");
    }

    /**
     * An address given as an option.
     *
     * @throws BadInput if it is none
     */
    public static ChainAddress address(String option, String text) {
        try {
            return new ChainAddress(text);
        } catch (IllegalArgumentException e) {
            throw new BadInput(option, text, "must be 0x and 40 lower-case hexadecimal digits");
        }
    }

    /**
     * Tells a registry of sealed epochs by itself, one after the other, in a thread of its own: what fails is said and holds nobody up, for
     * epochs may come in any order and with gaps. Which registry, {@code registry.json} of the home says: {@code {"node": URL, "chain": N,
     * "registry": ADDRESS, "key.file": PATH}}.
     */
    public static final class HeadPosts implements AutoCloseable {
        private static final String FILE = "registry.json";
        private static final int TEXT_MAX = 4_096;
        private static final EvmAccount.Limits LIMITS = new EvmAccount.Limits(200, Duration.ofMinutes(5));

        private final ExecutorService posting = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("heads").factory());
        private final Place place;
        private final ChainKey payer;
        private final Consumer<String> say;

        private record Place(String node, long chain, ChainAddress registry, Optional<Path> key) {}

        private HeadPosts(Place place, ChainKey payer, Consumer<String> say) {
            this.place = place;
            this.payer = payer;
            this.say = say;
        }

        /**
         * What a home says of its registry; empty where it names none, or nobody who pays, which is said.
         *
         * @param say takes a line for people
         * @throws BadInput naming the file and the field
         */
        public static Optional<HeadPosts> of(Home home, Consumer<String> say) {
            Path file = home.folder().resolve(FILE);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Place place = JsonFields.ofFile(file, fields -> place(file, fields));
            if (place.key().isEmpty()) {
                say.accept("registry " + place.registry().text() + " is not told of epochs: " + FILE
                        + " names no key that pays (key.file)");
                return Optional.empty();
            }
            try {
                return Optional.of(
                        new HeadPosts(place, ChainKey.kept(place.key().get()), say));
            } catch (IllegalStateException | IllegalArgumentException e) {
                throw new BadInput(file + ": key.file", "not shown", String.valueOf(e.getMessage()));
            }
        }

        private static Place place(Path file, JsonFields fields) {
            String node = fields.text("node", TEXT_MAX);
            endpoint(node);
            Place place = new Place(
                    node,
                    fields.wholeNumber("chain", 1, Long.MAX_VALUE),
                    address("registry", fields.text("registry", TEXT_MAX)),
                    fields.has("key.file")
                            ? Optional.of(file.toAbsolutePath().resolveSibling(fields.text("key.file", TEXT_MAX)))
                            : Optional.empty());
            fields.nothingElse();
            return place;
        }

        /**
         * Has an epoch published, after those before.
         *
         * @param signatures 65 bytes each in the order of the signers' addresses
         */
        public void post(long number, Digest digest, byte[] signatures) {
            posting.execute(() -> {
                try {
                    Mined mined = reading(place.node(), place.chain(), node -> {
                        long set = node.newest(EvmCall.of(place.registry().text(), RegistryCalls.NODE_SET))
                                .<Long>get(0);
                        return new EvmAccount(NAME, node, place.chain(), payer, LIMITS)
                                .send(
                                        Optional.of(place.registry()),
                                        RegistryCalls.publication(number, digest, set, signatures));
                    });
                    say.accept("epoch " + number + " stands in registry "
                            + place.registry().text() + " of chain " + place.chain() + ", block " + mined.block());
                } catch (BadInput refused) {
                    say.accept(
                            refused.rule().endsWith(": Known")
                                    ? "epoch " + number + " stands in registry "
                                            + place.registry().text() + " already"
                                    : "epoch " + number + " is NOT in registry "
                                            + place.registry().text() + ": " + refused.rule());
                }
            });
        }

        /** Waits for what was handed over. */
        @Override
        public void close() {
            posting.shutdown();
            try {
                if (!posting.awaitTermination(LIMITS.patience().toSeconds(), TimeUnit.SECONDS)) {
                    posting.shutdownNow();
                }
            } catch (InterruptedException e) {
                posting.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }
}
