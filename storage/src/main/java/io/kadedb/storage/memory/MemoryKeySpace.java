package io.kadedb.storage.memory;

import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.EngineKeySpace;

/** A key space in memory, for {@code jdbc:kadedb:mem:} and for tests. */
public final class MemoryKeySpace extends EngineKeySpace {
    /** An empty key space with the default settings. */
    public MemoryKeySpace() {
        this(KeySpaceSettings.DEFAULT);
    }

    /** An empty key space. */
    public MemoryKeySpace(KeySpaceSettings settings) {
        super(new MemoryStore(), settings);
    }
}
