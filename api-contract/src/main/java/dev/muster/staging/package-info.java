/** Changes that reach devices group by group, whatever it is that changes: shares, thresholds, phases and counters. */
@NullMarked
package dev.muster.staging;

import org.jspecify.annotations.NullMarked;
