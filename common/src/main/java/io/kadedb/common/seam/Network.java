package io.kadedb.common.seam;

import java.util.concurrent.CompletionStage;

/** Messages between nodes; a simulation delays, drops and reorders them. */
public interface Network {
    /** Sends a request to a node and completes with its answer, or fails when it cannot be reached. */
    CompletionStage<byte[]> call(String node, String service, byte[] request);
}
