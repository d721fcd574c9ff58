package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Which files statements may read and write. */
public final class FilePolicy {
    private enum Mode {
        ALL,
        BELOW,
        NONE
    }

    private final Mode mode;
    private final Optional<Path> directory;

    private FilePolicy(Mode mode, Optional<Path> directory) {
        this.mode = mode;
        this.directory = directory;
    }

    /** Every file the process may read: for databases inside the user's own process. */
    public static FilePolicy all() {
        return new FilePolicy(Mode.ALL, Optional.empty());
    }

    /** No file at all. */
    public static FilePolicy none() {
        return new FilePolicy(Mode.NONE, Optional.empty());
    }

    /** Files in a directory and below; relative paths start there, and symbolic links do not lead out of it. */
    public static FilePolicy below(Path directory) {
        return new FilePolicy(Mode.BELOW, Optional.of(directory));
    }

    /**
     * The file a statement names.
     *
     * @throws KadeException 42501 when it may not be read, 58P01 when there is none
     */
    public Path resolve(String path) {
        Path named;
        try {
            named = Path.of(path);
        } catch (InvalidPathException e) {
            throw KadeException.of(ErrorCode.UNDEFINED_FILE, "\"" + path + "\" is not a file name", e);
        }
        return switch (mode) {
            case ALL -> existing(named, path);
            case BELOW -> below(directory.orElseThrow(), named, path);
            case NONE ->
                throw KadeException.of(ErrorCode.INSUFFICIENT_PRIVILEGE, "files may not be read here")
                        .hint("start the server with --files DIR to allow those in a directory");
        };
    }

    /**
     * Where a file that a statement names is to be written, whether there is one or not.
     *
     * @throws KadeException 42501 when it may not be written, 58P01 when there is no such directory
     */
    public Path resolveNew(String path) {
        Path file = resolvePlace(path);
        if (Files.isDirectory(file)) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + path + "\" is a directory");
        }
        return file;
    }

    /**
     * Where a directory that a statement names is to be made; there may be one without files.
     *
     * @throws KadeException as {@link #resolveNew}, and 58P02 when there is something
     */
    public Path resolveNewDirectory(String path) {
        Path place = resolvePlace(path);
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return place;
        }
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw KadeException.of(ErrorCode.DUPLICATE_FILE, "\"" + path + "\" exists and is no directory");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            if (files.iterator().hasNext()) {
                throw KadeException.of(ErrorCode.DUPLICATE_FILE, "the directory \"" + path + "\" is not empty")
                        .hint("name a directory that does not exist");
            }
        } catch (IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the directory \"" + path + "\" cannot be read", e);
        }
        return place;
    }

    private Path resolvePlace(String path) {
        Path named;
        try {
            named = Path.of(path);
        } catch (InvalidPathException e) {
            throw KadeException.of(ErrorCode.UNDEFINED_FILE, "\"" + path + "\" is not a file name", e);
        }
        return switch (mode) {
            case ALL -> writable(named.toAbsolutePath(), path);
            case BELOW -> writableBelow(directory.orElseThrow(), named, path);
            case NONE ->
                throw KadeException.of(ErrorCode.INSUFFICIENT_PRIVILEGE, "files may not be written here")
                        .hint("start the server with --files DIR to allow those in a directory");
        };
    }

    private static Path writable(Path file, String path) {
        Path parent = file.getParent();
        if (file.getFileName() == null || parent == null || !Files.isDirectory(parent)) {
            throw KadeException.of(ErrorCode.UNDEFINED_FILE, "there is no directory for the file \"" + path + "\"");
        }
        return file;
    }

    private static Path writableBelow(Path directory, Path named, String path) {
        try {
            Path root = directory.toRealPath();
            Path wanted = root.resolve(named).normalize();
            if (!wanted.startsWith(root) || wanted.equals(root)) {
                throw outside(path, root);
            }
            writable(wanted, path);
            Path parent = Objects.requireNonNull(wanted.getParent()).toRealPath();
            if (!parent.startsWith(root)) {
                throw outside(path, root);
            }
            // A symbolic link of the file's name is replaced, not followed.
            return parent.resolve(Objects.requireNonNull(wanted.getFileName()));
        } catch (IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the directory of --files cannot be read", e);
        }
    }

    private static Path existing(Path file, String path) {
        if (!Files.exists(file)) {
            throw KadeException.of(ErrorCode.UNDEFINED_FILE, "there is no file \"" + path + "\"")
                    .hint("relative names start at " + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + path + "\" is a directory");
        }
        return file;
    }

    private static Path below(Path directory, Path named, String path) {
        Path root;
        try {
            root = directory.toRealPath();
        } catch (IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the directory of --files cannot be read", e);
        }
        // What lies outside is refused before anybody can tell whether it exists.
        Path wanted = root.resolve(named).normalize();
        if (!wanted.startsWith(root)) {
            throw outside(path, root);
        }
        existing(wanted, path);
        try {
            Path real = wanted.toRealPath();
            if (!real.startsWith(root)) {
                throw outside(path, root);
            }
            return real;
        } catch (IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the file \"" + path + "\" cannot be read", e);
        }
    }

    private static KadeException outside(String path, Path root) {
        return KadeException.of(ErrorCode.INSUFFICIENT_PRIVILEGE, "the file \"" + path + "\" may not be used")
                .hint("only files below " + root + " may");
    }
}
