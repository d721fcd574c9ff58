package io.kadedb.server;

import io.kadedb.common.error.KadeException;
import java.util.List;

/** Closes several things, all of them even if one fails. */
final class Closing {
    private Closing() {}

    static void all(List<AutoCloseable> parts) {
        RuntimeException first = null;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                RuntimeException failure = e instanceof RuntimeException r
                        ? r
                        : KadeException.internal("a part of the node cannot be closed", e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
