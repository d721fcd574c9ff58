/** SQLite's corpus of logic tests: where it is, its sample, how its records are judged and reported. */
@NullMarked
package io.kadedb.sqltests.corpus;

import org.jspecify.annotations.NullMarked;
