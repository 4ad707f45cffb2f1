package io.bulwark.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.api.door.Caller;
import io.bulwark.clearing.access.AccessRegister;
import io.bulwark.clearing.access.AccessRegister.Holder;
import io.bulwark.clearing.access.AccessRegister.RequestKeys;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.AccessRegister.Session;
import io.bulwark.clearing.access.Consent;
import io.bulwark.clearing.access.OversightRegister;
import io.bulwark.clearing.access.OversightRegister.Actor;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.House;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out who comes to the door. */
public final class Access implements AutoCloseable {
    /** The name of the house's own cookie, which its link leaves in a browser. */
    public static final String HOUSE_COOKIE = "bulwark";

    /** The name of a session's cookie; a door with TLS puts __Host- before it. */
    static final String SESSION_COOKIE = "bulwark-session";

    /** How long a session lasts. */
    static final Duration SESSION = Duration.ofHours(8);

    /** Operations that change something and are not the same again by what they are asked: each takes a key that names the request. */
    private static final Set<String> TAKE_KEY = Set.of(
            "POST /access/consents",
            "POST /access/holds",
            "POST /access/holds/{hold}/confirm",
            "POST /access/holds/{hold}/end",
            "POST /links",
            "POST /fund/receipts",
            "POST /alerts/rules",
            "POST /alerts/rules/{number}/end",
            "POST /alerts/{alert}/acknowledge",
            "POST /alerts/receivers",
            "POST /alerts/receivers/{number}/end",
            "POST /alerts/dead/{number}/resend");

    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");
    private static final String BEARER = "Bearer ";
    private static final int SECRET_BYTES = 32;

    private final House house;
    private final byte[] nonceKey;
    private final Function<String, URI> origins;
    private final AccessRegister register;
    private final OversightRegister oversight;
    private final WalletChain wallets;
    private final RequestKeys keys;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    /**
     * Of a house.
     *
     * @param nonceKey marks what this door has signed
     * @param origins under which origin a host reaches the door
     * @throws BadInput if the home's contract-wallets.json says something that cannot be
     */
    public Access(House house, byte[] nonceKey, Function<String, URI> origins) {
        this.house = house;
        this.origins = origins;
        this.nonceKey = nonceKey.clone();
        this.register = new AccessRegister(house.database());
        this.oversight = new OversightRegister(house.database());
        this.wallets = WalletChain.of(house.home());
        this.keys = new RequestKeys(house.database());
    }

    /**
     * The name of a cookie at a door.
     *
     * @param secure whether the door is reached by TLS: then browsers hold the cookie to this host, this scheme and every path
     */
    public static String cookie(String name, boolean secure) {
        return (secure ? "__Host-" : "") + name;
    }

    /** What somebody brings to say who he is. */
    public sealed interface Brought {
        /** A bearer token: the house's own, one that was given, or a session's. */
        record Bearer(String secret) implements Brought {}

        /** What the house's own link left in a browser. */
        record HouseCookie(String value) implements Brought {}

        /** What signing in left in a browser. */
        record SessionCookie(String secret) implements Brought {}

        /** Two ways at once, or none that there is. */
        record Nonsense() implements Brought {}

        /** What a request brings; empty if nothing. A header says it before any cookie, and two headers say nothing. */
        static Optional<Brought> by(HttpRequest<?> request) {
            List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
            if (!headers.isEmpty()) {
                String said = headers.getFirst();
                return Optional.of(
                        headers.size() == 1 && said.startsWith(BEARER)
                                ? new Bearer(said.substring(BEARER.length()))
                                : new Nonsense());
            }
            Optional<Brought> session = cookie(request, SESSION_COOKIE).map(SessionCookie::new);
            return session.or(() -> cookie(request, HOUSE_COOKIE).map(HouseCookie::new));
        }

        /** Where this process speaks TLS itself, a cookie is one that no other port and no other name of the site could leave. */
        private static Optional<String> cookie(HttpRequest<?> request, String name) {
            Optional<Cookie> bound = request.getCookies().findCookie(Access.cookie(name, true));
            return (request.isSecure()
                            ? bound
                            : bound.or(() -> request.getCookies().findCookie(name)))
                    .map(Cookie::getValue);
        }

        /** Whether a browser sends it by itself. */
        default boolean isCookie() {
            return switch (this) {
                case Bearer _, Nonsense _ -> false;
                case HouseCookie _, SessionCookie _ -> true;
            };
        }
    }

