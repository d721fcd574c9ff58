/**
 * Device kernels behind {@code io.kadedb.executor.kernel.KernelProvider}. Nothing here yet: the CPU's kernels answer.
 */
@NullMarked
package io.kadedb.gpu;

import org.jspecify.annotations.NullMarked;
