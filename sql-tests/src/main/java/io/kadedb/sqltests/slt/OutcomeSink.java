package io.kadedb.sqltests.slt;

/** Receives outcomes in the order of the file; those of concurrent loops in any, but never two at once. */
@FunctionalInterface
public interface OutcomeSink {
    void accept(Outcome outcome);
}
