package io.kadedb.sqltests.slt;

/** Follows a run; never called by two threads at once. */
public interface RunReport extends OutcomeSink {
    /** A file has ended. */
    void finished(FileResult result);
}
