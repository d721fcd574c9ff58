package io.kadedb.server;

import io.kadedb.common.control.CancelToken;
import io.kadedb.storage.transaction.Stores;
import java.nio.file.Path;

/** What is done with backups while no database is open. */
public final class Backups {
    private Backups() {}

    /**
     * Makes a database of a backup, after the whole file was verified; gives the number of pairs.
     *
     * @param directory new or empty; if anything fails there is no database in it
     * @throws io.kadedb.common.error.KadeException XX001, XX003, 58P01, 58P02, 53100, 58030, 57014
     */
    public static long restore(Path file, Path directory, CancelToken token) {
        return Stores.restore(file, directory, token).pairs();
    }
}
