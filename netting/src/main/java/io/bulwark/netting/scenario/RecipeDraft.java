package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A recipe while its families are put together, one after another, in the published order of rows. */
final class RecipeDraft {
    private static final int JOINT_SHARE = 800_000;
    private static final int ROWS_MAX = 128;
    private static final int LIVE_MAX = 16;

    private final String name;
    private final PriceMoves moves;
    private final Recipe.Charging charging;
    private final List<ScenarioRow> rows = new ArrayList<>();
    private final List<Family> families = new ArrayList<>();
    private final List<Mixture> mixtures = new ArrayList<>();

    /** A combo by the names of its families. */
    private record Mixture(String name, Map<String, Integer> weights) {}

    RecipeDraft(String name, PriceMoves moves, Recipe.Charging charging) {
        this.name = name;
        this.moves = moves;
        this.charging = charging;
    }

    /** J and S with the combos joint and breakdown. */
    RecipeDraft joint() {
        List<ScenarioRow> joint = ScenarioRows.joint();
        rows.addAll(joint);
        rows.add(ScenarioRows.cross());
        families.add(new Family(
                "J", IntStream.range(0, joint.size()).mapToObj(IntColumn::of).toList()));
        families.add(new Family(
                "S", List.of(IntColumn.of(IntStream.range(0, rows.size()).toArray()))));
        mixtures.add(new Mixture("joint", Map.of("J", Ppm.ONE)));
        mixtures.add(new Mixture("breakdown", Map.of("J", JOINT_SHARE, "S", Ppm.ONE - JOINT_SHARE)));
        return this;
    }

    /** STAR: at every price point the shifted cells and the rows of J at the point. */
    RecipeDraft star() {
        families.add(new Family(
                "STAR", ScenarioRows.starPoints().stream().map(this::starPoint).toList()));
        mixtures.add(new Mixture("star", Map.of("STAR", Ppm.ONE)));
        return this;
    }

    /** EXT. */
    RecipeDraft extreme() {
        return extreme(move -> true);
    }

    /** EXT of some moves. */
    RecipeDraft extreme(IntPredicate which) {
        return family("EXT", "extended", ScenarioRows.extreme(which));
    }

    /** EXT of some moves in as many rows as there are moves. */
    RecipeDraft extremeWithin(IntPredicate which) {
        return family("EXT", "extended", filled(ScenarioRows.extreme(which), ScenarioRows.EXTREMES.size()));
    }

    /** HIST. */
    RecipeDraft historical(List<CrashDay> replays) {
        atMost("replays", replays.size(), LIVE_MAX);
        return family("HIST", "historical", replays(replays));
    }

    /** HIST in so many rows. */
    RecipeDraft historical(List<CrashDay> replays, int places) {
        atMost("replays", replays.size(), places);
        return family("HIST", "historical", filled(replays(replays), places));
    }

    private static List<ScenarioRow> replays(List<CrashDay> replays) {
        return replays.stream().map(ScenarioRows::replay).toList();
    }

    /**
     * DEPEG: five rows for the stables, three for the claims on each coin. Where the table has no room for a coin's own three
     * rows, its claims break in those of the last coin that has room: earlier than nothing, later than apart.
     *
     * @param reserved rows that are still to come
     */
    RecipeDraft depeg(Pegs pegs, int reserved) {
        return family("DEPEG", "depeg", breaks(pegs, ROWS_MAX - rows.size() - reserved));
    }

    /** DEPEG in so many rows. */
    RecipeDraft depegWithin(Pegs pegs, int places) {
        return family("DEPEG", "depeg", filled(breaks(pegs, places), places));
    }

    private static List<ScenarioRow> breaks(Pegs pegs, int places) {
        List<ScenarioRow> all = new ArrayList<>();
        if (!pegs.stables().isEmpty()) {
            all.addAll(ScenarioRows.stablesBreak(pegs.stables()));
        }
        int room = Math.max(1, (places - all.size()) / 3);
        packed(pegs.claimsOnCoins(), room).forEach(claims -> all.addAll(ScenarioRows.claimsBreak(claims)));
        return all;
    }

    /** ADV. */
    RecipeDraft adversarial(List<Submission> submissions) {
        atMost("submissions", submissions.size(), LIVE_MAX);
        return family("ADV", "adversarial", submissions(submissions));
    }

    /** ADV in so many rows, the first two of which are those of a group against all others where one is named. */
    RecipeDraft adversarial(OptionalInt counter, List<Submission> submissions, int places) {
        List<ScenarioRow> all = new ArrayList<>();
        counter.ifPresent(group -> all.addAll(ScenarioRows.counter(group)));
        atMost("submissions", submissions.size(), places - all.size());
        all.addAll(submissions(submissions));
        return family("ADV", "adversarial", filled(all, places));
    }

    private static List<ScenarioRow> submissions(List<Submission> submissions) {
        return submissions.stream().map(ScenarioRows::submission).toList();
    }

    /** A row that stands twice changes no maximum; where no row stands at all, one of 0 does not say what another family lost. */
    private static List<ScenarioRow> filled(List<ScenarioRow> rows, int places) {
        List<ScenarioRow> filled = new ArrayList<>(rows);
        filled.addAll(Collections.nCopies(places - rows.size(), rows.isEmpty() ? ScenarioRow.pad() : rows.getFirst()));
        return filled;
    }

    /** The whole. */
    Recipe recipe() {
        boolean grid = families.stream().anyMatch(family -> family.name().equals("J"));
        return new Recipe(
                name,
                List.copyOf(rows),
                List.copyOf(families),
                mixtures.stream().map(this::combo).toList(),
                moves,
                grid ? ScenarioRows.STEEP : 0,
                grid ? ScenarioRows.FLAT : 0,
                charging);
    }

    private Combo combo(Mixture mixture) {
        return new Combo(
                mixture.name(),
                IntColumn.of(families.stream()
                        .mapToInt(
                                family -> Optional.ofNullable(mixture.weights().get(family.name()))
                                        .orElse(0))
                        .toArray()));
    }

    /** The cells of one price point in the order of their shift. */
    private IntColumn starPoint(int point) {
        TreeMap<Integer, List<Integer>> byShift = new TreeMap<>();
        int still = ScenarioRows.jointRow(point);
        byShift.put(0, List.of(still, still + 1, still + 2));
        for (ScenarioRow row : ScenarioRows.star(point)) {
            int shift = ((ScenarioRow.PricePoint) row.move()).shift();
            byShift.computeIfAbsent(shift, s -> new ArrayList<>()).add(rows.size());
            rows.add(row);
        }
        return IntColumn.of(byShift.values().stream()
                .flatMapToInt(cells -> cells.stream().mapToInt(Integer::intValue))
                .toArray());
    }

    private RecipeDraft family(String family, String combo, List<ScenarioRow> members) {
        if (!members.isEmpty()) {
            int first = rows.size();
            rows.addAll(members);
            families.add(new Family(
                    family,
                    IntStream.range(first, rows.size()).mapToObj(IntColumn::of).toList()));
            mixtures.add(new Mixture(combo, Map.of(family, Ppm.ONE)));
        }
        return this;
    }

    private static List<List<String>> packed(List<List<String>> sets, int room) {
        List<List<String>> packed = new ArrayList<>();
        for (List<String> set : sets) {
            if (packed.size() < room) {
                packed.add(new ArrayList<>(set));
            } else {
                packed.getLast().addAll(set);
            }
        }
        return packed;
    }

    private void atMost(String field, int count, int most) {
        if (count > most) {
            throw new IllegalArgumentException(
                    field + " of the " + name + " table must be at most " + most + "; have " + count);
        }
    }
}
