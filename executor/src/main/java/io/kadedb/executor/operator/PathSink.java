package io.kadedb.executor.operator;

/** Takes the paths of a search, one after the other. */
interface PathSink {
    /**
     * A path.
     *
     * @param origin the key of the left rows where it begins
     * @param target the key of the right rows where it ends
     * @param edges rows of the edges, in order; valid during the call
     */
    void path(int origin, int target, int[] edges, int length);

    /** Whether further paths would make no difference. */
    boolean satisfied();
}
