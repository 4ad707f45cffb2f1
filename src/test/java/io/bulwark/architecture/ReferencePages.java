package io.bulwark.architecture;

import io.bulwark.api.Bulwark;
import io.bulwark.api.door.Spellings.Spelling;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.conformance.ConformanceProgram;
import io.bulwark.research.Research;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The pages of {@code docs/reference}, made from the code. The launcher prints a verb's help from the first, so that help builds nothing. */
final class ReferencePages {
    private static final int COLUMNS = 110;

    private ReferencePages() {}

    /** Every verb as its own help says it, one section each, in the order of the alphabet. */
    static String verbs() throws IOException {
        StringBuilder page = new StringBuilder(
                "# Every verb\n\nMade from the program by `./bulwark dev reference`; `./bulwark help GROUP VERB` prints a section. Exit codes: 0 done or trusted, 1 a negative answer or"
                        + "\nrefused, 2 bad input or a missing part, 3 conformance met a kind it does not know, 4 a proof holds but is not anchored.\n");
        TreeMap<String, CommandLine> verbs = new TreeMap<>();
        for (CommandLine program : List.of(
                Bulwark.commandLine(), new CommandLine(new Research()), new CommandLine(new ConformanceProgram()))) {
            verbs.putAll(program.getSubcommands());
        }
        verbs.values().forEach(verb -> section(page, verb, "##"));
        page.append("\n## bulwark package\n\n```text\n%s```\n".formatted(ofLauncher("package")));
        page.append("\n## Other spellings\n\n| typed | is | until |\n|---|---|---|\n");
        spellings()
                .forEach(spelling -> page.append("| `%s` | `%s` | %s |\n"
                        .formatted(
                                String.join(" ", spelling.typed()),
                                String.join(" ", spelling.verb()),
                                spelling.stays() ? "stays" : "0.3")));
        return page.toString();
    }

    /** What a verb of the launcher itself says, which starts no program. */
    private static String ofLauncher(String verb) throws IOException {
        return Files.readString(TidyTest.ROOT.resolve("src/launcher").resolve(verb + ".txt"));
    }

    private static List<Spelling> spellings() {
        return Stream.of(Bulwark.spellings(), Research.spellings())
                .flatMap(of -> of.spellings().stream())
                .sorted(Comparator.comparing(spelling -> String.join(" ", spelling.typed())))
                .toList();
    }

    private static void section(StringBuilder page, CommandLine verb, String depth) {
        CommandSpec spec = verb.getCommandSpec();
        spec.usageMessage().width(COLUMNS).autoWidth(false);
        String usage = verb.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        page.append("\n%s %s\n\n```text\n%s\n```\n".formatted(depth, spec.qualifiedName(), usage));
        new TreeMap<>(verb.getSubcommands()).values().forEach(inner -> section(page, inner, depth + "#"));
    }

    /** Every number that governance may set, by the room that reads it. */
    static String parameters(List<Parameter> parameters) {
        StringBuilder page = new StringBuilder(
                "# Governed numbers\n\nMade from the program by `./bulwark dev reference`. A name that ends in an asset is one of a family, shown for BTC. A change is proposed, delayed and"
                        + "\nsigned; the digest of the set is in every epoch and in every proof.\n");
        parameters.stream()
                .sorted(Comparator.comparing(Parameter::name))
                .collect(Collectors.groupingBy(
                        parameter -> parameter.name().split("\\.", 2)[0], TreeMap::new, Collectors.toList()))
                .forEach((room, ofRoom) -> {
                    page.append("\n## %s\n\n| name | unit | least | at founding | most |\n|---|---|---:|---:|---:|\n"
                            .formatted(room));
                    ofRoom.forEach(one -> page.append("| `%s` | %s | %d | %d | %d |\n"
                            .formatted(one.name(), one.unit(), one.least(), one.initial(), one.most())));
                });
        return page.toString();
    }
}
