package io.bulwark.netting.buffer;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.buffer.VegaTariff.Bucket;
import io.bulwark.netting.buffer.VegaTariff.OptionVega;
import io.bulwark.netting.buffer.VegaTariff.Share;
import io.bulwark.netting.buffer.VegaTariff.Wing;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.VegaHolding;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * In which buckets the vega of a house's options lies.
 *
 * <p>Tenor: whole days to expiry, begun ones counted, interpolated between the nodes. Wing: the delta of the option out of the money at the same strike (a call of 80 % lies where
 * the put of 20 % does), at 45 % and more wholly the middle, at 25 % and less wholly the wing, linear between.
 */
final class OptionBuckets {
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MICRO_PER_U = 100;
    private static final long MIDDLE_PPM = 450_000;
    private static final long WING_PPM = 250_000;
    private static final long HALF_PPM = 500_000;

    private final VegaCrowding.Rules rules;
    private final List<Group> groups;
    private final List<Integer> withOptions = new ArrayList<>();
    private final List<OptionVega> options = new ArrayList<>();
    private final Map<String, OptionVega> byId = new HashMap<>();

    /** Nodes of every wing, in the order of the buckets. */
    private final List<List<VegaCrowding.Node>> nodes = new ArrayList<>();

    /**
     * The buckets of the options of a table.
     *
     * @param groups its liquidity groups, in their order
     * @param market from which the table was built
     */
    OptionBuckets(RiskTable table, List<Group> groups, Listing listing, Market market, ParameterSet parameters) {
        this.rules = VegaParameters.rules(parameters);
        this.groups = groups;
        List<InstrumentRisk> listed = table.instruments().stream()
                .filter(i -> i.vega().stream().anyMatch(v -> place(v.group()) >= 0))
                .toList();
        for (int k = 0; k < groups.size(); k++) {
            int number = groups.get(k).number();
            if (listed.stream().flatMap(i -> i.vega().stream()).anyMatch(v -> v.group() == number)) {
                withOptions.add(k);
            }
        }
        for (int k : withOptions) {
            for (Wing wing : Wing.values()) {
                nodes.add(VegaParameters.nodes(parameters, groups.get(k).id(), wing));
            }
        }
        for (InstrumentRisk risk : listed) {
            OptionVega vega =
                    new OptionVega(risk.id(), shares(risk, listing.instrument(Place.listed(risk.number())), market));
            options.add(vega);
            byId.put(risk.id(), vega);
        }
    }

    private int place(int group) {
        for (int k = 0; k < groups.size(); k++) {
            if (groups.get(k).number() == group) {
                return k;
            }
        }
        return -1;
    }

    private List<Share> shares(InstrumentRisk risk, ListedInstrument listed, Market market) {
        int days = days(listed.contract(), market.timeMillis());
        List<Share> shares = new ArrayList<>();
        for (Sensitivity vega : risk.vega()) {
            int k = place(vega.group());
            if (k < 0) {
                continue;
            }
            long whole = vega.amount() * MICRO_PER_U;
            Strike strike = strike(risk, listed, market);
            long wing = VegaCrowding.share(whole, strike.wingPpm);
            spread(k, strike.wing, days, wing, shares);
            spread(k, Wing.ATM, days, whole - wing, shares);
        }
        return shares;
    }

    private void spread(int group, Wing wing, int days, long vegaMicro, List<Share> shares) {
        long[] nodes = VegaCrowding.onNodes(VegaParameters.TENORS, new VegaCrowding.Vega(days, vegaMicro));
        int first = (withOptions.indexOf(group) * Wing.values().length + wing.code()) * nodes.length;
        for (int b = 0; b < nodes.length; b++) {
            if (nodes[b] != 0) {
                shares.add(new Share(first + b, nodes[b]));
            }
        }
    }

    /** What is not dated lies at the last node. */
    private static int days(Instrument contract, long timeMillis) {
        return switch (contract) {
            case Instrument.Option option ->
                Math.toIntExact(
                        Math.max(0, Rounding.cdiv(Math.subtractExact(option.expiryMillis(), timeMillis), DAY_MILLIS)));
            default -> VegaParameters.TENORS.getLast();
        };
    }

    /** Where on the smile an option lies, and how much of it. */
    private record Strike(Wing wing, long wingPpm) {
        private static final Strike MIDDLE = new Strike(Wing.ATM, 0);
    }

    /** Of an option on one asset; everything else lies in the middle. */
    private static Strike strike(InstrumentRisk risk, ListedInstrument listed, Market market) {
        if (!(listed.contract() instanceof Instrument.Option option)
                || risk.delta().size() != 1) {
            return Strike.MIDDLE;
        }
        BigDecimal notional = market.groupPrice(listed.group())
                .orElseThrow(() -> new IllegalArgumentException("the price of the group of " + risk.id()
                        + " must be of the market that its table was built from"))
                .times(listed.lot())
                .toDecimal()
                .multiply(BigDecimal.valueOf(Usd.UNITS));
        long delta = BigDecimal.valueOf(
                        Math.absExact((long) risk.delta().getFirst().amount()))
                .multiply(BigDecimal.valueOf(Ppm.ONE))
                .divide(notional, 0, RoundingMode.FLOOR)
                .min(BigDecimal.valueOf(Ppm.ONE))
                .longValueExact();
        boolean inTheMoney = delta > HALF_PPM;
        boolean call = option.right() == OptionRight.CALL;
        long outside = inTheMoney ? Ppm.ONE - delta : delta;
        long way = Math.clamp(MIDDLE_PPM - outside, 0, MIDDLE_PPM - WING_PPM);
        return new Strike(call == inTheMoney ? Wing.PUT : Wing.CALL, way * Ppm.ONE / (MIDDLE_PPM - WING_PPM));
    }

    /** Where the vega of a lot of an option lies. */
    List<Share> shares(String id) {
        OptionVega vega = byId.get(id);
        return vega == null ? List.of() : vega.shares();
    }

    /** Number of buckets. */
    int size() {
        return withOptions.size() * Wing.values().length * VegaParameters.TENORS.size();
    }

    /**
     * What short volatility pays in a book.
     *
     * @param isDealer whether an account is on the published list
     */
    VegaTariff tariff(List<ContagionAccount> accounts, Predicate<ContagionAccount> isDealer) {
        List<VegaCrowding.NetShort> sums =
                Stream.generate(VegaCrowding.NetShort::new).limit(size()).toList();
        for (ContagionAccount account : accounts) {
            if (!account.vega().equals(VegaHolding.NONE)) {
                boolean dealer = isDealer.test(account);
                for (int b = 0; b < sums.size(); b++) {
                    sums.get(b).add(dealer, account.vega().vegaMicro().get(b));
                }
            }
        }
        List<Bucket> buckets = new ArrayList<>();
        int wings = 0;
        for (int k : withOptions) {
            for (Wing wing : Wing.values()) {
                for (VegaCrowding.Node node : nodes.get(wings)) {
                    buckets.add(bucket(k, wing, node, sums.get(buckets.size()).vegaMicro()));
                }
                wings++;
            }
        }
        return new VegaTariff(buckets, options);
    }

    private Bucket bucket(int group, Wing wing, VegaCrowding.Node node, long netShort) {
        long crowding = VegaCrowding.crowding(netShort, node.capacityMicro());
        return new Bucket(
                group,
                node.tenorDays(),
                wing,
                node.capacityMicro(),
                node.volMovePoints(),
                netShort,
                Math.toIntExact(rules.haircut(crowding)));
    }
}
