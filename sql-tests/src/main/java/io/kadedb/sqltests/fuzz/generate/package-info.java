/** Makes random schemas, rows and statements that say what they mean in every dialect. */
@NullMarked
package io.kadedb.sqltests.fuzz.generate;

import org.jspecify.annotations.NullMarked;
