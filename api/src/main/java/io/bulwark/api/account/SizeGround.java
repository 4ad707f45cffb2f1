package io.bulwark.api.account;

import io.bulwark.netting.liquidity.AddOnSlopes.SlopeBasis;
import io.bulwark.netting.liquidity.SlopeBases;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the charges for size of one thing that an account holds rest on: observed (on what venues show and accounts hold), floor (on the
 * governed number, because what is observed would charge less) or governed (nobody shows what would be needed).
 *
 * @param of instrument, asset or risk group, by name
 * @param spread of an instrument: half its quoted spread
 * @param longs the slope that longs are charged by
 * @param shorts the slope that shorts are charged by
 */
@Serdeable
record SizeGround(
        String of,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> spread,

        String longs,
        String shorts) {
    private static final List<SlopeBasis> GOVERNED = Collections.nCopies(3, SlopeBasis.GOVERNED);

    /** Of what an account holds: instruments, then collateral, then the groups of both. */
    static List<SizeGround> of(MarginAccount account, EpochView view) {
        return view.slopes().map(bases -> held(account, view.table(), bases)).orElse(List.of());
    }

    private static List<SizeGround> held(MarginAccount account, RiskTable table, SlopeBases bases) {
        List<SizeGround> grounds = new ArrayList<>();
        Set<Integer> groups = new TreeSet<>();
        for (Entry entry : account.positions()) {
            InstrumentRisk held = table.instrument(entry.number()).orElseThrow();
            held.delta().forEach(leg -> groups.add(leg.group()));
            List<SlopeBasis> three = bases.instruments().getOrDefault(Place.listed(held.number()), GOVERNED);
            grounds.add(ground(held.id(), Optional.of(three.get(0).word()), three.subList(1, 3)));
        }
        for (Entry entry : account.collateral()) {
            AssetRisk held = table.asset(entry.number()).orElseThrow();
            groups.add(held.group());
            grounds.add(ground(
                    held.id(), Optional.empty(), bases.assets().getOrDefault(Place.listed(held.number()), GOVERNED)));
        }
        for (int number : groups) {
            table.group(number)
                    .filter(group -> group.charges().isPresent())
                    .ifPresent(group -> grounds.add(
                            ground(group.id(), Optional.empty(), bases.groups().getOrDefault(number, GOVERNED))));
        }
        return List.copyOf(grounds);
    }

    private static SizeGround ground(String of, Optional<String> spread, List<SlopeBasis> sides) {
        return new SizeGround(of, spread, sides.get(0).word(), sides.get(1).word());
    }
}
