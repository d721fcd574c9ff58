/** Tests of operators and what they keep. */
@NullMarked
package io.kadedb.executor.operator;

import org.jspecify.annotations.NullMarked;
