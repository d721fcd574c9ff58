/** Files of rows: CSV, Parquet and Arrow, and which files may be read and written at all. */
@NullMarked
package io.kadedb.executor.file;

import org.jspecify.annotations.NullMarked;
