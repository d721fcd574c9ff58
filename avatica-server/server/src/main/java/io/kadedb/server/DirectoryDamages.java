package io.kadedb.server;

import io.kadedb.common.control.CancelToken;
import io.kadedb.storage.transaction.Stores;
import java.nio.file.Path;
import java.util.List;

/** What is damaged of a directory that cannot be opened as a database. */
public final class DirectoryDamages {
    private DirectoryDamages() {}

    /**
     * A damage of the files or of the catalog.
     *
     * @param object empty for what there is one of
     */
    public record Damage(String kind, String object, String problem) {}

    /**
     * Checks the files and the catalog, record by record.
     *
     * @throws io.kadedb.common.error.KadeException XX001 naming the file where not even the files can be opened; 55006,
     *     XX003, 58030, 57014
     */
    public static List<Damage> of(Path directory, CancelToken token) {
        return Stores.damages(directory, token).stream()
                .map(result -> new Damage(
                        result.kind(), result.object(), result.problem().orElseThrow()))
                .toList();
    }
}
