/** The {@code kadedb} command line: sql, demo, bench, version. */
@NullMarked
package io.kadedb.cli;

import org.jspecify.annotations.NullMarked;
