package io.bulwark.house.fund;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.holding.HoldingAudit;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.ledger.FundActs;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.payment.PaymentPlace;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.insurance.defaultmanagement.DefaultParameters;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.PayerAccount;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.insurance.vault.VaultRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What members and the house itself are asked to have in the fund, and what was received of it. A review asks; only a receipt counts; a
 * default takes. What does not hold is refused by field, value and
 * rule, and kept in quarantine.
 */
public final class Contributions {
    private static final String ORIGIN = "fund/receipts";

    private final FundActs acts;
    private final Ledger ledger;
    private final Supplier<Optional<FoundingDocument>> house;
    private final Supplier<Optional<FoundingFile>> file;

    /** Only what was committed: acts are never changed, so what followed from them once follows from them always. */
    private volatile Folded known = Folded.NONE;

    /**
     * What follows from the first acts.
     *
     * @param count how many
     */
    private record Folded(long count, VaultBook book) {
        static final Folded NONE = new Folded(0, VaultBook.EMPTY);

        Folded after(List<byte[]> later) {
            return later.isEmpty() ? this : new Folded(count + later.size(), book.after(read(later)));
        }
    }

    /**
     * Over the books of a house.
     *
     * @param house what it was founded as
     * @param file the founding file of its newest epoch
     */
    public Contributions(
            FundActs acts,
            Ledger ledger,
            Supplier<Optional<FoundingDocument>> house,
            Supplier<Optional<FoundingFile>> file) {
        this.acts = acts;
        this.ledger = ledger;
        this.house = house;
        this.file = file;
    }

    /** Everything that happened, in order. */
    public List<VaultAct> acts() {
        return read(acts.after(0));
    }

    /**
     * The fund as it stands: what follows from its acts, held against the ledger.
     *
     * @throws IllegalStateException if the ledger has another sum of a payer
     */
    public VaultBook book() {
        Folded before = known;
        FundActs.Standing standing = acts.standing(before.count(), Vault.RECEIVED);
        VaultBook book = remembered(before.after(standing.later()));
        book.payers().forEach((payer, account) -> {
            long booked = Usd.floor(standing.balances().getOrDefault(Vault.received(payer), Amount.ZERO));
            if (booked != account.total()) {
                throw new IllegalStateException("received of " + payer + " must be in the ledger as its acts say, "
                        + account.total() + "; have " + booked);
            }
        });
        return book;
    }

    /** Who comes late with less only has more read again. */
    private VaultBook remembered(Folded folded) {
        known = folded;
        return folded.book();
    }

    private static List<VaultAct> read(List<byte[]> encodings) {
        return encodings.stream()
                .map(encoding -> VaultAct.of(CanonicalReader.read(encoding)))
                .toList();
    }

    /**
     * Asks what a review found; the same epoch asks once. Who is frozen is asked nothing.
     *
     * @return how many were asked
     */
    public int ask(ComputedEpoch epoch, Assessment assessment) {
        TreeMap<String, Long> required = new TreeMap<>(assessment.contributions().stream()
                .collect(Collectors.toMap(Contribution::member, Contribution::required)));
        required.put(VaultAct.HOUSE, epoch.parameters().value(DefaultParameters.HOUSE_CAPITAL));
        Instant due = epoch.time().plus(Duration.ofHours(epoch.parameters().value(VaultParameters.DUE_WITHIN)));
        return append(book -> required.entrySet().stream()
                .filter(asked -> isAsked(book.of(asked.getKey()), asked.getValue(), epoch.number()))
                .<VaultAct>map(asked ->
                        new VaultAct.Asked(asked.getKey(), epoch.number(), epoch.time(), due, asked.getValue()))
                .toList());
    }

    /** Keeps how much of what a review demands is there. */
    public void cover(long epoch, Assessment assessment) {
        acts.cover(epoch, new FundActs.Coverage(usd(assessment.demand().total()), usd(book().total())));
    }

    private static Amount usd(long units) {
        return new Amount(BigInteger.valueOf(units), Usd.SCALE);
    }

    /** Coverage by epoch, of the newest epochs that were reviewed, at most so many. */
    public SortedMap<Long, FundActs.Coverage> coverage(int most) {
        return coverage(Long.MAX_VALUE, most);
    }

