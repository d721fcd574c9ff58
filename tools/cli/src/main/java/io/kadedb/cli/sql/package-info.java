/** {@code kadedb sql}: runs scripts and prints their results; the interactive shell is sqlline. */
@NullMarked
package io.kadedb.cli.sql;

import org.jspecify.annotations.NullMarked;
