/** History told to others: public events and the audit trail. Knows events by their names, not by their classes. */
@NullMarked
package dev.muster.overview.query;

import org.jspecify.annotations.NullMarked;
