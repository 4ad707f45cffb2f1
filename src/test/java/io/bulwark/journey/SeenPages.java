package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Pages of a house as a reader sees them in the system's Chromium, at a desktop and on a phone. What a page complains of, or asks of
 * anybody else, is kept; the rules of axe-core find nothing on it; a picture of it stays under {@code target/pages}.
 */
final class SeenPages implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** A refusal is an answer, which the browser notes. */
    private static final String REFUSED = "status of 400";

    private static final Path PICTURES = Path.of("target", "pages");

    private final URI house;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    /**
     * Opens the browser.
     *
     * @param house the link that opens it, with its token
     */
    SeenPages(URI house) {
        this.house = house;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** Skips, with its reason, where there is no browser. */
    static void requireBrowser() {
        if (!Files.isExecutable(CHROMIUM)) {
            System.out.println("skipped: pages need " + CHROMIUM + ": apt-get install chromium");
        }
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium");
    }

    BrowserContext desktop(ColorScheme scheme) {
        return browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1440, 900));
    }

    BrowserContext phone(ColorScheme scheme) {
        return browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(390, 844));
    }

    /** Goes in by the link that was printed at start, and is on the first page. */
    Page enter(BrowserContext context) {
        Page entrance = context.newPage();
        entrance.navigate(house.toString());
        assertEquals(house.resolve("/").toString(), entrance.url(), "the token must not stay in the address");
        return entrance;
    }

    /** A page of the house; what it complains of is kept. */
    Page open(BrowserContext context, String path) {
        Page page = context.newPage();
        page.onConsoleMessage(said -> {
            if (!said.text().contains(REFUSED)) {
                complaints.add(said.type() + ": " + said.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(house.resolve("/").toString())) {
                complaints.add("asked elsewhere: " + request.url());
            }
        });
        page.navigate(house.resolve(path).toString());
        return page;
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Opens a page by day and by night, at a desktop and on a phone. */
    void assertEveryWay(String path, String shown, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (boolean hand : List.of(false, true)) {
                try (BrowserContext context = hand ? phone(scheme) : desktop(scheme)) {
                    enter(context).close();
                    Page page = open(context, path);
                    page.waitForSelector(shown);
                    assertSeen(
                            page,
                            name
                                    + (hand ? "-phone-" : "-desktop-")
                                    + scheme.name().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    /** Opens every tab of a page, one after the other. */
    void assertEveryTab(Page page, String name) {
        for (String tab : page.locator("[role=tab]").all().stream()
                .map(each -> each.getAttribute("data-panel"))
                .toList()) {
            page.click("#" + tab + "-tab");
            assertTrue(page.locator("#" + tab).isVisible(), tab);
            assertSeen(page, name + "-" + tab);
        }
        page.locator("[role=tab]").first().click();
    }

    /** Nothing is wider than its window, the rules of axe-core find nothing, and a picture is kept. */
    void assertSeen(Page page, String name) {
        assertEquals(
                true,
                page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"),
                name + " is wider than its window");
        page.evaluate(rules());
        assertEquals(
                List.of(),
                page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
                        + ".flatMap(v => v.nodes.map(n => v.id + ' ' + n.target.join(' ') + ': ' + n.failureSummary))"),
                name);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static String rules() {
        try (InputStream rules = SeenPages.class.getResourceAsStream("/axe.min.js")) {
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
