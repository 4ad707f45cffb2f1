package io.bulwark.api.crif;

import java.util.Arrays;
import java.util.Comparator;

/** The vertices at which vega stands. The table knows an expiry by its key of at most a year; the vertices beyond are those of other houses' files. */
enum VegaTenor {
    /** 14 days. */
    TWO_WEEKS("2w", 168),
    /** A twelfth of a year. */
    ONE_MONTH("1m", 365),
    /** A quarter. */
    THREE_MONTHS("3m", 1_095),
    /** Half a year. */
    SIX_MONTHS("6m", 2_190),
    /** A year of 365 days. */
    ONE_YEAR("1y", 4_380);

    private static final int PARTS_A_DAY = 12;

    private final String label;
    private final int twelfths;

    VegaTenor(String label, int twelfths) {
        this.label = label;
        this.twelfths = twelfths;
    }

    /** As Label1 writes it. */
    String label() {
        return label;
    }

    /** The vertex nearest to a number of days; the earlier of two that are as near. */
    static VegaTenor nearest(int days) {
        long asked = (long) PARTS_A_DAY * days;
        return Arrays.stream(values())
                .min(Comparator.comparingLong(tenor -> Math.abs(tenor.twelfths - asked)))
                .orElseThrow();
    }
}
