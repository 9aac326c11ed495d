/**
 * Update modes: a device that follows a feed, the newest software or one that was assigned to it, asked afresh at each
 * poll instead of being given actions.
 */
@NullMarked
package dev.muster.updates.modes;

import org.jspecify.annotations.NullMarked;
