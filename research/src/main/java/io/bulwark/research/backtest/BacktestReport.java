package io.bulwark.research.backtest;

import io.bulwark.netting.backtest.HouseBacktest;
import java.util.stream.Collectors;

/** A backtest in the forms in which it is handed out. */
final class BacktestReport {
    private BacktestReport() {}

    /** Tables for a terminal. */
    public static String text(BacktestAnswer answer) {
        String notes =
                answer.notes().stream().map(note -> "note: " + note + "\n").collect(Collectors.joining());
        return notes
                + answer.parts().stream()
                        .flatMap(part -> BacktestTable.of(part).stream())
                        .filter(table -> !table.rows().isEmpty())
                        .map(BacktestTable::text)
                        .collect(Collectors.joining("\n"));
    }

    /** A picture of the last part: the whole, or what was judged. */
    public static byte[] png(BacktestRun run) {
        HouseBacktest.Part last = run.parts().getLast();
        return BacktestPicture.png(last);
    }

    /** A page with tables and pictures. */
    public static String html(BacktestRun run) {
        return BacktestPage.html(run);
    }
}
