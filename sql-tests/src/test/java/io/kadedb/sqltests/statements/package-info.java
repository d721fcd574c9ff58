/** Statements nobody would write, drawn from the grammar and from those that were written: each is answered or refused. */
@NullMarked
package io.kadedb.sqltests.statements;

import org.jspecify.annotations.NullMarked;
