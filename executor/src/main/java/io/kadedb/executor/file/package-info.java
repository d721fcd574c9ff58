/** Files as sources of rows: CSV and Parquet, and which files may be read at all. */
@NullMarked
package io.kadedb.executor.file;

import org.jspecify.annotations.NullMarked;
