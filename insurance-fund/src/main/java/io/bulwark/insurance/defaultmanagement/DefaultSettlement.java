package io.bulwark.insurance.defaultmanagement;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.insurance.defaultmanagement.DefaultDeclaration.PortfolioBid;
import io.bulwark.insurance.liquidation.Bid;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.waterfall.Absorption;
import io.bulwark.insurance.waterfall.DefaultLayer;
import io.bulwark.insurance.waterfall.Juniorisation;
import io.bulwark.insurance.waterfall.Layer;
import io.bulwark.insurance.waterfall.Waterfall;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;

/**
 * A default, settled: every amount in u.
 *
 * @param declaration what it follows from
 * @param closeOuts one of each account of a member who failed, by number
 * @param payments who pays what behind the margin, in the order of the layers, then by payer
 * @param uncovered what no layer pays
 */
public record DefaultSettlement(
        DefaultDeclaration declaration,
        List<PortfolioCloseOut> closeOuts,
        List<LayerPayment> payments,
        long uncovered) {
    /** Copies; payments and what is uncovered must be the shortfall, to the unit. */
    public DefaultSettlement {
        closeOuts = List.copyOf(closeOuts);
        payments = List.copyOf(payments);
        long shortfall = shortfall(closeOuts);
        long paid = payments.stream().mapToLong(LayerPayment::units).reduce(uncovered, Math::addExact);
        if (shortfall != paid) {
            throw new IllegalArgumentException(
                    "payments and uncovered must be the shortfall " + shortfall + "; have " + paid);
        }
    }

    /**
     * Settles a default. The order of accounts does not matter.
     *
     * @param declaration what is frozen
     * @param accounts every account of the epoch in the declared row
     * @param parameters governed numbers of the epoch
     * @throws IllegalArgumentException if a declared member has no account in breach, or a bid names an account that did not fail or a bidder who did
     */
    public static DefaultSettlement of(
            DefaultDeclaration declaration, List<ClosedAccount> accounts, ParameterSet parameters) {
        requireKnown(declaration, accounts);
        List<PortfolioCloseOut> closeOuts = accounts.stream()
                .filter(a -> declaration.members().contains(a.member()))
                .sorted(Comparator.comparingInt(ClosedAccount::number))
                .map(a -> PortfolioCloseOut.of(a, declaration.bids(), parameters))
                .map(c -> declaration.penalties().isPresent() ? c : c.uncharged())
                .toList();
        Payments payments = new Payments(declaration);
        TreeMap<String, Long> shortfalls = new TreeMap<>();
        closeOuts.forEach(c -> shortfalls.merge(c.account().member(), c.shortfall(), Math::addExact));
        shortfalls.forEach(payments::own);
        SortedMap<String, Long> survivors = survivors(declaration);
        SortedMap<String, Long> senior = senior(declaration, closeOuts, survivors, parameters);
        EnumMap<DefaultLayer, SortedMap<String, Long>> layers = new EnumMap<>(DefaultLayer.class);
        layers.put(
                DefaultLayer.PENALTIES,
                new TreeMap<>(Map.of(
                        LayerPayment.FUND, Math.addExact(declaration.penalties().orElse(0), penalties(closeOuts)))));
        layers.put(DefaultLayer.HOUSE_CAPITAL, new TreeMap<>(Map.of(LayerPayment.HOUSE, declaration.houseCapital())));
        layers.put(DefaultLayer.JUNIOR_CONTRIBUTIONS, unprotected(survivors, senior));
        layers.put(DefaultLayer.SENIOR_CONTRIBUTIONS, senior);
        layers.put(DefaultLayer.ASSESSMENTS, assessments(survivors, parameters));
        layers.put(DefaultLayer.GAINS, gains(declaration, accounts));
        payments.behind(layers);
        return new DefaultSettlement(declaration, closeOuts, payments.made, payments.left);
    }

    /** The movements that settle it, in order. Each has an identity of its own: posted again it changes nothing. */
    public List<Transfer> transfers() {
        return Stream.concat(
                        closeOuts.stream()
                                .filter(c -> c.penalty() > 0)
                                .map(c -> LiquidationPenalty.transfer(declaration.digest(), c)),
                        payments.stream().flatMap(p -> p.transfers(declaration).stream()))
                .toList();
    }

    /**
     * What each transfer takes out of what was received in the fund, by the transfer's identity.
     *
     * @param at time of the epoch over which it was declared
     */
    public Map<Digest, VaultAct> drawn(Instant at) {
        Map<Digest, VaultAct> drawn = new HashMap<>();
        payments.forEach(payment -> payment.drawn(declaration, at)
                .ifPresent(act ->
                        drawn.put(payment.transfers(declaration).getLast().id(), act)));
        return drawn;
    }

    /**
     * Who is frozen by it, and what each owes: what it lost beyond its margin and its own contribution. Empty in a default that was
     * declared before receipts were asked for.
     *
     * @param at time of the epoch over which it was declared
     */
    public List<VaultAct> frozen(Instant at) {
        TreeMap<String, Long> owed = new TreeMap<>();
        if (!declaration.received()) {
            return List.of();
        }
        declaration.members().forEach(member -> owed.put(member, 0L));
        closeOuts.forEach(c -> owed.merge(c.account().member(), c.shortfall(), Math::addExact));
        payments.stream()
                .filter(payment -> payment.layer() == DefaultLayer.OWN_CONTRIBUTION)
                .forEach(payment -> owed.merge(payment.payer(), -payment.units(), Math::addExact));
        return owed.entrySet().stream()
                .<VaultAct>map(
                        member -> new VaultAct.Frozen(member.getKey(), at, declaration.digest(), member.getValue()))
                .toList();
    }

    /** What the closed accounts are charged for it, u: paid into the fund before any layer pays out of it. */
    public long penalties() {
        return penalties(closeOuts);
    }

    private static long penalties(List<PortfolioCloseOut> closeOuts) {
        return closeOuts.stream().mapToLong(PortfolioCloseOut::penalty).reduce(0, Math::addExact);
    }

    /**
     * What the layers paid for one of the closed accounts, u: what is uncovered is left to its last ones, by number.
     *
     * @param account its number
     * @throws BadInput if it was not closed in this default
     */
    public long paid(int account) {
        long left = Math.subtractExact(shortfall(), uncovered);
        for (PortfolioCloseOut closeOut : closeOuts) {
            long part = Math.min(left, closeOut.shortfall());
            if (closeOut.account().number() == account) {
                return part;
            }
            left -= part;
        }
        throw new BadInput("account", String.valueOf(account), "must be one of those that were closed in the default");
    }

    /** What was lost beyond margin, u. */
    public long shortfall() {
        return shortfall(closeOuts);
    }

    private static long shortfall(List<PortfolioCloseOut> closeOuts) {
        return closeOuts.stream().mapToLong(PortfolioCloseOut::shortfall).reduce(0, Math::addExact);
    }

    private static void requireKnown(DefaultDeclaration declaration, List<ClosedAccount> accounts) {
        for (String member : declaration.members()) {
            if (accounts.stream().noneMatch(a -> a.member().equals(member) && a.breached())) {
                throw new IllegalArgumentException(
                        "members must have an account below its maintenance margin in the declared row; " + member
                                + " has none");
            }
        }
        for (PortfolioBid bid : declaration.bids()) {
            boolean failed = accounts.stream()
                    .anyMatch(a ->
                            a.number() == bid.account() && declaration.members().contains(a.member()));
            if (!failed || !survivors(declaration).containsKey(bid.bidder())) {
                throw new IllegalArgumentException(
                        "bids must be of members who did not fail on accounts that did; have " + bid.bidder()
                                + " on account " + bid.account());
            }
        }
    }

    private static SortedMap<String, Long> survivors(DefaultDeclaration declaration) {
        TreeMap<String, Long> survivors = new TreeMap<>(declaration.contributions());
        survivors.keySet().removeAll(declaration.members());
        return survivors;
    }

    /** What bids protect of each contribution, rounded down: against the one who is protected. */
    private static SortedMap<String, Long> senior(
            DefaultDeclaration declaration,
            List<PortfolioCloseOut> closeOuts,
            SortedMap<String, Long> survivors,
            ParameterSet parameters) {
        BigFraction tolerance = new BigFraction(parameters.value(DefaultParameters.BID_TOLERANCE));
        long total = survivors.values().stream().reduce(0L, Math::addExact);
        TreeMap<String, Long> senior = new TreeMap<>();
        survivors.forEach((member, contribution) -> {
            BigFraction share = BigFraction.ZERO;
            for (PortfolioCloseOut closeOut : closeOuts) {
                share = share.add(Juniorisation.seniorShare(
                        required(contribution, total),
                        bids(declaration, closeOut.account().number(), member),
                        closeOut.auction().clearingPrice().orElse(BigFraction.ZERO),
                        tolerance));
            }
            BigFraction kept = share.multiply(contribution).divide(Math.max(1, closeOuts.size()));
            senior.put(member, kept.getNumerator().divide(kept.getDenominator()).longValueExact());
        });
        return senior;
    }

    /** The lots that a member should bid for: its part of the others' contributions. */
    private static BigFraction required(long contribution, long total) {
        return total == 0
                ? BigFraction.ZERO
                : new BigFraction(
                        BigInteger.valueOf(contribution).multiply(BigInteger.valueOf(PortfolioBid.LOTS)),
                        BigInteger.valueOf(total));
    }

    private static List<Bid> bids(DefaultDeclaration declaration, int account, String bidder) {
        return declaration.bids().stream()
                .filter(b -> b.account() == account && b.bidder().equals(bidder))
                .map(b -> new Bid(bidder, new BigFraction(b.price()), new BigFraction(b.lots())))
                .toList();
    }

    private static SortedMap<String, Long> unprotected(
            SortedMap<String, Long> contributions, SortedMap<String, Long> senior) {
        TreeMap<String, Long> junior = new TreeMap<>();
        contributions.forEach((member, units) -> junior.put(member, units - senior.getOrDefault(member, 0L)));
        return junior;
    }

    private static SortedMap<String, Long> assessments(SortedMap<String, Long> survivors, ParameterSet parameters) {
        BigInteger share = BigInteger.valueOf(parameters.value(DefaultParameters.ASSESSMENT_SHARE));
        TreeMap<String, Long> assessments = new TreeMap<>();
        survivors.forEach((member, units) -> assessments.put(
                member,
                Rounding.exactLong(
                        BigInteger.valueOf(units).multiply(share).divide(BigInteger.valueOf(Rounding.PPM)))));
        return assessments;
    }

    private static SortedMap<String, Long> gains(DefaultDeclaration declaration, List<ClosedAccount> accounts) {
        TreeMap<String, Long> gains = new TreeMap<>();
        accounts.stream()
                .filter(a -> !declaration.members().contains(a.member()))
                .forEach(a -> gains.merge(a.member(), a.gain(), Math::addExact));
        return gains;
    }

    /** Payments as they are made, layer by layer. */
    private static final class Payments {
        private final DefaultDeclaration declaration;
        private final List<LayerPayment> made = new ArrayList<>();
        private long left;

        Payments(DefaultDeclaration declaration) {
            this.declaration = declaration;
        }

        /** A member's own contribution pays for its own shortfall; the rest is for everybody. */
        void own(String member, long shortfall) {
            long paid = Math.min(shortfall, declaration.contributions().getOrDefault(member, 0L));
            add(DefaultLayer.OWN_CONTRIBUTION, member, paid);
            left = Math.addExact(left, shortfall - paid);
        }

        /** What is left goes down the waterfall of the layers in their order; each payer pays whole units. */
        void behind(EnumMap<DefaultLayer, SortedMap<String, Long>> capacities) {
            List<Layer> layers = capacities.entrySet().stream()
                    .map(layer -> Layer.shared(layer.getKey().words(), exact(layer.getValue())))
                    .toList();
            Absorption absorption = new Waterfall(layers).absorb(new BigFraction(left));
            int place = 0;
            for (DefaultLayer layer : capacities.keySet()) {
                layers.get(place)
                        .units(
                                absorption.layers().get(place),
                                declaration.seed().bytes(),
                                layer.drawing(declaration.event()))
                        .forEach((payer, units) -> add(layer, payer, units.longValueExact()));
                place++;
            }
            left = absorption.residual().getNumerator().longValueExact();
        }

        private static SortedMap<String, BigFraction> exact(SortedMap<String, Long> units) {
            TreeMap<String, BigFraction> exact = new TreeMap<>();
            units.forEach((payer, own) -> exact.put(payer, new BigFraction(own)));
            return exact;
        }

        private void add(DefaultLayer layer, String payer, long units) {
            if (units > 0) {
                made.add(new LayerPayment(layer, payer, units));
            }
        }
    }
}
