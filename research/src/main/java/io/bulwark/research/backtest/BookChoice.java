package io.bulwark.research.backtest;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.backtest.Book;
import io.bulwark.netting.backtest.BookHistory;
import io.bulwark.netting.backtest.CanonicalBooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which books a backtest looks at, by words: linear, options, spreads, random:N. Books over venues are {@link VenueRun}'s. */
final class BookChoice {
    private static final String RANDOM = "random:";
    private static final int RANDOM_MOST = 5_000;

    private BookChoice() {}

    /**
     * The books of a choice over the underlyings of a history.
     *
     * @param words of the choice; none means linear, options for one underlying and linear, spreads for more
     * @param seed of the random books
     */
    public static List<Book> of(List<String> words, BookHistory history, long seed) {
        List<String> asked = words.isEmpty() ? List.of("linear", history.assets() == 1 ? "options" : "spreads") : words;
        List<Book> books = new ArrayList<>();
        asked.forEach(word -> books.addAll(books(word.strip().toLowerCase(Locale.ROOT), history, seed)));
        if (books.isEmpty()) {
            throw new BadInput("--books", String.join(",", asked), "must name books that these underlyings have");
        }
        return List.copyOf(books);
    }

    private static List<Book> books(String word, BookHistory history, long seed) {
        if (word.startsWith(RANDOM)) {
            return CanonicalBooks.random(history.assets(), count(word), seed);
        }
        return switch (word) {
            case "linear" -> eachAsset(history, CanonicalBooks::linear);
            case "options" -> eachAsset(history, CanonicalBooks::options);
            case "spreads" -> spreads(history);
            default ->
                throw new BadInput("--books", word, "must be linear, options, spreads, random:N, or venues alone");
        };
    }

    private static int count(String word) {
        try {
            int count = Integer.parseInt(word.substring(RANDOM.length()));
            if (count >= 1 && count <= RANDOM_MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new BadInput("--books", word, "must be random:N with a whole number N");
        }
        throw new BadInput("--books", word, "must be random:N with N from 1 to " + RANDOM_MOST);
    }

    private interface OfAsset {
        List<Book> books(int asset, String name);
    }

    private static List<Book> eachAsset(BookHistory history, OfAsset ofAsset) {
        List<Book> books = new ArrayList<>();
        for (int asset = 0; asset < history.assets(); asset++) {
            books.addAll(ofAsset.books(asset, history.name(asset)));
        }
        return books;
    }

    private static List<Book> spreads(BookHistory history) {
        List<Book> books = new ArrayList<>();
        for (int second = 1; second < history.assets(); second++) {
            books.addAll(CanonicalBooks.twoAssets(0, history.name(0), second, history.name(second)));
        }
        return books;
    }
}
