package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.market.Pegs;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The governed numbers that a risk table is built from. Those of a group carry its name. */
public final class ScenarioParameters implements GovernedRoom {
    /** Which families and charges a table has: 1 everything; 0 the joint grid alone, for small tests and epochs that were sealed so. */
    public static final Parameter DESIGN = new Parameter("table.design", "0 grid (a test table), 1 full", 0, 1, 1);

    /**
     * Whether a table of the full design has the same structure on every day, so that one key proves over all of them: 1, its families are
     * filled up to a fixed number of rows. 0 has as many rows as the day has scenarios, and is there for epochs that were sealed so.
     */
    public static final Parameter SKELETON = new Parameter("table.skeleton", "0 or 1", 0, 1, 1);

    /** φ: maintenance margin as a share of initial margin. */
    public static final Parameter PHI = new Parameter("table.phi", "ppm", 700_000, 900_000, 800_000);

    /** Weight of the worst tail of expected shortfall: 10 000 is 99 %. */
    public static final Parameter TAIL = new Parameter("table.tail", "ppm", 1_000, 50_000, 10_000);

    /** Residual charged on negative cash. */
    public static final Parameter CASH_RESIDUAL = new Parameter("table.cashResidual", "ppm", 0, 50_000, 10_000);

    /** m₀: the least margin of an account that owes anything. */
    public static final Parameter MINIMUM_MARGIN =
            new Parameter("table.minimumMargin", "u = 10^-4 USD", 0, 100_000_000, 250_000);

    /** Cost of crossing the spread of a perpetual or future, of its notional. */
    public static final Parameter LINEAR_SPREAD = new Parameter("table.spread.linear", "ppm", 0, 100_000, 500);

    /** Cost of crossing the spread of an option, of its underlying's value. */
    public static final Parameter OPTION_SPREAD = new Parameter("table.spread.option", "ppm", 0, 100_000, 5_000);

    /** Steps of the coarser of the two trees that price an American option; the finer has twice as many. */
    public static final Parameter TREE_STEPS = new Parameter("scenario.tree.steps", "steps", 8, 512, 64);

    @Override
    public List<Class<?>> declaring() {
        return List.of(ScenarioParameters.class, SurfaceModel.class);
    }

    @Override
    public List<Function<String, Parameter>> perName() {
        return Stream.concat(GovernedRoom.super.perName().stream(), Stream.of(claim -> Pegs.peg(claim, true)))
                .toList();
    }

    /** The model that revalues a group's European options: Black-76, or Merton's jump diffusion. */
    public static Parameter model(String group) {
        return new Parameter("scenario.model." + group, "0 Black-76, 1 jump diffusion", 0, 1, 0);
    }

    /** λ of a group's jump diffusion. */
    public static Parameter jumpIntensity(String group) {
        return new Parameter("scenario.jumpIntensity." + group, "10^-3 jumps a year", 100, 50_000, 6_000);
    }

    /** γ: the share of a group's variance that comes from jumps. */
    public static Parameter jumpShare(String group) {
        return new Parameter("scenario.jumpShare." + group, "ppm", 0, 900_000, 400_000);
    }

    /** X, the price range of one day; a group that governance has not yet judged starts with 35 %. */
    public static Parameter range(String group) {
        long initial = switch (group) {
            case "BTC" -> 160_000;
            case "ETH" -> 200_000;
            default -> 350_000;
        };
        return new Parameter("scenario.range." + group, "ppm", 30_000, 950_000, initial);
    }

    /** κ, how far a group may move apart from the others, of X. */
    public static Parameter apart(String group) {
        long initial = switch (group) {
            case "BTC", "ETH" -> 350_000;
            default -> 600_000;
        };
        return new Parameter("scenario.apart." + group, "ppm of X", 150_000, 600_000, initial);
    }

    /** Cost of selling a net long delta. */
    public static Parameter impactLong(String group) {
        return impact("long", group, 1_500, 1_900, 8_000);
    }

    /** Cost of buying back a net short delta. */
    public static Parameter impactShort(String group) {
        return impact("short", group, 1_800, 1_600, 9_000);
    }

    private static Parameter impact(String side, String group, long btc, long eth, long others) {
        long initial = switch (group) {
            case "BTC" -> btc;
            case "ETH" -> eth;
            default -> others;
        };
        return new Parameter("table.impact." + side + "." + group, "ppm", 0, 100_000, initial);
    }

    /** Where the volatilities of the options of a table come from. */
    public enum SurfaceModel {
        /** The venue's own volatility of each option; without a fresh one an option is left out. */
        VENUE_MARKS,
        /** The fitted surface of the underlying: every option of a fitted underlying has a price. */
        FITTED,
        /** The fitted surface with its learned residual, where its rules let it. */
        LEARNED;

        /** The choice of the house. */
        public static final Parameter CHOICE =
                new Parameter("surface.model", "0 venue marks, 1 fitted surface, 2 learned surface", 0, 2, 0);

        /** The choice in force. */
        public static SurfaceModel of(ParameterSet parameters) {
            return values()[Math.toIntExact(parameters.value(CHOICE))];
        }
    }
}