    /** The same of epochs before one. */
    public SortedMap<Long, FundActs.Coverage> coverage(long before, int most) {
        return acts.coverage(before, most);
    }

    /** Whether a review changes anything. */
    private static boolean isAsked(PayerAccount account, long required, long epoch) {
        boolean moved = Math.max(0, required - account.total()) != account.missing()
                || Math.max(0, account.total() - required) != account.releasable();
        return moved && account.frozen().isEmpty() && account.reviewed() < epoch;
    }

    /**
     * A receipt that was taken in.
     *
     * @param payer of whom
     * @param account what stands of it then
     */
    public record Taken(String payer, PayerAccount account) {}

    /**
     * Takes in a receipt. What is refused is kept in quarantine as it came.
     *
     * @param bytes as they came
     * @param reader what they say
     * @param now by the clock of whoever takes it in: nothing was received later
     * @throws BadInput naming field, value and rule
     */
    public Taken receive(byte[] bytes, Function<byte[], PaymentReceipt> reader, Instant now) {
        try {
            PaymentReceipt receipt = reader.apply(bytes);
            Statement said = receipt.statement();
            requireOfThisHouse(said, now);
            Optional<PaymentEvidence.Shown> shown = new PaymentEvidence(acts, file).shown(receipt);
            VaultAct.Paid paid = new VaultAct.Paid(receipt);
            append((book, written) -> {
                requirePayer(book, said.payer());
                shown.ifPresent(balance -> balance.require(book, said));
                book.after(List.of(paid));
                return List.of(new FundActs.Entry(
                        paid.canonical(), Optional.of(said.payment()), Optional.of(VaultBook.transfer(paid))));
            });
            return new Taken(said.payer(), book().of(said.payer()));
        } catch (BadInput refused) {
            throw kept(bytes, refused);
        } catch (CanonicalException refused) {
            throw kept(bytes, new BadInput(refused.field(), refused.value(), refused.rule()));
        }
    }

    /**
     * Looks at every payer's shares of vaults on a chain, in the newest block of it that the house read as final, and takes in as received
     * what is there beyond what was shown before, as far as it is called.
     *
     * @param node of the chain
     * @param now by the clock of whoever looks
     * @return what was taken in, by place; empty where nothing is new
     */
    public List<Taken> look(EvmNode node, long chainId, Instant now) throws VenueException {
        Horizon.Block block = acts.newestRead(chainId)
                .orElseThrow(() -> new BadInput(
                        "--chain",
                        String.valueOf(chainId),
                        "must be one of which this house has read a block as final"));
        List<Taken> taken = new ArrayList<>();
        for (PaymentPlace place : file.get().map(FoundingFile::payments).orElse(List.of())) {
            if (place instanceof PaymentPlace.Shares shares
                    && PlaceControl.chain(place.place())
                            .filter(chain -> chain == chainId)
                            .isPresent()) {
                HoldingEvidence.Storage storage = HoldingAudit.Balance.proof(node, shares, block);
                BigInteger there = HoldingAudit.Balance.of(place.place(), storage)
                        .units()
                        .divide(shares.units())
                        .min(BigInteger.valueOf(PaymentReceipt.UNITS_MAX));
                VaultBook book = book();
                long units = Math.min(
                        there.longValueExact() - book.shownAt(place.place()),
                        book.of(shares.payer()).missing());
                if (units > 0) {
                    PaymentReceipt receipt = new PaymentReceipt(
                            new Statement(
                                    house.get().orElseThrow().house(),
                                    Direction.RECEIVED,
                                    shares.payer(),
                                    PaymentReceipt.USD,
                                    units,
                                    place.place(),
                                    block.hash().hex(),
                                    block.timeMillis()),
                            new Evidence.OnChain(storage));
                    taken.add(receive(
                            receipt.canonical().encode(),
                            bytes -> PaymentReceipt.of(CanonicalReader.read(bytes)),
                            now));
                }
            }
        }
        return taken;
    }

    private BadInput kept(byte[] bytes, BadInput refused) {
        ledger.refuse(ORIGIN, bytes, new Refusal(refused.field(), refused.value(), refused.rule()));
        return refused;
    }

