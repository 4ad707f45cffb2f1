package io.bulwark.house.fund;

import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.network.Clearing;
import io.bulwark.netting.network.ClearingNetwork;
import io.bulwark.netting.network.ClearingNetwork.Recovery;
import io.bulwark.netting.network.DebtRank;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.Place;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Who owes whom after a price move, between accounts and the venues that they stand at, and who falls if nobody steps in: no fund, no
 * call. A monitor figure; amounts in USD, to the unit u.
 *
 * <p>What an account has at a venue, after the margin's own haircuts and the row's moves, is a claim on the venue; what it owes there
 * beyond what it has there is a claim of the venue on it. A venue pays
 * the accounts of this house out of what they owe it, and for the rest out of what others hold there: as much as they need where
 * everybody pays, less the share that is asked for. So a venue falls only
 * by that share, or because an account of this house does not pay. What an account holds elsewhere pays what it owes; no account pays
 * for another. Forced sales are not in it: the fund's page has them.
 *
 * <p>Clearing payments: Eisenberg and Noe 2001, with default costs Rogers and Veraart 2013 ({@link Clearing}). Distress: linear
 * DebtRank over the same claims ({@link DebtRank}); a venue's worth is
 * what it owes or is owed, the larger, so its distress is the share that it does not pay.
 *
 * @param asked the move and what is lost in it
 * @param scenario in words
 * @param nodes accounts in the order of the epoch, then venues
 * @param owed by all of them to one another
 * @param unpaid of that
 * @param certified how far below the payments a vector lies that was checked in one application of the map; empty where none was found
 */
