package io.bulwark.prover.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.prover.binding.ProverConfiguration.Way;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Soak;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prover's process for linux-aarch64, built on whatever machine this is; it is run where an emulator is found. */
@OfProof
@Soak
final class CrossBuildTest {
    /** Numbers of the executable and linkable format (System V ABI; ELF for the Arm 64-bit architecture). */
    private static final byte[] ELF_64_LITTLE = {0x7f, 'E', 'L', 'F', 2, 1, 1};

    private static final int EXECUTABLE = 2;
    private static final int AARCH64 = 183;
    private static final int INTERPRETER = 3;

    @TempDir
    private static Path folder;

    @Test
    void shouldBuildAStaticProcessForAnotherProcessor() throws IOException, InterruptedException {
        Path built = build();
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(built)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] begin = new byte[ELF_64_LITTLE.length];
        elf.get(begin);
        assertArrayEquals(ELF_64_LITTLE, begin);
        assertEquals(EXECUTABLE, elf.getShort(16));
        assertEquals(AARCH64, elf.getShort(18));
        int headers = Math.toIntExact(elf.getLong(32));
        assertFalse(
                IntStream.range(0, elf.getShort(56))
                        .anyMatch(header -> elf.getInt(headers + header * elf.getShort(54)) == INTERPRETER),
                "it must need no library of the system's");
        Optional<Path> emulator = emulator();
        if (emulator.isEmpty()) {
            System.out.println("skipped: running the prover for linux-aarch64: no qemu-aarch64 on the path");
            return;
        }
        runs(emulator.get(), built);
    }

    private static Path build() throws IOException, InterruptedException {
        Process build = new ProcessBuilder(
                        Path.of("circuits", "build.sh").toAbsolutePath().toString(), "arm64", folder.toString())
                .redirectErrorStream(true)
                .start();
        String log = new String(build.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, build.waitFor(), log);
        return folder.resolve("linux-aarch64").resolve("bulwark-prover");
    }

    private static Optional<Path> emulator() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(place -> Stream.of(Path.of(place, "qemu-aarch64"), Path.of(place, "qemu-aarch64-static")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** It gives the hash that this machine's own library gives. */
    private static void runs(Path emulator, Path built) throws IOException {
        Path wrapper = folder.resolve("emulated");
        Files.writeString(wrapper, "#!/bin/sh\nexec " + emulator + " " + built + " -threads 1\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        List<FieldElement> elements = List.of(FieldElement.of(7), FieldElement.of(8));
        try (ProverLibrary emulated = ProverLibrary.open(ProverConfiguration.of(Way.OUT_OF_PROCESS), wrapper)) {
            assertEquals(ProverLibrary.load().hash(10, elements), emulated.hash(10, elements));
            assertTrue(emulated.verify(new byte[1], new byte[1], new byte[1]) instanceof Answer.Refused);
        }
    }
}
