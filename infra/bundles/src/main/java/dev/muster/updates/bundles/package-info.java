/** Reads what update bundles say about themselves while their bytes stream by. */
@NullMarked
package dev.muster.updates.bundles;

import org.jspecify.annotations.NullMarked;
