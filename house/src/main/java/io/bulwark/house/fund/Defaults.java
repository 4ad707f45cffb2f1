package io.bulwark.house.fund;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.attestation.RegistryAct.Slash;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.ledger.TransferResult;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.payment.PaymentPlace;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.insurance.defaultmanagement.ClosedAccount;
import io.bulwark.insurance.defaultmanagement.DefaultDeclaration;
import io.bulwark.insurance.defaultmanagement.DefaultDeclaration.PortfolioBid;
import io.bulwark.insurance.defaultmanagement.DefaultSettlement;
import io.bulwark.insurance.defaultmanagement.LiquidationPenalty;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.margin.MarginStatement;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Declares members in default and settles it in the books. A declaration freezes everything that the settlement follows from, so that
 * settling again, after a crash or years later, finds the same transfers.
 */
public final class Defaults {
    /** The scenario in which nothing moves any more: what was to be sold is sold, and the epoch is what happened. */
    public static final String AS_IT_STANDS = "as it stands";

    private static final String KIND = "default-declaration";

    private final Ledger ledger;
    private final Documents documents;
    private final EpochRegister epochs;
    private final EpochArchive archive;
    private final Contributions contributions;

    public Defaults(
            Ledger ledger,
            Documents documents,
            EpochRegister epochs,
            EpochArchive archive,
            Contributions contributions) {
        this.ledger = ledger;
        this.contributions = contributions;
        this.documents = documents;
        this.epochs = epochs;
        this.archive = archive;
    }

    /**
     * What is to be declared.
     *
     * @param event number of the default, ≥ 1
     * @param epoch number of a sealed epoch
     * @param scenario number or words of a row of its vault table, or {@link #AS_IT_STANDS}
     * @param members who failed
     * @param seed revealed now
     * @param bids for parts of their portfolios, in order of arrival
     */
    public record Request(
            long event, long epoch, String scenario, SortedSet<String> members, Digest seed, List<PortfolioBid> bids) {
        /** Copies the bids. */
        public Request {
            bids = List.copyOf(bids);
        }
    }

    /**
     * What stands ready to pay behind the margin.
     *
     * @param members of the epoch, by account number
     * @param houseCapital received of the house and in the fund, u
     * @param contributions received of members and in the fund, u
     */
    public record Standing(Map<Integer, String> members, long houseCapital, SortedMap<String, Long> contributions) {
        /** Copies. */
        public Standing {
            members = Map.copyOf(members);
            contributions = Collections.unmodifiableSortedMap(new TreeMap<>(contributions));
        }
    }

    /** What stands ready now for the members of an epoch. */
    public Standing standing(ComputedEpoch epoch) {
        Map<Integer, String> members = members(epoch);
        FundBook fund = contributions.fund(members);
        TreeMap<String, Long> received = new TreeMap<>();
        members.values().forEach(m -> received.put(m, fund.vault().contribution(m)));
        return new Standing(members, fund.houseCapital(), received);
    }

    /**
     * What a request would settle, over what stands in the fund now. Nothing is kept.
     *
     * @throws BadInput naming field, value and rule
     */
    public DefaultSettlement plan(Request request) {
        ComputedEpoch epoch = archive.epoch(request.epoch())
                .orElseThrow(() ->
                        new BadInput("epoch", String.valueOf(request.epoch()), "must be from 1 to " + archive.last()));
        Standing standing = standing(epoch);
        requireOnTheFund(epoch, request.members(), standing.members());
        DefaultSettlement planned = BadInput.refusing(
                "declaration",
                String.valueOf(request.members()),
                () -> settlement(new DefaultDeclaration(
                        request.event(),
                        request.epoch(),
                        epoch.sealed().digest(),
                        row(epoch, request.scenario()),
                        request.members(),
                        request.seed(),
                        request.bids(),
                        standing.houseCapital(),
                        standing.contributions(),
                        OptionalLong.of(standing(LiquidationPenalty.account())),
                        DefaultDeclaration.NEWEST)));
        requireNotFrozen(planned.declaration());
        return planned;
    }

    /** A member fails once: until it is readmitted its positions are those that the fund has paid for already. */
    private void requireNotFrozen(DefaultDeclaration declaration) {
        VaultBook book = contributions.book();
        declaration
                .members()
                .forEach(member -> book.of(member)
                        .frozen()
                        .filter(by -> !by.equals(declaration.digest()))
                        .ifPresent(by -> {
                            throw new BadInput(
                                    "members",
                                    member,
                                    "must not be frozen: it is, by the default " + by.hex()
                                            + ", until it is readmitted");
                        }));
    }

    /**
     * The fund pays for nobody of whom nothing is pledged to the house or in its custody, unless governance lets him rest on it. What was
     * declared stands.
     */
    private static void requireOnTheFund(ComputedEpoch epoch, SortedSet<String> failed, Map<Integer, String> members) {
        Set<String> apart = FundBook.Reliance.of(epoch).apartMembers(members);
        failed.stream().filter(apart::contains).findFirst().ifPresent(member -> {
            throw new BadInput(
                    "members",
                    member,
                    "must rest on the fund: nothing of it is pledged to the house or in its custody (vault.advisoryRests)");
        });
    }

    /**
     * Freezes a request: from here on the default has a name, the digest of its declaration, and its members are frozen until they are
     * readmitted.
     */
    public DefaultSettlement declare(Request request) {
        DefaultSettlement settlement = plan(request);
        documents.store(KIND, settlement.declaration().canonical());
        contributions.freeze(settlement.frozen(time(settlement)));
        return settlement;
    }

