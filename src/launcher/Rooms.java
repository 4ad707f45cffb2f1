import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * The room test: {@code Rooms ROOT SEED LINES} draws lines of the product, prints them without their path, and below them where they stand. Somebody who did not
 * write them says each one's room before looking. A line is drawn from all that says something: no import, comment, brace or annotation.
 * It is shown among its neighbours, as whoever opens a file sees it: {@code new TreeSet<>()} alone names no room of any house.
 */
final class Rooms {
    private static final int SHORTEST = 36;

    /** Lines of the same file that are shown above the drawn one, and below it. */
    private static final int NEIGHBOURS = 4;

    private Rooms() {}

    private record Line(Path file, int number, String text) {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        long seed = Long.parseLong(arguments[1]);
        int wanted = Integer.parseInt(arguments[2]);
        List<Line> lines = lines(root);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Set<Line> drawn = new LinkedHashSet<>();
        while (drawn.size() < wanted) {
            drawn.add(lines.get(random.nextInt(lines.size())));
        }
        List<Line> asked = List.copyOf(drawn);
        for (int i = 0; i < asked.size(); i++) {
            show(i + 1, asked.get(i));
        }
        System.out.println("Where they stand:");
        for (int i = 0; i < asked.size(); i++) {
            System.out.printf(
                    "%2d  %s:%d%n",
                    i + 1, root.relativize(asked.get(i).file()), asked.get(i).number());
        }
    }

    private static void show(int number, Line line) throws IOException {
        List<String> file = Files.readAllLines(line.file());
        int at = line.number() - 1;
        for (int i = Math.max(0, at - NEIGHBOURS); i <= Math.min(file.size() - 1, at + NEIGHBOURS); i++) {
            if (!file.get(i).startsWith("package ") && !file.get(i).startsWith("import ")) {
                System.out.printf("%2s %s %s%n", i == at ? Integer.toString(number) : "", i == at ? ">" : " ", file.get(i));
            }
        }
        System.out.println();
    }

    private static List<Line> lines(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).filter(file -> isProduct(root.relativize(file).toString())).sorted().toList();
        }
        List<Line> lines = new ArrayList<>();
        for (Path file : files) {
            List<String> all = Files.readAllLines(file);
            for (int i = 0; i < all.size(); i++) {
                String text = all.get(i).strip();
                if (text.length() >= SHORTEST && !text.matches("(import|package|//|/\\*|\\*|@).*|(\\w+ )?\"[\\w./-]+\"")) {
                    lines.add(new Line(file, i + 1, text));
                }
            }
        }
        return lines;
    }

    private static boolean isProduct(String file) {
        if (Stream.of("target/", "node_modules/", ".bulwark/", "bench/").anyMatch(part -> file.startsWith(part) || file.contains("/" + part))) {
            return false;
        }
        boolean isJava = file.contains("/src/main/java/") && file.endsWith(".java") && !file.endsWith("package-info.java");
        boolean isGo = file.startsWith("zk-prover/circuits/") && file.endsWith(".go") && !file.matches(".*(_test\\.go|/internal/\\w*test/.*)");
        return isJava || isGo;
    }
}
