package io.kadedb.storage.faults;

import io.kadedb.storage.planted.StoreBug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs {@link PowerLossProcess} on a disk with faults. */
public final class PowerLoss {
    private PowerLoss() {}

    /**
     * How it ended.
     *
     * @param survived whether nothing was wrong with what the losses left
     * @param said what the process printed
     */
    public record Outcome(boolean survived, String said) {}

    /**
     * Runs it.
     *
     * @param folder an empty one
     * @param bug to be planted in the process
     * @return empty where no C compiler is installed
     */
    public static Optional<Outcome> run(Path folder, long seed, long seeds, int rounds, @Nullable StoreBug bug)
            throws IOException, InterruptedException {
        Optional<Path> library = FaultyDisk.compile(folder);
        if (library.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-Djdk.attach.allowAttachSelf=true",
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
                String.valueOf(seed),
                String.valueOf(seeds),
                String.valueOf(rounds)));
        if (bug != null) {
            command.add(bug.name());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LD_PRELOAD", library.get().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Optional.of(new Outcome(process.waitFor() == 0 && said.contains(PowerLossProcess.SURVIVED), said));
    }
}
