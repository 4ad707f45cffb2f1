package io.bulwark.netting.risktable;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** Order and lookup by permanent number. */
final class Entries {
    private Entries() {}

    static void sorted(List<Sensitivity> sensitivities, String where) {
        increasing(sensitivities, Sensitivity::group, where);
    }

    static <T> void increasing(List<T> entries, ToIntFunction<T> number, String where) {
        for (int i = 1; i < entries.size(); i++) {
            int previous = number.applyAsInt(entries.get(i - 1));
            int next = number.applyAsInt(entries.get(i));
            Require.that(previous < next, where, "must be sorted by number without repetition", previous + ", " + next);
        }
    }

    static <T> OptionalInt find(List<T> entries, ToIntFunction<T> number, int wanted) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = number.applyAsInt(entries.get(middle));
            if (found == wanted) {
                return OptionalInt.of(middle);
            }
            if (found < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return OptionalInt.empty();
    }
}
