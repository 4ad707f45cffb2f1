package io.bulwark.research.volatility;

import com.fasterxml.jackson.databind.MappingIterator;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A CSV file of numbers with a day in its first column: a header line, lines that begin with # are comments.
 *
 * @param name the file, for messages
 * @param header names of the columns
 * @param rows cells, as many as the header has
 */
record VarianceFile(String name, List<String> header, List<String[]> rows) {
    private static final int DATE_LENGTH = "2024-06-15".length();

    public VarianceFile {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file.
     *
     * @throws BadInput if it cannot be read or its rows have other lengths than the header
     */
    public static VarianceFile read(Path file) {
        String name = String.valueOf(file.getFileName());
        List<String[]> rows;
        try (MappingIterator<String[]> read = OptionChainFile.ROWS.readValues(Files.readString(file))) {
            rows = new ArrayList<>(read.readAll());
        } catch (NoSuchFileException e) {
            throw new BadInput(file.toString(), "", "there is no such file");
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new BadInput(name, "", "must be comma-separated values: " + reason);
        }
        if (rows.size() < 2) {
            throw new BadInput(name, rows.size() + " lines", "must have a header line and rows");
        }
        String[] header = rows.removeFirst();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != header.length) {
                throw new BadInput(
                        name + ", row " + (i + 1), rows.get(i).length + " cells", "must be " + header.length);
            }
        }
        return new VarianceFile(name, Arrays.asList(header), rows);
    }

    /** Whether there is such a column. */
    public boolean has(String column) {
        return header.contains(column);
    }

    /** The names that stand before this ending in the header, in order. */
    List<String> before(String ending) {
        return header.stream()
                .filter(column -> column.endsWith(ending) && column.length() > ending.length())
                .map(column -> column.substring(0, column.length() - ending.length()))
                .toList();
    }

    /**
     * One column as finite numbers.
     *
     * @throws BadInput if there is none of that name, or a cell is not a finite number
     */
    public double[] numbers(String column) {
        int at = header.indexOf(column);
        if (at < 0) {
            throw new BadInput(name, String.join(",", header), "must have a column " + column);
        }
        double[] numbers = new double[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(rows.get(i)[at], column, i);
        }
        return numbers;
    }

    private double number(String cell, String column, int row) {
        try {
            double number = Double.parseDouble(cell);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new BadInput(name + ", row " + (row + 1) + ", " + column, cell, "must be a number");
        }
        throw new BadInput(name + ", row " + (row + 1) + ", " + column, cell, "must be finite");
    }

    /** The days of the first column. */
    int[] epochDays() {
        int[] days = new int[rows.size()];
        for (int i = 0; i < days.length; i++) {
            String cell = rows.get(i)[0];
            try {
                String date = cell.substring(0, Math.min(DATE_LENGTH, cell.length()));
                days[i] = Math.toIntExact(LocalDate.parse(date).toEpochDay());
            } catch (DateTimeParseException e) {
                throw new BadInput(
                        name + ", row " + (i + 1) + ", " + header.getFirst(), cell, "must be a day, as 2024-06-15");
            }
        }
        return days;
    }
}
