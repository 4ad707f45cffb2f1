package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.venuemargin.VenueBook.LinearHolding;
import io.bulwark.netting.venuemargin.VenueBook.OptionHolding;
import io.bulwark.netting.venuemargin.VenueBook.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Contracts and prices read back from a table's {@code builder}: every input from which its rows follow. */
final class ContractReader {
    private static final double YEAR_MILLIS = 365.0 * 86_400_000;

    private final RiskTable table;
    private final double now;
    private final Map<Integer, Group> groups = new TreeMap<>();
    private final Map<Integer, Terms> contracts = new TreeMap<>();
    private final Map<Integer, Double> assetLots = new TreeMap<>();
    private final ParityForwards forwards;
    private final List<String> leftOut = new ArrayList<>();

    private record Group(String name, Optional<Double> spot) {}

    /** What a lot of an instrument is. */
    private sealed interface Terms {
        record Linear(int group, double lot, boolean inverse, long expiryMillis, double mark) implements Terms {}

        record European(
                int group,
                double lot,
                OptionRight right,
                double strike,
                long expiryMillis,
                Optional<Double> premium,
                Optional<Double> volatility)
                implements Terms {}

        record Other() implements Terms {}
    }

    ContractReader(RiskTable table) {
        this.table = table;
        require(table.builder() instanceof CanonicalValue.Array);
        Map<String, CanonicalValue> fields = new TreeMap<>();
        list(table.builder(), "builder").forEach(pair -> fields.put(pair.text("key"), pair.value("value")));
        require(fields.containsKey("timeMillis") && fields.containsKey("instruments"));
        this.now = CanonicalFields.of("builder", CanonicalValue.array(required(fields, "timeMillis")))
                .integer("timeMillis");
        list(required(fields, "groups"), "groups")
                .forEach(group -> groups.put(
                        (int) group.integer("number"), new Group(group.text("name"), amount(group, "price"))));
        list(required(fields, "assets"), "assets")
                .forEach(asset -> assetLots.put(
                        (int) asset.integer("number"), asset.decimal("lot").doubleValue()));
        list(required(fields, "instruments"), "instruments").forEach(this::contract);
        this.forwards = new ParityForwards();
        contracts.values().forEach(this::observe);
    }

    private static void require(boolean states) {
        Check.that(states, "risk table", "its builder", "must state contracts and prices, as a house's table does");
    }

    private static CanonicalValue required(Map<String, CanonicalValue> fields, String name) {
        return Optional.ofNullable(fields.get(name))
                .orElseThrow(() -> new IllegalArgumentException("builder of the risk table has no " + name));
    }

    private static List<CanonicalFields> list(CanonicalValue value, String name) {
        if (value instanceof CanonicalValue.Array(var elements)) {
            return elements.stream()
                    .map(element -> CanonicalFields.of(name, element))
                    .toList();
        }
        throw new IllegalArgumentException(name + " of the risk table's builder must be an array");
    }

    private static Optional<Double> amount(CanonicalFields fields, String name) {
        return fields.optional(name)
                .map(value -> CanonicalFields.of(name, CanonicalValue.array(value))
                        .decimal(name)
                        .doubleValue());
    }

    private void contract(CanonicalFields fields) {
        int number = (int) fields.integer("number");
        CanonicalFields contract = fields.fields("contract");
        double lot = fields.decimal("lot").doubleValue();
        Optional<Double> price = amount(fields, "price");
        Optional<Double> premium = amount(fields, "premium");
        Optional<Double> volatility = amount(fields, "volatility");
        Optional<Integer> group = table.instruments().stream()
                .filter(instrument -> instrument.number() == number)
                .map(InstrumentRisk::group)
                .findFirst();
        group.ifPresent(of -> contracts.put(number, terms(of, lot, contract, price, premium, volatility)));
    }

    private static Terms terms(
            int group,
            double lot,
            CanonicalFields contract,
            Optional<Double> price,
            Optional<Double> premium,
            Optional<Double> volatility) {
        return switch (contract.text("kind")) {
            case "perpetual" -> linear(group, lot, contract.bit("inverse"), 0, price);
            case "future" -> linear(group, lot, contract.bit("inverse"), contract.integer("expiryMillis"), price);
            case "option" ->
                new Terms.European(
                        group,
                        lot,
                        OptionRight.valueOf(contract.text("right")),
                        contract.decimal("strike").doubleValue(),
                        contract.integer("expiryMillis"),
                        premium,
                        volatility);
            default -> new Terms.Other();
        };
    }

