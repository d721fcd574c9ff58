package io.kadedb.bench.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What this process has caused to be written to storage, as Linux counts it (proc(5), /proc/pid/io). */
final class WrittenBytes {
    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final String NAME = "write_bytes:";

    private WrittenBytes() {}

    /** Empty where the system does not count. */
    static OptionalLong now() throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(COUNTERS)) {
            return lines.filter(line -> line.startsWith(NAME))
                    .mapToLong(
                            line -> Long.parseLong(line.substring(NAME.length()).strip()))
                    .findFirst();
        }
    }
}
