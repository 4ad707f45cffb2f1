package io.bulwark.bench;

import io.bulwark.netting.contagion.ContagionVector;
import java.util.Arrays;

/** The cascade as it is written: every account in every round, in the order of the book. */
final class NaiveCascade {
    private static final long WHOLE = 1_000_000;
    private static final long LADDER_SCALE = 1_000_000_000_000L;

    private final SeededCascade book;

    NaiveCascade(SeededCascade book) {
        this.book = book;
    }

    ContagionVector run() {
        int[] rates = new int[2 * SeededCascade.ASSETS];
        while (true) {
            int[] next = image(flows(rates));
            if (Arrays.equals(next, rates)) {
                return vector(rates);
            }
            rates = next;
        }
    }

    private long[] flows(int[] rates) {
        long[] flows = new long[rates.length];
        for (int a = 0; a < book.equity().length; a++) {
            long gain = 0;
            long loss = 0;
            for (int p = book.start()[a]; p < book.start()[a + 1]; p++) {
                long move = book.amount()[p] * SeededCascade.RETURN_PPM;
                gain += (book.side()[p] & 1) == 0 ? move : -move;
                loss += book.amount()[p] * rates[book.side()[p]];
            }
            long maintenance = book.maintenance()[a];
            long left = book.equity()[a] + Math.floorDiv(gain, WHOLE) - Math.ceilDiv(loss, WHOLE);
            long missing = maintenance - left;
            if (missing > 0) {
                long span = Math.max(1, maintenance * SeededCascade.RULES.spanPpm() / WHOLE);
                long share = missing >= span ? WHOLE : Math.ceilDiv(WHOLE * missing, span);
                for (int p = book.start()[a]; p < book.start()[a + 1]; p++) {
                    flows[book.side()[p]] += Math.ceilDiv(book.amount()[p] * share, WHOLE);
                }
            }
        }
        return flows;
    }

    private int[] image(long[] flows) {
        int[] rates = new int[flows.length];
        for (int i = 0; i < rates.length; i++) {
            long slope = book.groups().get(i / 2).ladder().steps().getFirst().slope();
            int cap = book.groups().get(i / 2).capPpm();
            rates[i] = flows[i] > cap * LADDER_SCALE / slope ? cap : (int) Math.ceilDiv(flows[i] * slope, LADDER_SCALE);
        }
        return rates;
    }

    private static ContagionVector vector(int[] rates) {
        int[] down = new int[rates.length / 2];
        int[] up = new int[down.length];
        for (int k = 0; k < down.length; k++) {
            down[k] = rates[2 * k];
            up[k] = rates[2 * k + 1];
        }
        return ContagionVector.of(down, up);
    }
}
