package io.bulwark.house.founding;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.register.LinkRegister;
import io.bulwark.clearing.register.LinkRegister.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where owners link their venue accounts to clearing accounts, and end such links. A link needs the signature of the clearing account's owner, whose key the house took
 * in when it opened the account, and, where the venue knows the account by a wallet's address, that wallet's own. Either of the two may end it.
 */
public final class AccountLinks {
    /** How long a statement may stay valid. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Pattern CHAIN = Pattern.compile("eip155:([1-9][0-9]{0,17})");

    private final LinkRegister register;
    private final Supplier<Optional<Digest>> house;
    private final Supplier<Optional<FoundingFile>> founding;

    public AccountLinks(
            LinkRegister register, Supplier<Optional<Digest>> house, Supplier<Optional<FoundingFile>> founding) {
        this.register = register;
        this.house = house;
        this.founding = founding;
    }

    /** Every link with where it stands. */
    public List<Link> links() {
        return register.links();
    }

    /**
     * Takes in the key that an account's owner signs with. The house answers for whose it is.
     *
     * @param signer a wallet's lower-case 0x address, or 64 lower-case hexadecimal digits of an Ed25519 key
     */
    public void registerOwner(int clearingAccount, String signer) {
        if (!LinkSignature.isWallet(signer) && !signer.matches("[0-9a-f]{64}")) {
            throw new BadInput(
                    "key",
                    signer,
                    "must be 0x and 40, or 64, lower-case hexadecimal digits: a wallet or an Ed25519 key");
        }
        requireOpen(clearingAccount);
        register.registerOwner(clearingAccount, signer);
    }

    /**
     * A statement of this house that an owner may sign.
     *
     * @param chainId of the wallet that signs; empty for that of the venue
     * @param until when its validity ends
     */
    public LinkStatement prepare(
            Action action, int clearingAccount, String venue, String address, Optional<Long> chainId, Instant until) {
        requireOpen(clearingAccount);
        ListedVenue listed = file().venues().stream()
                .filter(v -> v.name().equals(venue))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "venue",
                        venue,
                        "must be one of "
                                + file().venues().stream()
                                        .map(ListedVenue::name)
                                        .toList()));
        return BadInput.refusing(
                "statement",
                "",
                () -> new LinkStatement(
                        action,
                        house(),
                        clearingAccount,
                        venue,
                        new VenueAccount(listed.number(), address),
                        chainId.or(() -> chain(listed)).orElse(1L),
                        register.nextNonce(clearingAccount),
                        until.toEpochMilli()));
    }

    /**
     * Checks a signed statement and keeps it.
     *
     * @param wallets asks contract wallets
     * @param now by the clock of whoever takes it in
     * @return the digest by which the books keep it
     * @throws BadInput naming field, value and rule
     */
    public Digest take(LinkStatement statement, List<LinkSignature> signatures, ContractWallets wallets, Instant now) {
        requireOfThisHouse(statement);
        requireInTime(statement, now);
        requireSigned(statement, signatures, wallets);
        return switch (register.record(statement, signatures)) {
            case LinkRegister.Result.Recorded(Digest digest) -> digest;
            case LinkRegister.Result.Refused(var refusal) ->
                throw new BadInput(refusal.field(), refusal.value(), refusal.rule());
        };
    }

    /** Which statements that are kept are not what was signed, or by nobody who may; for people. */
    public List<String> findings() {
        return register.findings();
    }

    private void requireOfThisHouse(LinkStatement statement) {
        if (!statement.house().equals(house())) {
            throw new BadInput("house", statement.house().hex(), "must be this house, " + house().hex());
        }
        int number = statement.venueAccount().venue();
        ListedVenue venue = file().venues().stream()
                .filter(v -> v.number() == number)
                .findFirst()
                .orElseThrow(() -> new BadInput("venue", Integer.toString(number), "must be listed"));
        if (!venue.name().equals(statement.venueName())) {
            throw new BadInput(
                    "venueName", statement.venueName(), "must be that of venue " + number + ", " + venue.name());
        }
        Optional<Long> chain = chain(venue);
        if (chain.isPresent() && chain.get() != statement.chainId()) {
            throw new BadInput(
                    "chainId", Long.toString(statement.chainId()), "must be that of the venue, " + chain.get());
        }
    }

    private static void requireInTime(LinkStatement statement, Instant now) {
        long end = statement.expiresMillis();
        if (end <= now.toEpochMilli()) {
            throw new BadInput("expiresMillis", Long.toString(end), "must be later than now, " + now.toEpochMilli());
        }
        if (end > now.plus(LONGEST).toEpochMilli()) {
            throw new BadInput(
                    "expiresMillis", Long.toString(end), "must be at most " + LONGEST.toDays() + " days from now");
        }
    }

    private void requireSigned(LinkStatement statement, List<LinkSignature> signatures, ContractWallets wallets) {
        for (int i = 0; i < signatures.size(); i++) {
            LinkSignature signature = signatures.get(i);
            String field = "signatures[" + i + "]";
            signature.objection(statement, wallets).ifPresent(why -> {
                throw new BadInput(field, signature.toString(), why);
            });
        }
        String owner = register.owner(statement.clearingAccount())
                .orElseThrow(() -> new BadInput(
                        "clearingAccount",
                        Integer.toString(statement.clearingAccount()),
                        "must have an owner's key first: bulwark venue link owner"));
        String address = statement.venueAccount().address();
        boolean byOwner = signedBy(owner, signatures);
        boolean byWallet = LinkSignature.isWallet(address) && signedBy(address, signatures);
        if (statement.action() == Action.REVOKE ? !byOwner && !byWallet : !byOwner) {
            throw new BadInput("signatures", signatures.toString(), "must include the owner's, " + owner);
        }
        if (statement.action() == Action.LINK && LinkSignature.isWallet(address) && !byWallet) {
            throw new BadInput("signatures", signatures.toString(), "must include the wallet's own, " + address);
        }
    }

    private static boolean signedBy(String signer, List<LinkSignature> signatures) {
        return signatures.stream().anyMatch(signature -> signature.signer().equals(signer));
    }

    private void requireOpen(int clearingAccount) {
        if (file().accounts().stream().noneMatch(account -> account.number() == clearingAccount)) {
            throw new BadInput("clearingAccount", Integer.toString(clearingAccount), "must be open");
        }
    }

    private static Optional<Long> chain(ListedVenue venue) {
        Matcher chain = CHAIN.matcher(venue.chain());
        return chain.matches() ? Optional.of(Long.parseLong(chain.group(1))) : Optional.empty();
    }

    private Digest house() {
        return house.get().orElseThrow(AccountLinks::notFounded);
    }

    private FoundingFile file() {
        return founding.get().orElseThrow(AccountLinks::notFounded);
    }

    private static BadInput notFounded() {
        return new BadInput("house", "", "must have sealed an epoch: run the demo first");
    }
}
