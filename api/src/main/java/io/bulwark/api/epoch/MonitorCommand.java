package io.bulwark.api.epoch;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.Monitoring;
import io.bulwark.house.epoch.Monitoring.MonitoredAccount;
import io.bulwark.netting.margin.MarginStatement;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Value at risk and expected shortfall beside the margin. */
@Command(
        name = "monitor",
        description = {
            "Value at risk and expected shortfall of every account at any level and horizon, over many equally likely worlds.",
            "Needs an epoch that was sealed over a price history. Beside the margin, never margin."
        })
final class MonitorCommand extends VerbCommand {
    private static final int PPM_DIGITS = 6;

    @Option(names = "--epoch", paramLabel = "N", description = "The epoch's number; the latest if none is given.")
    private @Nullable Long epoch;

    @Option(
            names = "--level",
            paramLabel = "P",
            description = "Share of worlds that the value at risk covers. Default: ${DEFAULT-VALUE}",
            defaultValue = "0.99")
    private BigDecimal level = BigDecimal.ZERO;

    @Option(
            names = "--horizon",
            paramLabel = "DAYS",
            description = "Days ahead. Default: ${DEFAULT-VALUE}",
            defaultValue = "1")
    private int horizon;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Worlds: a divisor of a million, 10000 or more. Default: ${DEFAULT-VALUE}",
            defaultValue = "10000")
    private int rows;

    @Override
    public Integer call() {
        Monitoring monitoring = new Monitoring(ppm(), horizon, rows);
        List<MonitoredAccount> accounts = OpenHouse.ask(house -> house.archive()
                .monitor(OpenHouse.epoch(house, epoch).number(), monitoring)
                .orElseThrow(() -> OpenHouse.unsealed(house, epoch)));
        print(accounts, monitoring, out());
        return ExitCode.OK;
    }

    private int ppm() {
        try {
            return level.movePointRight(PPM_DIGITS).intValueExact();
        } catch (ArithmeticException e) {
            throw new BadInput("--level", level.toPlainString(), "must be a share with at most six decimals");
        }
    }

    private static void print(List<MonitoredAccount> accounts, Monitoring monitoring, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "%s over %d days in %,d worlds, USD; the last three columns are sealed",
                new BigDecimal(monitoring.level()).movePointLeft(PPM_DIGITS - 2).stripTrailingZeros() + " %",
                monitoring.horizonDays(),
                monitoring.rows()));
        out.println(String.format(
                Locale.ROOT,
                "%-12s %18s %18s %18s %18s %18s",
                "account",
                "value at risk",
                "exp. shortfall",
                "of the margin",
                "stress",
                "initial margin"));
        for (MonitoredAccount account : accounts) {
            Optional<MarginStatement> statement = account.line().margin().stated();
            out.println(String.format(
                    Locale.ROOT,
                    "%-12s %18s %18s %18s %18s %18s",
                    account.line().name(),
                    Usd.text(account.measures().valueAtRisk()),
                    Usd.text(account.measures().expectedShortfall()),
                    statement.map(s -> Usd.text(s.given().shortfall())).orElse("-"),
                    statement.map(s -> Usd.text(s.given().stress())).orElse("-"),
                    statement.map(s -> Usd.text(s.initialMargin())).orElse("-")));
        }
    }
}
