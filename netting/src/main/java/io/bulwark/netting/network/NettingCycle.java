package io.bulwark.netting.network;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Ppm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All obligations of one cycle, netted multilaterally: the house steps between, and each member settles one amount a commodity with it.
 *
 * @param number of the cycle, ≥ 1
 * @param obligations by id
 * @param nets by commodity
 */
public record NettingCycle(long number, List<Obligation> obligations, List<CommodityNet> nets) {
    /** Copies. */
    public NettingCycle {
        obligations = List.copyOf(obligations);
        nets = List.copyOf(nets);
    }

    /**
     * Nets obligations. Their order does not matter.
     *
     * @param number of the cycle, ≥ 1
     * @throws IllegalArgumentException if an id stands twice
     * @throws ArithmeticException if a sum leaves 64 bits
     */
    public static NettingCycle of(long number, List<Obligation> obligations) {
        if (number < 1) {
            throw new IllegalArgumentException("cycle must be >= 1; have " + number);
        }
        TreeMap<String, Obligation> byId = new TreeMap<>();
        obligations.forEach(obligation -> {
            if (byId.put(obligation.id(), obligation) != null) {
                throw new IllegalArgumentException("obligation " + obligation.id() + " must stand once in a cycle");
            }
        });
        TreeMap<String, List<Obligation>> byCommodity = new TreeMap<>();
        byId.values()
                .forEach(o -> byCommodity
                        .computeIfAbsent(o.commodity(), c -> new ArrayList<>())
                        .add(o));
        return new NettingCycle(
                number,
                List.copyOf(byId.values()),
                byCommodity.entrySet().stream()
                        .map(e -> net(e.getKey(), e.getValue()))
                        .toList());
    }

    private static CommodityNet net(String commodity, List<Obligation> obligations) {
        TreeMap<String, Long> nets = new TreeMap<>();
        long gross = 0;
        for (Obligation obligation : obligations) {
            nets.merge(obligation.from(), Math.negateExact(obligation.units()), Math::addExact);
            nets.merge(obligation.to(), obligation.units(), Math::addExact);
            gross = Math.addExact(gross, obligation.units());
        }
        return new CommodityNet(commodity, gross, nets);
    }

    /**
     * The same cycle without a member who cannot pay: its obligations, owed and due, go to default management; everybody else's are netted anew.
     *
     * @param member who cannot pay
     */
    public NettingCycle without(String member) {
        return of(
                number,
                obligations.stream()
                        .filter(o -> !o.from().equals(member) && !o.to().equals(member))
                        .toList());
    }

    /** How many settlements remain: one of each member and commodity whose net is not 0. */
    public long settlements() {
        return nets.stream()
                .flatMap(commodity -> commodity.nets().values().stream())
                .filter(net -> net != 0)
                .count();
    }

    /** ["bulwark-netting-cycle", 1, number, [[id, from, to, commodity, units] by id]]: whoever has it nets again and must find the same amounts. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-netting-cycle"),
                integer(1),
                integer(number),
                array(obligations.stream()
                        .sorted(Comparator.comparing(Obligation::id))
                        .map(o -> array(
                                text(o.id()), text(o.from()), text(o.to()), text(o.commodity()), integer(o.units())))
                        .toList()));
    }

    /** What names the cycle. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * The nets of one commodity.
     *
     * @param commodity what
     * @param gross all obligations together, units
     * @param nets of each member: positive is received from the house, negative is paid to it; a member whose obligations cancel has 0
     */
    public record CommodityNet(String commodity, long gross, SortedMap<String, Long> nets) {
        private static final long PPM = Ppm.ONE;

        /** Copies; the nets must sum to zero. */
        public CommodityNet {
            nets = Collections.unmodifiableSortedMap(new TreeMap<>(nets));
            long sum = nets.values().stream().reduce(0L, Math::addExact);
            if (sum != 0) {
                throw new IllegalArgumentException("nets of " + commodity + " must sum to 0; have " + sum);
            }
        }

        /** What is settled instead of the gross: all that members pay to the house, units. It passes on as much. */
        public long settled() {
            return nets.values().stream().filter(net -> net < 0).reduce(0L, Math::subtractExact);
        }

        /** The share of gross that need not be settled, ppm, rounded down. */
        public long savedPpm() {
            return BigInteger.valueOf(gross - settled())
                    .multiply(BigInteger.valueOf(PPM))
                    .divide(BigInteger.valueOf(gross))
                    .longValueExact();
        }
    }

    /**
     * What one member owes another.
     *
     * @param id by which both know it; stands once in a cycle
     * @param from who owes
     * @param to who is owed
     * @param commodity what, such as {@code USD} or {@code ETH}
     * @param units &gt; 0, in the commodity's smallest unit
     */
    public record Obligation(String id, String from, String to, String commodity, long units) {
        /** Checks names and amount. */
        public Obligation {
            if (id.isBlank() || from.isBlank() || to.isBlank() || commodity.isBlank()) {
                throw new IllegalArgumentException(
                        "id, from, to and commodity of an obligation must not be blank; have " + id);
            }
            if (from.equals(to)) {
                throw new IllegalArgumentException("to of obligation " + id + " must be another than from; have " + to);
            }
            if (units <= 0) {
                throw new IllegalArgumentException("units of obligation " + id + " must be > 0; have " + units);
            }
        }
    }
}
