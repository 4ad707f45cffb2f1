package io.bulwark.netting.revaluation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bit;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.map;
import static io.bulwark.clearing.document.CanonicalValue.optional;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.PriceDoubt;
import io.bulwark.netting.collateral.AssetClasses.ClassedAsset;
import io.bulwark.netting.liquidity.LiquidityObservations.AssetLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.GroupLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.InstrumentLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.OneSided;
import io.bulwark.netting.liquidity.SlopeBases;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.market.MarketDoubts;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.scenario.NamedScenarios.ExtremeMove;
import io.bulwark.netting.scenario.Recipe;
import io.bulwark.netting.scenario.Submission;
import io.bulwark.netting.scenario.TableInputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The {@code builder} tree of a table: every input from which its rows follow, so that anybody can derive them again. */
record Provenance(
        Recipe recipe,
        Listing listing,
        Market market,
        ParameterSet parameters,
        TableInputs inputs,
        TableVolatilities volatilities) {
    private static final int RULES_VERSION = 1;

    CanonicalValue canonical() {
        SortedMap<String, CanonicalValue> fields = new TreeMap<>();
        fields.put("rules", array(text("bulwark-rows"), integer(RULES_VERSION), text(recipe.name())));
        fields.put("timeMillis", integer(market.timeMillis()));
        fields.put("parameters", parameters.canonical());
        fields.put("surface", surface(SurfaceRule.PUBLISHED));
        fields.put("replays", list(recipe.moves().replays(), Provenance::replay));
        fields.put("replayWeight", integer(recipe.moves().replayWeight()));
        fields.put("groups", list(listing.groups(), this::group));
        fields.put("assets", list(listing.assets(), this::asset));
        fields.put("instruments", list(listing.instruments(), this::instrument));
        doubts(market.doubts()).ifPresent(tree -> fields.put("doubts", tree));
        volatilities.canonical().ifPresent(tree -> fields.put("volatilities", tree));
        if (recipe.charging() == Recipe.Charging.OBSERVED) {
            observed(fields);
        }
        List<ExtremeMove> judged = inputs.scenarios().judged();
        if (recipe.charging() == Recipe.Charging.NONE && !judged.isEmpty()) {
            fields.put(
                    "extremes",
                    list(
                            judged,
                            move -> array(integer(move.ppm()), integer(move.distance()), integer(move.greatest()))));
        }
        return map(fields);
    }

    /** What is in doubt and counts: disagreement and age of groups, assets and instruments by number; absent where nothing is. */
    private Optional<CanonicalValue> doubts(MarketDoubts doubts) {
        CanonicalValue named = array(doubts(doubts.groups()), doubts(doubts.assets()), doubts(doubts.instruments()));
        return named.equals(array(array(), array(), array())) ? Optional.empty() : Optional.of(named);
    }

    private CanonicalValue doubts(Map<Integer, PriceDoubt> doubts) {
        return array(doubts.entrySet().stream()
                .filter(e -> e.getValue().counts(parameters))
                .map(e -> array(
                        integer(e.getKey()),
                        integer(e.getValue().confidencePpm()),
                        integer(e.getValue().ageMillis())))
                .toList());
    }

    /** What the rows and charges of a full table rest on beside the market. */
    private void observed(SortedMap<String, CanonicalValue> fields) {
        fields.put("submissions", list(recipe.moves().submissions(), Provenance::submission));
        fields.put(
                "statistics",
                array(
                        text(inputs.statistics().source()),
                        list(inputs.statistics().groups(), Provenance::statistics)));
        fields.put(
                "before",
                array(inputs.before().stream()
                        .map(table -> text(table.digest().toString()))
                        .toList()));
        if (inputs.isObserved()) {
            fields.put("record", inputs.record().provenance());
            fields.put(SlopeBases.NAMED, new ObservedRates(parameters, inputs).bases(listing));
        }
        fields.put("shortfall", text(inputs.shortfall().source()));
        fields.put(
                "liquidity",
                array(
                        text(inputs.liquidity().source()),
                        list(inputs.liquidity().instruments(), Provenance::liquidity),
                        list(inputs.liquidity().assets(), Provenance::liquidity),
                        list(inputs.liquidity().groups(), Provenance::liquidity)));
        fields.put(
                "classes",
                array(integer(inputs.classes().version()), list(inputs.classes().assets(), Provenance::classed)));
    }

    private static CanonicalValue statistics(GroupStatistics group) {
        return array(
                integer(group.group()),
                group.fall() == group.rise()
                        ? integer(group.rise())
                        : array(integer(group.fall()), integer(group.rise())),
                integer(group.apart()),
                number(group.skewScore()));
    }

    private static CanonicalValue number(OptionalLong number) {
        return array(number.stream().mapToObj(CanonicalValue::integer).toList());
    }

    private static CanonicalValue liquidity(InstrumentLiquidity entry) {
        return array(
                integer(entry.instrument()),
                number(entry.halfSpread()),
                integer(entry.depth()),
                oneSided(entry.interest()),
                integer(entry.crowding()),
                bit(entry.whole()));
    }

    private static CanonicalValue liquidity(AssetLiquidity entry) {
        return array(integer(entry.asset()), integer(entry.depth()), oneSided(entry.interest()), bit(entry.whole()));
    }

    private static CanonicalValue liquidity(GroupLiquidity entry) {
        return array(
                integer(entry.group()),
                integer(entry.depth()),
                integer(entry.referenceDepth()),
                oneSided(entry.delta()),
                integer(entry.shortVega()),
                number(entry.vegaCapacity()),
                bit(entry.whole()));
    }

    private static CanonicalValue oneSided(OneSided interest) {
        return array(integer(interest.longSide()), integer(interest.shortSide()));
    }

    private static CanonicalValue classed(ClassedAsset asset) {
        return array(integer(asset.asset()), text(asset.explanation()));
    }

    private static CanonicalValue submission(Submission submission) {
        SortedMap<String, CanonicalValue> moves = new TreeMap<>();
        submission.moves().forEach((group, ppm) -> moves.put(group, integer(ppm)));
        return array(text(submission.name()), map(moves), decimal(submission.volatility()));
    }

    private static CanonicalValue surface(SurfaceRule rule) {
        SortedMap<String, CanonicalValue> fields = new TreeMap<>();
        fields.put("rise", decimal(rule.rise()));
        fields.put("fall", decimal(rule.fall()));
        fields.put("shortPower", decimal(rule.shortPower()));
        fields.put("longPower", decimal(rule.longPower()));
        fields.put("decayDays", integer(rule.decayDays()));
        fields.put("exchangeCorrelation", decimal(rule.exchangeCorrelation()));
        return map(fields);
    }

    private static CanonicalValue replay(CrashDay replay) {
        SortedMap<String, CanonicalValue> moves = new TreeMap<>();
        replay.moves().forEach((group, ppm) -> moves.put(group, integer(ppm)));
        return array(text(replay.day()), map(moves));
    }

    private CanonicalValue group(RiskGroup group) {
        return array(integer(group.number()), text(group.name()), amount(market.groupPrice(group.number())));
    }

    private CanonicalValue asset(ListedAsset asset) {
        return array(integer(asset.number()), amount(asset.lot()), amount(market.assetPrice(asset.number())));
    }

    private CanonicalValue instrument(ListedInstrument instrument) {
        return array(
                integer(instrument.number()),
                contract(instrument.contract()),
                amount(instrument.lot()),
                amount(market.instrumentPrice(instrument.number())),
                amount(market.premium(instrument.number())),
                amount(market.volatility(instrument.number())));
    }

    private static CanonicalValue contract(Instrument contract) {
        return switch (contract) {
            case Instrument.Perpetual perpetual -> array(text("perpetual"), bit(perpetual.inverse()));
            case Instrument.Future future ->
                array(text("future"), bit(future.inverse()), integer(future.expiryMillis()));
            case Instrument.Option option -> option(option);
            case Instrument.Spot ignored -> array();
            case Instrument.LendingClaim ignored -> array();
            case Instrument.Debt ignored -> array();
            case Instrument.VaultShare ignored -> array();
            case Instrument.LiquidityShare ignored -> array();
            case Instrument.Basket ignored -> array();
        };
    }

    private static CanonicalValue option(Instrument.Option option) {
        String kind = switch (option.exercise()) {
            case EUROPEAN -> "option";
            case AMERICAN -> "americanOption";
        };
        return array(text(kind), text(option.right().name()), amount(option.strike()), integer(option.expiryMillis()));
    }

    private static CanonicalValue amount(Amount amount) {
        return decimal(amount.toDecimal());
    }

    private static CanonicalValue amount(Optional<Amount> amount) {
        return optional(amount.map(Provenance::amount));
    }

    private static <T> CanonicalValue list(List<T> entries, Function<T, CanonicalValue> form) {
        return array(entries.stream().map(form).toList());
    }
}
