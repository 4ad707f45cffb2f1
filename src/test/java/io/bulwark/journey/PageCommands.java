package io.bulwark.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of a page for people: lines that stand apart and begin with {@code ./bulwark}, and what stands between ticks. */
final class PageCommands {
    private static final Pattern APART = Pattern.compile("^(?: {4,}|\\s*\\$ )\\./bulwark (.*)$");
    private static final Pattern FENCED = Pattern.compile("^\\s*(?:\\$ )?\\./bulwark (.*)$");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?bulwark ([a-z][^`]*)`");

    private PageCommands() {}

    /** Every page: those under docs, but for the reference, which is made from the program, and those at the root and beside contracts. */
    static List<Path> pages(Path checkout) throws IOException {
        try (Stream<Path> docs = Files.walk(checkout.resolve("docs"))) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md"))
                                    .filter(file -> !file.startsWith(checkout.resolve("docs/reference"))),
                            Stream.of(
                                            "README.md",
                                            "CONTRIBUTING.md",
                                            "ARCHITECTURE.md",
                                            "zk-prover/contracts/README.md")
                                    .map(checkout::resolve))
                    .sorted()
                    .toList();
        }
    }

    /** Commands that stand apart, each without its comment; a line that ends with a backslash goes on, and a semicolon begins another. */
    static List<String> apart(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean fenced = false;
        String open = "";
        for (String line : Files.readAllLines(page)) {
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            }
            Matcher command = (fenced ? FENCED : APART).matcher(line);
            String text = !open.isEmpty() ? open + " " + line.strip() : command.matches() ? command.group(1) : "";
            if (text.endsWith("\\")) {
                open = text.substring(0, text.length() - 1).strip();
                continue;
            }
            open = "";
            String bare = text.replaceFirst("\\s+#.*$", "").strip();
            if (!bare.isEmpty()) {
                Stream.of(bare.split(";\\s*(?:\\./bulwark )?"))
                        .map(String::strip)
                        .forEach(commands::add);
            }
        }
        return commands;
    }

    /** Commands between ticks. */
    static List<String> inline(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher inline = INLINE.matcher(Files.readString(page).replaceAll("\\s*\\n\\s*", " "));
        while (inline.find()) {
            commands.add(inline.group(1));
        }
        return commands;
    }

    /** The words of a command, up to where it hands its output on. */
    static List<String> words(String command) {
        return List.of(command.replaceFirst("\\s+>.*$", "").split("\\s+"));
    }
}
