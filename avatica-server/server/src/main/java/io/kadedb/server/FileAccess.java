package io.kadedb.server;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files statements may read.
 *
 * @param below only files below this directory; empty for every file the process may read
 */
public record FileAccess(Optional<Path> below) {
    /** Whoever embeds the database reads with the rights of the process anyway. */
    public static final FileAccess EVERYTHING = new FileAccess(Optional.empty());

    /** Fails with 42501 for a file that may not be read; links are followed first. */
    public void check(String path) {
        if (below.isEmpty()) {
            return;
        }
        try {
            Path allowed = below.get().toRealPath();
            Path wanted = Path.of(path).toAbsolutePath().normalize();
            Path real = wanted.toFile().exists() ? wanted.toRealPath() : wanted;
            if (!real.startsWith(allowed)) {
                throw KadeException.of(ErrorCode.INSUFFICIENT_PRIVILEGE, "the file \"" + path + "\" may not be read")
                        .hint("only files below " + allowed + " may");
            }
        } catch (InvalidPathException | IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the path \"" + path + "\" cannot be followed", e);
        }
    }
}