public record VenueNetwork(
        Asked asked, String scenario, List<Node> nodes, Amount owed, Amount unpaid, OptionalDouble certified) {
    /** A venue has so much more of others' than it needs: rounding alone makes nobody fall. */
    private static final double SPARE = 1 + 1e-9;

    /** Copies. */
    public VenueNetwork {
        nodes = List.copyOf(nodes);
    }

    /**
     * What is asked.
     *
     * @param row of the vault table; empty: nothing moves
     * @param lost by venue, share of what others hold there that is gone, 0 … 1
     * @param kept share of what it has that a node in default keeps, 0 … 1: what is missing to 1 are default costs
     */
    public record Asked(OptionalInt row, Map<String, Double> lost, double kept) {
        /** Copies. */
        public Asked {
            lost = Map.copyOf(lost);
        }
    }

    /**
     * An account or a venue.
     *
     * @param name of it
     * @param isVenue whether it is a venue
     * @param owes to others here
     * @param pays of it
     * @param fallsIn in which round it falls, from 1; 0: it does not
     * @param before share of its equity that the move itself takes; of a venue, what is asked for
     * @param distress the same with what others do not pay it
     */
    public record Node(
            String name, boolean isVenue, Amount owes, Amount pays, int fallsIn, double before, double distress) {}

    /** Of the accounts with a margin; empty in a house whose tables do not say where entries stand. */
    public static Optional<VenueNetwork> of(ComputedEpoch epoch, Asked asked) {
        return epoch.market()
                .placement()
                .map(placement -> of(
                        asked,
                        asked.row().isPresent()
                                ? epoch.cover()
                                        .rows()
                                        .get(asked.row().getAsInt())
                                        .scenario()
                                : "nothing moves",
                        placement.venues().stream().map(ListedVenue::name).toList(),
                        new Balances(epoch, placement, asked.row()).standings()));
    }

    /**
     * Of what accounts have.
     *
     * @param scenario in words
     * @param venues their names, in the order in which accounts' balances are
     */
    static VenueNetwork of(Asked asked, String scenario, List<String> venues, List<Standing> accounts) {
        Debts debts = Debts.of(accounts, venues.size());
        double[] lost = venues.stream()
                .mapToDouble(venue -> asked.lost().getOrDefault(venue, 0.0))
                .toArray();
        ClearingNetwork network = debts.network(accounts, lost, asked.kept());
        Clearing clearing = Clearing.of(network);
        int[] fallsIn = clearing.fallsIn();
        double[] shock = Debts.shock(accounts, lost);
        double[] distress = debts.distress(accounts, shock);
        return new VenueNetwork(
                asked,
                scenario,
                IntStream.range(0, network.size())
                        .mapToObj(node -> new Node(
                                node < accounts.size() ? accounts.get(node).name() : venues.get(node - accounts.size()),
                                node >= accounts.size(),
                                usd(network.owed(node)),
                                usd(clearing.payments()[node]),
                                fallsIn[node],
                                shock[node],
                                distress[node]))
                        .toList(),
                usd(debts.amounts().stream().mapToDouble(Long::doubleValue).sum()),
                usd(clearing.totalShortfall(network)),
                clearing.certifiedBelow(network));
    }

    private static Amount usd(double u) {
        return new Amount(BigInteger.valueOf(Math.round(u)), Usd.SCALE);
    }

    /**
     * What an account has.
     *
     * @param name of the account
     * @param equity before the move
     * @param after the move
     * @param atVenues of that, by venue; below 0 it owes more there than it has there
     */
    record Standing(String name, long equity, long after, List<Long> atVenues) {
        /** Copies. */
        Standing {
            atVenues = List.copyOf(atVenues);
        }

        /** What it has at no venue. */
        long elsewhere() {
            return Math.subtractExact(after, atVenues.stream().reduce(0L, Math::addExact));
        }

        /** Share of its equity that the move itself takes; all of it where there is none. */
        double directly() {
            return equity <= 0 ? 1 : Math.clamp((double) (equity - after) / equity, 0.0, 1.0);
        }
    }

    private static final class Balances {
        private final ComputedEpoch epoch;
        private final OptionalInt row;
        private final Map<Integer, Integer> venueOf = new TreeMap<>();
        private final int venues;

        Balances(ComputedEpoch epoch, Placement placement, OptionalInt row) {
            this.epoch = epoch;
            this.row = row;
            this.venues = placement.venues().size();
            for (int venue = 0; venue < venues; venue++) {
                for (Place place :
                        placement.placesOf(placement.venues().get(venue).number())) {
                    venueOf.put(place.number(), venue);
                }
            }
        }

        List<Standing> standings() {
            return epoch.accounts().stream()
                    .filter(line -> line.margin().stated().isPresent())
                    .map(this::standing)
                    .toList();
        }

        private Standing standing(AccountLine line) {
            MarginBook now = MarginBook.of(epoch.table(), line.lots(), Precision.INT128);
            List<MarginLine> moved = MarginBook.of(epoch.vaultTable(), line.lots(), Precision.INT128)
                    .holdings();
            long equity = Equity.of(now);
            long after = equity;
            List<Long> there = new ArrayList<>(Collections.nCopies(venues, 0L));
            for (int i = 0; i < moved.size(); i++) {
                MarginLine held = now.holdings().get(i);
                long loss = row.isPresent() ? moved.get(i).loss(row.getAsInt()) : 0;
                long left = Math.subtractExact(Equity.value(held), loss);
                after = Math.subtractExact(after, loss);
                Optional.ofNullable(venueOf.get(held.venue()))
                        .ifPresent(venue -> there.set(venue, Math.addExact(there.get(venue), left)));
            }
            return new Standing(line.name(), equity, after, there);
        }
    }

    /** Debts by debtor and creditor; accounts are the first nodes, venues follow. */
    private record Debts(List<Integer> debtors, List<Integer> creditors, List<Long> amounts) {
        static Debts of(List<Standing> accounts, int venues) {
            Debts debts = new Debts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int a = 0; a < accounts.size(); a++) {
                for (int v = 0; v < venues; v++) {
                    long there = accounts.get(a).atVenues().get(v);
                    if (there > 0) {
                        debts.add(accounts.size() + v, a, there);
                    } else if (there < 0) {
                        debts.add(a, accounts.size() + v, Math.negateExact(there));
                    }
                }
            }
            return debts;
        }

        private void add(int debtor, int creditor, long amount) {
            debtors.add(debtor);
            creditors.add(creditor);
            amounts.add(amount);
        }

        private int[] debtor() {
            return debtors.stream().mapToInt(Integer::intValue).toArray();
        }

        private int[] creditor() {
            return creditors.stream().mapToInt(Integer::intValue).toArray();
        }

        private double[] amount() {
            return amounts.stream().mapToDouble(Long::doubleValue).toArray();
        }

        /** What each node owes to others here. */
        private double[] owed(int nodes) {
            Map<Integer, Double> sums = sums(debtors);
            double[] owed = new double[nodes];
            sums.forEach((node, sum) -> owed[node] = sum);
            return owed;
        }

        private Map<Integer, Double> sums(List<Integer> by) {
            Map<Integer, Double> sums = new TreeMap<>();
            for (int i = 0; i < amounts.size(); i++) {
                sums.merge(by.get(i), (double) amounts.get(i), Double::sum);
            }
            return sums;
        }

        ClearingNetwork network(List<Standing> accounts, double[] lost, double kept) {
            int nodes = accounts.size() + lost.length;
            double[] assets = new double[nodes];
            double[] liabilities = new double[nodes];
            for (int a = 0; a < accounts.size(); a++) {
                long elsewhere = accounts.get(a).elsewhere();
                assets[a] = Math.max(0, elsewhere);
                liabilities[a] = Math.max(0, Math.negateExact(elsewhere));
            }
            double[] owed = owed(nodes);
            Map<Integer, Double> due = sums(creditors);
            for (int v = accounts.size(); v < nodes; v++) {
                double others = Math.max(0, owed[v] - due.getOrDefault(v, 0.0)) * SPARE;
                assets[v] = others * (1 - lost[v - accounts.size()]);
            }
            return ClearingNetwork.of(debtor(), creditor(), amount(), assets, liabilities, new Recovery(kept, kept));
        }

        static double[] shock(List<Standing> accounts, double[] lost) {
            return DoubleStream.concat(accounts.stream().mapToDouble(Standing::directly), Arrays.stream(lost))
                    .toArray();
        }

        double[] distress(List<Standing> accounts, double[] shock) {
            double[] worth = owed(shock.length);
            Map<Integer, Double> due = sums(creditors);
            for (int node = 0; node < shock.length; node++) {
                double whole = node < accounts.size()
                        ? accounts.get(node).equity()
                        : Math.max(worth[node], due.getOrDefault(node, 0.0));
                worth[node] = Math.max(1, whole);
            }
            return DebtRank.of(creditor(), debtor(), amount(), worth, shock).distress();
        }
    }

    /** Those who fall, in their order, by name within a round. */
    public List<Node> fallen() {
        return nodes.stream()
                .filter(node -> node.fallsIn() > 0)
                .collect(Collectors.groupingBy(Node::fallsIn, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
