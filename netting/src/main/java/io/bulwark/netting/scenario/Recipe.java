package io.bulwark.netting.scenario;

import io.bulwark.netting.risktable.Combo;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.ScenarioRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which rows, families and charges a table has.
 *
 * @param name in the table's provenance
 * @param rows scenario rows
 * @param families over the rows
 * @param combos over the families
 * @param moves how rows move prices
 * @param steep row that steepens {@code flat}
 * @param flat the row that is steepened
 * @param charges whether spread and impact are charged
 */
record Recipe(
        String name,
        List<ScenarioRow> rows,
        List<Family> families,
        List<Combo> combos,
        PriceMoves moves,
        int steep,
        int flat,
        boolean charges) {
    private static final int ONE = 1_000_000;
    private static final int JOINT_SHARE = 800_000;

    /** J alone, and four fifths of J with one fifth of the worst of every group by itself (EMIR's limit on offsets). */
    static Recipe margin() {
        List<ScenarioRow> rows = new ArrayList<>(ScenarioRows.joint());
        int joint = rows.size();
        rows.add(ScenarioRows.cross());
        Family together = new Family(
                "J", IntStream.range(0, joint).mapToObj(IntColumn::of).toList());
        Family apart = new Family(
                "S", List.of(IntColumn.of(IntStream.rangeClosed(0, joint).toArray())));
        return new Recipe(
                "margin",
                List.copyOf(rows),
                List.of(together, apart),
                List.of(
                        new Combo("joint", IntColumn.of(ONE, 0)),
                        new Combo("breakdown", IntColumn.of(JOINT_SHARE, ONE - JOINT_SHARE))),
                new PriceMoves(List.of(), List.of(), ONE),
                ScenarioRows.STEEP,
                ScenarioRows.FLAT,
                true);
    }

    /** The replay of 2020-03-12 at full weight. */
    static Recipe vault() {
        return new Recipe(
                "vault",
                List.of(ScenarioRows.replay(Replay.MARCH_2020)),
                List.of(new Family("HIST", List.of(IntColumn.of(0)))),
                List.of(new Combo("historical", IntColumn.of(ONE))),
                new PriceMoves(List.of(Replay.MARCH_2020), List.of(), ONE),
                0,
                0,
                false);
    }
}
