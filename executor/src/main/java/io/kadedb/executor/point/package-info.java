/**
 * The direct path of plans that touch one row: found by its primary key, or written in the statement. They run on the
 * caller's thread, without pipelines, through the same kernels and the same storage as any other plan.
 */
@NullMarked
package io.kadedb.executor.point;

import org.jspecify.annotations.NullMarked;
