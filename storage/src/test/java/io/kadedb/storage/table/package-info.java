@NullMarked
package io.kadedb.storage.table;

import org.jspecify.annotations.NullMarked;
