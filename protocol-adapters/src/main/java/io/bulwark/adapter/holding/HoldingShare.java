package io.bulwark.adapter.holding;

import io.bulwark.clearing.position.EvidenceGrade;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is held of one asset, by how it is shown. Lots; cash in u.
 *
 * @param byGrade lots by the grade that was found; together everything that is held
 * @param withoutControl lots of which nobody shows that the place is the house's
 * @param enough lots that are shown by at least the listed grade, with control
 */
public record HoldingShare(Map<EvidenceGrade, Long> byGrade, long withoutControl, long enough) {
    static final HoldingShare NONE = new HoldingShare(Map.of(), 0, 0);

    /** Copies. */
    public HoldingShare {
        EnumMap<EvidenceGrade, Long> copy = new EnumMap<>(EvidenceGrade.class);
        copy.putAll(byGrade);
        byGrade = Collections.unmodifiableMap(copy);
    }

    /** Everything that is held. */
    public long lots() {
        return byGrade.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }

    HoldingShare with(long lots, EvidenceGrade found, boolean controlled, EvidenceGrade least) {
        EnumMap<EvidenceGrade, Long> grades = new EnumMap<>(EvidenceGrade.class);
        grades.putAll(byGrade);
        grades.merge(found, lots, Math::addExact);
        return new HoldingShare(
                grades,
                controlled ? withoutControl : Math.addExact(withoutControl, lots),
                controlled && found.meets(least) ? Math.addExact(enough, lots) : enough);
    }
}
