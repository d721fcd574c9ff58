/** Statements as trees of parts, which can be written in several dialects and taken apart. */
@NullMarked
package io.kadedb.sqltests.fuzz.sql;

import org.jspecify.annotations.NullMarked;
