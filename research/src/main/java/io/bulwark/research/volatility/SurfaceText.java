package io.bulwark.research.volatility;

import io.bulwark.netting.surface.CrossValidation;
import io.bulwark.netting.surface.FitStatistics;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation;
import io.bulwark.netting.surface.SurfaceCard;
import java.io.PrintWriter;
import java.util.Locale;

/** A surface report in words and columns. */
final class SurfaceText {
    private final PrintWriter out;

    private SurfaceText(PrintWriter out) {
        this.out = out;
    }

    /** Prints the whole report. */
    public static void print(SurfaceReport report, PrintWriter out) {
        SurfaceText text = new SurfaceText(out);
        text.fit(report);
        text.learned(report);
        text.stresses(report);
    }

    private void fit(SurfaceReport report) {
        out.printf(
                Locale.ROOT,
                "read %s%s, %d options%n",
                report.time(),
                report.timeImplied() ? " (as its own marks say)" : "",
                report.quotes());
        out.printf(Locale.ROOT, "refused                    %s%n", report.refused());
        out.printf(Locale.ROOT, "fitted surface             %s%n", words(report.fit()));
        out.printf(Locale.ROOT, "one extended SSVI alone    %s%n", words(report.single()));
        out.printf(Locale.ROOT, "share of turbulence        %.4f%n", report.share());
        out.printf(
                Locale.ROOT,
                "free of static arbitrage   %s (room %.2g; %d violations on the fine grid)%n",
                report.slack() >= 0 && report.violations() == 0 ? "yes" : "NO",
                report.slack(),
                report.violations());
        out.printf(
                Locale.ROOT,
                "30-day index               %s from quotes, %.2f from the surface%n",
                report.index()
                        .map(v -> String.format(Locale.ROOT, "%.2f", 100 * v))
                        .orElse("none"),
                100 * report.indexOfSurface());
        out.println();
        out.printf(
                Locale.ROOT,
                "%8s %12s %9s %9s %9s %7s %9s %9s %7s%n",
                "days",
                "forward",
                "money",
                "25d RR",
                "25d fly",
                "quotes",
                "error",
                "largest",
                "inside");
        for (SurfaceReport.Expiry e : report.expiries()) {
            out.printf(
                    Locale.ROOT,
                    "%8.2f %12.2f %9.2f %9.2f %9.2f %7d %9.2f %9.2f %6.0f%%%n",
                    e.days(),
                    e.forward(),
                    100 * e.skew().money(),
                    100 * e.skew().riskReversal(),
                    100 * e.skew().butterfly(),
                    e.fit().count(),
                    100 * e.fit().rootMeanSquare(),
                    100 * e.fit().largest(),
                    100 * e.fit().inside());
        }
        out.println();
    }

    private void learned(SurfaceReport report) {
        out.printf(Locale.ROOT, "learned surface            %s%n", report.verdict());
        if (report.learned().isPresent()) {
            SurfaceCard card = report.learned().orElseThrow();
            out.printf(Locale.ROOT, "  features                 %s%n", card.features());
            out.printf(
                    Locale.ROOT,
                    "  kernel                   amplitude %.2f points, widths %.2f and %.2f, %d quotes%n",
                    100 * card.amplitude(),
                    card.moneynessWidth(),
                    card.timeWidth(),
                    card.quotes());
            out.printf(
                    Locale.ROOT,
                    "  left-one-out error       %.3f points, without it %.3f; used to %.0f %%, bound %.1f points%n",
                    100 * card.errorLeftOut(),
                    100 * card.errorWithout(),
                    100 * card.scale(),
                    100 * card.bound());
            out.printf(Locale.ROOT, "  coefficients             sha256 %s%n", card.coefficients());
        }
        if (report.heldOut().isPresent()) {
            CrossValidation held = report.heldOut().orElseThrow();
            out.printf(Locale.ROOT, "held-out quotes, 5 folds%n");
            out.printf(Locale.ROOT, "  one extended SSVI        %s%n", words(held.single()));
            out.printf(Locale.ROOT, "  fitted surface           %s%n", words(held.mixture()));
            out.printf(
                    Locale.ROOT,
                    "  learned surface          %s (used in %d folds)%n",
                    words(held.learned()),
                    held.used());
        }
        out.println();
    }

    private void stresses(SurfaceReport report) {
        out.printf(
                Locale.ROOT,
                "shocks of the joint grid, violations among listed strikes and expiries: how many, the dearest in basis points of the forward, its volatility, and where%n");
        for (SurfaceReport.Stress stress : report.stresses()) {
            StringBuilder found = new StringBuilder();
            for (ArbitrageViolation worst : stress.worst()) {
                found.append(String.format(
                        Locale.ROOT,
                        "%s %d x, %.2f bp = %.2f points at %.1f days, k %+.2f; ",
                        worst.kind().name().toLowerCase(Locale.ROOT),
                        stress.violations().getOrDefault(worst.kind(), 0),
                        1e4 * worst.size(),
                        100 * worst.volatility(),
                        worst.years() * 365,
                        worst.logStrike()));
            }
            stress.repair()
                    .ifPresent(near -> found.append(String.format(
                            Locale.ROOT,
                            "repair moves volatility by %.2f points, at most %.2f",
                            100 * near.rootMeanSquare(),
                            100 * near.largest())));
            out.printf(Locale.ROOT, "  %-58s %s%n", stress.shock(), found.isEmpty() ? "free" : found);
        }
    }

    private static String words(FitStatistics fit) {
        return String.format(
                Locale.ROOT,
                "error %.2f points of volatility (mean %.2f, largest %.2f) at %d quotes, %.0f %% inside bid and offer",
                100 * fit.rootMeanSquare(),
                100 * fit.meanAbsolute(),
                100 * fit.largest(),
                fit.count(),
                100 * fit.inside());
    }
}
