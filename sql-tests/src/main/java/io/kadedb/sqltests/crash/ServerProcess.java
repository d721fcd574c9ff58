package io.kadedb.sqltests.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link KilledServer}; it is killed anyway after ten minutes. */
final class ServerProcess implements AutoCloseable {
    private static final long MOST_MINUTES = 10;

    private final Process process;
    private final BufferedReader output;
    private final Path log;
    private boolean ready;

    /**
     * Starts one that waits for a directory.
     *
     * @param log what it prints to its standard error
     */
    ServerProcess(Path log) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-ea",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // It does not live long enough for more.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KilledServer.class.getName()));
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        // Or else whoever waits for a server that hangs would wait for ever.
        CompletableFuture.delayedExecutor(MOST_MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
    }

    /** Tells it to open one more, once it has begun. */
    void open(Path directory) throws IOException {
        if (!ready) {
            read();
            ready = true;
        }
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(directory + "\n");
        input.flush();
    }

    /** Waits until it serves what it was told first, and then of the next; gives where. */
    String url() throws IOException {
        return read();
    }

    private String read() throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(KilledServer.PREFIX)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new Violation("the server has ended: " + said());
        }
        return line.substring(KilledServer.PREFIX.length());
    }

    /** What it complained about. */
    String said() throws IOException {
        return Files.readString(log).strip();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it; it has ended afterwards. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
