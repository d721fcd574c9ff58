package io.kadedb.server;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;

/** Puts a node together: the only place that names the implementations of the stages. */
final class NodeWiring {
    private NodeWiring() {}

    @SuppressWarnings("DoNotCallSuggester")
    static Node open(DatabaseUrl url, FileAccess files) {
        throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "databases cannot be opened yet: " + url);
    }
}
