package io.bulwark.api.door;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Other spellings of verbs: shorter ones that stay, and old ones, which work in this release and name the new one.
 *
 * @param spellings the longest first, so that what says most is taken
 */
public record Spellings(List<Spelling> spellings) {
    private static final String HOME = "--home";

    /** Sorts. */
    public Spellings {
        spellings = spellings.stream()
                .sorted(Comparator.comparingInt((Spelling s) -> s.typed().size())
                        .reversed())
                .toList();
    }

    /**
     * One of them.
     *
     * @param typed words, and at the end perhaps an option, whose value then stands alone
     * @param verb the words that the verb has
     * @param stays whether it is taken for good
     */
    public record Spelling(List<String> typed, List<String> verb, boolean stays) {
        /** Copies. */
        public Spelling {
            typed = List.copyOf(typed);
            verb = List.copyOf(verb);
        }

        private boolean isTypedIn(List<String> arguments) {
            List<String> words =
                    typed.stream().filter(word -> !word.startsWith("-")).toList();
            return arguments.size() >= words.size()
                    && arguments.subList(0, words.size()).equals(words)
                    && typed.stream()
                            .filter(word -> word.startsWith("-"))
                            .allMatch(option -> arguments.stream().anyMatch(given -> isOf(option, given)));
        }

        private static boolean isOf(String option, String given) {
            return given.equals(option) || given.startsWith(option + "=");
        }

        private List<String> respelled(List<String> arguments) {
            List<String> now = new ArrayList<>(verb);
            for (String given : arguments) {
                String option = typed.stream()
                        .filter(word -> word.startsWith("-") && isOf(word, given))
                        .findFirst()
                        .orElse("");
                if (option.isEmpty()) {
                    now.add(given);
                } else if (given.length() > option.length()) {
                    now.add(given.substring(option.length() + 1));
                }
            }
            long words = typed.stream().filter(word -> !word.startsWith("-")).count();
            now.subList(verb.size(), verb.size() + (int) words).clear();
            return now;
        }
    }

    /** Reads lines of {@code typed = verb}, which stay, and {@code typed > verb}, which do not. */
    public static Spellings of(String lines) {
        return new Spellings(lines.lines()
                .map(line -> {
                    boolean stays = line.contains(" = ");
                    String[] sides = line.split(stays ? " = " : " > ", -1);
                    return new Spelling(words(sides[0]), words(sides[1]), stays);
                })
                .toList());
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split(" ", -1));
    }

    /** The arguments in the verb's own words; of an old spelling it says the new one in a line. */
    public String[] now(PrintWriter err, String... arguments) {
        List<String> given = Arrays.asList(arguments);
        int verb = verb(given);
        List<String> before = given.subList(0, verb);
        List<String> typed = given.subList(verb, given.size());
        return spellings.stream()
                .filter(spelling -> spelling.isTypedIn(typed))
                .findFirst()
                .map(spelling -> {
                    if (!spelling.stays()) {
                        err.println("bulwark: '" + String.join(" ", spelling.typed()) + "' is '"
                                + String.join(" ", spelling.verb())
                                + "' now; the old spelling goes with 0.3");
                    }
                    List<String> now = new ArrayList<>(before);
                    now.addAll(spelling.respelled(typed));
                    return now.toArray(String[]::new);
                })
                .orElse(arguments);
    }

    /** Where the verb begins: the home may be named before it. */
    private static int verb(List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).startsWith(HOME)) {
            at += arguments.get(at).equals(HOME) ? 2 : 1;
        }
        return Math.min(at, arguments.size());
    }
}
