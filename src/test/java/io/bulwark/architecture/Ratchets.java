package io.bulwark.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * How far the house is from the plan of its rooms, in counts that may only fall; each with the places it is made of. Java is read by the compiler's
 * own parser, Go by its layout, which {@code gofmt} fixes.
 */
final class Ratchets {
    static final int COLUMNS_MAX = 140;
    static final int FUNCTION_LINES_MAX = 70;
    static final int PARAMETERS_MAX = 6;
    static final int FILE_LINES_MAX = 400;
    static final int PUBLIC_TYPES_MAX = 3;
    private static final int BLOCK = 10;

    private static final Pattern MILLION =
            Pattern.compile("(?<![\\d_.])1_?000_?000(?![\\d_])|\\bTEN\\.pow\\(6\\)|scaleByPowerOfTen\\(6\\)");

    private final Path root;
    private final Map<String, List<String>> found = new TreeMap<>();
    private final Map<String, Set<String>> bearers = new TreeMap<>();
    private final Map<String, Integer> files = new TreeMap<>();
    private final Map<String, Integer> publicTypes = new TreeMap<>();

    private Ratchets(Path root) {
        this.root = root;
    }

    /** The places of every count, by its name in {@code ratchet.properties}. */
    static Map<String, List<String>> of(Path root) throws IOException {
        Ratchets ratchets = new Ratchets(root);
        List<Path> java = TidyTest.sources(".java");
        List<Path> go = TidyTest.sources(".go");
        List<Path> product = java.stream().filter(Ratchets::isProduct).toList();
        ratchets.columns("columns.java", java);
        ratchets.columns("columns.go", go);
        ratchets.lengths(product);
        ratchets.parsed(product);
        ratchets.goFunctions(go);
        ratchets.repeated("repeated.java", product);
        ratchets.repeated(
                "repeated.go",
                go.stream()
                        .filter(file -> !file.toString().endsWith("_test.go"))
                        .toList());
        ratchets.rooms();
        return ratchets.found;
    }

    private static boolean isProduct(Path file) {
        return file.toString().contains("/src/main/java/") && !file.endsWith("package-info.java");
    }

    private List<String> places(String name) {
        return found.computeIfAbsent(name, ignored -> new ArrayList<>());
    }

    private String at(Path file, long line) {
        return root.relativize(file) + ":" + line;
    }

