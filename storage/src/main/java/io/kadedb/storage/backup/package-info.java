/**
 * Backups of a database as files, format 1. Numbers are big endian.
 *
 * <pre>
 * header  8 "KADEBAK\n", 4 format, 4 flags (1: keys and values are encrypted), 8 version, 8 microseconds since 1970 when
 *         it was begun, 2 length and the name of the program that wrote it, 4 CRC32C of all of it
 * block   1 'B', 4 bytes unpacked, 4 bytes packed, the packed bytes, 4 CRC32C of all of it
 * footer  1 'E', 8 blocks, 8 pairs, 8 bytes of keys and values, 32 SHA-256 of header and blocks, 4 CRC32C of all of it
 * </pre>
 *
 * <p>There is one header, any number of blocks, one footer and nothing behind it. A block is packed by Zstandard; unpacked it
 * is at most 4 MB of pairs, each 4 bytes length of the key, 4 bytes length of the value, the key, the value. Keys ascend
 * through the whole file.
 *
 * <p>The pairs are what the engine holds at one version, beneath the encryption: everything but column chunks that no
 * manifest of that version refers to. A restored database holds each pair as written at that version, which is its oldest.
 */
@NullMarked
package io.kadedb.storage.backup;

import org.jspecify.annotations.NullMarked;
