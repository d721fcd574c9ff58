package io.kadedb.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Main;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is as palantir-java-format prints it. The formatter runs in this process, on the JDK of the build;
 * {@code -Dformat} rewrites the files instead of failing.
 */
class FormatTest {
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", "node_modules");

    @Test
    void everyFileIsFormatted() throws Exception {
        List<String> files = javaFiles(root());
        assertThat(files).as("Java files below %s", root()).isNotEmpty();
        boolean rewrite = System.getProperty("format") != null;
        StringWriter unformatted = new StringWriter();
        StringWriter errors = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("--palantir", rewrite ? "--replace" : "--dry-run"));
        arguments.addAll(files);
        // Standard input is not read when files are named.
        Main formatter = new Main(new PrintWriter(unformatted), new PrintWriter(errors), InputStream.nullInputStream());
        int exit = formatter.format(arguments.toArray(String[]::new));
        assertThat(errors.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(unformatted.toString())
                .as("files that are not formatted; mvn -pl tools/arch-tests -am test -Dtest=FormatTest -Dformat"
                        + " -Dsurefire.failIfNoSpecifiedTests=false rewrites them")
                .isEmpty();
    }

    private static Path root() {
        String root = System.getProperty("kadedb.root");
        return Path.of(root == null ? "../.." : root).toAbsolutePath().normalize();
    }

    private static List<String> javaFiles(Path root) throws IOException {
        List<String> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                Path name = folder.getFileName();
                boolean skipped = name != null && SKIPPED_FOLDERS.contains(name.toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file.toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
