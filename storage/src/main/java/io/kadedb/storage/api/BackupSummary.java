package io.kadedb.storage.api;

/**
 * What a backup holds.
 *
 * @param version of the database that it is a copy of: microseconds since 1970
 * @param pairs of keys and values
 * @param bytes of these
 * @param fileBytes of the file
 */
public record BackupSummary(long version, long pairs, long bytes, long fileBytes) {}
