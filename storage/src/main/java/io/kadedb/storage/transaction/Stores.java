package io.kadedb.storage.transaction;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.memory.MemoryKeySpace;

/** Opens stores. */
public final class Stores {
    private Stores() {}

    /**
     * Opens a store, or makes an empty one where there is none.
     *
     * @throws io.kadedb.common.error.KadeException 55006 when another process has the directory open, XX003 when a later
     *     version wrote it, 58030 when it cannot be read or written
     */
    public static Store open(StoreConfig config) {
        KeySpace keySpace = new MemoryKeySpace();
        boolean open = false;
        try {
            Store store = new TableStore(keySpace, config);
            open = true;
            return store;
        } finally {
            if (!open) {
                keySpace.close();
            }
        }
    }
}
