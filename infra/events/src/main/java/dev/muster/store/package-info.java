/** The embedded event store: an append-only log on RocksDB with group commit, and the small tables that live beside it. */
@NullMarked
package dev.muster.store;

import org.jspecify.annotations.NullMarked;
