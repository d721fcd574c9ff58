/** Tests of files. */
@NullMarked
package io.kadedb.executor.file;

import org.jspecify.annotations.NullMarked;
