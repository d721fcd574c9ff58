package io.kadedb.server;

import io.kadedb.executor.file.FilePolicy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The databases this process has open: connections to the same directory, or to the same name in memory, share one node,
 * which is closed with the last of them. Thread-safe.
 */
public final class OpenNodes {
    private final Map<Key, Shared> nodes = new HashMap<>();

    /** One for the process. */
    public static final OpenNodes PROCESS = new OpenNodes();

    /** A share of a node; closing it twice is the same as once. */
    public final class Lease implements AutoCloseable {
        private final Optional<Key> key;
        private final Node node;
        private boolean closed;

        private Lease(Optional<Key> key, Node node) {
            this.key = key;
            this.node = node;
        }

        public Node node() {
            return node;
        }

        @Override
        public void close() {
            synchronized (OpenNodes.this) {
                if (closed) {
                    return;
                }
                closed = true;
                if (key.isPresent()) {
                    Shared shared = nodes.get(key.get());
                    assert shared != null : "a lease outlived its node";
                    if (shared != null && --shared.leases > 0) {
                        return;
                    }
                    nodes.remove(key.get());
                }
                // Closed under the lock, so that nobody opens the directory before it is free.
                node.close();
            }
        }
    }

    private sealed interface Key {
        record Memory(String name) implements Key {}

        record Directory(Path path) implements Key {}
    }

    private static final class Shared {
        final Node node;
        int leases;

        Shared(Node node) {
            this.node = node;
        }
    }

    /**
     * Opens the database or joins those who have it open.
     *
     * @param files which files statements may read, for a node that is opened by this call
     */
    public Lease open(DatabaseUrl url, FilePolicy files) {
        return open(url, files, NodeOptions.DEFAULT);
    }

    /** As {@link #open(DatabaseUrl, FilePolicy)}, with options for a node that is opened by this call. */
    public synchronized Lease open(DatabaseUrl url, FilePolicy files, NodeOptions options) {
        Optional<Key> key = switch (url) {
            case DatabaseUrl.InMemory memory when memory.name().isEmpty() -> Optional.empty();
            case DatabaseUrl.InMemory memory -> Optional.of(new Key.Memory(memory.name()));
            case DatabaseUrl.Directory directory -> Optional.of(new Key.Directory(directory.canonical()));
        };
        if (key.isEmpty()) {
            return new Lease(key, NodeWiring.open(url, files, options));
        }
        Shared shared = nodes.get(key.get());
        if (shared == null) {
            shared = new Shared(NodeWiring.open(url, files, options));
            nodes.put(key.get(), shared);
        }
        shared.leases++;
        return new Lease(key, shared.node);
    }
}
