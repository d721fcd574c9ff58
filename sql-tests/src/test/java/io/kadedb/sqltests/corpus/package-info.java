/** SQLite's corpus of logic tests: a sample of every folder, and all of it. */
@NullMarked
package io.kadedb.sqltests.corpus;

import org.jspecify.annotations.NullMarked;
