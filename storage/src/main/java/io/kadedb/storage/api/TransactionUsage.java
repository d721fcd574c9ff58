package io.kadedb.storage.api;

import java.util.OptionalLong;

/**
 * What a transaction holds at the moment.
 *
 * @param snapshot the version it reads; empty before its first statement
 * @param readBytes keys it has to remember as read
 * @param writtenBytes keys and values it has written, without those of a statement that runs
 */
public record TransactionUsage(OptionalLong snapshot, long readBytes, long writtenBytes) {}
