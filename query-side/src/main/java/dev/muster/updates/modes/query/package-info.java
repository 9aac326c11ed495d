/** What devices in update modes are asked from memory: the shelf, the feeds, and each device's own state. */
@NullMarked
package dev.muster.updates.modes.query;

import org.jspecify.annotations.NullMarked;
