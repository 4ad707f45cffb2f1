package io.bulwark.netting.formula;

import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskEntry;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.List;

/** One entry that counts in the margin, beside what the table says of it. Paid-up lots are no holdings: they count nowhere. */
public sealed interface MarginLine {
    /** The lists whose entries count in the margin. Paid-up lots count nowhere. */
    enum Role {
        /** Margined position, signed. */
        POSITION,
        /** Asset held. */
        COLLATERAL,
        /** Asset owed. */
        DEBT
    }

    /** What the table says of one lot. */
    RiskEntry risk();

    /** Lots; signed for a position, above 0 otherwise. */
    long lots();

    /** Which list the entry stands in. */
    Role role();

    /** Change of what the house is owed per lot of {@link #lossLots} and scenario row. */
    IntColumn row();

    /** The same per expected-shortfall row. */
    IntColumn es();

    /** The factor that turns a row entry into a loss: −lots where the row is a profit, lots where it is a debt. */
    default long lossLots() {
        return Math.negateExact(lots());
    }

    /** Lots as they count in the net delta: debt against, all others with their sign. */
    default long deltaLots() {
        return lots();
    }

    /** Id of the instrument or asset. */
    default String id() {
        return risk().id();
    }

    /** Permanent number of the instrument or asset. */
    default int number() {
        return risk().number();
    }

    /** Number of the group in whose rows it stands. */
    default int group() {
        return risk().group();
    }

    /** Number of the venue at which it stands, 0 where that is none. */
    default int venue() {
        return risk().venue();
    }

    /** What the venue's own count of the entry loses in the first row of a path, u: of collateral without the house's haircut. */
    default long lossAtVenue(int path, int firstRow) {
        return loss(firstRow);
    }

    /** The sensitivities of one lot to underlying prices. */
    default List<Sensitivity> delta() {
        return risk().delta();
    }

    /** Loss in a scenario row, u. */
    default long loss(int scenarioRow) {
        return Math.multiplyExact(lossLots(), row().at(scenarioRow));
    }

    /** Loss in an expected-shortfall row, u. */
    default long esLoss(int esRow) {
        return Math.multiplyExact(lossLots(), es().at(esRow));
    }

    /** A margined position. */
    record Position(InstrumentRisk risk, long lots) implements MarginLine {
        @Override
        public Role role() {
            return Role.POSITION;
        }

        @Override
        public IntColumn row() {
            return risk.rowFor(lots);
        }

        @Override
        public IntColumn es() {
            return risk.es();
        }
    }

    /** Collateral held. */
    record Collateral(AssetRisk risk, long lots) implements MarginLine {
        @Override
        public Role role() {
            return Role.COLLATERAL;
        }

        @Override
        public long lossAtVenue(int path, int firstRow) {
            return Math.multiplyExact(lossLots(), risk.at().row().at(path));
        }

        @Override
        public IntColumn row() {
            return risk.row();
        }

        @Override
        public IntColumn es() {
            return risk.es();
        }
    }

    /** Debt owed. */
    record Debt(AssetRisk risk, long lots) implements MarginLine {
        @Override
        public Role role() {
            return Role.DEBT;
        }

        @Override
        public IntColumn row() {
            return risk.debtRow();
        }

        @Override
        public IntColumn es() {
            return risk.debtEs();
        }

        @Override
        public long lossLots() {
            return lots;
        }

        @Override
        public long deltaLots() {
            return Math.negateExact(lots);
        }
    }
}
