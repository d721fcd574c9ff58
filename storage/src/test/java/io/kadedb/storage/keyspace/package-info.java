@NullMarked
package io.kadedb.storage.keyspace;

import org.jspecify.annotations.NullMarked;
