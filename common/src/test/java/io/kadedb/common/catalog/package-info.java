@NullMarked
package io.kadedb.common.catalog;

import org.jspecify.annotations.NullMarked;