    /** Draws a secret that nobody can guess. */
    static String draw(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** By what a secret is kept. What is compared is this: how long that takes says nothing of a secret which has 256 bits. */
    static Digest kept(String secret) {
        return Digest.sha256(secret.getBytes(UTF_8));
    }

    /**
     * Who comes; empty if nobody known, or no more.
     *
     * @param asked method and path, for the log of who looked
     */
    public Optional<Caller> caller(Brought brought, String asked) {
        return switch (brought) {
            case Brought.Bearer(String secret)
            when isSecret(secret) ->
                holder(secret).map(holder -> caller(holder, asked)).or(() -> session(secret, asked));
            case Brought.SessionCookie(String secret) when isSecret(secret) -> session(secret, asked);
            case Brought.Bearer _, Brought.HouseCookie _, Brought.SessionCookie _, Brought.Nonsense _ ->
                Optional.empty();
        };
    }

    private static boolean isSecret(String text) {
        return SECRET.matcher(text).matches();
    }

    /** Who holds a token now. */
    Optional<Holder> holder(String secret) {
        return register.holder(kept(secret), clock.instant());
    }

    private Caller caller(Holder holder, String asked) {
        return caller(holder.name(), EnumSet.of(Role.PUBLIC, holder.role()), Set.of(), holder.subject(), asked);
    }

    private Optional<Caller> session(String secret, String asked) {
        return register.session(kept(secret), clock.instant()).flatMap(session -> behind(session, asked));
    }

    /** A session of a token's holder is over with the token. */
    private Optional<Caller> behind(Session session, String asked) {
        return session.isHolders()
                ? register.named(session.signer(), clock.instant()).map(holder -> caller(holder, asked))
                : Optional.of(caller(session, asked));
    }

    private Caller caller(Session session, String asked) {
        Optional<String> member = member(session.signer());
        EnumSet<Role> roles = EnumSet.of(Role.PUBLIC);
        if (!session.accounts().isEmpty()) {
            roles.add(Role.OWNER);
        }
        if (member.isPresent()) {
            roles.add(Role.MEMBER);
        }
        return caller(session.signer(), roles, session.accounts(), member, asked);
    }

    private Caller caller(String name, EnumSet<Role> roles, Set<Integer> own, Optional<String> member, String asked) {
        Role foremost = roles.stream().reduce((lower, higher) -> higher).orElse(Role.PUBLIC);
        return new Caller(
                name,
                roles,
                new Caller.Sight.Of(
                        own,
                        (account, scope) ->
                                oversight.look(new Actor(name, foremost), account, scope, asked, clock.instant())),
                member);
    }

    /** The venue that pushes with a key, by its listed name. */
    private Optional<String> member(String signer) {
        return house.file().stream()
                .flatMap(file -> file.connections().stream()
                        .filter(connection -> connection
                                .pusher()
                                .filter(pusher -> pusher.key().hex().equals(signer))
                                .isPresent())
                        .map(ConnectedVenue::number)
                        .map(number -> file.listing().venue(number).name()))
                .findFirst();
    }

    /** The origin of a request's host, which was found to be a name of this door. */
    URI origin(@Nullable String host) {
        return origins.apply(String.valueOf(host));
    }

    /** The text that a signer signs to come in, at the door of an origin. */
    SignInText challenge(URI origin, String signer) {
        return SignInText.of(origin, signer, wallets.chainId(), clock.instant(), nonceKey, random);
    }

    /**
     * A session that began.
     *
     * @param secret of it, shown once
     * @param caller who it is
     * @param until when it ends
     */
    record SignedIn(String secret, Caller caller, Instant until) {}

    /**
     * Lets somebody in who signed the text.
     *
     * @param scheme eip191 for wallets, erc1271 for contract wallets, ed25519 for keys
     * @throws BadInput naming field, value and rule
     */
    SignedIn signIn(URI origin, String text, LinkSignature.Scheme scheme, byte[] signature) {
        Instant now = clock.instant();
        SignInText signed = SignInText.read(text, origin, wallets.chainId(), now, nonceKey);
        LinkSignature by =
                BadInput.refusing("signature", "", () -> new LinkSignature(scheme, signed.signer(), signature));
        by.objection(signed, wallets).ifPresent(why -> {
            throw new BadInput("signature", by.toString(), why);
        });
        Session session = new Session(signed.signer(), register.accounts(signed.signer()));
        Caller caller = caller(session, "");
        if (caller.roles().size() == 1) {
            throw new BadInput(
                    "signer", signed.signer(), "must be the key of an account's owner, or of a venue that pushes here");
        }
        String secret = draw(random);
        Instant until = now.plus(SESSION);
        if (!register.signIn(signed.nonce(), kept(secret), signed.signer(), until)) {
            throw new BadInput("text", signed.nonce(), "must serve once: ask for another");
        }
        return new SignedIn(secret, caller, until);
    }

    /**
     * A session of whoever holds a token, so that a browser need not keep the token itself: cookies go to every port of a machine. It ends
     * with the token, and after eight hours.
     */
    SignedIn session(String name) {
        Instant now = clock.instant();
        Holder holder = register.named(name, now)
                .orElseThrow(() -> new BadInput("token", name, "must be one that was given and is in force"));
        Instant end = now.plus(SESSION);
        Instant until = holder.until().filter(end::isAfter).orElse(end);
        String secret = draw(random);
        register.signIn(draw(random), kept(secret), holder.name(), until);
        return new SignedIn(secret, caller(holder, ""), until);
    }

    /** Ends the session that a request brings, if it brings one. */
    void signOut(Optional<Brought> brought) {
        switch (brought.orElseGet(Brought.Nonsense::new)) {
            case Brought.Bearer(String secret) -> register.signOut(kept(secret));
            case Brought.SessionCookie(String secret) -> register.signOut(kept(secret));
            case Brought.HouseCookie _, Brought.Nonsense _ -> {}
        }
    }

    /**
     * Keeps a consent that an account's owner signed.
     *
     * @return its number
     * @throws BadInput naming field, value and rule
     */
    int take(Consent consent, LinkSignature signature) {
        return oversight.take(consent, signature, houseId(), clock.instant(), wallets);
    }

    /** Asks contract wallets that signed what names their chain. */
    public ContractWallets contractWallets() {
        return wallets::objectionOn;
    }

    /**
     * Whether an operation takes a key that names the request.
     *
     * @param operation method and path, such as POST /access/holds/{hold}/end
     */
    public static boolean takesKey(String operation) {
        return TAKE_KEY.contains(operation);
    }

    /** Requests that callers named by a key. */
    RequestKeys keys() {
        return keys;
    }

    /** Consents, holds and looks. */
    OversightRegister oversight() {
        return oversight;
    }

    /** The house's id. */
    Digest houseId() {
        return house.founding()
                .orElseThrow(() -> new BadInput("house", "", "must have sealed an epoch: run the demo first"))
                .house();
    }

    Instant now() {
        return clock.instant();
    }

    /** Asks no contract more. */
    @Override
    public void close() {
        wallets.close();
    }
}
