package io.bulwark.api.advice;

import io.bulwark.api.advice.StandingCurveAnswer.Charge;
import io.bulwark.api.advice.StandingCurveAnswer.Point;
import io.bulwark.api.door.Money;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A curve of standings as a picture that stands alone (SVG 1.1): across, the venue's distance in per cent of what the
 * account may lose there; up, what is charged. The same bytes on every machine, whatever fonts it has.
 */
final class StandingPicture {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 90;
    private static final int RIGHT = 20;
    private static final int TOP = 50;
    private static final int BOTTOM = 90;
    private static final int TICKS = 4;
    private static final String CORE = "#9dbfe6";
    private static final String CHARGE = "#d0212a";
    private static final String GRID = "#e3e7eb";
    private static final String INK = "#333333";
    private static final String DASHED = "6 4";

    private final StandingCurveAnswer curve;
    private final XMLStreamWriter xml;
    private final double most;

    private StandingPicture(StandingCurveAnswer curve, XMLStreamWriter xml) {
        this.curve = curve;
        this.xml = xml;
        this.most = curve.points().stream()
                .flatMapToLong(point -> LongStream.of(
                        point.given().core().u(), point.alone().core().u(), 1))
                .max()
                .orElse(1);
    }

    /** The picture. */
    static String of(StandingCurveAnswer curve, String account) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            new StandingPicture(curve, xml).draw(account);
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a picture must be writable as XML", e);
        }
        return out.append('\n').toString();
    }

    private void draw(String account) throws XMLStreamException {
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace(NAMESPACE);
        attributes(
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "role",
                "img",
                "font-family",
                "sans-serif",
                "font-size",
                "13");
        element("title", account + ": margin as " + curve.venue() + " stands");
        element(
                "desc",
                "At no distance the core is " + usd(first().core()) + ", at all of " + usd(curve.stress())
                        + " it is " + usd(last().core()) + "; the account stands at "
                        + usd(curve.distance()) + ".");
        shape("rect", "width", "100%", "height", "100%", "fill", "#ffffff");
        text(WIDTH / 2.0, 26, "middle", account + ": what is charged as " + curve.venue() + " stands");
        grid();
        line(CORE, "6", "none", Point::given, Charge::core);
        line(CORE, "6", DASHED, Point::alone, Charge::core);
        line(CHARGE, "2", "none", Point::given, Charge::prefunding);
        line(CHARGE, "2", DASHED, Point::alone, Charge::prefunding);
        stands();
        legend();
        xml.writeEndElement();
    }

    private Charge first() {
        return curve.points().getFirst().alone();
    }

    private Charge last() {
        return curve.points().getLast().alone();
    }

    private void grid() throws XMLStreamException {
        for (int tick = 0; tick <= TICKS; tick++) {
            double y = up(most * tick / TICKS);
            shape("path", "d", "M" + at(LEFT, y) + " H" + (WIDTH - RIGHT), "stroke", GRID);
            text(LEFT - 8.0, y + 4, "end", String.format(Locale.ROOT, "%,.0f", most * tick / TICKS / 10_000));
            double x = across(100.0 * tick / TICKS);
            text(x, HEIGHT - BOTTOM + 18.0, "middle", 100 * tick / TICKS + " %");
        }
        text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - BOTTOM + 38.0,
                "middle",
                "distance of " + curve.venue() + " from acting, of the " + usd(curve.stress())
                        + " that may be lost there");
        text(LEFT - 8.0, TOP - 10.0, "end", "USD");
    }

    private void line(
            String colour, String width, String dashes, Function<Point, Charge> side, Function<Charge, Money> amount)
            throws XMLStreamException {
        List<Point> points = curve.points();
        String path = points.stream()
                .map(point -> at(across(point.percent()), up((double)
                        amount.apply(side.apply(point)).u())))
                .collect(Collectors.joining(" L", "M", ""));
        shape("path", "d", path, "fill", "none", "stroke", colour, "stroke-width", width, "stroke-dasharray", dashes);
    }

    /** Where the account stands, as far as that is on the picture. */
    private void stands() throws XMLStreamException {
        double share = 100.0 * curve.distance().u() / curve.stress().u();
        double x = across(Math.clamp(share, 0, 100));
        shape("path", "d", "M" + at(x, TOP) + " V" + (HEIGHT - BOTTOM), "stroke", INK, "stroke-dasharray", "2 3");
        String where = share > 100 ? "stands beyond: " : share < 0 ? "stands below: " : "stands at ";
        text(x + (share > 50 ? -6 : 6), TOP + 12.0, share > 50 ? "end" : "start", where + usd(curve.distance()));
    }

    private void legend() throws XMLStreamException {
        legend(LEFT, CORE, "6", "none", "core");
        legend(LEFT + 120, CHARGE, "2", "none", "of it prefunding");
        legend(LEFT + 320, INK, "2", DASHED, "the same with every other venue carrying its own");
    }

    private void legend(int x, String colour, String width, String dashes, String words) throws XMLStreamException {
        double y = HEIGHT - 20.0;
        shape(
                "path",
                "d",
                "M" + at(x, y) + " h28",
                "stroke",
                colour,
                "stroke-width",
                width,
                "stroke-dasharray",
                dashes);
        text(x + 36.0, y + 4, "start", words);
    }

    private static String usd(Money amount) {
        return String.format(Locale.ROOT, "%,.2f USD", new BigDecimal(amount.usd()));
    }

    private static double across(double percent) {
        return LEFT + (WIDTH - LEFT - RIGHT) * percent / 100;
    }

    private double up(double units) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * units / most;
    }

    private static String at(double x, double y) {
        return String.format(Locale.ROOT, "%.1f %.1f", x, y);
    }

    private void text(double x, double y, String anchor, String words) throws XMLStreamException {
        xml.writeStartElement("text");
        attributes(
                "x",
                String.format(Locale.ROOT, "%.1f", x),
                "y",
                String.format(Locale.ROOT, "%.1f", y),
                "text-anchor",
                anchor,
                "fill",
                INK);
        xml.writeCharacters(words);
        xml.writeEndElement();
    }

    private void element(String name, String words) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(words);
        xml.writeEndElement();
    }

    private void shape(String name, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    private void attributes(String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }
}
