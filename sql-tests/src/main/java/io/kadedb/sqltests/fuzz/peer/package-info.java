/** The databases that statements run on, and how their answers are compared. */
@NullMarked
package io.kadedb.sqltests.fuzz.peer;

import org.jspecify.annotations.NullMarked;
