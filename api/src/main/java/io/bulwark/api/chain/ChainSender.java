package io.bulwark.api.chain;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.house.founding.Home;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The node of a chain and the account that pays there: options that every step has that sends a transaction. */
public final class ChainSender {
    /** How a refusal by a contract begins; its name follows. */
    static final String REFUSES = "the contract refuses: ";

    /** How a node is called in errors. */
    static final String NAME = "chain";

    private static final Pattern REVERTED = Pattern.compile("execution reverted: ([A-Za-z0-9_ :]{1,100})");
    private static final Pattern POOR = Pattern.compile("(?i)insufficient funds|insufficient balance");
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
                            .map(name -> REFUSES + name)
                            .or(() -> reason(message))
                            .orElse(message));
        } catch (PayloadRefused e) {
            throw new BadInput("--node", "of chain " + chain, String.valueOf(e.getMessage()));
        }
    }

    /** What a contract says in words when it reverts, or a node of an account that cannot pay. */
    private static Optional<String> reason(String message) {
        if (POOR.matcher(message).find()) {
            return Optional.of("the account that pays must have enough for the gas");
        }
        Matcher reverted = REVERTED.matcher(message);
        return reverted.find() ? Optional.of(REFUSES + reverted.group(1)) : Optional.empty();
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

    /** Where a registry stands, and where the key is of the account that pays there, if one does. */
    record Place(String node, long chain, ChainAddress registry, Optional<Path> key) {
        private static final int TEXT_MAX = 4_096;

        /**
         * What a file says of it.
         *
         * @throws BadInput naming the file and the field
         */
        static Place of(Path file) {
            return JsonFields.ofFile(file, fields -> of(file, fields));
        }

        private static Place of(Path file, JsonFields fields) {
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
    }

    /**
     * Keeps a registry told of sealed epochs by itself, in a thread of its own: one after the other, those that it missed while nobody
     * reached it too; before the first that a new list of nodes signed, that list. What fails is said once, holds nobody up, and
     * is tried again. Which registry, {@code registry.json} of the home says: {@code {"node": URL, "chain": N, "registry": ADDRESS,
     * "key.file": PATH}}.
     */
    public static final class HeadPosts implements AutoCloseable {
        private static final String FILE = "registry.json";
        private static final Duration PATIENCE = Duration.ofMinutes(5);
        private static final long LOOK_MILLIS = 1_000;
        private static final long REST_MILLIS = 60_000;

        private final RegistryPosts posts;
        private final Semaphore wake = new Semaphore(0);
        private final Thread thread;
        private volatile boolean closing;

        /** What is posted. */
        public interface Source {
            /** The number of the last sealed epoch; 0 before the first. */
            long last();

            /** A sealed epoch, with the signatures that contracts take; empty if it is not here. */
            Optional<Head> head(long number);

            /** The lists of nodes, the first first; empty where no nodes keep the house. */
            default List<NodeList> lists() {
                return List.of();
            }

            /**
             * Signs a hand-over, and has the other nodes sign it.
             *
             * @param between the list before, and the one that follows
             * @return what has been signed by now, by anybody
             */
            default List<ChainSignature> handOver(OfAct act, List<NodeList> between) {
                return List.of();
            }
        }

        /**
         * An epoch as it is posted.
         *
         * @param sealed the epoch
         * @param signatures on it, in any order
         */
        public record Head(SealedEpoch sealed, List<ChainSignature> signatures) {
            /** Copies. */
            public Head {
                signatures = List.copyOf(signatures);
            }
        }

        private HeadPosts(RegistryPosts posts) {
            this.posts = posts;
            this.thread = Thread.ofPlatform().daemon().name("heads").start(this::work);
        }

        /**
         * What a home says of its registry; empty where it names none, or nobody who pays and nobody who signs hand-overs, which is said.
         *
         * @param say takes a line for people
         * @throws BadInput naming the file and the field
         */
        public static Optional<HeadPosts> of(Home home, Source source, Consumer<String> say) {
            Path file = home.folder().resolve(FILE);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Place place = Place.of(file);
            if (place.key().isEmpty()) {
                boolean signs = !source.lists().isEmpty();
                say.accept("registry " + place.registry().text() + " is not told of epochs: " + FILE
                        + " names no key that pays (key.file)"
                        + (signs ? "; this node signs what hands it over to the next list" : ""));
                return signs
                        ? Optional.of(new HeadPosts(new RegistryPosts(place, Optional.empty(), source, say)))
                        : Optional.empty();
            }
            try {
                ChainKey payer = ChainKey.kept(place.key().get());
                return Optional.of(new HeadPosts(new RegistryPosts(place, Optional.of(payer), source, say)));
            } catch (IllegalStateException | IllegalArgumentException e) {
                throw new BadInput(file + ": key.file", "not shown", String.valueOf(e.getMessage()));
            }
        }

        /** An epoch was sealed: whoever says nothing is looked at every second. */
        public void look() {
            wake.release();
        }

        private void work() {
            try {
                long rest = LOOK_MILLIS;
                while (true) {
                    boolean last = closing;
                    boolean done = posts.turn();
                    if (last) {
                        return;
                    }
                    rest = done ? LOOK_MILLIS : Math.min(2 * rest, REST_MILLIS);
                    if (wake.tryAcquire(rest, TimeUnit.MILLISECONDS)) {
                        wake.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Posts what was sealed, and ends. */
        @Override
        public void close() {
            closing = true;
            wake.release();
            try {
                if (!thread.join(PATIENCE)) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                thread.interrupt();
                Thread.currentThread().interrupt();
            }
        }
    }
}
