package io.kadedb.storage.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder as it is on disk while calls are applied to it: contents are safe once their file was flushed, names once their
 * folder was. On an ordered disk, as file systems with a journal are, a flush makes all names safe that were made before.
 */
final class DiskImage {
    private static final int CREATE = 0x40;
    private static final int TRUNCATE = 0x200;

    private final String root;
    private final boolean ordered;
    private final SplittableRandom random;
    private final TreeMap<String, Node> now = new TreeMap<>();
    private final TreeMap<String, Node> safe = new TreeMap<>();
    private final List<NameChange> changes = new ArrayList<>();
    private final Map<Integer, Node> open = new HashMap<>();
    private final Map<Integer, String> openPaths = new HashMap<>();

    /** A file, or a folder, which has no content. */
    private record Node(@Nullable FileImage content) {}

    /** A change of names in a folder; without a node a path is removed, with a source it is moved from there. */
    private record NameChange(
            String path, @Nullable Node node, @Nullable String from) {
        String folder() {
            return path.substring(0, path.lastIndexOf('/'));
        }
    }

    /**
     * A folder as it is, all of it safe.
     *
     * @param ordered whether names become safe in the order in which they are made, by any flush
     */
    DiskImage(Path root, boolean ordered, SplittableRandom random) throws IOException {
        this.root = root.toString();
        this.ordered = ordered;
        this.random = random;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                boolean folder = Files.isDirectory(path);
                now.put(path.toString(), new Node(folder ? null : new FileImage(Files.readAllBytes(path))));
            }
        }
        safe.putAll(now);
    }

    void apply(DiskTrace.Call call) {
        switch (call.letter()) {
            case 'O' -> open(call.handle(), (int) call.number(), call.text());
            case 'W' -> file(call).write(call.number(), call.bytes());
            case 'T' -> file(call).setLength(call.number());
            case 'S' -> flush(call.handle());
            case 'X' -> {
                FileImage file = node(call.handle()).content;
                if (file != null) {
                    file.flushInVain(random);
                }
            }
            case 'R' -> {
                int end = call.text().indexOf('\0');
                change(new NameChange(
                        call.text().substring(end + 1), null, call.text().substring(0, end)));
            }
            case 'U' -> change(new NameChange(call.text(), null, null));
            case 'M' -> change(new NameChange(call.text(), new Node(null), null));
            case 'K' -> {}
            default -> throw new IllegalArgumentException("an unknown call: " + call);
        }
    }

    private Node node(int handle) {
        Node node = open.get(handle);
        if (node == null) {
            throw new IllegalStateException("no file is open as " + handle);
        }
        return node;
    }

    private FileImage file(DiskTrace.Call call) {
        FileImage file = node(call.handle()).content;
        if (file == null) {
            throw new IllegalStateException(openPaths.get(call.handle()) + " is a folder");
        }
        return file;
    }

    private void open(int handle, int flags, String path) {
        Node node = now.get(path);
        if (node == null) {
            if ((flags & CREATE) == 0) {
                throw new IllegalStateException(path + " was opened and never made");
            }
            node = new Node(new FileImage(new byte[0]));
            change(new NameChange(path, node, null));
        } else if ((flags & TRUNCATE) != 0 && node.content != null) {
            node.content.setLength(0);
        }
        open.put(handle, node);
        openPaths.put(handle, path);
    }

    private void change(NameChange change) {
        apply(change, now);
        changes.add(change);
    }

    private static void apply(NameChange change, NavigableMap<String, Node> names) {
        if (change.from == null) {
            if (change.node == null) {
                names.remove(change.path);
            } else {
                names.put(change.path, change.node);
            }
            return;
        }
        Map<String, Node> moved = new TreeMap<>(names.subMap(change.from, true, change.from + "0", false));
        moved.keySet().removeIf(path -> !path.equals(change.from) && !path.startsWith(change.from + "/"));
        moved.forEach((path, node) -> {
            names.remove(path);
            names.put(change.path + path.substring(change.from.length()), node);
        });
    }

    private void flush(int handle) {
        Node node = node(handle);
        if (node.content != null) {
            node.content.flush();
        }
        String path = openPaths.get(handle);
        changes.removeIf(change -> {
            boolean done = ordered || (node.content == null && change.folder().equals(path));
            if (done) {
                apply(change, safe);
            }
            return done;
        });
    }

    /**
     * Makes a folder of what a loss of power leaves now.
     *
     * @param contents what becomes of contents that are not safe
     * @param names what becomes of names
     */
    void write(Path target, FileImage.Rest contents, FileImage.Rest names) throws IOException {
        TreeMap<String, Node> left = new TreeMap<>(safe);
        int kept = names == FileImage.Rest.BEGUN ? random.nextInt(changes.size() + 1) : changes.size();
        for (NameChange change : names == FileImage.Rest.LOST ? List.<NameChange>of() : changes.subList(0, kept)) {
            if (names != FileImage.Rest.SCATTERED || random.nextBoolean()) {
                apply(change, left);
            }
        }
        for (Map.Entry<String, Node> entry : left.entrySet()) {
            Path path = target.resolve("." + entry.getKey().substring(root.length()))
                    .normalize();
            FileImage file = entry.getValue().content;
            if (file == null) {
                Files.createDirectories(path);
            } else if (Files.isDirectory(Objects.requireNonNull(path.getParent()))) {
                Files.write(path, file.content(contents, random));
            }
        }
    }

    /** The paths of files, without the root, whose content or name is not safe. */
    Set<String> unsafe() {
        Set<String> paths = new java.util.TreeSet<>();
        now.forEach((path, node) -> {
            if (node.content != null && !node.content.isSafe()) {
                paths.add(path.substring(root.length()));
            }
        });
        changes.forEach(change -> paths.add(change.path.substring(root.length())));
        return paths;
    }
}
