/** The catalog as an immutable snapshot of records: schemas, tables, views, property graphs. */
@NullMarked
package io.kadedb.common.catalog;

import org.jspecify.annotations.NullMarked;
