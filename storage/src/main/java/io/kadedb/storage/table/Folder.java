package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;

/** Folds. */
public final class Folder {
    private final TableStorage storage;

    public Folder(TableStorage storage) {
        this.storage = storage;
    }

    public void fold(TableDefinition table) {
        storage.keySpace().currentVersion();
    }

    public void close() {}
}
