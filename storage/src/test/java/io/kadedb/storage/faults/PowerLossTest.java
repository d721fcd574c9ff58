package io.kadedb.storage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database survives what loss of power and failing disks leave of its files: nothing acknowledged is lost, nothing else is
 * there, and errors say what is wrong. {@code -Dkadedb.seed=N} runs a reported seed again.
 */
class PowerLossTest {
    @TempDir
    private Path folder;

    @Test
    void fewSeeds() throws Exception {
        run(2, 4);
    }

    @Test
    @Tag("slow")
    void manySeeds() throws Exception {
        run(Long.getLong("kadedb.power.seeds", 100), 8);
    }

    private void run(long seeds, int rounds) throws Exception {
        Optional<Path> library = FaultyDisk.compile(folder);
        if (library.isEmpty()) {
            abort("no C compiler on this machine: loss of power is not tested");
        }
        Long only = Long.getLong("kadedb.seed");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-ea",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        // It does not live long enough for more.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PowerLossProcess.class.getName(),
                        library.get().toString(),
                        Files.createDirectory(folder.resolve("databases")).toString(),
                        String.valueOf(only == null ? System.nanoTime() & 0xFFFF_FFFFL : only),
                        String.valueOf(only == null ? seeds : 1),
                        String.valueOf(rounds))
                .redirectErrorStream(true);
        builder.environment().put("LD_PRELOAD", library.get().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("survived");
    }
}
