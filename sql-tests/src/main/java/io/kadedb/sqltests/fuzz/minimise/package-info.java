/** Takes from a failing case all that it does not need. */
@NullMarked
package io.kadedb.sqltests.fuzz.minimise;

import org.jspecify.annotations.NullMarked;
