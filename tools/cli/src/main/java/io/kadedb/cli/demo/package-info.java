/** {@code kadedb demo}: a tour on real data. */
@NullMarked
package io.kadedb.cli.demo;

import org.jspecify.annotations.NullMarked;
