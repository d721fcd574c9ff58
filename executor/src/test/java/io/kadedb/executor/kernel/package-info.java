/** Tests of kernels. */
@NullMarked
package io.kadedb.executor.kernel;

import org.jspecify.annotations.NullMarked;
