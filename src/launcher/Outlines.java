import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says whether a compiled module looks from outside as it did before: {@code Outlines CLASSES RECORD START}. An outline is a class without
 * bodies, line numbers and private members. Where every outline is that of the record, the classes get the time when the build started, and
 * Maven, which compiles again whatever stands on a class that is newer, leaves the modules above as they are: an edited comment or body
 * rebuilds one module. Nobody outside can name a local or anonymous class, so theirs do not count.
 */
final class Outlines {
    private static final ClassFile CLASSES = ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG, ClassFile.ConstantPoolSharingOption.NEW_POOL);

    private Outlines() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path record = Path.of(arguments[1]);
        FileTime start = FileTime.from(Instant.parse(arguments[2]));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
        String outlines = files.stream()
                .filter(file -> !file.getFileName().toString().matches(".*\\$[0-9].*"))
                .map(file -> folder.relativize(file) + " " + outline(file) + "\n")
                .collect(Collectors.joining());
        if (Files.exists(record) && Files.readString(record).equals(outlines)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(start) > 0) {
                    Files.setLastModifiedTime(file, start);
                }
            }
        } else {
            Files.writeString(record, outlines);
        }
    }

    private static String outline(Path file) {
        try {
            ClassModel model = CLASSES.parse(file);
            byte[] outline = CLASSES.transformClass(model, (builder, element) -> {
                switch (element) {
                    case MethodModel method when method.flags().has(AccessFlag.PRIVATE) -> {}
                    case FieldModel field when field.flags().has(AccessFlag.PRIVATE) -> {}
                    case SourceFileAttribute _ -> {}
                    case MethodModel method -> builder.transformMethod(method, MethodTransform.dropping(part -> part instanceof CodeAttribute));
                    default -> builder.with(element);
                }
            });
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(outline));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