    /**
     * What follows from a declaration that is kept.
     *
     * @throws BadInput if there is none of this digest
     */
    public DefaultSettlement declared(Digest declaration) {
        byte[] document = documents
                .find(declaration)
                .orElseThrow(() -> new BadInput("declaration", declaration.hex(), "must be declared; it is not"));
        try {
            return settlement(DefaultDeclaration.of(CanonicalReader.read(document)));
        } catch (CanonicalException e) {
            throw new BadInput("declaration", declaration.hex(), "must be the digest of a declaration");
        }
    }

    /**
     * Posts what a declared default moves, in order. What was posted before stays as it is.
     *
     * @param told of every transfer that the journal holds, as soon as it does
     */
    public DefaultSettlement settle(Digest declaration, Consumer<Transfer> told) {
        DefaultSettlement settlement = declared(declaration);
        Map<Digest, VaultAct> drawn = settlement.drawn(time(settlement));
        for (Transfer transfer : settlement.transfers()) {
            VaultAct act = drawn.get(transfer.id());
            if (act != null) {
                contributions.draw(act, transfer);
            } else if (ledger.post(transfer) instanceof TransferResult.Rejected rejected) {
                throw new IllegalStateException(transfer.purpose() + ": " + rejected.reason());
            }
            told.accept(transfer);
        }
        return settlement;
    }

    private Instant time(DefaultSettlement settlement) {
        return archive.epoch(settlement.declaration().epoch()).orElseThrow().time();
    }

    /**
     * What a settled default takes out of a vault on a chain: of each payer's shares there what the default drew of it.
     *
     * @param number one above the slashes of the vault so far
     * @throws BadInput if the books have not settled it
     */
    public Slash slash(DefaultSettlement settlement, ChainAddress vault, int number) {
        Digest declaration = settlement.declaration().digest();
        if (!missing(settlement).isEmpty()) {
            throw new BadInput("declaration", declaration.hex(), "must be settled in the books first");
        }
        Map<String, PaymentPlace.Shares> places = archive.founding().stream()
                .flatMap(file -> file.payments().stream())
                .filter(place -> place instanceof PaymentPlace.Shares shares
                        && shares.contract().equals(vault.text()))
                .map(PaymentPlace.Shares.class::cast)
                .collect(Collectors.toMap(PaymentPlace.Shares::place, Function.identity()));
        TreeMap<ChainAddress, BigInteger> losses = new TreeMap<>();
        contributions.takenOnChain(declaration).forEach((place, units) -> {
            PaymentPlace.Shares shares = places.get(place);
            if (shares != null) {
                losses.put(
                        PlaceControl.address(place).orElseThrow(),
                        BigInteger.valueOf(units).multiply(shares.assetUnits()));
            }
        });
        return new Slash(number, declaration, losses, BigInteger.ZERO);
    }

    /** Those transfers of a declared default that the journal does not hold, or holds otherwise. */
    public List<Transfer> missing(DefaultSettlement settlement) {
        return settlement.transfers().stream()
                .filter(transfer -> !ledger.holds(transfer))
                .toList();
    }

    private DefaultSettlement settlement(DefaultDeclaration declaration) {
        ComputedEpoch epoch = archive.epoch(declaration.epoch()).orElseThrow();
        if (!epoch.sealed().digest().equals(declaration.epochDigest())) {
            throw new IllegalStateException("epoch " + declaration.epoch() + " is sealed as "
                    + epoch.sealed().digest() + " and was declared over as " + declaration.epochDigest());
        }
        Map<Integer, String> members = members(epoch);
        List<ClosedAccount> accounts = epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream().map(statement -> {
                    ClosedAccount closed = closed(
                            epoch,
                            declaration.row(),
                            line,
                            statement,
                            members.getOrDefault(line.number(), line.name()));
                    return declaration.onlyTaken()
                            ? closed.giving(FundBook.Reliance.counted(epoch, line, statement))
                            : closed;
                }))
                .toList();
        return DefaultSettlement.of(declaration, accounts, epoch.parameters());
    }

    private static ClosedAccount closed(
            ComputedEpoch epoch, int row, AccountLine line, MarginStatement statement, String member) {
        StressedAccount account =
                new StressedAccount(line.number(), member, line.lots(), epoch.held(line.number(), statement));
        Map<AddOn, Long> charges = statement.given().addOns();
        long exitCost =
                Math.addExact(charges.getOrDefault(AddOn.LIQUIDITY, 0L), charges.getOrDefault(AddOn.CONCENTRATION, 0L));
        return ClosedAccount.of(
                line.number(),
                member,
                new ClosedAccount.Stated(statement.equity(), statement.initialMargin(), statement.maintenanceMargin()),
                row == DefaultDeclaration.AS_IT_STANDS ? 0 : account.loss(epoch.vaultTable(), row),
                exitCost);
    }

    private Map<Integer, String> members(ComputedEpoch epoch) {
        return epochs.epoch(epoch.number()).orElseThrow().inputs().members();
    }

    private long standing(LedgerAccount account) {
        return Usd.floor(ledger.balance(account));
    }

    private static int row(ComputedEpoch epoch, String scenario) {
        return scenario.equals(AS_IT_STANDS) ? DefaultDeclaration.AS_IT_STANDS : vaultRow(epoch, scenario);
    }

    private static int vaultRow(ComputedEpoch epoch, String scenario) {
        return epoch.cover().rows().stream()
                .filter(row -> row.scenario().equals(scenario) || scenario.equals(String.valueOf(row.row())))
                .mapToInt(StressRow::row)
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "scenario",
                        scenario,
                        "must be \"" + AS_IT_STANDS
                                + "\", or the number or the words of a row of the vault table, such as "
                                + epoch.cover().worst().scenario()));
    }
}
