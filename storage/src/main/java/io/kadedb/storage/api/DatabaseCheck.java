package io.kadedb.storage.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check of all that a database stores, at one version, while others read and write. Goes on after damage, so that all of it
 * is told. Used by one thread.
 */
public interface DatabaseCheck extends AutoCloseable {
    /**
     * Checks the next thing and tells what was found; null when all is done.
     *
     * @throws io.kadedb.common.error.KadeException 57014 when cancelled, 72000 when the version is no longer kept, 53200
     */
    @Nullable
    List<CheckResult> next();

    /** Ends the check; its version need not be kept any longer. */
    @Override
    void close();
}
