package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.house.fund.VenueNetwork;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who falls after a price move if nobody steps in, between accounts and the venues that they stand at: clearing payments, and linear
 * DebtRank over the same claims.
 *
 * @param epoch its number
 * @param scenario the move, and what is lost in it
 * @param owed between them, beyond what the debtor has at the creditor
 * @param unpaid of that
 * @param certified whether one application of the map showed that at least the stated payments, but for a millionth, are made
 * @param fallen who cannot pay, in the order in which they fall
 * @param distress accounts and venues that lose something, the most first
 */
@Serdeable
record NetworkAnswer(
        long epoch,
        String scenario,
        Money owed,
        Money unpaid,
        boolean certified,
        List<Fallen> fallen,
        List<Distress> distress) {
    private static final String NO_PLACES =
            "must be an epoch whose tables say where entries stand (table.venues 1): this one's do not";

    /** Copies. */
    public NetworkAnswer {
        fallen = List.copyOf(fallen);
        distress = List.copyOf(distress);
    }

    /**
     * Who cannot pay.
     *
     * @param round from 1: later ones fall because earlier ones did
     * @param name account or venue
     * @param isVenue whether it is a venue
     * @param owes to the others
     * @param pays of it
     */
    @Serdeable
    record Fallen(int round, String name, boolean isVenue, Money owes, Money pays) {}

    /**
     * How much of its worth somebody loses, a venue of what it owes.
     *
     * @param name account or venue
     * @param isVenue whether it is a venue
     * @param directPpm by the move itself, ppm
     * @param ppm with what others do not pay it, ppm
     */
    @Serdeable
    record Distress(String name, boolean isVenue, int directPpm, int ppm) {}

    /**
     * What is asked; what is absent is as it stands.
     *
     * @param row of the vault table; absent: the worst of Cover-2; −1: nothing moves
     * @param venue that loses a part of what others hold there
     * @param lost that part, ppm
     * @param kept share of what it has that a node in default keeps, ppm; absent: all
     */
    record Asked(Optional<Integer> row, Optional<String> venue, Optional<Integer> lost, Optional<Integer> kept) {
        private static double share(String field, Optional<Integer> ppm, int otherwise) {
            int value = ppm.orElse(otherwise);
            if (value < 0 || value > Ppm.ONE) {
                throw new BadInput(field, Integer.toString(value), "must be 0 to 1000000");
            }
            return (double) value / Ppm.ONE;
        }

        private VenueNetwork.Asked of(ComputedEpoch epoch, FundBook fund) {
            int worst = row.orElseGet(
                    () -> Reliance.cover(epoch, fund.members()).worst().row());
            if (worst < -1 || worst >= epoch.vaultTable().rowCount()) {
                throw new BadInput(
                        "row",
                        Integer.toString(worst),
                        "must be -1 to " + (epoch.vaultTable().rowCount() - 1) + ", a row of the vault table");
            }
            if (venue.isPresent() != lost.isPresent()) {
                throw new BadInput(
                        venue.isPresent() ? "lost" : "venue",
                        "",
                        "must be there: a venue that loses and how much go together");
            }
            venue.ifPresent(name -> listed(epoch, name));
            double share = share("lost", lost, 0);
            return new VenueNetwork.Asked(
                    worst < 0 ? OptionalInt.empty() : OptionalInt.of(worst),
                    venue.map(name -> Map.of(name, share)).orElse(Map.of()),
                    share("kept", kept, Ppm.ONE));
        }

        private static void listed(ComputedEpoch epoch, String name) {
            List<String> names = epoch.market().listing().venues().stream()
                    .map(listed -> listed.name())
                    .toList();
            if (!names.contains(name)) {
                throw new BadInput("venue", name, "must be one of " + String.join(", ", names));
            }
        }
    }

    /**
     * Of an epoch and the fund's book beside it.
     *
     * @throws BadInput if what is asked is not there, or the epoch's tables do not say where entries stand
     */
    static NetworkAnswer of(Asked asked, ComputedEpoch epoch, FundBook fund) {
        return VenueNetwork.of(epoch, asked.of(epoch, fund))
                .map(network -> of(epoch.number(), network))
                .orElseThrow(() -> new BadInput("epoch", Long.toString(epoch.number()), NO_PLACES));
    }

    private static NetworkAnswer of(long epoch, VenueNetwork network) {
        return new NetworkAnswer(
                epoch,
                scenario(network),
                Money.of(Usd.floor(network.owed())),
                Money.of(Usd.floor(network.unpaid())),
                network.certified().isPresent(),
                network.fallen().stream()
                        .map(node -> new Fallen(
                                node.fallsIn(),
                                node.name(),
                                node.isVenue(),
                                Money.of(Usd.floor(node.owes())),
                                Money.of(Usd.floor(node.pays()))))
                        .toList(),
                network.nodes().stream()
                        .filter(node -> node.distress() > 0)
                        .sorted((a, b) -> Double.compare(b.distress(), a.distress()))
                        .map(node ->
                                new Distress(node.name(), node.isVenue(), ppm(node.before()), ppm(node.distress())))
                        .toList());
    }

    private static String scenario(VenueNetwork network) {
        StringBuilder said = new StringBuilder(network.scenario());
        network.asked()
                .lost()
                .forEach((venue, share) ->
                        said.append("; ").append(venue).append(" loses ").append(percent(ppm(share))));
        if (network.asked().kept() < 1) {
            said.append("; a default keeps ").append(percent(ppm(network.asked().kept())));
        }
        return said.toString();
    }

    private static int ppm(double share) {
        return (int) Math.round(share * Ppm.ONE);
    }

    private static String percent(int ppm) {
        return String.format(Locale.ROOT, "%.2f %%", ppm * 100.0 / Ppm.ONE);
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(scenario + ": of " + owed + " USD between accounts and venues " + unpaid + " stay unpaid"
                + (certified ? "" : "; no certificate was found"));
        fallen.forEach(one -> lines.add(String.format(
                Locale.ROOT,
                "  falls in round %d: %-16s owes %16s, pays %16s",
                one.round(),
                one.name(),
                one.owes(),
                one.pays())));
        distress.forEach(one -> lines.add(String.format(
                Locale.ROOT,
                "  %-16s loses %9s of %s, %9s of it by the move itself",
                one.name(),
                percent(one.ppm()),
                one.isVenue() ? "what it owes" : "its equity",
                percent(one.directPpm()))));
        return lines;
    }
}
