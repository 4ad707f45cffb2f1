package io.bulwark.research.backtest;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.backtest.BookSeries;
import io.bulwark.netting.backtest.HouseBacktest;
import io.bulwark.netting.coverage.Exceedances;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Margin against realised loss, a panel a book: the loss of every day as an area, the margin as a line above it, and every
 * breach as a red point. A long history is drawn in buckets that keep the largest loss and the smallest margin, so that no
 * breach can hide.
 */
final class BacktestPicture {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 270;
    private static final int BUCKETS = 520;
    private static final int PANELS_MOST = 40;
    private static final double PERCENT = 100;
    private static final Color LOSS = new Color(0x9A, 0xA5, 0xB1);
    private static final Color MARGIN = new Color(0x1F, 0x5F, 0xA8);
    private static final Color BREACH = new Color(0xD0, 0x21, 0x2A);
    private static final Color GRID = new Color(0xE3, 0xE7, 0xEB);

    private BacktestPicture() {}

    /**
     * One picture of a part, two panels a row, at most forty books.
     *
     * @throws BadInput if this machine has no fonts to draw with
     */
    static byte[] png(HouseBacktest.Part part) {
        List<HouseBacktest.Judged> books =
                part.books().stream().limit(PANELS_MOST).toList();
        int columns = Math.min(2, books.size());
        int rows = Math.ceilDiv(books.size(), columns);
        try {
            BufferedImage image = new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
            var graphics = image.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            for (int i = 0; i < books.size(); i++) {
                var panel = graphics.create(i % columns * WIDTH, i / columns * HEIGHT, WIDTH, HEIGHT);
                chart(books.get(i).day()).paint((java.awt.Graphics2D) panel, WIDTH, HEIGHT);
                panel.dispose();
            }
            graphics.dispose();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | InternalError e) {
            throw new BadInput(
                    "picture", "", "needs fonts on this machine (packages fontconfig and fonts-dejavu-core): " + e);
        }
    }

    private static XYChart chart(BookSeries series) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title(series))
                .build();
        style(chart.getStyler());
        Buckets buckets = Buckets.of(series);
        chart.addSeries("loss of the day, % of notional", buckets.days, buckets.losses)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(LOSS)
                .setLineWidth(1)
                .setFillColor(LOSS);
        chart.addSeries("initial margin", buckets.days, buckets.margins)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(MARGIN)
                .setLineWidth(1.8f);
        if (!buckets.breachDays.isEmpty()) {
            chart.addSeries("loss above the margin", buckets.breachDays, buckets.breachLosses)
                    .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(BREACH);
        }
        return chart;
    }

    private static String title(BookSeries series) {
        int breaches = Exceedances.of(series.breaches()).count();
        return String.format(
                Locale.ROOT,
                "%s: %d %s in %,d days, average margin %.1f %%",
                series.name(),
                breaches,
                breaches == 1 ? "breach" : "breaches",
                series.size(),
                PERCENT * series.averageMargin());
    }

    private static void style(XYStyler styler) {
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        styler.setChartTitleBoxVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setDatePattern("yyyy-MM");
        styler.setLocale(Locale.ROOT);
        styler.setTimezone(java.util.TimeZone.getTimeZone("UTC"));
        styler.setYAxisMin(0.0);
        styler.setMarkerSize(9);
        styler.setYAxisDecimalPattern("0.#");
    }

    /** A series as it is drawn. */
    private static final class Buckets {
        private final List<Date> days = new ArrayList<>();
        private final List<Double> losses = new ArrayList<>();
        private final List<Double> margins = new ArrayList<>();
        private final List<Date> breachDays = new ArrayList<>();
        private final List<Double> breachLosses = new ArrayList<>();

        static Buckets of(BookSeries series) {
            Buckets buckets = new Buckets();
            int[] ends = series.endDays();
            double[] profits = series.profits();
            double[] margins = series.margins();
            boolean[] breaches = series.breaches();
            int width = Math.ceilDiv(ends.length, BUCKETS);
            for (int first = 0; first < ends.length; first += width) {
                double loss = 0;
                double margin = Double.POSITIVE_INFINITY;
                for (int i = first; i < Math.min(first + width, ends.length); i++) {
                    loss = Math.max(loss, -profits[i]);
                    margin = Math.min(margin, margins[i]);
                    if (breaches[i]) {
                        buckets.breachDays.add(date(ends[i]));
                        buckets.breachLosses.add(-PERCENT * profits[i]);
                    }
                }
                buckets.days.add(date(ends[first]));
                buckets.losses.add(PERCENT * loss);
                buckets.margins.add(PERCENT * margin);
            }
            return buckets;
        }

        private static Date date(int epochDay) {
            return Date.from(
                    LocalDate.ofEpochDay(epochDay).atStartOfDay(ZoneOffset.UTC).toInstant());
        }
    }
}
