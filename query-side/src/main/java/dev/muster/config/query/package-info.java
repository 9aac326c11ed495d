/** Reads of registries and databags, in memory on each node. */
@NullMarked
package dev.muster.config.query;

import org.jspecify.annotations.NullMarked;
