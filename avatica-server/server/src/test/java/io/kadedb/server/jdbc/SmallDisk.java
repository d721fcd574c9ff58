package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes, where the machine lets one be mounted. */
final class SmallDisk implements AutoCloseable {
    private static final int PIECE_BYTES = 64 << 10;

    private final Path directory;
    private final Path ballast;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.ballast = directory.resolve("ballast");
    }

    /** Mounts one on an empty directory; without the right to do so the test is skipped. */
    static SmallDisk mount(Path directory, int megabytes) throws Exception {
        Process mount = new ProcessBuilder(
                        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString())
                .redirectErrorStream(true)
                .start();
        mount.getInputStream().transferTo(OutputStream.nullOutputStream());
        Assumptions.assumeTrue(mount.waitFor() == 0, "no file system can be mounted here");
        return new SmallDisk(directory);
    }

    Path directory() {
        return directory;
    }

    /** Writes until so many bytes are left. */
    void fill(long left) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            long room = directory.toFile().getUsableSpace() - left;
            while (room > 0) {
                out.write(new byte[(int) Math.min(PIECE_BYTES, room)]);
                room = directory.toFile().getUsableSpace() - left;
            }
        }
    }

    void free() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() throws IOException {
        Process unmount = new ProcessBuilder("umount", directory.toString())
                .redirectErrorStream(true)
                .start();
        // Its output ends with it.
        unmount.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(unmount.onExit().join().exitValue()).isZero();
    }
}