    private void columns(String name, List<Path> sources) throws IOException {
        List<String> places = places(name);
        for (Path file : sources) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).codePointCount(0, lines.get(i).length()) > COLUMNS_MAX) {
                    places.add(at(file, i + 1));
                }
            }
        }
    }

    private void lengths(List<Path> product) throws IOException {
        List<String> places = places("files.long");
        for (Path file : product) {
            long lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES_MAX) {
                places.add(at(file, lines));
            }
        }
    }

    private void parsed(List<Path> product) throws IOException {
        List.of("functions.long", "parameters.many", "types.public", "names.twice", "millions", "longs")
                .forEach(this::places);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(product));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Reading(unit, positions).scan(unit, null);
            }
        }
        bearers.forEach((name, homes) -> {
            if (homes.size() > 1) {
                places("names.twice").add(name + " of " + homes);
            }
        });
    }

    /** One file of Java. */
    private final class Reading extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final LineMap lines;
        private final Path file;
        private final String room;

        Reading(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.lines = unit.getLineMap();
            this.file = Path.of(unit.getSourceFile().toUri());
            this.room = String.valueOf(unit.getPackageName());
            files.merge(room, 1, Integer::sum);
        }

        private long line(Tree tree) {
            return lines.getLineNumber(positions.getStartPosition(unit, tree));
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            boolean isOpen = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
            if (getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree) {
                bearers.computeIfAbsent(type.getSimpleName().toString(), ignored -> new TreeSet<>())
                        .add(room);
                if (isOpen) {
                    places("types.public").add(room + "." + type.getSimpleName());
                    publicTypes.merge(room, 1, Integer::sum);
                }
            }
            for (Tree member : type.getMembers()) {
                if (member instanceof VariableTree field) {
                    component(type, field, isOpen);
                    constant(field);
                }
            }
            return super.visitClass(type, null);
        }

        private void component(ClassTree type, VariableTree field, boolean isOpen) {
            if (isOpen
                    && type.getKind() == Tree.Kind.RECORD
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC)
                    && field.getType().toString().equals("long")) {
                places("longs").add(at(file, line(field)) + " " + field.getName());
            }
        }

        private void constant(VariableTree field) {
            if (field.getModifiers().getFlags().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))
                    && field.getInitializer() != null
                    && MILLION.matcher(field.getInitializer().toString()).find()) {
                places("millions").add(at(file, line(field)) + " " + field.getName());
            }
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            if (method.getBody() != null) {
                long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
                if (last - line(method) + 1 > FUNCTION_LINES_MAX) {
                    places("functions.long").add(at(file, line(method)) + " " + method.getName());
                }
            }
            if (method.getParameters().size() > PARAMETERS_MAX && !isOfRecord(method)) {
                places("parameters.many").add(at(file, line(method)) + " " + method.getName());
            }
            return super.visitMethod(method, null);
        }

        /** What a record is made of is its components, which are counted where they are read. */
        private boolean isOfRecord(MethodTree method) {
            return method.getReturnType() == null
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }
    }

    private void goFunctions(List<Path> go) throws IOException {
        for (Path file : go) {
            if (file.toString().endsWith("_test.go")) {
                continue;
            }
            List<String> lines = Files.readAllLines(file);
            int start = 0;
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("func ")) {
                    start = i;
                } else if (lines.get(i).equals("}") && lines.get(start).startsWith("func ")) {
                    if (i - start + 1 > FUNCTION_LINES_MAX) {
                        places("functions.long").add(at(file, start + 1));
                    }
                    start = i;
                }
            }
        }
    }

    /** Lines in blocks that occur twice, where venues' and claims' names are taken for one. */
    private void repeated(String name, List<Path> product) throws IOException {
        record Line(Path file, int number, String text) {}
        Pattern names = Pattern.compile(String.join("|", interchangeable()), Pattern.CASE_INSENSITIVE);
        Map<List<String>, List<List<Line>>> blocks = new HashMap<>();
        for (Path file : product) {
            List<Line> lines = new ArrayList<>();
            List<String> all = Files.readAllLines(file);
            for (int i = 0; i < all.size(); i++) {
                String text = all.get(i).strip();
                if (!text.matches("|[*/].*|import .*|package .*|[\"}{)(;,]+")) {
                    lines.add(new Line(file, i + 1, names.matcher(text).replaceAll("~")));
                }
            }
            for (int i = 0; i + BLOCK <= lines.size(); i++) {
                List<Line> block = List.copyOf(lines.subList(i, i + BLOCK));
                blocks.computeIfAbsent(block.stream().map(Line::text).toList(), ignored -> new ArrayList<>())
                        .add(block);
            }
        }
        Set<String> places = new TreeSet<>();
        blocks.values().stream()
                .filter(same -> same.size() > 1)
                .flatMap(Collection::stream)
                .flatMap(Collection::stream)
                .forEach(line -> places.add(at(line.file(), line.number())));
        places(name).addAll(places);
    }

    private List<String> interchangeable() throws IOException {
        List<String> names = new ArrayList<>(List.of("account", "book", "fund", "contagion", "margin"));
        try (Stream<Path> rooms = Files.list(root.resolve("protocol-adapters/src/main/java/io/bulwark/adapter"))) {
            rooms.filter(Files::isDirectory)
                    .map(room -> room.getFileName().toString())
                    .forEach(names::add);
        }
        return names;
    }

    private void rooms() {
        files.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(largest -> {
            for (int i = 0; i < largest.getValue(); i++) {
                places("room.files").add(largest.getKey());
            }
        });
        places("rooms.open");
        publicTypes.forEach((room, types) -> {
            if (types > PUBLIC_TYPES_MAX) {
                places("rooms.open").add(room + " " + types);
            }
        });
    }
}
