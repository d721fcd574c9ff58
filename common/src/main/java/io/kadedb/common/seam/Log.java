package io.kadedb.common.seam;

import java.util.concurrent.CompletionStage;

/** A replicated log: what it has accepted survives, in one order, on every node. */
public interface Log {
    /** Appends an entry and completes with its index once it is durable. */
    CompletionStage<Long> append(byte[] entry);
}
