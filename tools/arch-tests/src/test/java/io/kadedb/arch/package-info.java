/** Who may import whom, what simulated code may not touch, and how the code is formatted. */
@NullMarked
package io.kadedb.arch;

import org.jspecify.annotations.NullMarked;
