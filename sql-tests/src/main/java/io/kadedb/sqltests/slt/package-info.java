/**
 * SQL logic files, one per feature, run through JDBC. Their expected results come from another database, the judge:
 * see {@link io.kadedb.sqltests.slt.SltJudgeTest}. The format is described in sql-tests/README.md.
 */
@NullMarked
package io.kadedb.sqltests.slt;

import org.jspecify.annotations.NullMarked;
