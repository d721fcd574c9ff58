package io.kadedb.storage.table;

import io.kadedb.storage.format.v1.Delta;

/** A delta under its logical key. */
record KeyedDelta(byte[] key, Delta delta) {}
