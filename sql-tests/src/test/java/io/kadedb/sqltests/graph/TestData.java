package io.kadedb.sqltests.graph;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of test data, which a clone need not have. */
final class TestData {
    private TestData() {}

    /** A folder below it; a test that asks for one that is not there is skipped, and says so. */
    static Path folder(String name) {
        String root = System.getProperty("kadedb.test.data", "");
        Path folder = Path.of(root, name);
        assumeTrue(
                !root.isEmpty() && Files.isDirectory(folder),
                () -> "no test data in " + folder.toAbsolutePath() + ", set -Dkadedb.test.data");
        return folder;
    }
}
