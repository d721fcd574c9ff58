@NullMarked
package io.kadedb.storage.catalog;

import org.jspecify.annotations.NullMarked;
