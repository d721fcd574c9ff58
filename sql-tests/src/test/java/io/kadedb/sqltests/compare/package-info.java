/** Results of two engines side by side. */
@NullMarked
package io.kadedb.sqltests.compare;

import org.jspecify.annotations.NullMarked;