    private static Terms linear(int group, double lot, boolean inverse, long expiryMillis, Optional<Double> price) {
        return price.<Terms>map(mark -> new Terms.Linear(group, lot, inverse, expiryMillis, mark))
                .orElseGet(Terms.Other::new);
    }

    private void observe(Terms terms) {
        if (terms instanceof Terms.European option
                && option.premium().isPresent()
                && spot(option.group()).isPresent()) {
            forwards.observe(
                    option.group(),
                    option.expiryMillis(),
                    option.right(),
                    option.strike(),
                    option.premium().orElseThrow() / spot(option.group()).orElseThrow());
        }
    }

    private Optional<Double> spot(int group) {
        return Optional.ofNullable(groups.get(group)).flatMap(Group::spot);
    }

    VenueBook book(MarginAccount account) {
        Map<Integer, List<LinearHolding>> linear = new TreeMap<>();
        Map<Integer, List<OptionHolding>> options = new TreeMap<>();
        Map<Integer, Double> base = new TreeMap<>();
        lots(account).forEach((number, lots) -> hold(number, lots, linear, options));
        account.collateral().forEach(entry -> collateral(entry, base));
        List<Underlying> held = new ArrayList<>();
        groups.forEach((number, group) -> {
            boolean any = linear.containsKey(number) || options.containsKey(number) || base.containsKey(number);
            if (any && group.spot().isPresent()) {
                held.add(new Underlying(
                        group.name(),
                        group.spot().orElseThrow(),
                        linear.getOrDefault(number, List.of()),
                        options.getOrDefault(number, List.of()),
                        base.getOrDefault(number, 0.0)));
            }
        });
        return new VenueBook(held, leftOut);
    }

    private static Map<Integer, Long> lots(MarginAccount account) {
        Map<Integer, Long> lots = new TreeMap<>();
        account.positions().forEach(entry -> lots.merge(entry.number(), entry.lots(), Math::addExact));
        account.paid().forEach(entry -> lots.merge(entry.number(), entry.lots(), Math::addExact));
        return lots;
    }

    private void hold(
            int number,
            long lots,
            Map<Integer, List<LinearHolding>> linear,
            Map<Integer, List<OptionHolding>> options) {
        InstrumentRisk listed = table.instruments().stream()
                .filter(instrument -> instrument.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("instrument " + number + " is not in the table"));
        switch (contracts.getOrDefault(number, new Terms.Other())) {
            case Terms.Linear contract ->
                linear.computeIfAbsent(contract.group(), group -> new ArrayList<>())
                        .add(new LinearHolding(
                                listed.id(),
                                lots * (contract.inverse() ? contract.lot() / contract.mark() : contract.lot()),
                                contract.mark(),
                                years(contract.expiryMillis())));
            case Terms.European option
            when option.volatility().isPresent() ->
                options.computeIfAbsent(option.group(), group -> new ArrayList<>())
                        .add(held(listed.id(), lots, option, option.volatility().orElseThrow()));
            case Terms.European ignored -> leftOut.add(listed.id() + " has no volatility");
            case Terms.Other ignored -> leftOut.add(listed.id() + " is no future or option on one underlying");
        }
    }

    private OptionHolding held(String id, long lots, Terms.European option, double volatility) {
        double spot = spot(option.group()).orElse(option.strike());
        return new OptionHolding(
                id,
                option.right(),
                option.strike(),
                lots * option.lot(),
                spot * forwards.overSpot(option.group(), option.expiryMillis(), spot),
                volatility,
                years(option.expiryMillis()));
    }

    private void collateral(Entry entry, Map<Integer, Double> base) {
        AssetRisk asset = table.assets().stream()
                .filter(listed -> listed.number() == entry.number())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("asset " + entry.number() + " is not in the table"));
        Optional<Double> lot = Optional.ofNullable(assetLots.get(asset.number()));
        Group group = groups.get(asset.group());
        if (lot.isPresent() && group != null && !group.name().equals("USD")) {
            base.merge(asset.group(), entry.lots() * lot.orElseThrow(), Double::sum);
        }
    }

    private double years(long expiryMillis) {
        return expiryMillis == 0 ? 0 : Math.max(expiryMillis - now, 0) / YEAR_MILLIS;
    }
}