    private void requireOfThisHouse(Statement said, Instant now) {
        Digest founded = house.get()
                .map(FoundingDocument::house)
                .orElseThrow(() -> new BadInput("house", said.house().hex(), "must be founded; it is not"));
        if (!said.house().equals(founded)) {
            throw new BadInput("house", said.house().hex(), "must be this house, " + founded.hex());
        }
        if (!said.asset().equals(PaymentReceipt.USD)) {
            throw new BadInput("asset", said.asset(), "must be USD: contributions are paid in nothing else");
        }
        if (said.atMillis() > now.toEpochMilli()) {
            throw new BadInput("at", String.valueOf(said.atMillis()), "must not be later than now");
        }
    }

    private static void requirePayer(VaultBook book, String payer) {
        if (!book.payers().containsKey(payer)) {
            throw new BadInput(
                    "payer",
                    payer,
                    "must be somebody of whom something was called: "
                            + String.join(", ", book.payers().keySet()));
        }
    }

    /** Freezes who was declared in default. */
    void freeze(List<VaultAct> frozen) {
        append(book -> frozen);
    }

    /** Posts what a default takes out of what was received, and writes it down, at once. */
    void draw(VaultAct act, Transfer transfer) {
        append((book, written) -> {
            if (!written.test(act.canonical())) {
                book.after(List.of(act));
            }
            return List.of(new FundActs.Entry(act.canonical(), Optional.empty(), Optional.of(transfer)));
        });
    }

    /**
     * Takes a member back that was frozen.
     *
     * @param reason why, for people
     * @param at time of the newest epoch
     * @throws BadInput if it is not frozen
     */
    public PayerAccount readmit(String member, String reason, Instant at) {
        append(book -> List.of(new VaultAct.Readmitted(
                member,
                at,
                book.of(member)
                        .frozen()
                        .orElseThrow(() -> new BadInput(
                                "member", member, "must be frozen; frozen are: " + String.join(", ", book.frozen()))),
                reason)));
        return book().of(member);
    }

    /** Writes what follows from the book; what is written already is not written again. */
    private int append(Function<VaultBook, List<VaultAct>> next) {
        return append((book, written) -> {
            List<VaultAct> more = next.apply(book).stream()
                    .filter(act -> !written.test(act.canonical()))
                    .toList();
            book.after(more);
            return more.stream().map(act -> FundActs.Entry.of(act.canonical())).toList();
        });
    }

    private int append(BiFunction<VaultBook, Predicate<CanonicalValue>, List<FundActs.Entry>> next) {
        Folded before = known;
        return acts.append(before.count(), (later, written) -> next.apply(remembered(before.after(later)), written));
    }

    /**
     * The record of an epoch that is sealed now: every act that is not dated after it, up to the first that is. Empty while nothing was
     * ever asked.
     *
     * @param before the record of the epoch before
     * @param timeMillis the epoch's time
     */
    public Optional<VaultRecord> record(Optional<VaultRecord> before, long timeMillis) {
        List<VaultAct> more = read(acts.after(before.map(VaultRecord::upTo).orElse(0L))).stream()
                .takeWhile(act -> act.at().toEpochMilli() <= timeMillis)
                .toList();
        return before.isEmpty() && more.isEmpty() ? Optional.empty() : Optional.of(VaultRecord.next(before, more));
    }

    /**
     * What a declared default took out of balances that are proved from storage, by place, u. Empty before it is settled.
     *
     * @param declaration what names the default
     */
    public SortedMap<String, Long> takenOnChain(Digest declaration) {
        TreeMap<String, Long> taken = new TreeMap<>();
        VaultBook book = VaultBook.EMPTY;
        List<VaultAct> before = new ArrayList<>();
        for (VaultAct act : acts()) {
            if (act instanceof VaultAct.Drawn drawn && drawn.declaration().equals(declaration)) {
                book = book.after(before);
                before.clear();
                book.outOf(drawn.payer(), drawn.units())
                        .forEach((place, units) -> taken.merge(place, units, Math::addExact));
            }
            before.add(act);
        }
        return taken;
    }

    /** What stands now for the members of an epoch. */
    public FundBook fund(Map<Integer, String> members) {
        return FundBook.of(members, book());
    }
}
