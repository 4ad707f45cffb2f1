package io.bulwark.api.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code access/routes.csv} says: every route, a path and a body that try it, and what each role is answered. */
final class RouteTable {
    private static final Path TABLE = Path.of("access/routes.csv");

    private RouteTable() {}

    /** A line of the table. */
    record Row(String route, String path, String body, Map<String, Integer> expected) {
        static Row of(String line, List<String> columns) {
            String[] cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            Map<String, Integer> expected = new LinkedHashMap<>();
            for (int i = 3; i < cells.length; i++) {
                expected.put(columns.get(i), Integer.valueOf(cells[i]));
            }
            return new Row(cells[0], cells[1], cells[2], expected);
        }

        String method() {
            return route.substring(0, route.indexOf(' '));
        }
    }

    static List<Row> rows() throws IOException {
        List<String> lines = Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        List<String> columns = Arrays.stream(lines.getFirst().split("\\|", -1))
                .map(String::strip)
                .toList();
        return lines.stream().skip(1).map(line -> Row.of(line, columns)).toList();
    }
}
