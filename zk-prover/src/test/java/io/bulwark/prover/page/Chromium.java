package io.bulwark.prover.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium before a folder that is served on this machine alone. */
record Chromium(HttpServer server, Playwright playwright, Browser browser) implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    /** Opens both; without a Chromium the tests are skipped, and one line says so. */
    static Chromium before(Path folder) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            System.out.println("skipped: pages of the prover need " + PROGRAM + ": apt-get install chromium");
        }
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no Chromium");
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.toAbsolutePath(), OutputLevel.NONE);
        server.start();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new Chromium(server, playwright, browser);
    }

    /** Where the folder's index is. */
    String index() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/index.html";
    }

    @Override
    public void close() {
        playwright.close();
        server.stop(0);
    }
}
