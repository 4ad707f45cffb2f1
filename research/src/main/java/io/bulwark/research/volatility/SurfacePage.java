package io.bulwark.research.volatility;

import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import io.bulwark.netting.surface.VolatilitySurface;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/** A page with one picture an expiry: bids and offers as bars, the surfaces as lines; below it the report in words. */
final class SurfacePage {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 260;
    private static final int EDGE = 34;
    private static final int STEPS = 80;

    private SurfacePage() {}

    /** The page, HTML with inline pictures and nothing to load. */
    public static String of(String name, SurfaceReport.Result result) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
                .append(escaped(name))
                .append("</title><style>body{font:14px sans-serif;margin:1.5em}svg{margin:4px;background:#fafafa}")
                .append("pre{font-size:12px;overflow:auto}</style><h1>Implied volatility of ")
                .append(escaped(name))
                .append(
                        "</h1><p>Bars: bid to offer of each usable quote. Blue: the fitted surface. Orange: with its learned ")
                .append(
                        "residual. Grey: one extended SSVI alone. Across: ln(K/F); up: volatility a year, per cent.</p>");
        result.report().expiries().forEach(expiry -> picture(expiry, result, page));
        StringWriter words = new StringWriter();
        SurfaceText.print(result.report(), new PrintWriter(words, true));
        return page.append("<pre>")
                .append(escaped(words.toString()))
                .append("</pre></html>\n")
                .toString();
    }

    private static void picture(SurfaceReport.Expiry expiry, SurfaceReport.Result result, StringBuilder page) {
        Frame frame = Frame.of(expiry);
        page.append(String.format(
                Locale.ROOT,
                "<svg width=\"%d\" height=\"%d\" role=\"img\"><text x=\"%d\" y=\"16\">%.2f days, forward %.2f</text>",
                WIDTH,
                HEIGHT,
                EDGE,
                expiry.days(),
                expiry.forward()));
        frame.axes(page);
        for (SurfacePoint point : expiry.points()) {
            frame.bar(point, page);
        }
        frame.curve(result.single(), expiry.calm().years(), "#999", page);
        frame.curve(result.learned(), expiry.calm().years(), "#e80", page);
        frame.curve(result.fit().surface(), expiry.calm().years(), "#06c", page);
        page.append("</svg>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The corner of the picture in log-strike and volatility. */
    private record Frame(double left, double right, double low, double high) {
        static Frame of(SurfaceReport.Expiry expiry) {
            double left = -0.01;
            double right = 0.01;
            double low = expiry.skew().money();
            double high = low;
            for (SurfacePoint point : expiry.points()) {
                left = Math.min(left, point.logStrike());
                right = Math.max(right, point.logStrike());
                low = Math.min(low, point.bid());
                high = Math.max(high, point.ask());
            }
            double air = 0.05 * (high - low) + 0.005;
            return new Frame(left, right, low - air, high + air);
        }

        void axes(StringBuilder page) {
            page.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#ccc\"/>",
                    EDGE,
                    EDGE,
                    HEIGHT - EDGE,
                    WIDTH - EDGE / 2));
            label(page, 2, EDGE + 4, 100 * high, "%.0f");
            label(page, 2, HEIGHT - EDGE, 100 * low, "%.0f");
            label(page, EDGE, HEIGHT - 16, left, "%.2f");
            label(page, WIDTH - EDGE - 12, HEIGHT - 16, right, "%.2f");
        }

        private static void label(StringBuilder page, int x, int y, double value, String format) {
            page.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#666\">", x, y))
                    .append(String.format(Locale.ROOT, format, value))
                    .append("</text>");
        }

        void bar(SurfacePoint point, StringBuilder page) {
            double half = Math.max(1, 0.5 * (y(point.bid()) - y(point.ask())));
            double middle = 0.5 * (y(point.bid()) + y(point.ask()));
            page.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#333\" stroke-width=\"2\"/>",
                    x(point.logStrike()),
                    middle - half,
                    middle + half));
        }

        void curve(VolatilitySurface surface, double years, String colour, StringBuilder page) {
            page.append("<path fill=\"none\" stroke=\"").append(colour).append("\" d=\"");
            for (int step = 0; step <= STEPS; step++) {
                double k = left + (right - left) * step / STEPS;
                double volatility = Math.max(low, Math.min(high, surface.volatility(k, years)));
                page.append(String.format(Locale.ROOT, "%s%.1f %.1f", step == 0 ? "M" : "L", x(k), y(volatility)));
            }
            page.append("\"/>");
        }

        private double x(double logStrike) {
            return EDGE + (logStrike - left) / (right - left) * (WIDTH - 1.5 * EDGE);
        }

        private double y(double volatility) {
            return HEIGHT - EDGE - (volatility - low) / (high - low) * (HEIGHT - 2 * EDGE);
        }
    }
}
