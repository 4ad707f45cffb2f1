package io.bulwark.netting.network;

import java.util.List;
import org.hipparchus.fraction.BigFraction;

/** The rules that exact inputs obey; a refusal names the entry. */
public final class ExactRules {
    private ExactRules() {}

    /** So many entries. */
    public static void length(String name, List<?> entries, int length) {
        if (entries.size() != length) {
            throw new IllegalArgumentException(name + " must have " + length + " entries; has " + entries.size());
        }
    }

    /** At least one entry. */
    public static void notEmpty(String name, List<?> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    /** No entry below 0. */
    public static void notNegative(String name, List<BigFraction> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).signum() < 0) {
                throw new IllegalArgumentException(name + "[" + i + "] must be >= 0; have " + entries.get(i));
            }
        }
    }

    /** Every entry above 0. */
    public static void positive(String name, List<BigFraction> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).signum() <= 0) {
                throw new IllegalArgumentException(name + "[" + i + "] must be > 0; have " + entries.get(i));
            }
        }
    }

    /** Within 0 … 1. */
    public static void share(String name, BigFraction share) {
        if (share.signum() < 0 || share.compareTo(BigFraction.ONE) > 0) {
            throw new IllegalArgumentException(name + " must be within 0 … 1; have " + share);
        }
    }
}
